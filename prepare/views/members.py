"""In which municipality the acting person works, and what the requirements add to the page of what is shared."""

from types import SimpleNamespace
from typing import Any

from prepare import actor, network
from prepare.access import Action, may
from prepare.db import db
from prepare.insets import SharedPage
from prepare.models.guidance import GuidanceVersion
from prepare.models.organisations import Organisation
from prepare.queries import guidance
from prepare.queries import network as queries


def homes() -> list[Organisation]:
    """The municipalities (or counties) in which the acting person works."""
    paths = [root.path for root in actor.current().scope.roots]
    members = db.session.scalars(queries.members(paths)).all() if paths else []
    found = [one for path in paths if (one := network.member_over(path, members))]
    return list(dict.fromkeys(found))


def home(action: Action | None = None) -> Organisation | None:
    """The municipality in which the acting person works: one for which he or she may do the action, if there is one."""
    every = homes()
    able = [one for one in every if action and may(actor.current(), action, one)]
    return next(iter(able or every), None)


def owner(row: Any) -> SimpleNamespace:
    """The municipality that offers a row, as its name."""
    return SimpleNamespace(name_fi=row.owner_fi, name_sv=row.owner_sv, name_en=row.owner_en)


def of_guidance(page: SharedPage) -> dict[str, Any] | None:
    """The section of the page that tells of requirement catalogues."""
    scope = actor.current().scope
    if page.home is None:
        return None
    offered = guidance.versions(scope, page.home).where(GuidanceVersion.offered_on.is_not(None))
    count = 0 if page.alone else db.session.scalar(queries.counted(queries.catalogues(scope))) or 0
    return {"offered": db.session.scalars(offered).all(), "count": count}
