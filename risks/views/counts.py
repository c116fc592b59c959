"""How much the hub tells of areas, networks, phenomena, signals, residents' voice and good practices, in words."""

from prepare.actor import Scope
from prepare.db import db
from prepare.texts import ngettext
from prepare.vocabulary import CodeList
from risks.queries import codelists, networks


def areas(_scope: Scope) -> str | None:
    """How many areas are in force."""
    n = db.session.scalar(codelists.counted(CodeList.AREA)) or 0
    return ngettext("%(n)s area", "%(n)s areas", n) if n else None


def of_networks(scope: Scope) -> str | None:
    """How many networks work."""
    n = db.session.scalar(networks.counted(networks.networks(scope))) or 0
    return ngettext("%(n)s network", "%(n)s networks", n) if n else None
