"""Every change to the organisation tree."""

import re

from prepare.access import Action, act
from prepare.db import db
from prepare.entries import OrganisationEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.texts import N_, sort_key

CODE = re.compile(r"[A-ZÅÄÖ0-9]{1,6}(-[A-ZÅÄÖ0-9]{1,6})?")


@act(Action.ADD_ORGANISATION)
def add(parent: Organisation | None, entry: OrganisationEntry) -> Organisation:
    """Keep an organisation below `parent`; without a parent it is a city of its own.

    Raises RuleBroken if the code is taken or malformed, or the name is missing.
    """
    problems = []
    if not CODE.fullmatch(entry.code):
        problems.append(
            RuleBroken(N_("A code has one to six capital letters or digits, as KAS or P-HVA."), field="code")
        )
    elif db.session.scalars(queries.by_code(entry.code)).first():
        problems.append(RuleBroken(N_("There is an organisation with this code already."), field="code"))
    if not entry.name_fi.strip():
        problems.append(RuleBroken(N_("Give the organisation a name."), field="name_fi"))
    refuse_if(problems)
    organisation = Organisation(
        code=entry.code,
        kind=entry.kind,
        name_fi=entry.name_fi,
        name_sv=entry.name_sv,
        name_en=entry.name_en,
        parent=parent,
        path=parent.path if parent else "/",
        sort_name=sort_key(entry.name_fi),
    )
    db.session.add(organisation)
    db.session.flush()
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"
    db.session.flush()
    return organisation
