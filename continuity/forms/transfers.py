"""Forms of transfers of responsibility and of what must not be lost in them."""

from continuity.entries.transfers import (
    ItemEntry,
    ItemMeasureEntry,
    ItemStateEntry,
    MoveEntry,
    TransferEntry,
    UndoEntry,
)
from continuity.vocabulary.transfers import TransferKind, TransferState
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.forms.measures import Codes


class TransferForm(CityForm):
    """What moves and when."""

    entry_class = TransferEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    effective = Day(N_("Moves on"), description=N_("The first day on which the receiver answers for it."))
    whole = Tick(
        N_("Everything that it organises"),
        description=N_("Then nothing has to be chosen below, and plans and risks of the giver's own move too."),
    )
    functions = Ticks(N_("Functions that move"))
    reason = LongText(
        N_("Reason"),
        longest=4000,
        description=N_("The act, reform or negotiation behind it, and where the papers are."),
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddTransferForm(TransferForm):
    """A new transfer and its two sides."""

    organisation = OneOf(N_("Who gives up the responsibility?"), validators=[required])
    receiver = OneOf(N_("Who takes over?"), validators=[required])


class MoveForm(CityForm):
    """The decision to move."""

    entry_class = MoveEntry

    decision_ref = Text(
        N_("Decision"),
        validators=[required],
        description=N_("Who decided, when, and the case number: “City Council 12.4.2027 § 31”."),
    )


class UndoForm(CityForm):
    """Why a move is taken back."""

    entry_class = UndoEntry

    state_reason = LongText(
        N_("Reason"), longest=4000, validators=[required], description=N_("Others will ask for it later.")
    )
    anyway = Tick(
        N_("Give back also what was changed after the move"),
        description=N_("The later changes stay in the records; only who answers for them goes back."),
    )


class ItemForm(CityForm):
    """Something that must not be lost."""

    entry_class = ItemEntry

    seen = Version()
    name_fi = Text(N_("What must not be lost, in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("Kind"), TransferKind, blank=None)
    functions = Codes(
        N_("Functions that cannot do without it"), longest=400, description=N_("Codes with commas: F-VES-04, F-ENE-01.")
    )
    interface = Text(N_("Interface"), 20, description=N_("Code of the interface that it belongs to, as IF-07."))
    measure = Text(N_("Measure"), 20, description=N_("Code of a measure that mends it, as M-12."))
    note = LongText(N_("Note"), longest=4000, description=N_("What is known, and what is to be found out from whom."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class ItemStateForm(CityForm):
    """What became of it."""

    entry_class = ItemStateEntry

    state = Word(N_("What has become of it?"), TransferState, blank=None)
    evidence = LongText(
        N_("What shows it"),
        longest=4000,
        description=N_("A decision, an agreement or an exercise, with its case number. Needed unless it is at risk."),
    )


class ItemMeasureForm(CityForm):
    """The measure that mends it."""

    entry_class = ItemMeasureEntry

    name_fi = Text(N_("What is done, in Finnish"), validators=[required])
    owner_role = Text(N_("Owner (role)"), validators=[required], description=N_("Roles, not persons."))
    due = Day(N_("Due date"), validators=[required])
