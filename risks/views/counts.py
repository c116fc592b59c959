"""How much the hub tells of areas, networks, phenomena, signals, residents' voice and good practices, in words."""

from prepare.actor import Scope
from prepare.db import db
from prepare.texts import ngettext
from prepare.vocabulary import CodeList
from risks.queries import codelists, inputs, networks, phenomena, practices


def areas(_scope: Scope) -> str | None:
    """How many areas are in force."""
    n = db.session.scalar(codelists.counted(CodeList.AREA)) or 0
    return ngettext("%(n)s area", "%(n)s areas", n) if n else None


def of_networks(scope: Scope) -> str | None:
    """How many networks work."""
    n = db.session.scalar(networks.counted(networks.networks(scope))) or 0
    return ngettext("%(n)s network", "%(n)s networks", n) if n else None


def of_phenomena(scope: Scope) -> str | None:
    """How many phenomena are followed."""
    n = db.session.scalar(phenomena.counted(phenomena.phenomena(scope))) or 0
    return ngettext("%(n)s phenomenon", "%(n)s phenomena", n) if n else None


def of_signals(scope: Scope) -> str | None:
    """How many signals wait in the inbox."""
    n = db.session.scalar(phenomena.signals_counted(phenomena.signals(scope, waiting=True))) or 0
    return ngettext("%(n)s signal in the inbox", "%(n)s signals in the inbox", n) if n else None


def of_inputs(scope: Scope) -> str | None:
    """How often residents have been heard."""
    n = db.session.scalar(inputs.counted(inputs.inputs(scope))) or 0
    return ngettext("heard %(n)s time", "heard %(n)s times", n) if n else None


def of_practices(scope: Scope) -> str | None:
    """How many good practices there are."""
    n = db.session.scalar(practices.counted(practices.practices(scope))) or 0
    return ngettext("%(n)s good practice", "%(n)s good practices", n) if n else None
