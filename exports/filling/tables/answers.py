"""The sheet of what the guidance asks: a row for each requirement that concerns the organisation."""

from exports.filling.fields import Field, Kind, Table
from prepare.texts import N_
from prepare.vocabulary import AnswerStatus

ANSWERS = Table(
    "answers",
    N_("Guidance"),
    N_("What the preparedness guidance asks of you, what the register shows, and what you say."),
    (
        Field("code", N_("Code"), Kind.CODE, 11),
        Field("dimension", N_("Dimension"), Kind.FIXED, 17),
        Field("requirement", N_("Requirement"), Kind.FIXED, 48),
        Field("shown", N_("The register shows"), Kind.FIXED, 18),
        Field(
            "status",
            N_("How is it met?"),
            Kind.WORD,
            20,
            N_("As you see it yourselves; it is compared with what the register shows."),
            wanted=True,
            words=AnswerStatus,
        ),
        Field(
            "evidence",
            N_("What shows it"),
            Kind.LONG,
            40,
            N_("Where it can be seen: a decision, a plan, an exercise."),
            longest=4000,
        ),
        Field(
            "comment",
            N_("Comment"),
            Kind.LONG,
            40,
            N_("Needed when the requirement does not concern you."),
            longest=4000,
        ),
        Field("due", N_("Due again"), Kind.SHOWN, 14),
    ),
    is_coded=True,
    asks=True,
)
