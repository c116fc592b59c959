"""The sheet of action cards (A13): what to carry on with when something is lost, and the first steps in order."""

from collections.abc import Iterable, Sequence

from continuity.models.contents import ActionCard, Strategy
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import contents as queries
from continuity.vocabulary.contents import LostResource
from continuity.vocabulary.plans import PlanState
from exports.columns import Column, Kind
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _

CODES_WIDTH = 24
COLUMNS = (
    Column("plan", N_("Plan"), 9, Kind.CODE),
    Column("state", N_("Not in force yet"), 12, optional=True),
    Column("organisation", N_("Organisation"), 18, optional=True),
    Column("functions", N_("Functions"), CODES_WIDTH),
    Column("lost", N_("What is lost"), 16),
    Column("strategy", N_("How the work is carried on"), 40),
    Column(
        "covers_h", N_("Lasts h"), 9, Kind.HOURS, note=N_("How long the arrangement lasts; empty: nobody has said.")
    ),
    Column("card", N_("Action card"), 26),
    Column("holder", N_("Holder of the card (role)"), 18),
    Column("step", N_("Step"), 7, Kind.COUNT),
    Column("task", N_("What is done"), 44),
    Column("who", N_("Who (role)"), 18),
    Column("within_min", N_("Within minutes"), 10, Kind.COUNT, note=N_("From the alarm.")),
)
#: A plan, the version that counts, and its case.
Held = tuple[Plan, PlanVersion | None, object]


def register(reader: Reader, plans: Sequence[Held]) -> Register:
    """The sheet of the strategies and action cards of these plans; a strategy stands above the cards for its loss."""
    ids = [version.id for _plan, version, _case in plans if version]
    strategies = list(db.session.scalars(queries.strategies(reader.scope).where(Strategy.plan_version_id.in_(ids))))
    cards = list(db.session.scalars(queries.cards(reader.scope).where(ActionCard.plan_version_id.in_(ids))))
    told: list[dict[str, object]] = []
    left_out = 0
    for plan, version, _case in plans:
        if version:
            its_own = [one for one in strategies if one.plan_version_id == version.id]
            rows = list(_rows(reader, version, its_own, [one for one in cards if one.plan_version_id == version.id]))
            told += rows if reader.admits(plan.confidentiality) else []
            left_out += 0 if reader.admits(plan.confidentiality) else len(rows)
    frame = frame_of(told, COLUMNS)
    return Register(
        _("Action cards"),
        _("How the work is carried on when something is lost, and the first steps in their order"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="action",
        frozen=1,
        left_out=left_out,
    )


def _rows(
    reader: Reader, version: PlanVersion, strategies: Sequence[Strategy], cards: Sequence[ActionCard]
) -> Iterable[dict[str, object]]:
    plan = version.plan
    whole: dict[str, object] = {
        "plan": plan.code,
        "state": None if version.state is PlanState.APPROVED else version.state.label,
        "organisation": reader.keeper(plan.organisation),
    }
    covered = reader.codes(plan.functions, CODES_WIDTH)
    for loss in (*LostResource, None):
        told = whole | {"lost": loss.label if loss else _("Whatever has happened")}
        for strategy in strategies:
            if strategy.lost_resource is loss:
                yield told | {"functions": covered, "strategy": strategy.text, "covers_h": strategy.covers_h}
        for card in cards:
            if card.lost_resource is loss:
                about = reader.codes([card.function], CODES_WIDTH) if card.function else covered
                yield from _steps(told | {"functions": about, "card": card.title, "holder": card.role}, card)


def _steps(told: dict[str, object], card: ActionCard) -> Iterable[dict[str, object]]:
    if not card.tasks:
        yield told | {"task": _("No steps are written yet.")}
    for number, step in enumerate(card.tasks, start=1):
        yield told | {"step": number, "task": step.what, "who": step.who or card.role, "within_min": step.within_min}
