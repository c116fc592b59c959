"""What is looked at rather than read: dependencies between sectors as a ring, the gravest scenario as time lines."""

from collections import Counter

from dependencies.outcome import Outcome
from dependencies.vocabulary import State, Verdict
from exports import plots, timelines
from exports.columns import Column, Kind, Tone
from exports.frames import maps
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.scenarios import TONES, Run, told_h
from exports.plots import Flow, Line, Spell
from exports.spreads import Picture, Section, Spread
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, name_of, ngettext

FLOWS = (
    Column("supplier", N_("Supplies"), 44, Kind.CODE),
    Column("consumer", N_("Depends on it"), 44),
    Column("count", N_("Dependencies"), 14, Kind.COUNT),
    Column("essential", N_("Essential ones"), 14, Kind.COUNT),
)
#: Functions that a time line shows: those that go down first.
MOST_LINES = 18
COURSE = (
    Column("code", N_("Function"), 12, Kind.CODE),
    Column("name", N_("Name of the function"), 46),
    Column("down_h", N_("Down at h"), 12, Kind.HOURS),
    Column("mtpd_h", N_("MTPD reached at h"), 14, Kind.HOURS),
    Column("up_h", N_("Back at h"), 12, Kind.HOURS, note=N_("Empty means not back within a year.")),
    Column("verdict", N_("Verdict"), 20, tone="tone"),
)


def between(held: Gathered) -> Spread:
    """The sheet of the dependencies between sectors and partners: a ring, and its arrows as a table."""
    counts: Counter[tuple[str, str]] = Counter()
    essential: Counter[tuple[str, str]] = Counter()
    for function in held.held.functions:
        consumer = _place(held, function)
        for need in held.held.needs[function.id]:
            for one in need.in_force:
                pair = (_place(held, one.supplier), consumer)
                if pair[0] != consumer:
                    counts[pair] += 1
                    essential[pair] += need.strength.value == "essential"
    order = sorted(counts, key=lambda pair: (-counts[pair], pair))
    rows: list[dict[str, object]] = [
        {"supplier": a, "consumer": b, "count": counts[a, b], "essential": essential[a, b]} for a, b in order
    ]
    title = _("Dependencies between sectors")
    return Spread(
        title,
        _("How many dependencies lead from one organisation to another"),
        [Section(title, FLOWS, frame_of(rows, FLOWS), picture=_ring(counts, title))],
        tab="scenario",
        hint=_("The wider the arrow from supplier to consumer, the more dependencies."),
    )


def _place(held: Gathered, function: Function) -> str:
    """Where a function stands on the ring: its sector, or of a partner what kind of partner it is."""
    organisation: Organisation = function.organisation
    return held.sector_of(organisation.path) or organisation.kind.label


def _ring(counts: Counter[tuple[str, str]], title: str) -> Picture | None:
    names = sorted({name for pair in counts for name in pair})
    if not names:
        return None
    place = {name: number for number, name in enumerate(names)}
    flows = [Flow(place[a], place[b], count) for (a, b), count in sorted(counts.items())]
    widest = "; ".join(f"{a} → {b} {count}" for (a, b), count in counts.most_common(10))
    return Picture(plots.ring(names, flows), title, f"{title}: {widest}.")


def course(held: Gathered) -> Spread:
    """The sheet of the gravest scenario as time lines, and the same as a table."""
    run = maps.gravest(held.runs)
    title = _("Course of the gravest scenario")
    if run is None:
        nothing = Section(title, COURSE, frame_of([], COURSE))
        return Spread(title, _("No scenario stops anything"), [nothing], tab="scenario")
    scenario = f"{run.scenario.code} {name_of(run.scenario)}"
    by_id = {one.id: one for one in held.held.functions}
    down = [one.outcome for one in run.outcomes.values() if one.outcome.state is State.DOWN]
    down.sort(key=lambda one: (one.down_at_min, one.function.code))
    rows = [_row(one, by_id[one.function.id]) for one in down]
    return Spread(
        title,
        _("When “%(scenario)s” stops which function and when it is back", scenario=scenario),
        [Section(scenario, COURSE, frame_of(rows, COURSE), picture=_lines(run, down, by_id, scenario))],
        tab="scenario",
    )


def _row(one: Outcome, function: Function) -> dict[str, object]:
    return {
        "code": function.code,
        "name": name_of(function),
        "down_h": told_h(one.down_at_min),
        "mtpd_h": told_h(one.mtpd_at_min),
        "up_h": told_h(one.up_at_min),
        "verdict": one.verdict.label,
        "tone": TONES[one.verdict],
    }


def _lines(run: Run, down: list[Outcome], by_id: dict[int, Function], scenario: str) -> Picture | None:
    if not down:
        return None
    lines = [_line(one, by_id[one.function.id]) for one in down[:MOST_LINES]]
    whole = timelines.place(None)
    marks = [(at / whole, text) for at, text in timelines.marks()]
    legend = {
        Tone.HIGH: _("out"),
        Tone.CRITICAL: _("out for longer than tolerable"),
        Tone.MODERATE: Verdict.DEGRADED.label,
    }
    shows = ngettext(
        "%(scenario)s stops %(n)s function; the table below tells when.",
        "%(scenario)s stops %(n)s functions; the table below tells when.",
        len(down),
        scenario=scenario,
    )
    return Picture(plots.timeline(lines, marks, legend), scenario, shows)


def _line(one: Outcome, function: Function) -> Line:
    whole = timelines.place(None)

    def at(minute: int | None) -> float:
        return timelines.place(minute) / whole

    spells = [Spell(at(start), at(end), Tone.MODERATE) for start, end in one.degraded]
    spells += [Spell(at(start), at(end), Tone.HIGH) for start, end in one.intervals]
    if one.mtpd_at_min is not None:
        late = next((end for start, end in one.intervals if start <= one.mtpd_at_min < end), None)
        spells.append(Spell(at(one.mtpd_at_min), at(late), Tone.CRITICAL))
    return Line(f"{function.code} {name_of(function)}", spells)
