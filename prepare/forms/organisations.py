"""Forms of the organisation tree."""

from prepare.entries import HoldersEntry, OrganisationEntry
from prepare.errors import RuleBroken
from prepare.forms.fields import LongText, OneOf, Text, Version, Word, YesNo
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import OrganisationKind, RelationBasis


class OrganisationForm(CityForm):
    """An organisation's own facts."""

    entry_class = OrganisationEntry

    seen = Version()
    kind = Word(N_("Kind"), OrganisationKind, blank=None, validators=[required])
    code = Text(
        N_("Code"),
        longest=13,
        validators=[required],
        description=N_("Short and lasting: it stands in the codes of functions, as KAS in F-KAS-01."),
    )
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description = LongText(N_("Description"), longest=20_000)
    business_id = Text(N_("Business ID"), longest=20, description=N_("As 0201256-6."))
    relation_basis = Word(
        N_("Basis of the relation"),
        RelationBasis,
        description=N_("What the partner's relation to the city rests on."),
    )
    cer_designated = YesNo(
        N_("Critical entity under the CER act"),
        description=N_("Designated by the state as critical to society's vital functions."),
    )
    nis2_scope = YesNo(
        N_("Within the cybersecurity act (NIS2)"), description=N_("Then it has duties of its own to report incidents.")
    )

    police_interface_reason = LongText(
        N_("Why it works without an interface with the police"),
        longest=2_000,
        description=N_("Only if there is none: every sector has an interface with the police, or says why not."),
    )

    def offer_kinds(self, *, own: bool, top: bool = False) -> None:
        """Offer only kinds of the city group, or of partners; `top` offers a city."""
        city = OrganisationKind.CITY
        self.kind.words = [k for k in OrganisationKind if k.is_own is own and (k is city) is top]


class AddOrganisationForm(OrganisationForm):
    """A new organisation and what it stands below."""

    parent = OneOf(N_("Stands below"), blank=N_("Nothing: a city of its own"))


class MoveForm(CityForm):
    """Where an organisation is to stand."""

    parent = OneOf(N_("Stands below"), validators=[required])


class HoldersForm(CityForm):
    """Who holds an organisation's duties."""

    entry_class = HoldersEntry

    seen = Version()
    contact_role = Text(N_("Contact's role"), description=N_("A title, which stays when the person changes."))
    contact = OneOf(N_("Preparedness contact"), blank=N_("Not named"))
    deputy = OneOf(
        N_("Deputy of the contact"),
        blank=N_("Not named"),
        description=N_("Another person, so that somebody can always be reached."),
    )
    director_role = Text(N_("Director's role"), description=N_("Who approves plans, as “Director of Education”."))

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Offer these people, by the references of their accounts."""
        self.contact.offer(people)
        self.deputy.offer(people)

    def accepted(self) -> bool:
        """Whether the form was submitted and names two people, not one twice (E14)."""
        if not super().accepted():
            return False
        if self.contact.data and self.contact.data == self.deputy.data:
            self.refuse(RuleBroken(N_("The deputy must be another person than the contact."), field="deputy"))
            return False
        return True
