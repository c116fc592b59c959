"""The sheet that holds a report against the one before it: figures then and now, weak points, changes."""

from collections.abc import Mapping
from typing import Any

from exports.columns import Column, Kind, Tone
from exports.entries import Report
from exports.frames import changes, since
from exports.frames.chosen import Offered
from exports.frames.reader import OUTSIDE, Reader, frame_of
from exports.frames.readiness import figures
from exports.frames.readiness.figures import Figure
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section
from prepare.models.reports import StoredReport
from prepare.queries import names
from prepare.texts import N_, _

KINDS = changes.INSIDE | changes.SECRET | since.WIDER
FIGURES = (
    Column("figure", N_("Figure"), 44, Kind.CODE),
    Column("then", N_("Last time"), 12, Kind.COUNT),
    Column("now", N_("Now"), 12, Kind.COUNT),
    Column("change", N_("Change"), 22, tone="tone"),
)
WEAK = (
    Column("what", N_("Weak point"), 44, Kind.CODE),
    Column("state", N_("New or over"), 12, tone="tone"),
    Column("code", N_("Code"), 12, Kind.CODE),
    Column("name", N_("Function"), 22),
)


def offered(report: Report, held: Gathered) -> list[Offered]:
    """The sheets that hold a report of this kind against the one before it."""

    def told(reader: Reader, before: StoredReport) -> list[Section]:
        return between(held.as_read_by(reader), before.figures)

    return since.offered(held.reader, report.value, report.label, KINDS, told)


def between(held: Gathered, before: Mapping[str, Any] | None) -> list[Section]:
    """The figures then and now; in the confidential variant also the weak points that are new or are over."""
    if not before:  # one that was stored without figures
        return []
    then = before.get("figures", {})
    rows = [_figure(one, then.get(one.key), one.count(held)) for one in figures.admitted(held)]
    told = [Section(_("Figures then and now"), FIGURES, frame_of(rows, FIGURES))]
    if held.reader.tells_dependencies and held.seen is not None:
        told.append(Section(_("New weak points, and those that are over"), WEAK, frame_of(_weak(held, before), WEAK)))
    return told


def _figure(figure: Figure, then: int | None, now: int | None) -> dict[str, object]:
    change = None if then is None or now is None else now - then
    return {
        "figure": _(figure.label),
        "then": _("unknown") if then is None else then,
        "now": _("unknown") if now is None else now,
        "change": changed(change, figure.more_is_better),
        "tone": _tone(change, figure.more_is_better),
    }


def changed(change: int | None, more_is_better: bool | None) -> str:
    """How a figure has changed, in a sign and in words; whether that is good is said where it is known."""
    if change is None:
        return _("unknown: nothing to compare with")
    if change == 0:
        return _("= as before")
    told = _("▲ up by %(points)s", points=change) if change > 0 else _("▼ down by %(points)s", points=-change)
    if more_is_better is None:
        return told
    return f"{told}, {_('better') if (change > 0) == more_is_better else _('worse')}"


def _tone(change: int | None, more_is_better: bool | None) -> Tone | None:
    if not change or more_is_better is None:
        return None
    return Tone.GOOD if (change > 0) == more_is_better else Tone.HIGH


def _weak(held: Gathered, before: Mapping[str, Any]) -> list[dict[str, object]]:
    """What has become weak since, then what is no longer."""
    now = figures.weak(held)
    found = []
    for kind, label in figures.WEAK.items():
        then = frozenset(before.get(kind, ()))
        found += [(label, _("New since then"), Tone.HIGH, code) for code in sorted(now[kind] - then)]
        found += [(label, _("Over since then"), Tone.GOOD, code) for code in sorted(then - now[kind])]
    words = names.by_code(held.reader.scope, [code for *_some, code in found])
    return [
        {"what": _(label), "state": state, "tone": tone, **_named(code, words)} for label, state, tone, code in found
    ]


def _named(code: str, words: Mapping[str, str]) -> dict[str, object]:
    """A function by code and name, if its reader may still know it."""
    if code not in words:
        return {"code": "…", "name": _(OUTSIDE)}
    return {"code": code, "name": words[code].removeprefix(code).strip()}
