"""Taking in a workbook of many rows, against a bare python-calamine that only reads the same file."""

import resource
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

import python_calamine
from openpyxl import Workbook

from exports.filling import grid
from exports.filling.planning import Planner
from exports.filling.rowing import Reader
from exports.filling.tables.every import BY_KEY
from exports.filling.values import Lists, shown, shown_items
from exports.intake import gate
from risks import matrix

LISTS = Lists({"own": {"F-1": "Toiminto"}, "threat": {}, "likelihood": {}, "impact": {}})


def main(rows: int, tell: Callable[[str], None]) -> None:
    """Measure the gate and the plan of so many rows, each with a change, beside the bare reader."""
    table = BY_KEY["resources"]
    base = {
        f"k{n}": {"function": "F-1", "kind": "staff", "name": f"Resurssi {n}", "normal_qty": n + 1} for n in range(rows)
    }
    content = _workbook(table, {key: {**values, "minimum_qty": 0.5} for key, values in base.items()})
    bare = _timed(lambda: python_calamine.load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python())
    admitted, gate_s = _kept(lambda: gate.admit("form.xlsx", content))
    plan_s = _timed(lambda: _plan(table, base, admitted.sheets[0]))
    whole = gate_s + plan_s
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    tell(f"{rows} rows, {len(content) / 1e6:.1f} MB: bare python-calamine {bare:.2f} s")
    tell(f"gate {gate_s:.2f} s (child {child} MB), rules and merge {plan_s:.2f} s, together {whole:.2f} s")
    tell(f"{rows / whole:.0f} rows a second, {whole / bare:.1f} times the bare reader")


def _workbook(table, rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Resurssit")
    for _ in range(4):
        sheet.append(["x"])
    sheet.append([*(text for _one, _place, text in grid.headings(table)), grid.status_heading(), grid.KEY, grid.BASE])
    for key, values in rows.items():
        cells = []
        for one in table.fields:
            value = values.get(one.key)
            cells += shown_items(one, value, LISTS) if one.columns > 1 else [shown(one, value, LISTS)]
        sheet.append([*cells, "OK", key, ""])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _plan(table, base, sheet) -> None:
    planner = Planner({table.key: base}, {table.key: base}, matrix.DEFAULT, date(2026, 11, 28))
    place = grid.located(table, {"Resurssit": sheet}, "Resurssit")
    planner.add(table, Reader(table, place, base, LISTS, {}).rows())
    if planner.plan.counts["changed"] != len(base) or planner.plan.errors:
        raise RuntimeError("the plan is not what was filled in")


def _timed(work: Callable[[], object]) -> float:
    return _kept(work)[1]


def _kept(work: Callable[[], object]):
    began = time.perf_counter()
    found = work()
    return found, time.perf_counter() - began
