"""Forms of the agreements with partners."""

from dependencies.entries.agreements import AgreementEntry, EndEntry, LaidAsideEntry, RenewalEntry
from dependencies.vocabulary import AgreementKind, Clause
from prepare.forms.fields import Day, Hours, LongText, OneOf, Text, Tick, Version, Whole, Word, YesNo
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

OPEN_END = N_("The last day. Leave it empty when it goes on until further notice.")


class AgreementForm(CityForm):
    """What has been agreed: for how long, what it binds the partner to in a disruption, and what it covers."""

    entry_class = AgreementEntry
    keeps_draft = True

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("Kind of agreement"), AgreementKind, blank=None)
    reference = Text(
        N_("Case number"),
        description=N_("Where the document is kept, as MK 112/2023. The document itself is not kept here."),
    )
    owner_role = Text(
        N_("Owner on the city's side"), description=N_("A role that follows the agreement and decides in time.")
    )
    valid_from = Day(N_("In force from"))
    valid_to = Day(
        N_("Last day in force"), description=N_("The last day. Leave it empty when it goes on until further notice.")
    )
    notice_months = Whole(
        N_("Notice in months"),
        description=N_("How long before the end one must say that one leaves. You are reminded in time."),
    )
    auto_renew = Tick(N_("Renews itself"), description=N_("It goes on by itself unless one side gives notice."))
    preparedness_clause = Word(
        N_("Preparedness clause"),
        Clause,
        blank=N_("Not known"),
        description=N_("Whether it binds the partner to prepare for disruptions and to plan its own continuity."),
    )
    recovery_time_stated = YesNo(
        N_("Recovery time promised"), description=N_("Whether it says how soon the service is back.")
    )
    recovery_h = Hours(
        N_("Promised recovery time"),
        description=N_("Within how many hours the service is back."),
    )
    capacity = LongText(
        N_("How much is delivered in a disruption"),
        longest=2000,
        description=N_("In words: how much, how many, on which days; and what has not been agreed on."),
    )
    audit_right = Word(N_("Right to audit or exercise"), Clause, blank=N_("Not known"))
    emergency_priority = Word(N_("The city is served first"), Clause, blank=N_("Not known"))
    subcontracting_controlled = Word(N_("Subcontractors are bound too"), Clause, blank=N_("Not known"))
    functions = Ticks(N_("Services that it covers"))
    interfaces = Ticks(N_("Interfaces that rest on it"))
    note = LongText(N_("Note"), longest=4000)
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddAgreementForm(AgreementForm):
    """A new agreement: whose it is, and with whom."""

    organisation = OneOf(N_("The city's side"), blank=None)
    party = OneOf(N_("Partner"), validators=[required])


class BeginForm(CityForm):
    """That a draft is taken into force: nothing is asked."""


class EndForm(CityForm):
    """The end of an agreement."""

    entry_class = EndEntry

    noticed_on = Day(N_("Notice given on"), description=N_("Empty when both sides agreed on the end."))
    ended_on = Day(N_("Last day on which it binds"))
    end_reason = LongText(N_("Why it was ended"), longest=2000, validators=[required])


class LayAsideForm(CityForm):
    """That a draft is laid aside."""

    entry_class = LaidAsideEntry

    end_reason = LongText(N_("Why it was ended"), longest=2000, validators=[required])


class RenewalForm(CityForm):
    """The days of the agreement that replaces another."""

    entry_class = RenewalEntry

    valid_from = Day(N_("In force from"), validators=[required])
    valid_to = Day(
        N_("Last day in force"), description=N_("The last day. Leave it empty when it goes on until further notice.")
    )
