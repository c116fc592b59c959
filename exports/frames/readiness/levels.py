"""Maturity (B17): at which level each side of each sector is, what the next one asks, and KUJA beside it."""

from continuity import kuja as rules
from continuity.models.readiness import KujaPart, KujaResult
from continuity.queries import readiness as queries
from continuity.scoring.maturity import maturity
from continuity.scoring.scores import points
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.standing import TONES
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _, day, name_of, named, number

COLUMNS = (
    Column("code", N_("Sector"), 10, Kind.CODE),
    Column("name", N_("Name of the sector"), 26),
    Column("dimension", N_("Dimension"), 26),
    Column("level", N_("Level"), 8, Kind.STEP),
    Column("words", N_("Level in words"), 22),
    Column("score", N_("Points"), 9, Kind.COUNT, tone="tone"),
    Column("next", N_("Next level"), 20),
    Column("lacking", N_("What the next level still asks"), 52),
    Column("kuja", N_("Part of KUJA"), 22, optional=True),
    Column("result", N_("KUJA result, entered by hand"), 32, tone="result_tone", optional=True),
)


def register(held: Gathered) -> Register:
    """The sheet of the levels, with what KUJA's own tools gave beside it; neither is turned into the other."""
    parts = list(db.session.scalars(queries.parts(held.reader.scope, held.city)))
    results = list(db.session.scalars(queries.results(held.reader.scope, held.city)))
    frame = frame_of(_rows(held, parts, results), COLUMNS)
    return Register(
        _("Maturity"),
        _("At which level each side of each sector is, what the next level asks, and what KUJA found"),
        held.reader.shown(COLUMNS, frame),
        frame,
        frozen=3,
        hint=_("In KUJA's quick test more than %(most)s points mean clear deficiencies.", most=rules.MOST_POINTS),
    )


def _rows(held: Gathered, parts: list[KujaPart], results: list[KujaResult]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for sector in held.sectors:
        known = held.known(sector)
        for side, scored in sector.dimensions.items():
            found = maturity(known, side)
            told = points(scored.score)
            rows.append(
                {
                    "code": sector.item.code,
                    "name": name_of(sector.item),
                    "dimension": side.label,
                    "level": int(found.level),
                    "words": found.level.label,
                    "score": _("unknown") if told is None else told,
                    "tone": TONES[scored.tone],
                    "next": found.next_level.label if found.next_level else None,
                    "lacking": " ".join(_(text) for text in found.lacking) or None,
                    **_kuja([one for one in parts if side in one.dimensions], results),
                }
            )
    return rows


def _kuja(parts: list[KujaPart], results: list[KujaResult]) -> dict[str, object]:
    """The parts of KUJA that tell about the same things, and the newest result of each, or of the whole."""
    numbers = {part.number for part in parts}
    newest = next((one for one in results if one.part in numbers), None)
    newest = newest or next((one for one in results if one.part is None), None)
    names = [f"KUJA {part.number} {named(part, 'label')}".strip() for part in parts]
    row: dict[str, object] = {"kuja": ", ".join(names) or None}
    if newest is None:
        return row
    whole = None if newest.part else _("the whole")
    told = [newest.code, whole, day(newest.assessed_on), newest.tool.label]
    points_ = None if newest.points is None else _("%(points)s points", points=number(newest.points))
    bad = rules.has_deficiencies(newest.tool, newest.points)
    result = ", ".join(filter(None, [*told, points_]))
    return row | {"result": result, "result_tone": Tone.HIGH if bad else None}
