"""What was found in a workbook that was handed in, as plain values: for a command, a page and the answer file."""

from collections.abc import Iterable, Mapping
from typing import Any

from exports.filling import values
from exports.filling.fields import REMOVE, Field
from exports.filling.issues import ERROR, Issue
from exports.filling.planning import Change, Conflict
from exports.intake import gate, reasons
from exports.intake.gate import Admitted, Note, Place
from exports.intake.limits import Unfit
from exports.intake.parts import column_letters
from exports.intake.taking import OUTDATED, Looked, Outdated
from exports.listing import judging
from exports.listing.judging import Told
from prepare.texts import _

#: More than these are not listed; their number is told.
MOST = 2_000
#: What a file that is not looked at would change.
NOTHING: Mapping[str, Any] = {"changes": [], "removals": [], "conflicts": []}


def refused(unfit: Unfit) -> dict[str, Any]:
    """A file that was not taken in at all, as the command tells it."""
    text = reasons.refusal(unfit.code)
    cells = unfit.cells[:MOST] or [("", "")]
    errors = [{"sheet": sheet, "cell": cell, "code": unfit.code, "message": text} for sheet, cell in cells]
    return {"class": "reject", "code": unfit.code, "errors": errors, "warnings": [], **NOTHING}


def listed(admitted: Admitted) -> dict[str, Any]:
    """A file that came through the gate and is no fill-in workbook: what would be told of it as a plain list."""
    sheet = gate.list_of(admitted)
    found = judging.judged(sheet.rows) if sheet else []
    where = {"sheet": sheet.name if sheet else ""}
    told = [{**where, "cell": _address(one), "code": one.code, "message": one.message} for one in found]
    faults = [one for one, of in zip(told, found, strict=True) if of.is_fault]
    remarks = [one for one, of in zip(told, found, strict=True) if not of.is_fault]
    no_meta = {"sheet": "", "cell": "", "code": "no_meta", "message": reasons.refusal("no_meta")}
    notes = [no_meta, *_noted(admitted.notes), *remarks]
    verdict = {"class": admitted.verdict, "code": admitted.code}
    if faults:
        verdict = {"class": "reject", "code": min((one["code"] for one in faults), key=judging.GRAVEST.index)}
    elif remarks:
        verdict = {"class": "accept_warn", "code": admitted.code if admitted.code != "ok" else remarks[0]["code"]}
    return {**verdict, "kind": "list", "errors": faults[:MOST], "warnings": notes[:MOST], **NOTHING}


def _address(one: Told) -> str:
    return f"{column_letters(one.column)}{one.row}"


def told(looked: Looked) -> dict[str, Any]:
    """A workbook that was looked at, as the command tells it."""
    return {
        "class": looked.verdict,
        "code": looked.code,
        "organisation": looked.stamp.organisation,
        "export": looked.stamp.export,
        "counts": looked.plan.counts,
        "errors": [_issue(one) for one in looked.plan.errors[:MOST]],
        "warnings": [*_notes(looked), *(_issue(one) for one in _warnings(looked))][:MOST],
        "changes": [change(looked, one) for one in looked.plan.changes[:MOST]],
        "removals": [change(looked, one) for one in looked.plan.removals[:MOST]],
        "conflicts": [change(looked, one) for one in looked.plan.conflicts[:MOST]],
        "digest": looked.digest,
    }


def outdated(looked: Looked) -> dict[str, Any]:
    """A workbook whose earlier look no longer holds: what it would change now, to be confirmed anew."""
    message = {"sheet": "", "cell": "", "code": Outdated.code, "message": _(OUTDATED)}
    found = told(looked)
    return {**found, "class": "conflict", "code": Outdated.code, "errors": [message, *found["errors"]]}


def _warnings(looked: Looked) -> Iterable[Issue]:
    return (one for one in looked.plan.issues if one.severity != ERROR)


def _issue(one: Issue) -> dict[str, str]:
    return {"sheet": one.sheet, "cell": one.cell, "code": one.code, "message": one.message}


def _notes(looked: Looked) -> Iterable[dict[str, str]]:
    return _noted(note for note in looked.admitted.notes if note.code in looked.told_notes)


def _noted(notes: Iterable[Note]) -> Iterable[dict[str, str]]:
    for note in notes:
        for place in note.places or (Place(),):
            where = {"sheet": place.sheet, "cell": place.cell}
            yield {**where, "code": note.code, "message": reasons.note(note.code)}


def change(looked: Looked, one: Change) -> dict[str, Any]:
    """One field that changes, before and after in words; of a conflict also what was handed out."""
    table = looked.tables[one.table]
    field = table.field(one.field)
    words = _removal(one) if one.field == REMOVE else _words(looked, field, one)
    return {
        "table": one.table,
        "row": name(looked, one),
        "is_new": one.key.startswith("+"),
        "field": field.title().rstrip("* \u00a0"),
        "sheet": one.sheet,
        "cell": one.cell,
        **words,
    }


def _words(looked: Looked, field: Field, one: Change) -> dict[str, str]:
    words = {name: values.told(field, getattr(one, name), looked.lists) for name in ("before", "after")}
    if isinstance(one, Conflict):
        words |= {"base": values.told(field, one.base, looked.lists), "id": one.id}
    return words


def _removal(one: Change) -> dict[str, str]:
    """A removal in words; of a contested one also what others changed meanwhile."""
    after = ". ".join(filter(None, [_("To be removed"), one.after]))
    if not isinstance(one, Conflict):
        return {"before": "", "after": after, "reason": one.after or ""}
    return {"base": "", "before": _("Changed: %(fields)s", fields=one.before), "after": after, "id": one.id}


def name(looked: Looked, one: Change) -> str:
    """What a row is called: its code, or what names it."""
    merged = looked.plan.rows.get(one.table, {}).get(one.key) or looked.held.rows[one.table].get(one.key, {})
    named = merged.get("name") or merged.get("name_fi") or merged.get("title_fi") or ""
    owner = merged.get("function") or ""
    return " ".join(filter(None, [one.code, owner, named])) or _("new row")
