"""Every change to the snapshots of readiness and to KUJA's parts and results."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from continuity import kuja
from continuity.entries.readiness import (
    PART_COLUMNS,
    RESULT_COLUMNS,
    KujaPartEntry,
    KujaResultEntry,
    of_part,
    of_result,
)
from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.queries import readiness as queries
from continuity.readiness import scored
from continuity.scoring import snapshots
from continuity.scoring.scores import CityScore
from continuity.scoring.vocabulary import METHOD
from prepare import actor, audit, sealing
from prepare.access import Action, act
from prepare.clock import now
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_


@act(Action.SNAPSHOT_READINESS)
def take_snapshot(city: Organisation, *, on: date) -> ReadinessSnapshot:
    """Keep the city's score of the day `on`, under the next free code. Raises RuleBroken when it has no sectors."""
    score = scored.of_city(city, on=on)
    if not score.sectors:
        raise RuleBroken(N_("There is nothing to count yet: add the city's organisations first."))
    earlier = db.session.scalars(queries.before(city, on).limit(2)).all()
    snapshot = ReadinessSnapshot(
        code=next_code(ReadinessSnapshot.code, "VT-"),
        organisation=city,
        as_of=on,
        taken_at=now(),
        taken_by=actor.current().name,
        guidance=scored.guidance_in_force(city, on),
        **contents(score, [one.figures for one in earlier]),
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def contents(score: CityScore, before: Sequence[snapshots.Figures]) -> dict[str, Any]:
    """What a snapshot keeps of a score, as columns; `before` are the figures of earlier ones, the newest first."""
    told = snapshots.figures(score, before)
    return {
        "method": METHOD,
        "figures": told,
        "figures_sha256": sealing.fingerprint(audit.content_text(told)),
        "data_sha256": sealing.fingerprint(audit.content_text(snapshots.counted(score))),
    }


@act(Action.BEGIN_KUJA)
def begin_kuja(city: Organisation) -> list[KujaPart]:
    """Take the five parts of KUJA into use as they are suggested. Raises RuleBroken when that has been done."""
    if db.session.scalars(queries.parts(actor.current().scope, city)).first():
        raise RuleBroken(N_("The parts have been taken into use already."))
    columns = (*PART_COLUMNS, "number")
    found = [KujaPart(organisation=city, **{c: getattr(one, c) for c in columns}) for one in kuja.SUGGESTED]
    db.session.add_all(found)
    db.session.flush()
    return found


@act(Action.MAP_KUJA)
def map_kuja(part: KujaPart, entry: KujaPartEntry, *, seen: Seen[KujaPartEntry] | None) -> KujaPart:
    """Label a part and say what tells about the same things. Raises StaleEntry if it changed, and RuleBroken."""
    refuse_stale(seen, part_seen(part))
    refuse_if(kuja.part_problems(entry))
    for name in PART_COLUMNS:
        setattr(part, name, getattr(entry, name))
    db.session.flush()
    return part


@act(Action.ADD_KUJA)
def add_result(city: Organisation, entry: KujaResultEntry, *, on: date) -> KujaResult:
    """Write down what an assessment gave, under the next free code. Raises RuleBroken."""
    refuse_if(kuja.result_problems(entry, on=on))
    result = KujaResult(code=next_code(KujaResult.code, "KU-"), organisation=city)
    _fill(result, entry)
    db.session.add(result)
    db.session.flush()
    return result


@act(Action.EDIT_KUJA)
def edit_result(
    result: KujaResult, entry: KujaResultEntry, *, seen: Seen[KujaResultEntry] | None, on: date
) -> KujaResult:
    """Correct a result. Raises StaleEntry if it has changed since, and RuleBroken."""
    refuse_stale(seen, result_seen(result))
    refuse_if(kuja.result_problems(entry, on=on))
    _fill(result, entry)
    db.session.flush()
    return result


def part_seen(part: KujaPart) -> Seen[KujaPartEntry]:
    """What a person sees who edits the part now."""
    return Seen(of_part(part))


def result_seen(result: KujaResult) -> Seen[KujaResultEntry]:
    """What a person sees who edits the result now."""
    return Seen(of_result(result))


def _fill(result: KujaResult, entry: KujaResultEntry) -> None:
    for name in RESULT_COLUMNS:
        setattr(result, name, getattr(entry, name))
