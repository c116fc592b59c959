"""Saying which interfaces a risk affects; the risk itself is kept by `risks`."""

from sqlalchemy import delete, insert

from dependencies import queries
from dependencies.analysing import affected
from dependencies.entries.needs import AffectedEntry
from dependencies.models.interfaces import Interface, risk_interface
from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.merging import Seen, refuse_stale
from prepare.texts import N_
from risks.models.risks import Risk


@act(Action.LINK_RISK)
def link(risk: Risk, entry: AffectedEntry, *, seen: Seen[AffectedEntry] | None) -> None:
    """Set the interfaces that the risk affects; those that the acting person may not read stay as they are.

    Raises StaleEntry if somebody else set them meanwhile, and RuleBroken when there is no such interface.
    """
    refuse_stale(seen, seen_now(risk))
    scope = actor.current().scope
    chosen = set(db.session.scalars(queries.interfaces(scope).where(Interface.code.in_(entry.interfaces))))
    if unknown := sorted(set(entry.interfaces) - {one.code for one in chosen}):
        message = N_("There is no such interface: %(codes)s.")
        raise RuleBroken(message, field="interfaces", codes=", ".join(unknown))
    held = set(db.session.scalars(affected.interfaces_of(scope, risk)))
    if held == chosen:
        return
    table = risk_interface
    gone = [one.id for one in held - chosen]
    db.session.execute(delete(table).where(table.c.risk_id == risk.id, table.c.interface_id.in_(gone)))
    if fresh := [{"risk_id": risk.id, "interface_id": one.id} for one in chosen - held]:
        db.session.execute(insert(table), fresh)
    audit.note(risk, {"interfaces": [sorted(one.code for one in held), sorted(one.code for one in chosen)]})


def seen_now(risk: Risk) -> Seen[AffectedEntry]:
    """What a person sees who chooses the interfaces of a risk now."""
    found = db.session.scalars(affected.interfaces_of(actor.current().scope, risk))
    return Seen(AffectedEntry(interfaces=tuple(sorted(one.code for one in found))))
