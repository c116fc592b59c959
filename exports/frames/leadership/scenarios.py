"""What would happen (C2): each scenario in a leader's words, and what is being done about it."""

from collections import Counter
from collections.abc import Mapping

from dependencies.course import first_vital
from dependencies.reduction import SeenTrace
from dependencies.vocabulary import State, Verdict
from exports.columns import Column, Kind, Tone
from exports.diagrams import Diagram
from exports.frames.reader import Reader, frame_of
from exports.frames.readiness.gathered import Gathered
from exports.frames.scenarios import told_h
from exports.native import Shape
from exports.spreads import Section, Spread
from prepare.models.functions import Function
from prepare.texts import N_, _, name_of, ngettext, number
from prepare.vocabulary import Criticality
from risks.measuring import in_force
from risks.models.scenarios import Scenario
from risks.vocabulary.measures import OPEN_STATES

#: Colours of the functions out for too long and of all that are down; they differ in grey as well.
COLOURS = ("8F2020", "E7A15F")
MOST_GROUPS = 3  #: kinds of customers that a row names
MOST_MEASURES = 4
COLUMNS = (
    Column("name", N_("What would happen"), 30, Kind.CODE),
    Column("lasts_h", N_("Duration h"), 9, Kind.HOURS),
    Column("down", N_("Functions down"), 10, Kind.COUNT),
    Column("beyond", N_("K1 out for too long"), 11, Kind.COUNT, tone="tone", note=N_("Beyond their MTPD.")),
    Column("first", N_("First vital function lost"), 32),
    Column("whom", N_("Whom it hits"), 44),
    Column("partners", N_("Partners' services down"), 11, Kind.COUNT),
    Column("doing", N_("What is being done"), 40),
)


def spread(held: Gathered) -> Spread:
    """The sheet of the scenarios, those that take most K1 functions beyond their MTPD first."""
    by_id = {one.id: one for one in held.held.functions}
    told = [pair for pair in held.traces if held.reader.admits(pair[0].confidentiality)]
    rows = [_row(held, scenario, seen, by_id) for scenario, seen in told]
    rows.sort(key=lambda row: (-int(str(row["beyond"])), -int(str(row["down"]))))
    title = _("Functions down, and K1 out for too long")
    chart = Diagram(title, ("beyond", "down"), Shape.BARS, up=_("Functions"), colours=COLOURS, width_px=1000)
    return Spread(
        _("What would happen"),
        _("What each scenario takes down, how soon, whom it hits and what is being done"),
        [Section(_("What would happen"), COLUMNS, frame_of(rows, COLUMNS), chart)],
        tab="scenario",
        hint=held.held.chains.not_run,
    )


def _row(held: Gathered, scenario: Scenario, seen: SeenTrace, by_id: dict[int, Function]) -> dict[str, object]:
    mine = [one.outcome for one in seen.outcomes if one.outcome.function.id in by_id]
    down = [one for one in mine if one.state is State.DOWN]
    vital = [one for one in down if one.function.criticality is Criticality.K1]
    beyond = sum(one.verdict is Verdict.MTPD_EXCEEDED for one in vital)
    first = first_vital(mine)
    return {
        "name": f"{scenario.code} {name_of(scenario)}",
        "lasts_h": scenario.duration_h,
        "down": len(down),
        "beyond": beyond,
        "tone": Tone.CRITICAL if beyond else None,
        "first": _first(held.reader, by_id[first.function.id], told_h(first.down_at_min)) if first else _("none"),
        "whom": _whom([by_id[one.function.id] for one in down], held.words) if down else _weakened(len(mine)),
        "partners": len(seen.down(own=False)),
        "doing": _doing(held, scenario),
    }


def _first(reader: Reader, function: Function, at_h: float | None) -> str:
    if not at_h:
        return _("%(name)s, at once", name=reader.name(function))
    return _("%(name)s, after %(hours)s h", name=reader.name(function), hours=number(at_h))


def _weakened(count: int) -> str:
    """What is told of a scenario that stops nothing."""
    if not count:
        return _("nothing stops")
    return ngettext("nothing stops; %(n)s function is weakened", "nothing stops; %(n)s functions are weakened", count)


def _vital(functions: list[Function], words: Mapping[str, str]) -> Counter[str]:
    """The vital functions of society to which the K1 functions belong, where nobody has said whom they serve."""
    vital = [one.vital_function for one in functions if one.criticality is Criticality.K1 and one.vital_function]
    return Counter(words.get(code, code) for code in vital)


def _whom(functions: list[Function], words: Mapping[str, str]) -> str:
    """Who is hit: the customers of the gravest functions, and in how many vulnerable people suffer."""
    groups = Counter(one.customers for one in functions if one.customers and one.criticality is Criticality.K1)
    parts = [name for name, _count in (groups or _vital(functions, words)).most_common(MOST_GROUPS)]
    frail = sum(bool(one.vulnerable_groups) for one in functions)
    if frail:
        parts.append(
            ngettext(
                "vulnerable people suffer in %(n)s function",
                "vulnerable people suffer in %(n)s functions",
                frail,
            )
        )
    unsaid = sum(one.vulnerable_groups is None for one in functions)
    if unsaid:
        parts.append(
            ngettext(
                "whether the vulnerable suffer is unknown in %(n)s function",
                "whether the vulnerable suffer is unknown in %(n)s functions",
                unsaid,
            )
        )
    return "; ".join(parts) or _("nobody has said")


def _doing(held: Gathered, scenario: Scenario) -> str:
    """The open measures of the risks that the scenario is about."""
    found = {
        measure.code: f"{measure.code} {name_of(measure)}"
        for risk in held.held.risks
        if risk.scenario_id == scenario.id
        for measure in in_force(risk.measures)
        if measure.state in OPEN_STATES and held.reader.admits(measure.confidentiality)
    }
    if not found:
        return _("nothing is recorded")
    more = len(found) - MOST_MEASURES
    return "; ".join([*list(found.values())[:MOST_MEASURES], *([f"+ {more}"] if more > 0 else [])])
