"""Forms of reserves, of the claims on them, and of the owners' answers."""

from dataclasses import replace

from dependencies.entries.reserves import ClaimEntry, ReserveEntry
from dependencies.reserving.vocabulary import ClaimTrigger, ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import DependencyKind
from prepare.forms.fields import Day, Hours, LongText, Number, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


class ReserveForm(CityForm):
    """A reserve: what it is, how much of it, where, how soon it is in use and for how long."""

    entry_class = ReserveEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("What is it?"), ReserveKind, validators=[required])
    use = Word(
        N_("What becomes of it in use?"),
        ReserveUse,
        validators=[required],
        description=N_("What comes back is weighed hour by hour, what is used up by how much has been taken in all."),
    )
    quantity = Number(
        N_("How much there is"),
        description=N_("Leave empty if nobody knows: unknown is told as unknown, never as enough."),
    )
    unit = Word(N_("Counted in"), ReserveUnit, validators=[required])
    location = Text(N_("Where it is"), description=N_("Depot, building or address."))
    ready_h = Hours(
        N_("How long it takes until it is in use"),
        description=N_("From the call: fetching, connecting, people gathering. Empty is unknown."),
    )
    lasts_h = Hours(
        N_("How long it lasts at full use"),
        description=N_("People tire, premises are needed back. Leave empty if use does not end it."),
    )
    contact_role = Text(N_("Who is called (role)"), description=N_("A role, not a person."))
    note = LongText(N_("Note"), longest=4000, description=N_("What limits it, and what it takes to use it."))
    named_as = Text(
        N_("Named in the register as"),
        description=N_("The words by which functions name it as an alternative; so they are found below the reserve."),
    )
    shared = Tick(
        N_("The whole city may count on it"),
        description=N_("Then contacts of other sectors read it. Otherwise only the owner and the unit do."),
    )
    next_review = Day(N_("Next check"), description=N_("When somebody looks whether it is there and works."))
    retired = Tick(N_("Out of use"), description=N_("Nobody counts on it any more; it stays in the trail."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddReserveForm(ReserveForm):
    """A new reserve and the organisation that owns it."""

    organisation = OneOf(N_("Owner"), blank=None)


class ClaimForm(CityForm):
    """That a function counts on a reserve: on how much of it, and in which loss."""

    entry_class = ClaimEntry

    seen = Version()
    reserve = OneOf(N_("Reserve"))
    quantity = Number(
        N_("How much is counted on"), description=N_("Leave empty if nobody knows: then nobody knows if it is enough.")
    )
    unit = Word(N_("Counted in"), ReserveUnit, description=N_("The same unit in which the reserve is counted."))
    per_hour = Tick(
        N_("This much an hour"),
        description=N_("For what is used up steadily, as fuel. Otherwise it is taken at once, or is in use at a time."),
    )
    trigger = Word(N_("In which loss"), ClaimTrigger, validators=[required])
    lost = Word(
        N_("What is lost"),
        DependencyKind,
        description=N_("If it is something of a kind: any supplier of that kind that the function depends on."),
    )
    supplier = OneOf(N_("Which supplier is lost"), description=N_("If it is one certain supplier."))
    from_h = Hours(
        N_("Needed from"), description=N_("Hours after the loss; a battery or a tank of one's own comes first.")
    )
    for_h = Hours(N_("Needed for"), description=N_("Leave empty if it is needed for as long as the loss lasts."))
    priority = Whole(
        N_("Place in the order"),
        description=N_("Among functions of one class, 1 first. The class itself always comes first."),
    )
    basis = LongText(
        N_("What the amount rests on"), longest=2000, description=N_("A measurement, a drill, an agreement, a guess.")
    )

    def entry(self) -> ClaimEntry:
        """The form's values as a frozen entry; no time given is at once."""
        entry: ClaimEntry = super().entry()
        return replace(entry, from_h=entry.from_h or 0.0)


class ConsentForm(CityForm):
    """The owner's answer to a function that counts on the reserve."""

    answer = LongText(
        N_("Answer"), longest=2000, description=N_("Asked for when you refuse: what should the function do instead?")
    )
    agrees = Tick(N_("Agree"))
    refuses = Tick(N_("Refuse"))
