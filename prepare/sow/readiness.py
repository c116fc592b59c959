"""The demo city's readiness as it was before: three snapshots, and what its KUJA assessments found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from continuity import kuja
from continuity.entries.readiness import PART_COLUMNS
from continuity.models.comparison import ReadinessParticipation
from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.readiness import scored
from continuity.register.readiness import contents
from continuity.scoring import scores
from continuity.scoring.indicator import Indicator, Item
from continuity.scoring.indicator import Row as Counted
from continuity.scoring.scores import CityScore, SectorScore
from continuity.scoring.vocabulary import Code, Kind, weight_of
from continuity.vocabulary.readiness import KujaTool
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.registration import VITAL
from prepare.sow.files import Row, number
from prepare.sow.sowing import Sowing
from prepare.sow.users import CITY
from prepare.vocabulary import Criticality

#: Sector → indicator → its line in the file.
Lines = Mapping[str, Mapping[Code, Row]]
JOINED_ON = "2026-08-24"
TAKEN_BY = "Turvallisuus- ja valmiusyksikkö"


def sow_snapshots(sowing: Sowing) -> None:
    """Snapshots of a year, from the figures of the file, the oldest first."""
    city = db.session.get_one(Organisation, sowing.id_of(Organisation, CITY))
    days: dict[date, dict[str, dict[Code, Row]]] = defaultdict(lambda: defaultdict(dict))
    for row in sowing.files.rows("readiness_history"):
        day = date.fromisoformat(row["as_of"]) + sowing.files.shift
        days[day][row["sector"]][Code(row["indicator"])] = row
    told: list[dict[str, Any]] = []
    for on in sorted(days):
        before = [one["figures"] for one in reversed(told)]
        told.append(_snapshot(city, on) | contents(_score(sowing, city, days[on]), before))
    sowing.write(ReadinessSnapshot, [{"code": f"VT-{n:02}"} | one for n, one in enumerate(told, start=1)])


def sow_participation(sowing: Sowing) -> None:
    """That the city has joined the comparison with others."""
    part = {"code": "VV-01", "joined_by": TAKEN_BY, "joined_on": sowing.files.day(JOINED_ON)}
    sowing.write(ReadinessParticipation, [part | {"organisation_id": sowing.id_of(Organisation, CITY)}])


def _snapshot(city: Organisation, on: date) -> dict[str, Any]:
    return {
        "organisation_id": city.id,
        "as_of": on,
        "taken_at": datetime.combine(on, time(10), tzinfo=UTC),
        "taken_by": TAKEN_BY,
        "guidance": scored.guidance_in_force(city, on),
    }


def _score(sowing: Sowing, city: Organisation, lines: Lines) -> CityScore:
    """The score that the lines give by the rules of today; no sector's data had been reviewed."""
    functions = sowing.files.rows("functions")
    sectors = [
        _sector(code, _indicators(code, told), [row for row in functions if row["sector"] == code])
        for code, told in lines.items()
        if code != CITY
    ]
    return replace(scores.city(scored.whole(city), sectors), indicators=_indicators(CITY, lines[CITY]))


def _sector(code: str, found: Mapping[Code, Indicator], functions: Iterable[Row]) -> SectorScore:
    classes = [Criticality(row["criticality"]) for row in functions]
    vital, weight = sum(one in VITAL for one in classes), sum(map(weight_of, classes))
    sides = scores.dimensions(found, ())
    return SectorScore(Item(Kind.ORGANISATION, code), weight, found, sides, (), len(classes), vital, old=vital)


def _indicators(sector: str, lines: Mapping[Code, Row]) -> dict[Code, Indicator]:
    return {code: Indicator(code, _rows(sector, lines[code])) for code in Code}


def _rows(sector: str, line: Row) -> tuple[Counted, ...]:
    """What was in order, what was not, and what nobody knew, as one row each."""
    good, every, unknown = (float(line[name]) for name in ("numerator", "denominator", "unknown"))
    parts = (("+", good, 1.0, 0.0), ("-", every - good - unknown, 0.0, 0.0), ("?", unknown, 0.0, 1.0))
    return tuple(
        Counted(Item(Kind.ORGANISATION, f"{sector}{mark}"), weight, share, "", unknown=open_)
        for mark, weight, share, open_ in parts
        if weight
    )


def sow_kuja(sowing: Sowing) -> None:
    """The five parts as they are suggested, and the results that the file tells."""
    city = sowing.id_of(Organisation, CITY)
    suggested = [{c: getattr(one, c) for c in (*PART_COLUMNS, "number")} for one in kuja.SUGGESTED]
    sowing.write(KujaPart, [{"organisation_id": city} | one for one in suggested])
    sowing.write(KujaResult, [_result(sowing, city, row) for row in sowing.files.rows("kuja_results")])


def _result(sowing: Sowing, city: int, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": city,
        "assessed_on": sowing.files.day(row["assessed_on"]),
        "tool": KujaTool(row["tool"]),
        "tool_version": row["tool_version"],
        "part": int(row["part"]) if row["part"] else None,
        "points": number(row["points"]),
        "result": row["result"] or None,
        "comment": row["comment"] or None,
        "assessed_by": row["assessed_by"],
    }
