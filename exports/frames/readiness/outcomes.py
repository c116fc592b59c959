"""The scenarios in figures (B8) and their course hour by hour (B9)."""

from collections import Counter
from collections.abc import Iterator

from dependencies.outcome import Outcome, in_hours
from dependencies.reduction import SeenOutcome
from dependencies.vocabulary import State, Verdict
from exports.columns import Column, Kind, Tone
from exports.diagrams import Diagram
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.scenarios import Run, told, told_h
from exports.sheets import Register
from exports.spreads import Section, Spread
from prepare.models.functions import Function
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Criticality

#: Colours of what is drawn; neighbours differ in grey as well.
COLOURS = ("8F2020", "DD7F35", "5B6B7C", "E3B93F")
FIGURES = (
    Column("code", N_("Scenario"), 9, Kind.CODE),
    Column("name", N_("Name of the scenario"), 40),
    Column("lasts_h", N_("Duration h"), 9, Kind.HOURS),
    Column("down", N_("Functions down"), 11, Kind.COUNT),
    Column("rto", N_("RTO exceeded"), 11, Kind.COUNT),
    Column("mtpd", N_("MTPD exceeded"), 11, Kind.COUNT, tone="mtpd tone"),
    Column("degraded", N_("Degraded"), 11, Kind.COUNT),
    Column("first_h", N_("First K1 lost at h"), 11, Kind.HOURS),
    Column("first", N_("Which K1"), 10, Kind.CODE),
)


def figures(held: Gathered) -> Spread:
    """Scenario by scenario how much goes down, and class by class what becomes of it."""
    rows = [_figures(run) for run in held.runs]
    title, series = _("Functions that go down, by scenario"), ("mtpd", "rto", "down", "degraded")
    bars = Diagram(title, series, up=_("Functions"), colours=COLOURS, width_px=1000)
    classes = (Column("class", N_("Class"), 9, Kind.CODE), Column("of", N_("Functions"), 40, Kind.COUNT))
    columns = [*classes, *(Column(run.scenario.code, run.scenario.code, 9, Kind.CODE) for run in held.runs)]
    return Spread(
        _("Scenarios in figures"),
        _("How much each scenario takes down, how soon, and class by class"),
        [
            Section(_("Scenario by scenario"), FIGURES, frame_of(rows, FIGURES), bars),
            Section(_("Class by class: down / MTPD exceeded"), columns, frame_of(list(_classes(held)), columns)),
        ],
        tab="scenario",
        hint=_("RTO exceeded includes those that exceed their MTPD."),
    )


def _figures(run: Run) -> dict[str, object]:
    found = [seen.outcome for seen in run.outcomes.values()]
    down = [one for one in found if one.state is State.DOWN]
    verdicts = Counter(one.verdict for one in down)
    vital = [one for one in down if one.function.criticality is Criticality.K1]
    first = min(vital, key=lambda one: (one.down_at_min, one.function.code), default=None)
    beyond = verdicts[Verdict.MTPD_EXCEEDED]
    return {
        "code": run.scenario.code,
        "name": name_of(run.scenario),
        "lasts_h": run.scenario.duration_h,
        "down": len(down),
        "rto": beyond + verdicts[Verdict.RTO_EXCEEDED],
        "mtpd": beyond,
        "mtpd tone": Tone.CRITICAL if beyond else None,
        "degraded": len(found) - len(down),
        "first_h": told_h(first.down_at_min) if first else None,
        "first": first.function.code if first else None,
    }


def _classes(held: Gathered) -> Iterator[dict[str, object]]:
    """A row for each class: of its functions how many each scenario takes down, and beyond their MTPD."""
    by_id = {one.id: one.criticality for one in held.held.functions}
    every = Counter(by_id.values())
    for criticality in [*Criticality, None]:
        if not every[criticality]:
            continue
        row: dict[str, object] = {
            "class": criticality.value if criticality else _("unknown"),
            "of": every[criticality],
        }
        for run in held.runs:
            mine = [seen.outcome for at, seen in run.outcomes.items() if by_id[at] is criticality]
            down = [one for one in mine if one.state is State.DOWN]
            beyond = sum(one.verdict is Verdict.MTPD_EXCEEDED for one in down)
            row[run.scenario.code] = f"{len(down)} / {beyond}"
        yield row


COLUMNS = (
    Column("scenario", N_("Scenario"), 9, Kind.CODE),
    Column("scenario_name", N_("Name of the scenario"), 26),
    Column("at_h", N_("At h"), 8, Kind.HOURS, note=N_("Hours from the beginning of the scenario.")),
    Column("code", N_("Function"), 10, Kind.CODE),
    Column("name", N_("Name of the function"), 34),
    Column("organisation", N_("Organisation"), 24),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("event", N_("What happens"), 16, tone="event_tone"),
    Column("cause", N_("First cause"), 34),
    Column("rto_at_h", N_("RTO reached at h"), 10, Kind.HOURS),
    Column("mtpd_at_h", N_("MTPD reached at h"), 10, Kind.HOURS, note=N_("Decide before this hour.")),
)


def timelines(held: Gathered) -> Register:
    """The sheet of the course of each scenario: what goes down, is weakened or is back, in the order of time."""
    by_id = {one.id: one for one in held.held.functions}
    rows = [row for run in held.runs for row in _course(run, by_id)]
    return Register(
        _("Cascade timelines"),
        _("Hour by hour what goes down, what is weakened and what is back in each scenario"),
        COLUMNS,
        frame_of(rows, COLUMNS),
        tab="scenario",
        frozen=4,
        hint=_("What is not back within a year has no row for its return."),
    )


def _course(run: Run, by_id: dict[int, Function]) -> list[dict[str, object]]:
    found = [
        (minute, place, row)
        for at, seen in run.outcomes.items()
        for place, (minute, row) in enumerate(_events(run, by_id[at], seen))
    ]
    found.sort(key=lambda one: (one[0], str(one[2]["code"]), one[1]))
    return [row for _minute, _place, row in found]


def _events(run: Run, function: Function, seen: SeenOutcome) -> Iterator[tuple[int, dict[str, object]]]:
    outcome = seen.outcome
    base: dict[str, object] = {
        "scenario": run.scenario.code,
        "scenario_name": name_of(run.scenario),
        "code": function.code,
        "name": name_of(function),
        "organisation": name_of(function.organisation),
        "criticality": function.criticality.value if function.criticality else None,
        "cause": told(seen.steps[0]),
    }
    down = outcome.intervals if outcome.state is State.DOWN else ()
    for start, _end in down:
        yield start, base | _event(start, _("Goes down"), Tone.CRITICAL) | _deadlines(outcome, start)
    for start, _end in outcome.degraded:
        yield start, base | _event(start, _("Is weakened"), Tone.MODERATE)
    if outcome.up_at_min is not None:
        yield outcome.up_at_min, base | _event(outcome.up_at_min, _("Is back"), Tone.GOOD)


def _event(minute: int, event: str, tone: Tone) -> dict[str, object]:
    return {"at_h": told_h(minute), "event": event, "event_tone": tone}


def _deadlines(outcome: Outcome, start: int) -> dict[str, object]:
    """When the objective and the tolerable time of an outage that begins at `start` are used up."""
    rto, mtpd = outcome.function.rto_min, outcome.function.mtpd_min
    return {
        "rto_at_h": None if rto is None else in_hours(start + rto),
        "mtpd_at_h": None if mtpd is None else in_hours(start + mtpd),
    }
