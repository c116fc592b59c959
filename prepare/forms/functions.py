"""Forms of the function register."""

from dataclasses import replace

from prepare import registration
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.forms.fields import Day, Hours, LongText, OneOf, Percent, Text, Tick, Version, Whole, Word, YesNo
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import (
    CapabilityBasis,
    Confidentiality,
    Criticality,
    Organiser,
    Production,
    RelationBasis,
)


class FunctionForm(CityForm):
    """A function, or a partner's service."""

    entry_class = FunctionEntry
    keeps_draft = True

    seen = Version()
    name_fi = Text(
        N_("Name in Finnish"),
        validators=[required],
        description=N_("The result, not the process: “Drinking water to residents”."),
    )
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description_fi = LongText(N_("Description in Finnish"), longest=20_000)
    description_sv = LongText(N_("Description in Swedish"), longest=20_000)
    description_en = LongText(N_("Description in English"), longest=20_000)
    organiser = Word(
        N_("Responsible for organising"),
        Organiser,
        description=N_("Who has the statutory responsibility that the service exists."),
    )
    production = Word(N_("Way of production"), Production)
    owner_role = Text(N_("Owner (role)"), description=N_("A role, not a person: “Head of water supply”."))
    deputy_role = Text(N_("Deputy (role)"))
    statutory_basis = LongText(N_("Statutory basis"), longest=2000)
    vital_function = OneOf(N_("Vital function of society"))
    customers = LongText(N_("Customers"), longest=2000, description=N_("Who suffers when this stops."))
    vulnerable_groups = YesNo(N_("Effect on vulnerable groups"))
    area_scope = Text(N_("Area"), description=N_("Empty means the whole city."))
    criticality = Word(
        N_("Criticality class"),
        Criticality,
        description=N_("Suggested from the MTPD: K1 up to 24 h, K2 up to 72 h, K3 up to 168 h, otherwise K4."),
    )
    criticality_reason = LongText(N_("Reason for another class than the suggested one"), longest=2000)
    rto_h = Hours(
        N_("Recovery time objective (RTO)"),
        description=N_("Within how many hours the function must be back at its minimum level."),
    )
    mtpd_h = Hours(
        N_("Maximum tolerable period of disruption (MTPD)"),
        description=N_("After how many hours an outage becomes intolerable."),
    )
    rpo_h = Hours(
        N_("Recovery point objective (RPO)"),
        description=N_("How many hours of data may be lost. Leave empty if the function has no data of its own."),
    )
    mbco_pct = Percent(N_("Minimum service level"), description=N_("Per cent of the normal level."))
    mbco_text = LongText(
        N_("Minimum service level in words"),
        longest=2000,
        description=N_("What is kept running when not everything can be."),
    )
    recovery_capability_h = Hours(
        N_("Recovery capability"), description=N_("In how many hours you can really restore the function today.")
    )
    capability_basis = Word(N_("Basis of the recovery capability"), CapabilityBasis)
    capability_on = Day(N_("Capability known on"))
    restart_h = Hours(
        N_("Restart time"),
        description=N_("From the moment when everything needed is back to the moment when the function runs."),
    )
    min_staff = Whole(N_("Minimum staff"), description=N_("People needed at the same time for the minimum level."))
    key_skills = LongText(N_("Key skills"), longest=2000)
    peak_periods = LongText(N_("Peak periods"), longest=2000)
    no_dependencies = Tick(N_("The function needs no other function or service"))
    commodity = Tick(N_("A commodity: no interface is agreed for it"))
    committed_recovery_h = Hours(
        N_("Promised recovery time"), description=N_("Empty means unknown; an unknown promise is a finding.")
    )
    commitment_basis = Word(N_("Basis of the promise"), RelationBasis)
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def broken(self) -> list[RuleBroken]:
        """Every rule that the entry breaks, as far as it could be read."""
        return registration.problems(replace(self.entry(), name_fi=self.name_fi.data or "–"))


class AddFunctionForm(FunctionForm):
    """A new function and the organisation it belongs to."""

    organisation = OneOf(N_("Organisation"), validators=[required])


class ReasonForm(CityForm):
    """Why a function is returned."""

    reason = LongText(N_("What should be completed?"), longest=4000, validators=[required])
