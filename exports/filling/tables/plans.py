"""The sheet of plans: what they cover and where they stand; their texts are written in the system."""

from continuity.vocabulary.plans import PlanKind
from exports.filling.fields import Field, Kind, Table, reason, removal
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

PLANS = Table(
    "plans",
    N_("Plans"),
    N_("Which plans there are, what they cover and when they were exercised; their texts are written in the system."),
    (
        Field("code", N_("Code"), Kind.CODE, 12),
        Field("name_fi", N_("Name in Finnish"), Kind.TEXT, 36, required=True),
        Field("name_sv", N_("Name in Swedish"), Kind.TEXT, 30),
        Field("name_en", N_("Name in English"), Kind.TEXT, 30),
        Field("kind", N_("Kind of plan"), Kind.WORD, 26, required=True, words=PlanKind),
        Field(
            "functions",
            N_("Function that it covers"),
            Kind.ITEMS,
            34,
            N_("A plan secures something: say which functions."),
            wanted=True,
            items="own",
            columns=4,
        ),
        Field(
            "number",
            N_("Version"),
            Kind.TEXT,
            12,
            N_("The version that is being prepared, as 0.1 for a first draft or 2.1."),
            longest=20,
        ),
        Field(
            "document_ref",
            N_("Where the document is kept"),
            Kind.TEXT,
            30,
            N_("A case number or a place, if the plan itself stands elsewhere."),
        ),
        Field("last_exercised_on", N_("Last exercised on"), Kind.DATE, 15, wanted=True),
        Field("confidentiality", N_("Confidentiality"), Kind.WORD, 20, words=Confidentiality),
        Field("secrecy_basis", N_("Legal basis of secrecy"), Kind.TEXT, 26),
        removal(N_("Choose “Yes” to withdraw the version that is being prepared; what is in force stays so.")),
        reason(N_("Why the version is withdrawn.")),
        Field("standing", N_("Where it stands"), Kind.FIXED, 22),
        Field("approved_on", N_("Approved on"), Kind.SHOWN, 14),
        Field("next_review", N_("Next review"), Kind.SHOWN, 14),
    ),
    letter="P",
    spare=8,
    is_coded=True,
)
