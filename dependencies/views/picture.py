"""The picture of a traced disruption: what stands where, ready to be drawn as SVG."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from textwrap import wrap
from types import SimpleNamespace

from dependencies import course
from dependencies.intervals import Intervals
from dependencies.layout import Mark, Spot, arrange
from dependencies.outcome import Outcome
from dependencies.reduction import SeenOutcome, SeenTrace, Shown
from dependencies.views import told
from dependencies.views.moment import SIGNS
from dependencies.vocabulary import Phase, Verdict
from prepare.texts import N_, _, name_of, named, ngettext, sort_key

#: Columns of the picture: up to so many hours (inclusive), and their heading.
COLUMNS = (
    (0.0, N_("at once")),
    (1.0, N_("0–1 h")),
    (4.0, N_("1–4 h")),
    (24.0, N_("4–24 h")),
    (72.0, N_("1–3 d")),
    (168.0, N_("3–7 d")),
    (720.0, N_("7–30 d")),
    (8760.0, N_("over 30 d")),
)
PARTNERS, HIDDEN = " partners", " hidden"  #: keys of lanes that are no organisation's
#: What a mark looks like: its class, and the sign that says the same without colour.
LOOKS = {
    Verdict.MTPD_EXCEEDED: ("mtpd", "!!"),
    Verdict.RTO_EXCEEDED: ("rto", "!"),
    Verdict.OK: ("ok", "ok"),
    Verdict.DEGRADED: ("degraded", "~"),
    Verdict.UNKNOWN: ("unknown", "?"),
}
#: What the slider must know of a function: the name of the attribute, and the minutes.
TIMES: tuple[tuple[str, Callable[[Outcome], Intervals]], ...] = (
    ("out", course.outages),
    ("late", course.intolerable),
    ("degraded", lambda outcome: outcome.degraded),
)


def draw(seen: SeenTrace, at_min: int | None = None) -> SimpleNamespace:
    """Everything that the template draws: lanes, columns, nodes and lines, at a minute or (None) the whole course."""
    column_of, links = _columns_and_links(seen)
    functions = {id_: seen.shown[id_] for id_ in column_of}
    outcomes = {outcome.outcome.function.id: outcome for outcome in seen.outcomes}
    times = {s.function.card.id: s.at_min for o in seen.outcomes for s in o.steps if s.function.card}
    marks = [Mark(id_, _lane(f), column_of[id_], f.code or "~") for id_, f in functions.items()]
    titles = {_lane(function): _lane_title(function) for function in functions.values()}
    order = sorted(titles, key=lambda lane: (lane != PARTNERS, lane == HIDDEN, sort_key(titles[lane])))
    picture = arrange(marks, links, order)
    hit = {function.card.id for function, _hit in seen.hits if function.card}
    nodes = [_at(_node(spot, functions, outcomes, times, hit), at_min) for spot in picture.spots]
    return SimpleNamespace(
        picture=picture,
        lanes=[(lane, wrap(titles[str(lane.key)], 19, break_long_words=False)[:3]) for lane in picture.lanes],
        columns=[(column, _(COLUMNS[int(column.key)][1])) for column in picture.columns],
        nodes=nodes,
        edges=[(curve, nodes[curve.target].phase is Phase.WAITING) for curve in picture.curves],
        legend=[(look, sign, verdict.label) for verdict, (look, sign) in LOOKS.items()],
    )


def _columns_and_links(seen: SeenTrace) -> tuple[dict[int, int], set[tuple[int, int]]]:
    """The column of every function on a chain, and the links of the chains."""
    columns: dict[int, int] = {}
    links: set[tuple[int, int]] = set()
    for outcome in seen.outcomes:
        columns[outcome.outcome.function.id] = _column(outcome.outcome.down_at_min)
    for outcome in seen.outcomes:
        steps = outcome.outcome.chain
        for supplier, step in pairwise(steps):
            links.add((supplier.function.id, step.function.id))
            known = seen.shown[supplier.function.id].card is not None
            columns.setdefault(supplier.function.id, _column(supplier.at_min if known else step.at_min))
    return columns, links


def _column(minutes: int) -> int:
    return next((number for number, (most, _name) in enumerate(COLUMNS) if minutes <= most * 60), len(COLUMNS) - 1)


def _lane(function: Shown) -> str:
    if function.card is None:
        return HIDDEN
    return function.card.organisation if function.card.kind.is_own else PARTNERS


def _lane_title(function: Shown) -> str:
    if function.card is None:
        return _("Outside your view")
    return named(function.card, "organisation") if function.card.kind.is_own else _("Partners' services")


def _node(
    spot: Spot,
    functions: dict[int, Shown],
    outcomes: dict[int, SeenOutcome],
    times: dict[int, int | None],
    hit: set[int],
) -> SimpleNamespace:
    if len(spot.keys) > 1:
        return _group(spot, outcomes)
    id_ = int(str(spot.keys[0]))
    function, outcome = functions[id_], outcomes.get(id_)
    look, sign = LOOKS[outcome.outcome.verdict] if outcome else ("other", "")
    text = told.name(function)
    if outcome:
        state, when = outcome.outcome.state.label, told.at(outcome.outcome.down_at_min)
        text = f"{text}: {state}, {when}. {outcome.outcome.verdict.label}"
    return SimpleNamespace(
        spot=spot,
        look=look,
        sign=sign,
        hit=id_ in hit,
        url=told.url(function),
        code=function.code or "–",
        name=_short(name_of(function.card) if function.card else _("outside your view")),
        title=text,
        at=told.at(times[id_]) if times.get(id_) is not None else "",
        found=[outcome.outcome] if outcome else [],
        why=told.why_url(outcome) if outcome else None,
    )


def _group(spot: Spot, outcomes: dict[int, SeenOutcome]) -> SimpleNamespace:
    """Many functions of one lane and column as one node, with the gravest verdict among them."""
    found = [outcomes[id_].outcome for key in spot.keys if (id_ := int(str(key))) in outcomes]
    verdicts = [verdict for verdict in LOOKS if any(o.verdict is verdict for o in found)]
    look, sign = LOOKS[verdicts[0]] if verdicts else ("other", "")
    text = ngettext("%(n)s function", "%(n)s functions", len(spot.keys))
    worst = verdicts[0].label if verdicts else ""
    return SimpleNamespace(
        spot=spot,
        look=look,
        sign=sign,
        hit=False,
        url=None,
        code=text,
        name=_short(worst),
        title=f"{text}. {worst}",
        at="",
        found=found,
        why=None,
    )


def _at(node: SimpleNamespace, at_min: int | None) -> SimpleNamespace:
    """The node with what it is at the minute, and when it is what, for the slider."""
    phases = {course.phase(outcome, at_min) for outcome in node.found} if at_min is not None else set()
    gravest = (Phase.LATE, Phase.DOWN, Phase.DEGRADED, Phase.BACK, Phase.WAITING)
    node.phase = next((phase for phase in gravest if phase in phases), None)
    node.verdict_sign = node.sign
    if node.phase:
        node.sign = SIGNS[node.phase]
        node.title = f"{node.title} {told.at(at_min)}: {node.phase.label}"
    for name, intervals in TIMES:
        setattr(node, name, times(node.found, intervals))
    return node


def times(outcomes: Iterable[Outcome], intervals: Callable[[Outcome], Intervals]) -> str:
    """The intervals of these outcomes as the script reads them: "0-4350 5000-" in minutes; an open end is empty."""
    found = []
    for outcome in outcomes:
        spans = intervals(outcome)
        for start, end in spans:
            is_open = outcome.up_at_min is None and (start, end) == spans[-1]
            found.append(f"{start}-{'' if is_open else end}")
    return " ".join(found)


def _short(text: str) -> str:
    return text if len(text) <= 21 else text[:20].rstrip() + "…"


def last_hour(seen: SeenTrace) -> int:
    """The hour after which nothing changes any more."""
    moments = [hit.end_min for _function, hit in seen.hits]
    for outcome in seen.outcomes:
        moments += [outcome.outcome.down_at_min, outcome.outcome.up_at_min or 0]
    return int(-(-max(moments) // 60))
