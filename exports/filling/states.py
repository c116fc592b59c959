"""How far a row is: the formula that tells it in the workbook, and the same told here, so that both agree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exports.filling.fields import REASON, REMOVE, Field, Table
from exports.filling.rowing import Values
from exports.filling.tables.measures import WorkState
from prepare.texts import N_, _
from prepare.vocabulary import AnswerStatus

READY = "OK"
#: How the other states begin, before the name of what they are about.
_MISSING, _OPEN, _CHECK = N_("Missing"), N_("To be filled in"), N_("Check")
#: The state of a row that is taken out of use when the workbook is taken in.
_REMOVED = N_("To be removed")
#: Letters of each field's columns in the row that is being written: field → addresses.
Cells = Mapping[str, list[str]]


@dataclass(frozen=True)
class Check:
    """Something that does not fit in a row: the formula that finds it, the same here, and what is told."""

    formula: Callable[[Cells], str]
    finds: Callable[[Values], bool]
    message: str


def _area(cells: list[str]) -> str:
    return f"{cells[0]}:{cells[-1]}"


def _bands(cells: Cells) -> list[str]:
    return [cells[f"T{number}"][0] for number in range(1, 8)]


def _steps(values: Values) -> list[Any]:
    return [values.get(f"T{number}") for number in range(1, 8)]


def _longer(one: Any, other: Any) -> bool:
    return one is not None and other is not None and one > other


def _half(values: Values, one: str, other: str) -> bool:
    return (values.get(one) is None) != (values.get(other) is None)


CHECKS: Mapping[str, tuple[Check, ...]] = {
    "functions": (
        Check(
            lambda c: f"AND(ISNUMBER({c['rto_h'][0]}),ISNUMBER({c['mtpd_h'][0]}),{c['rto_h'][0]}>{c['mtpd_h'][0]})",
            lambda v: _longer(v.get("rto_h"), v.get("mtpd_h")),
            "RTO > MTPD",
        ),
    ),
    "needs": (
        Check(
            lambda c: f"SUMPRODUCT(--({_area(c['suppliers'])}={c['function'][0]}))>0",
            lambda v: v.get("function") in (v.get("suppliers") or ()),
            N_("the function is its own supplier"),
        ),
        Check(
            lambda c: f"COUNTA({_area(c['suppliers'])})<N({c['min_required'][0]})",
            lambda v: len(v.get("suppliers") or ()) < (v.get("min_required") or 0),
            N_("too few suppliers"),
        ),
    ),
    "measures": (
        Check(
            lambda c: f'AND({c["state"][0]}="{WorkState.ON_HOLD.option}",{c["state_reason"][0]}="")',
            lambda v: v.get("state") == WorkState.ON_HOLD and _is_empty(v.get("state_reason")),
            N_("it is on hold without a reason"),
        ),
        Check(
            lambda c: f'AND(N({c["progress_pct"][0]})>0,{c["state"][0]}="{WorkState.PLANNED.option}")',
            lambda v: v.get("state") == WorkState.PLANNED and bool(v.get("progress_pct")),
            N_("it is only planned, but has progress"),
        ),
    ),
    "plans": (),
    "answers": (
        Check(
            lambda c: f'AND({c["status"][0]}="{AnswerStatus.NA.option}",{c["comment"][0]}="")',
            lambda v: v.get("status") == AnswerStatus.NA and _is_empty(v.get("comment")),
            N_("say why it does not concern you"),
        ),
    ),
    "impacts": (
        Check(
            lambda c: f"AND(COUNT({_area(_bands(c))})>0,COUNT({_area(_bands(c))})<7)",
            lambda v: 0 < sum(step is not None for step in _steps(v)) < 7,
            N_("a time band has no step"),
        ),
        Check(
            lambda c: f"SUMPRODUCT(--({_area(_bands(c)[:6])}>{_area(_bands(c)[1:])}))>0",
            lambda v: any(a > b for a, b in zip(_steps(v), _steps(v)[1:], strict=False) if a and b),
            N_("the impact falls"),
        ),
    ),
    "resources": (
        Check(
            lambda c: (
                f"AND(ISNUMBER({c['minimum_qty'][0]}),ISNUMBER({c['normal_qty'][0]}),"
                f"{c['minimum_qty'][0]}>{c['normal_qty'][0]})"
            ),
            lambda v: _longer(v.get("minimum_qty"), v.get("normal_qty")),
            N_("the minimum is more than the normal quantity"),
        ),
    ),
    "risks": (
        Check(
            lambda c: f'({c["likelihood"][0]}="")<>({c["impact"][0]}="")',
            lambda v: _half(v, "likelihood", "impact"),
            N_("likelihood and impact belong together"),
        ),
    ),
}


def begins() -> tuple[str, str, str]:
    """How a row's state begins when something is missing, open or to be checked, in the language in use."""
    return _(_MISSING), _(_OPEN), _(_CHECK)


def removed() -> str:
    """The state of a row that is to be removed, in the language in use."""
    return _(_REMOVED)


def formula(table: Table, cells: Cells) -> str:
    """The formula of a row's state; `cells` are the addresses of its fields."""
    missing, open_, check = begins()
    text = f'"{READY}"'
    for one in reversed([one for one in table.inputs if one.wanted]):
        text = f'IF({cells[one.key][0]}="","{open_}: {_said(one)}",{text})'
    for found in reversed(CHECKS[table.key]):
        text = f'IF({found.formula(cells)},"{check}: {_(found.message)}",{text})'
    for one in reversed([one for one in table.inputs if one.required]):
        text = f'IF({cells[one.key][0]}="","{missing}: {_said(one)}",{text})'
    if table.removable:
        text = f'IF({cells[REMOVE][0]}="{_("Yes")}",{_removing(table, cells)},{text})'
    if table.asks:
        return f"={text}"
    inputs = [cell for one in table.inputs for cell in cells[one.key]]
    return f'=IF(COUNTA({_area(inputs)})=0,"",{text})'


def _removing(table: Table, cells: Cells) -> str:
    if not table.reasoned:
        return f'"{removed()}"'
    return f'IF({cells[REASON][0]}="","{_(_MISSING)}: {_said(table.field(REASON))}","{removed()}")'


def state(table: Table, values: Values) -> str:
    """What the formula gives for these values."""
    missing, open_, check = begins()
    if not table.asks and all(_is_empty(values.get(one.key)) for one in table.inputs):
        return ""
    if values.get(REMOVE):
        lacks = table.reasoned and _is_empty(values.get(REASON))
        return f"{missing}: {_said(table.field(REASON))}" if lacks else removed()
    for one in table.inputs:
        if one.required and _is_empty(values.get(one.key)):
            return f"{missing}: {_said(one)}"
    for found in CHECKS[table.key]:
        if found.finds(values):
            return f"{check}: {_(found.message)}"
    for one in table.inputs:
        if one.wanted and _is_empty(values.get(one.key)):
            return f"{open_}: {_said(one)}"
    return READY


def score_formula(cells: Cells) -> str:
    """The formula of a risk's score."""
    one, other = cells["likelihood"][0], cells["impact"][0]
    return f'=IF(OR({one}="",{other}=""),"",VALUE(LEFT({one},1))*VALUE(LEFT({other},1)))'


def score(values: Values) -> str | float:
    """What the formula gives."""
    one, other = values.get("likelihood"), values.get("impact")
    return "" if one is None or other is None else float(one * other)


def _said(one: Field) -> str:
    """The field's name inside a formula's text."""
    return one.title().rstrip("* \u00a0").replace('"', "'")


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], ())
