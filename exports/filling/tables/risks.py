"""The sheet of risks."""

from exports.filling.fields import Field, Kind, Table
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.vocabulary.risks import Confidence, Treatment, Trend

RISKS = Table(
    "risks",
    N_("Risks"),
    N_("What threatens your functions, how likely and how grave it is, and what is done about it."),
    (
        Field("code", N_("Code"), Kind.CODE, 12),
        Field(
            "title_fi",
            N_("Title in Finnish"),
            Kind.TEXT,
            36,
            N_("What may happen, in one short sentence."),
            required=True,
        ),
        Field("cause", N_("Cause"), Kind.LONG, 34, N_("Why it may happen."), wanted=True, longest=4000),
        Field("event", N_("Event"), Kind.LONG, 34, N_("What happens."), wanted=True, longest=4000),
        Field(
            "consequence",
            N_("Consequence"),
            Kind.LONG,
            34,
            N_("What follows for the functions and for people."),
            wanted=True,
            longest=4000,
        ),
        Field(
            "threat",
            N_("Threat"),
            Kind.ITEM,
            30,
            N_("The headings of the national risk assessment, and local additions."),
            wanted=True,
            items="threat",
        ),
        Field("functions", N_("Affected function"), Kind.ITEMS, 34, wanted=True, items="own", columns=3),
        Field(
            "owner_role",
            N_("Owner (role)"),
            Kind.TEXT,
            26,
            N_("Who answers for the treatment: a role, not a person."),
            wanted=True,
        ),
        Field("existing_controls", N_("Existing controls"), Kind.LONG, 34, longest=4000),
        Field("likelihood", N_("Likelihood"), Kind.STEP, 24, wanted=True, items="likelihood"),
        Field("impact", N_("Impact"), Kind.STEP, 24, wanted=True, items="impact"),
        Field(
            "grounds",
            N_("Grounds of the assessment"),
            Kind.LONG,
            36,
            N_("What the steps rest on: events, figures, an exercise, the judgement of those who know."),
            longest=4000,
        ),
        Field("trend", N_("Trend"), Kind.WORD, 15, wanted=True, words=Trend),
        Field("confidence", N_("Confidence of the assessment"), Kind.WORD, 18, words=Confidence),
        Field(
            "treatment",
            N_("Treatment"),
            Kind.WORD,
            16,
            N_("“Accept” is a proposal: the executive director or the city leadership decides on it."),
            wanted=True,
            words=Treatment,
        ),
        Field("residual_likelihood", N_("Likelihood after treatment"), Kind.STEP, 24, items="likelihood"),
        Field("residual_impact", N_("Impact after treatment"), Kind.STEP, 24, items="impact"),
        Field("next_review", N_("Next review"), Kind.DATE, 14, wanted=True),
        Field("confidentiality", N_("Confidentiality"), Kind.WORD, 20, words=Confidentiality),
        Field("secrecy_basis", N_("Legal basis of secrecy"), Kind.TEXT, 26),
        Field("score", N_("Score"), Kind.SCORE, 11),
    ),
    letter="R",
    spare=15,
    is_coded=True,
)
