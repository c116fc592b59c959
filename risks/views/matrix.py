"""The matrix of the risks: where they stand, where they go, and how they spread over sectors, threats and scenarios."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, name_of
from prepare.views import choosing
from prepare.vocabulary import CodeList
from risks import drawing, treatment
from risks.drawing import Move, Picture
from risks.matrix import Level
from risks.models import scales
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.queries import risks as queries
from risks.views import choices
from risks.views.blueprint import bp

#: Word in the address → the columns of that place on the matrix, and its name.
PLACES = {
    "inherent": (treatment.INHERENT, N_("Without controls")),
    "current": (treatment.CURRENT, N_("Now")),
    "residual": (treatment.RESIDUAL_PLACE, N_("After treatment")),
    "target": (treatment.TARGET, N_("Aimed at")),
}
#: Word in the address → what the second table counts by.
GROUPS = {"organisation": N_("Organisation"), "threat": N_("Threat"), "scenario": N_("Scenario")}
MOST_GROUPS = 60


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    organisation: str
    path: str
    threat: str
    scenario: str
    place: str
    to: str
    by: str

    @property
    def filters(self) -> dict[str, str]:
        """The filters that hold for the list of risks too."""
        found = {"organisation": self.organisation, "threat": self.threat, "scenario": self.scenario}
        return {name: value for name, value in found.items() if value}


@bp.get("/risks/matrix")
@opens_page(Action.VIEW_RISK)
def matrix() -> ResponseReturnValue:
    """Where the risks stand on the matrix, and where their treatment is expected to move them."""
    owners = choosing.organisations()
    wanted = _wanted(owners)
    rows = queries.risks(
        actor.current().scope, organisation=wanted.path, threat=wanted.threat, scenario=wanted.scenario
    )
    counts = counted(rows, wanted.place)
    scale, moved = scales.in_force(), _moves(rows, wanted)
    return render_template(
        "risks/matrix.html",
        wanted=wanted,
        picture=drawing.picture(scale, counts.placed, moved),
        address=addresses(wanted.filters, wanted.place),
        scale=scale,
        unplaced=counts.unplaced,
        total=counts.unplaced + sum(counts.placed.values()),
        moves=_told_moves(moved),
        unmoved=sum(move.count for move in moved if move.start == move.end),
        groups=_groups(rows, wanted),
        places=[(word, _(name)) for word, (_columns, name) in PLACES.items()],
        bys=[(word, _(name)) for word, name in GROUPS.items()],
        organisations=[(o.code, name_of(o)) for o in owners.values()],
        threats=choices.codes(CodeList.THREAT, with_code=True),
        scenarios=choices.scenarios(),
        levels=scale.ranges(),
    )


def _wanted(owners: Mapping[str, Organisation]) -> Wanted:
    args = request.args
    chosen = args.get("organisation", "")
    chosen = chosen if chosen in owners else ""
    place, to = args.get("place", "current"), args.get("to", "residual")
    return Wanted(
        organisation=chosen,
        path=owners[chosen].path if chosen else "",
        threat=args.get("threat", "")[:20],
        scenario=args.get("scenario", "")[:20],
        place=place if place in PLACES else "current",
        to=to if to in PLACES else "",
        by=by if (by := args.get("by", "organisation")) in GROUPS else "organisation",
    )


def counted(rows: Any, place: str) -> SimpleNamespace:
    """The risks in each cell at this place: `placed`, and how many have none: `unplaced`."""
    found = db.session.execute(queries.per_cell(rows, PLACES[place][0])).all()
    placed = {(one, other): count for one, other, count in found if one is not None and other is not None}
    return SimpleNamespace(placed=placed, unplaced=sum(row[2] for row in found) - sum(placed.values()))


def addresses(filters: Mapping[str, str], place: str) -> Any:
    """Gives the address of the list of the risks in a cell."""
    kept: dict[str, Any] = {**filters, "place": None if place == "current" else place}
    return lambda cell: url_for("risks.risks", likelihood=cell.likelihood, impact=cell.impact, **kept)


def _moves(rows: Any, wanted: Wanted) -> list[Move]:
    if not wanted.to or wanted.to == wanted.place:
        return []
    found = db.session.execute(queries.moves(rows, PLACES[wanted.place][0], PLACES[wanted.to][0]))
    return [Move((l1, i1), (l2, i2), count) for l1, i1, l2, i2, count in found]


def _told_moves(moves: Iterable[Move]) -> list[SimpleNamespace]:
    """How many risks go from which level to which, the gravest first."""
    scale, found = scales.in_force(), dict[tuple[Level, Level], int]()
    for move in moves:
        ends = scale.level(*move.start), scale.level(*move.end)
        found[ends] = found.get(ends, 0) + move.count
    return [SimpleNamespace(before=a, after=b, count=found[a, b]) for a, b in sorted(found, reverse=True)]


def _groups(rows: Any, wanted: Wanted) -> list[SimpleNamespace]:
    """The risks of each organisation, threat or scenario by level, those with the gravest first."""
    keys = {"organisation": Organisation.code, "threat": Risk.threat, "scenario": Scenario.code}
    if wanted.by == "scenario" and not wanted.scenario:
        rows = rows.outerjoin(Risk.scenario)
    found: dict[str | None, dict[Level | None, int]] = {}
    for key, level, count in db.session.execute(queries.per_level(rows, keys[wanted.by])):
        found.setdefault(key, {})[level] = count
    ordered = sorted(found, key=lambda key: ([-found[key].get(level, 0) for level in reversed(Level)], key or "~"))
    names = _names(wanted.by)
    return [_group(key, found[key], names, wanted) for key in ordered[:MOST_GROUPS]]


def _names(by: str) -> dict[str, str]:
    if by == "organisation":
        return {code: name_of(one) for code, one in choosing.organisations().items()}
    return dict(choices.codes(CodeList.THREAT, with_code=True) if by == "threat" else choices.scenarios())


def _group(key: str | None, counts: Mapping[Level | None, int], names: Mapping[str, str], wanted: Wanted) -> Any:
    assessed = {level: count for level, count in counts.items() if level}
    kept: dict[str, Any] = {**wanted.filters, wanted.by: key}
    return SimpleNamespace(
        name=names.get(key, key) if key else None,
        url=url_for("risks.risks", **kept) if key in names else None,
        bar=drawing.bar(assessed),
        counts=[(level, assessed.get(level, 0)) for level in reversed(Level)],
        unassessed=counts.get(None, 0),
        total=sum(counts.values()),
    )


def small(rows: Any, place: str) -> Picture:
    """The matrix with its counts alone, as the list of risks shows it."""
    return drawing.picture(scales.in_force(), counted(rows, place).placed)
