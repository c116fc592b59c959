"""The sheet of codes and terms (A18): every code that the workbook uses, in three languages."""

from collections.abc import Callable, Iterable, Iterator

from dependencies.vocabulary import DependencyKind, Strength, Verdict
from exports.columns import Column, Kind
from exports.frames.reader import frame_of
from exports.sheets import Register
from prepare import glossary
from prepare.criticality import BANDS, LONGEST_MTPD_H, STEP_MESSAGES
from prepare.models.codes import CodeItem
from prepare.texts import LANGUAGES, N_, _, hours, language, speaking
from prepare.vocabulary import CapabilityBasis, CodeList, Confidentiality, Criticality, Labelled
from risks.models import scales

COLUMNS = (
    Column("list", N_("List"), 26),
    Column("code", N_("Code"), 12, Kind.CODE),
    Column("fi", N_("In Finnish"), 44),
    Column("sv", N_("In Swedish"), 44),
    Column("en", N_("In English"), 44),
    Column("meaning", N_("Meaning"), 56),
)
#: What stands on pages and sheets by its abbreviation: the glossary's key of each.
MEASURES = {"RTO": "rto_h", "MTPD": "mtpd_h", "RPO": "rpo_h", "MBCO": "mbco_pct", "BIA": "impacts"}

Rows = Iterator[dict[str, object]]


def register(items: Iterable[CodeItem]) -> Register:
    """The sheet of codes; `items` are the lists that the city keeps as data."""
    rows = [*_measures(), *_classes(), *_bands(), *_steps(), *_words(), *_items(items), *_terms()]
    return Register(
        _("Codes and glossary"),
        _("The codes and terms of this workbook in Finnish, Swedish and English"),
        COLUMNS,
        frame_of(rows, COLUMNS),
        tab="notes",
        frozen=2,
    )


def _row(name: str, code: str, say: Callable[[], str], meaning: str | None = None) -> dict[str, object]:
    row: dict[str, object] = {"list": name, "code": code, "meaning": meaning}
    for code_of_language in LANGUAGES:
        with speaking(code_of_language):
            row[code_of_language] = say()
    return row


def _measures() -> Rows:
    for code, key in MEASURES.items():
        yield {**_term(glossary.explained()[key]), "list": _("Measuring words"), "code": code}


def _classes() -> Rows:
    for criticality in Criticality:
        longest = LONGEST_MTPD_H.get(criticality)
        meaning = _("MTPD at most %(mtpd)s", mtpd=hours(longest)) if longest else _("Longer MTPD, or none intolerable")
        yield _labelled(_("Criticality class"), criticality, meaning)


def _bands() -> Rows:
    for band in BANDS:
        yield _row(_("Time band"), band.code, lambda b=band: b.label)  # type: ignore[misc]


def _steps() -> Rows:
    for step, message in STEP_MESSAGES.items():
        yield _row(_("Impact"), str(step), lambda m=message: _(m))  # type: ignore[misc]
    scale = scales.in_force()
    for step, likelihood in enumerate(scale.likelihoods, start=1):
        meaning = " ".join(filter(None, [likelihood.frequency, likelihood.meaning]))
        yield _row(_("Likelihood"), str(step), lambda one=likelihood: one.label, meaning)  # type: ignore[misc]
    for step, impact in enumerate(scale.impacts, start=1):
        yield _row(_("Impact of a risk"), str(step), lambda one=impact: one.label, impact.meaning)  # type: ignore[misc]
    for level, (least, most) in scale.ranges().items():
        meaning = _("Likelihood × impact %(scores)s", scores=f"{least}–{most}")
        yield _row(_("Risk level"), str(int(level)), lambda one=level: one.label, meaning)  # type: ignore[misc]


def _words() -> Rows:
    for strength in Strength:
        yield _labelled(_("Strength of a need"), strength, strength.meaning)
    for name, words in (
        (_("Kind of dependency"), DependencyKind),
        (_("Verdict on an outage"), Verdict),
        (_("Basis of a capability"), CapabilityBasis),
        (_("Class of confidentiality"), Confidentiality),
    ):
        for word in words:
            yield _labelled(name, word)


def _labelled(name: str, word: Labelled, meaning: str | None = None) -> dict[str, object]:
    return _row(name, word.value, lambda: word.label, meaning)


def _items(items: Iterable[CodeItem]) -> Rows:
    names = {CodeList.VITAL_FUNCTION: _("Vital functions of society"), CodeList.THREAT: _("Threats")}
    for item in items:
        yield {
            "list": names.get(item.kind, item.kind.label),
            "code": item.code,
            "fi": item.name_fi,
            "sv": item.name_sv,
            "en": item.name_en,
        }


def _terms() -> Rows:
    for term in glossary.terms():
        yield {**_term(term), "list": _("Glossary")}


def _term(term: glossary.Term) -> dict[str, object]:
    return {"meaning": term.meaning(language()), "fi": term.fi, "sv": term.sv, "en": term.en}
