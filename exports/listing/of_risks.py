"""Lists of what threatens: risks and measures."""

from dataclasses import replace

from exports.listing.wanted import CLASSED, CODE, NAMES, OWNER, TITLE, How, Listed, Wanted
from prepare.texts import N_
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind
from risks.vocabulary.risks import Treatment, Trend

RISKS = Listed(
    "risks",
    N_("Risks"),
    "title_fi",
    (
        CODE,
        Wanted(
            "title_fi",
            N_("Risk"),
            also=("riski", "nimi", "name", "namn", "otsikko", "title", "uhka"),
            longest=TITLE,
            of=N_("Risk"),
        ),
        Wanted("title_sv", N_("Name in Swedish"), also=("risken på svenska",), longest=TITLE, of=N_("Risk")),
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
            "functions",
            N_("Affected functions"),
            How.CODES,
            also=("toiminto", "toiminnot", "functions", "funktioner"),
            refers="functions",
        ),
        Wanted("next_review", N_("Next review"), How.DAY, also=("seuraava tarkastelu", "nästa granskning")),
        *CLASSED,
    ),
    ("title_fi",),
)
MEASURES = Listed(
    "measures",
    N_("Measures"),
    "name_fi",
    (
        CODE,
        Wanted(
            "name_fi",
            N_("Measure"),
            also=(*NAMES[0].also, "toimenpide", "åtgärd", "action"),
            longest=TITLE,
            of=N_("Measure"),
        ),
        *(replace(one, of=N_("Measure")) for one in NAMES[1:]),
        Wanted("kind", N_("Kind of measure"), How.WORD, MeasureKind, also=("toimenpiteen laji", "typ", "type", "laji")),
        Wanted("level", N_("Level"), How.WORD, SteeringLevel, also=("taso", "nivå")),
        Wanted("risks", N_("Risks"), How.CODES, also=("riski", "riskit", "risk"), refers="risks"),
        OWNER,
        Wanted(
            "due", N_("Due date"), How.DAY, also=("määräaika", "määräpäivä", "deadline", "tavoitepäivä", "tidsfrist")
        ),
        Wanted("cost_eur", N_("Cost, €"), How.NUMBER, also=("kustannus", "kustannukset", "kostnad", "cost", "hinta")),
        Wanted("budget_ref", N_("Place in the budget"), also=("talousarviokohta", "budget"), longest=TITLE),
        Wanted("effect_text", N_("Effect"), also=("vaikuttavuus", "hyöty", "effekt", "nytta")),
        *CLASSED,
    ),
    ("name_fi",),
)
