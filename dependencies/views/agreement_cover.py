"""How agreements cover the dependencies on partners: every partner, and one interface."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import covering as rules
from dependencies.analysing import covering as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from dependencies.vocabulary import Cover
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.queries.pages import page
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality

MOST_OPEN = 5  #: uncovered lines that the table names of each partner
MOST_LINES = 200  #: lines of an interface


@bp.get("/agreements/cover")
@opens_page(Action.VIEW_AGREEMENT)
def agreement_cover() -> ResponseReturnValue:
    """Partner by partner: how many dependencies on it are under an agreement that binds it in a disruption."""
    scope = actor.current().scope
    found = queries.serving(scope)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    partners = db.session.scalars(page(found, Organisation.id, offset=at.offset, limit=PAGE_SIZE)).all()
    lines = db.session.scalars(queries.lines(scope, partners=[one.id for one in partners])).all()
    told = _told(lines)
    return render_template(
        "dependencies/agreement_cover.html",
        rows=[_partner(one, [line for line in told if line.owner_id == one.id]) for one in partners],
        at=at,
        covers=list(Cover),
        vital=sum(1 for line in told if line.is_vital and line.cover is not Cover.COVERED),
    )


def _told(lines: Sequence[Dependency]) -> list[SimpleNamespace]:
    """Each line with how it is covered, and by which agreements that the person may read."""
    under = queries.agreements_under(actor.current().scope, [one.id for one in lines])
    return [_line(one, under.get(one.id, [])) for one in lines]


def _line(line: Dependency, under: Sequence[Agreement]) -> SimpleNamespace:
    scope = actor.current().scope
    return SimpleNamespace(
        dependency=line,
        consumer=shown(line.need.consumer),
        supplier=shown(line.supplier),
        owner_id=line.supplier.organisation_id,
        cover=rules.cover(under, today()),
        agreements=[one for one in under if scope.covers(one.owner_path, one.confidentiality)],
        is_vital=line.need.consumer.criticality is Criticality.K1,
    )


def _partner(partner: Organisation, lines: Sequence[SimpleNamespace]) -> SimpleNamespace:
    counts = Counter(line.cover for line in lines)
    lacking = [line for line in lines if line.cover is not Cover.COVERED]
    return SimpleNamespace(
        partner=partner,
        counts=[(cover, counts[cover]) for cover in Cover],
        total=len(lines),
        lacking=lacking[:MOST_OPEN],
        more=max(0, len(lacking) - MOST_OPEN),
        begin=_begin(partner, [line for line in lines if line.cover is Cover.NOT]),
    )


def _begin(partner: Organisation, lines: Sequence[SimpleNamespace], interface: Interface | None = None) -> str | None:
    """The address that begins an agreement with the partner on the services that nothing covers."""
    if not lines or not may(actor.current(), Action.ADD_AGREEMENT):
        return None
    services = dict.fromkeys(line.supplier.function.code for line in lines if line.supplier.function)
    over: dict[str, Any] = {"interfaces": interface.code} if interface else {}
    return url_for("dependencies.add_agreement", party=partner.code, functions=list(services), **over)


def cover_of_interface(interface: Interface) -> dict[str, Any] | None:
    """What an interface's page says of how agreements cover its lines; nothing to whom agreements are closed."""
    if not may(actor.current(), Action.VIEW_AGREEMENT):
        return None
    grouped: dict[Cover, list[SimpleNamespace]] = defaultdict(list)
    for line in _told(
        db.session.scalars(queries.lines(actor.current().scope, interface=interface).limit(MOST_LINES)).all()
    ):
        grouped[line.cover].append(line)
    return {
        "groups": [(cover, grouped[cover]) for cover in reversed(Cover) if grouped[cover]],
        "begin": _begin(interface.party, grouped[Cover.NOT], interface),
    }
