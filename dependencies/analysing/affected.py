"""Which interfaces a risk affects, and which risks an interface."""

from sqlalchemy import Select, select

from dependencies import queries
from dependencies.models.interfaces import Interface, risk_interface
from prepare.actor import Scope
from risks.models.risks import Risk
from risks.queries import risks as risk_queries


def interfaces_of(scope: Scope, risk: Risk) -> Select[Interface]:
    """The interfaces in the scope that an opened risk affects."""
    linked = select(risk_interface.c.interface_id).where(risk_interface.c.risk_id == risk.id)
    return queries.interfaces(scope).where(Interface.id.in_(linked))


def risks_of(scope: Scope, interface: Interface) -> Select[Risk]:
    """The open risks in the scope that affect an opened interface, gravest first."""
    linked = select(risk_interface.c.risk_id).where(risk_interface.c.interface_id == interface.id)
    return risk_queries.ordered(risk_queries.risks(scope).where(Risk.id.in_(linked)), "level", descending=True)
