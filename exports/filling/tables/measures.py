"""The sheet of measures: what is to be done, and how far it is."""

from exports.filling.fields import Field, Kind, Table, reason, removal
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Labelled
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource


class WorkState(Labelled):
    """How far a measure is that somebody works on; done is what waits to be verified by somebody else."""

    PLANNED = "planned", N_("Planned")
    IN_PROGRESS = "in_progress", N_("In progress")
    ON_HOLD = "on_hold", N_("On hold")
    DONE = "done", N_("Done")


MEASURES = Table(
    "measures",
    N_("Measures"),
    N_("What is to be done, by whom and by when, and how far it is."),
    (
        Field("code", N_("Code"), Kind.CODE, 12),
        Field(
            "name_fi",
            N_("Name in Finnish"),
            Kind.TEXT,
            36,
            N_("What is done, in one short sentence: “Back-up power for the reserve water plant”."),
            required=True,
        ),
        Field("name_sv", N_("Name in Swedish"), Kind.TEXT, 30),
        Field("name_en", N_("Name in English"), Kind.TEXT, 30),
        Field("kind", N_("Kind of measure"), Kind.WORD, 22, wanted=True, words=MeasureKind),
        Field(
            "effect_text",
            N_("What it improves"),
            Kind.LONG,
            34,
            N_("What is better once this is done."),
            longest=4000,
        ),
        Field("source", N_("What it came from"), Kind.WORD, 25, wanted=True, words=MeasureSource),
        Field(
            "source_code",
            N_("Code of what it came from"),
            Kind.TEXT,
            16,
            N_("The code of the risk, exercise, meeting…"),
            longest=20,
        ),
        Field("risks", N_("Risk that it treats"), Kind.ITEMS, 32, items="risk", columns=3),
        Field(
            "owner_role",
            N_("Owner (role)"),
            Kind.TEXT,
            26,
            N_("Who answers for getting it done: a role, not a person."),
            wanted=True,
        ),
        Field(
            "due",
            N_("Due date"),
            Kind.DATE,
            14,
            N_("Not needed at the level of residential areas, where work is continuous."),
            wanted=True,
        ),
        Field("state", N_("Status"), Kind.WORD, 15, words=WorkState),
        Field(
            "progress_pct",
            N_("Progress"),
            Kind.PERCENT,
            13,
            N_("Per cent of the work that has been done, from 0 to 99."),
            most=100,
        ),
        Field(
            "progress_text",
            N_("Where it stands"),
            Kind.LONG,
            36,
            N_("What has been done and what comes next; the history keeps what was written earlier."),
            longest=4000,
        ),
        Field("state_reason", N_("Why it is on hold"), Kind.LONG, 28, longest=4000),
        Field(
            "overdue_reason",
            N_("Why it is late"),
            Kind.LONG,
            28,
            N_("Needed once the due date has passed."),
            longest=4000,
        ),
        Field(
            "cost_eur",
            N_("Cost"),
            Kind.QUANTITY,
            14,
            N_("Estimated or known, in euros; 0 when it costs only working time."),
            "€",
            most=1e12,
        ),
        Field(
            "budget_ref",
            N_("Place in the budget"),
            Kind.TEXT,
            20,
            N_("The item of the budget that pays for it."),
        ),
        Field(
            "action_plan_ref",
            N_("Place in the action plan"),
            Kind.TEXT,
            20,
            N_("Where the sector's action plan has it."),
        ),
        Field("level", N_("Level"), Kind.WORD, 20, words=SteeringLevel),
        Field("area", N_("Area"), Kind.ITEM, 24, N_("Empty means the whole city."), items="area"),
        Field("confidentiality", N_("Confidentiality"), Kind.WORD, 20, words=Confidentiality),
        Field("secrecy_basis", N_("Legal basis of secrecy"), Kind.TEXT, 26),
        removal(N_("Choose “Yes” to cancel the measure. Say beside it why; it stays readable.")),
        reason(N_("Why the measure is given up.")),
    ),
    letter="M",
    spare=20,
    is_coded=True,
)
