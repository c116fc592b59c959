"""What can be taken in from a plain list: registers, their fields, and the headings by which people call them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prepare.texts import LANGUAGES, N_, _, search_key, speaking
from prepare.vocabulary import Confidentiality, Criticality, Organiser, Production
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind
from risks.vocabulary.risks import Treatment, Trend


class How(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    HOURS = "hours"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    YES_NO = "yes_no"
    WORD = "word"
    CODES = "codes"


@dataclass(frozen=True)
class Wanted:
    """A field of an entry that a column can fill: its label (N_), how it is read, and further headings for it."""

    name: str
    label: str
    how: How = How.TEXT
    words: Iterable[Any] = ()  #: the vocabulary of a WORD
    also: tuple[str, ...] = ()
    longest: int = 1_000_000
    is_step: bool = False  #: a step of the city's risk scale

    def called(self) -> set[str]:
        """Everything by which a column may be called that fills it, folded."""
        found = {folded(self.name), *map(folded, self.also)}
        for language in LANGUAGES:
            with speaking(language):
                found.add(folded(_(self.label)))
        return found


@dataclass(frozen=True)
class Listed:
    """A register that takes lists: its stable name, title (N_), fields, and the field by which a row is told."""

    name: str
    title: str
    named_by: str
    fields: tuple[Wanted, ...]

    def field(self, name: str) -> Wanted | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)


def folded(text: str) -> str:
    """A heading or a word as it is compared: small letters, without signs and what stands in brackets."""
    kept = search_key(text).partition("(")[0]
    return " ".join("".join(sign if sign.isalnum() else " " for sign in kept).split())


TITLE = 200
CODE = Wanted("code", N_("Code"), also=("id", "nro", "nr", "no", "number", "numero", "koodi", "kod"), longest=20)
CLASSED = (
    Wanted("confidentiality", N_("Confidentiality"), How.WORD, Confidentiality, also=("julkisuus", "sekretess")),
    Wanted("secrecy_basis", N_("Ground for secrecy"), longest=TITLE),
)
OWNER = Wanted(
    "owner_role",
    N_("Owner (role)"),
    also=("omistaja", "vastuuhenkilö", "vastuutaho", "vastuullinen", "owner", "responsible", "ägare", "ansvarig"),
    longest=TITLE,
)
NAMES = (
    Wanted("name_fi", N_("Name"), also=("nimi", "name", "namn", "otsikko", "title", "rubrik"), longest=TITLE),
    Wanted("name_sv", N_("Name in Swedish"), also=("nimi ruotsiksi", "namn på svenska"), longest=TITLE),
    Wanted("name_en", N_("Name in English"), also=("nimi englanniksi", "namn på engelska"), longest=TITLE),
)
FUNCTIONS = Listed(
    "functions",
    N_("Functions"),
    "name_fi",
    (
        CODE,
        Wanted(
            "name_fi", N_("Function"), also=(*NAMES[0].also, "toiminto", "palvelu", "service", "tjänst"), longest=TITLE
        ),
        *NAMES[1:],
        Wanted("description_fi", N_("Description"), also=("kuvaus", "beskrivning")),
        Wanted(
            "criticality", N_("Class"), How.WORD, Criticality, also=("kriittisyys", "kriittisyysluokka", "kritiskhet")
        ),
        Wanted("organiser", N_("Organiser"), How.WORD, Organiser, also=("järjestäjä", "anordnare")),
        Wanted("production", N_("Production"), How.WORD, Production, also=("tuotantotapa", "produktionssätt")),
        OWNER,
        Wanted("deputy_role", N_("Deputy"), also=("varahenkilö", "sijainen", "ersättare"), longest=TITLE),
        Wanted(
            "rto_h", N_("RTO h"), How.HOURS, also=("rto", "palautumisaika", "palautumistavoite", "återställningstid")
        ),
        Wanted("mtpd_h", N_("MTPD h"), How.HOURS, also=("mtpd", "mto", "enimmäiskatkoaika", "suurin sallittu katko")),
        Wanted("rpo_h", N_("RPO h"), How.HOURS, also=("rpo",)),
        Wanted("mbco_text", N_("Minimum level in words"), also=("vähimmäistaso", "miniminivå", "minimum level")),
        Wanted("min_staff", N_("Minimum staff"), How.WHOLE, also=("vähimmäishenkilöstö", "minimipersonal")),
        *CLASSED,
    ),
)
RISKS = Listed(
    "risks",
    N_("Risks"),
    "title_fi",
    (
        CODE,
        Wanted(
            "title_fi", N_("Risk"), also=("riski", "nimi", "name", "namn", "otsikko", "title", "uhka"), longest=TITLE
        ),
        Wanted("title_sv", N_("Name in Swedish"), also=("risken på svenska",), longest=TITLE),
        Wanted("cause", N_("Cause"), also=("syy", "orsak", "aiheuttaja")),
        Wanted("event", N_("Event"), also=("tapahtuma", "händelse", "kuvaus", "description", "beskrivning")),
        Wanted("consequence", N_("Consequence"), also=("seuraus", "seuraukset", "vaikutukset", "konsekvens", "följd")),
        OWNER,
        Wanted(
            "likelihood",
            N_("Likelihood"),
            How.WORD,
            also=("todennäköisyys", "tn", "sannolikhet", "probability"),
            is_step=True,
        ),
        Wanted(
            "impact", N_("Impact"), How.WORD, also=("vaikutus", "vakavuus", "konsekvensgrad", "severity"), is_step=True
        ),
        Wanted("grounds", N_("Grounds"), also=("perustelu", "perustelut", "motivering")),
        Wanted("trend", N_("Trend"), How.WORD, Trend, also=("kehitys", "suunta", "utveckling")),
        Wanted(
            "existing_controls",
            N_("Existing controls"),
            also=("nykyiset keinot", "hallintakeinot", "befintliga kontroller"),
        ),
        Wanted("treatment", N_("Treatment"), How.WORD, Treatment, also=("käsittely", "riskin käsittely", "hantering")),
        Wanted(
            "functions", N_("Affected functions"), How.CODES, also=("toiminto", "toiminnot", "functions", "funktioner")
        ),
        Wanted("next_review", N_("Next review"), How.DAY, also=("seuraava tarkastelu", "nästa granskning")),
        *CLASSED,
    ),
)
MEASURES = Listed(
    "measures",
    N_("Measures"),
    "name_fi",
    (
        CODE,
        Wanted("name_fi", N_("Measure"), also=(*NAMES[0].also, "toimenpide", "åtgärd", "action"), longest=TITLE),
        *NAMES[1:],
        Wanted("kind", N_("Kind of measure"), How.WORD, MeasureKind, also=("toimenpiteen laji", "typ", "type", "laji")),
        Wanted("level", N_("Level"), How.WORD, SteeringLevel, also=("taso", "nivå")),
        Wanted("risks", N_("Risks"), How.CODES, also=("riski", "riskit", "risk")),
        OWNER,
        Wanted(
            "due", N_("Due date"), How.DAY, also=("määräaika", "määräpäivä", "deadline", "tavoitepäivä", "tidsfrist")
        ),
        Wanted("cost_eur", N_("Cost, €"), How.NUMBER, also=("kustannus", "kustannukset", "kostnad", "cost", "hinta")),
        Wanted("budget_ref", N_("Place in the budget"), also=("talousarviokohta", "budget"), longest=TITLE),
        Wanted("effect_text", N_("Effect"), also=("vaikuttavuus", "hyöty", "effekt", "nytta")),
        *CLASSED,
    ),
)
LISTED: dict[str, Listed] = {one.name: one for one in (FUNCTIONS, RISKS, MEASURES)}
