"""A version of a plan on paper: title, signatures and contents, its sections, and each action card on its own page."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from continuity.frozen import Figure
from continuity.whole import Card, Chapter, Whole
from exports.paper.sheet import About, Edges, Sheets
from prepare.texts import _, hours, language, name_of, ngettext
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True)
class PlanFile:
    """A finished file."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What tells the file from any other."""
        return hashlib.sha256(self.content).hexdigest()


def plan_file(whole: Whole, *, at: datetime, compressed: bool = True) -> PlanFile:
    """The plan as a PDF file in the language in use, made at the moment `at`; the same plan gives the same bytes."""
    version = _("version %(number)s", number=whole.number)
    edges = Edges(
        whole.marking,
        whole.confidentiality is Confidentiality.CONFIDENTIAL,
        f"{whole.code} · {version} · {whole.state} · {whole.organisation}",
    )
    about = About(
        f"{whole.heading}, {version}", whole.city, whole.kind, whole.marking, language(), at.replace(microsecond=0)
    )
    sheets = Sheets(edges, about, compressed=compressed)
    _first_page(sheets, whole, version)
    for part in whole.parts:
        if part.title:
            sheets.heading(part.title)
        for chapter in part.chapters:
            _chapter(sheets, whole, chapter, level=1 if part.title else 0)
    _documents(sheets, whole)
    _cards(sheets, whole)
    return PlanFile(_name(whole), sheets.to_bytes())


def _first_page(sheets: Sheets, whole: Whole, version: str) -> None:
    sheets.title(whole.name, f"{whole.code} · {version} · {whole.state}")
    sheets.facts(
        [
            (_("Kind of plan"), whole.kind),
            (_("Organisation"), f"{whole.organisation}, {whole.city}"),
            (_("In force"), whole.validity),
            (_("Where the document is kept"), whole.document_ref),
        ]
    )
    rows = [(one.act, one.name or _("Not yet"), one.role, one.day) for one in whole.signatures]
    sheets.table((24, 34, 28, 14), (_("Signatures"), _("Name"), _("Role"), _("Day")), rows)
    sheets.contents(_("Contents"))


def _chapter(sheets: Sheets, whole: Whole, chapter: Chapter, *, level: int) -> None:
    sheets.heading(f"{chapter.place} {chapter.title}", level)
    held = _HELD.get(chapter.key)
    has_more = held(sheets, whole) if held and not chapter.text else False
    if chapter.text:
        sheets.text(chapter.text)
        if held:
            held(sheets, whole)
    elif not has_more:
        missing = _("See the document.") if whole.document_ref else _("Nothing has been written here yet.")
        sheets.text(missing, quiet=True)


def _functions(sheets: Sheets, whole: Whole) -> bool:
    if whole.functions:
        sheets.text(whole.functions_as_of, quiet=True)
        heads = (_("Function"), _("Class"), _("RTO"), _("MTPD"), _("Minimum level"), _("Needs"))
        sheets.table((27, 8, 9, 9, 17, 30), heads, [_function(one) for one in whole.functions])
    if whole.hidden_functions:
        more = ngettext(
            "%(n)s function more is covered that is not shown here.",
            "%(n)s functions more are covered that are not shown here.",
            whole.hidden_functions,
        )
        sheets.text(more, quiet=True)
    return bool(whole.functions or whole.hidden_functions)


def _function(one: Figure) -> tuple[str, ...]:
    suppliers = ", ".join(name_of(supplier) for supplier in one.suppliers)
    known = one.criticality.value if one.criticality else "–"
    return f"{one.code} {name_of(one)}", known, hours(one.rto_h), hours(one.mtpd_h), one.level or "–", suppliers or "–"


def _strategies(sheets: Sheets, whole: Whole) -> bool:
    lines = whole.contents.strategies
    if lines:
        heads = (_("What is lost"), _("How we carry on"), _("How long it lasts"), _("What it rests on"))
        rows = [(one.lost, one.text, one.lasts, one.rests_on or "–") for one in lines]
        sheets.table((17, 46, 14, 23), heads, rows)
    return bool(lines)


def _levels(sheets: Sheets, whole: Whole) -> bool:
    lines = whole.contents.level_tasks
    if lines:
        heads = (_("Level"), _("Task"), _("Who"), _("What starts it"), _("Within"))
        rows = [(one.level, one.task, one.role or "–", one.trigger or "–", one.within or "–") for one in lines]
        sheets.table((15, 33, 17, 23, 12), heads, rows)
    return bool(lines)


def _cards_named(sheets: Sheets, whole: Whole) -> bool:
    titles = [card.title for card in whole.contents.cards]
    if titles:
        sheets.text(
            _("The action cards stand at the end, each on a page of its own: %(titles)s.", titles=", ".join(titles))
        )
    return bool(titles)


_HELD = {
    "objectives": _functions,
    "first_hour": _cards_named,
    "strategies": _strategies,
    "level_tasks": _levels,
}


def _documents(sheets: Sheets, whole: Whole) -> None:
    if whole.contents.documents:
        sheets.heading(_("Documents"))
        rows = [(one.title, one.kept_at, one.case_number or "–") for one in whole.contents.documents]
        sheets.table((45, 35, 20), (_("Document"), _("Where it is kept"), _("Case number")), rows)


def _cards(sheets: Sheets, whole: Whole) -> None:
    for card in whole.contents.cards:
        lines = [f"{whole.heading} · {whole.number}", *_for(card)]
        steps = [(step.what, " · ".join(filter(None, [step.who, step.within]))) for step in card.steps]
        sheets.card(card.title, lines, steps)


def _for(card: Card) -> list[str]:
    named = ((_("Held by"), card.role), (_("When this is lost"), card.lost), (_("Function"), card.function))
    return [f"{label}: {value}" for label, value in named if value]


def _name(whole: Whole) -> str:
    """A name for the file in plain letters: code, name, version and language."""
    letters = normalize("NFKD", f"{whole.code} {whole.name}".lower()).encode("ascii", "ignore").decode()
    plain = re.sub("[^a-z0-9]+", "-", letters)[:60].strip("-")
    number = re.sub("[^0-9.]+", "", whole.number)
    return f"{plain}_v{number}_{language()}.pdf"
