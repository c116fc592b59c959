"""Two disruptions side by side: before and after a measure, last year and this year, one scenario and another."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import comparing
from dependencies.analysing.comparing import HITS, RUN, SCENARIO, Side
from dependencies.comparison import Figure, Row, Way, compared
from dependencies.forms.comparing import CompareForm
from dependencies.outcome import in_hours
from dependencies.reduction import SeenOutcome
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.views.picture import draw
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.texts import _, day, hours, name_of, ngettext, number
from risks.queries import scenarios as scenario_queries

MOST_RUNS = 100  #: stored runs that the form offers, the newest first
MOST_ROWS = 300
MINUS = "\N{MINUS SIGN}"
TONES = {Way.BETTER: "ok", Way.WORSE: "bad", Way.DIFFERENT: "info"}
SIGNS = {Way.BETTER: "▲", Way.WORSE: "▼", Way.DIFFERENT: "◆"}


@bp.get("/compare/")
@opens_page(Action.TRACE_SCENARIO)
def compare() -> ResponseReturnValue:
    """Compare two disruptions."""
    form = CompareForm(formdata=request.args)
    _offer(form)
    page: dict[str, Any] = {"form": form, "result": None, "too_far": None}
    asked = any(request.args.get(name) for name in ("a", "b", "a_hits", "b_hits", "kind"))
    if asked and _knows_needs(form) and form.validate():
        try:
            page["result"] = _compared(form)
        except TooFar as far:
            page["too_far"] = far
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("dependencies/compare.html", **page)


def _offer(form: CompareForm) -> None:
    """Let the form offer the scenarios and the stored runs that the person may read."""
    scope = actor.current().scope
    found = [
        (f"{SCENARIO}:{s.code}", f"{s.code} {name_of(s)}")
        for s in db.session.scalars(scenario_queries.scenarios(scope))
    ]
    for run in db.session.scalars(queries.runs(scope).limit(MOST_RUNS)):
        label = _(
            "%(code)s, stored %(day)s: %(purpose)s", code=run.code, day=day(run.made_at.date()), purpose=run.purpose
        )
        found.append((f"{RUN}:{run.ref}", label))
    for field in (form.a, form.b):
        field.offer(found)
    form.offer_kinds()
    form.need.offer([])


def _knows_needs(form: CompareForm) -> bool:
    """Let the form offer the needs of the function that is written; False when there is no such function."""
    if not form.of.data:
        return True
    scope = actor.current().scope
    try:
        function = comparing.function_of(scope, form.of.data)
    except RuleBroken as broken:
        form.validate()
        form.refuse(broken)
        return False
    form.need.offer([(str(need.ref), need.name) for need in comparing.needs_of(scope, function)])
    form.need.blank = _("Choose a need")
    return True


def _compared(form: CompareForm) -> SimpleNamespace:
    scope = actor.current().scope
    first = _side("a", form.first or "")
    second = first if form.second == form.first else _side("b", form.second or "")
    if form.change:
        second = comparing.with_change(scope, second, *comparing.supposed_change(scope, form.supposed(form.change)))
    found = compared(first.seen, second.seen)
    return SimpleNamespace(
        sides=[_shown("A", first), _shown("B", second)],
        summary=_summary(found.count(Way.BETTER), found.count(Way.WORSE), found.count(Way.DIFFERENT)),
        figures=[_figure(figure) for figure in found.figures],
        rows=[_row(row) for row in found.rows[:MOST_ROWS]],
        hidden_rows=max(0, len(found.rows) - MOST_ROWS),
        same=[_name(seen) for seen in found.same[:MOST_ROWS]],
        same_count=len(found.same),
    )


def _side(name: str, word: str) -> Side:
    """One side; what is wrong with it is told at its field."""
    try:
        return comparing.side(actor.current().scope, word)
    except TooFar:
        raise
    except RuleBroken as broken:
        rules = [RuleBroken(rule.message, field=_field(name, word), **rule.values) for rule in broken.every]
        rules[0].also = tuple(rules[1:])
        raise rules[0] from broken


def _field(name: str, word: str) -> str:
    return f"{name}_hits" if word.startswith(f"{HITS}:") else name


def _shown(letter: str, side: Side) -> SimpleNamespace:
    return SimpleNamespace(
        letter=letter,
        title=side.title,
        lead=side.lead,
        summary=told.summary(side.seen),
        hits=[told.hit(function, hit) for function, hit in side.seen.hits],
        missed=side.missed,
        picture=draw(side.seen) if side.seen.outcomes else None,
    )


def _summary(better: int, worse: int, different: int) -> str:
    """How many functions come out how, in a sentence."""
    if not better and not worse and not different:
        return _("Nothing that you may read comes out otherwise.")
    parts = [
        ngettext("%(n)s function fares better in B", "%(n)s functions fare better in B", better),
        ngettext("%(n)s fares worse", "%(n)s fare worse", worse),
    ]
    if different:
        parts.append(ngettext("%(n)s only differs", "%(n)s only differ", different))
    return ", ".join(parts) + "."


def _figure(figure: Figure) -> SimpleNamespace:
    """A headline figure of both sides, and the difference with its sign and in words."""
    difference, words, size = figure.difference, _("no difference"), ""
    if difference:
        words = _("more in B") if difference > 0 else _("fewer in B")
        size = f"{'+' if difference > 0 else MINUS}{number(abs(difference))}"
    tone = "info" if figure.name == "degraded" else "bad" if difference > 0 else "ok"
    values = {"first": number(figure.first), "second": number(figure.second)}
    return SimpleNamespace(label=figure.label, words=words, size=size, tone=tone, **values)


def _row(row: Row) -> SimpleNamespace:
    return SimpleNamespace(
        name=told.name(row.function),
        url=told.url(row.function),
        way=row.way,
        tone=TONES[row.way],
        sign=SIGNS[row.way],
        first=_outcome(row.first),
        second=_outcome(row.second),
        more=_more(row),
    )


def _outcome(seen: SeenOutcome | None) -> SimpleNamespace | None:
    return told.row(seen) if seen else None


def _more(row: Row) -> str:
    """How much longer or shorter the function is out."""
    before, after = (_lasts(seen) for seen in (row.first, row.second))
    if before == after:
        return _("out for as long")
    size = hours(in_hours(abs(after - before)))
    return _("+%(time)s out", time=size) if after > before else _("−%(time)s out", time=size)


def _lasts(seen: SeenOutcome | None) -> int:
    return sum(end - start for start, end in seen.outcome.intervals) if seen else 0


def _name(seen: SeenOutcome) -> SimpleNamespace:
    return SimpleNamespace(name=told.name(seen.function), url=told.url(seen.function), verdict=seen.outcome.verdict)
