"""What indicators ask about the guidance in force: which of its requirements each sector has answered."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from continuity.readiness.items import Land, Sorted
from continuity.scoring.cases import AnswerFacts, FunctionFacts
from continuity.scoring.indicator import Item
from continuity.scoring.vocabulary import Kind
from prepare import guiding
from prepare.actor import Root, Scope
from prepare.db import db
from prepare.models.guidance import GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.queries import guidance as queries
from prepare.vocabulary import Confidentiality


def in_force(city: Organisation, on: date) -> GuidanceVersion | None:
    """The guidance by which a city goes on a day."""
    scope = Scope((Root(city.path, Confidentiality.CONFIDENTIAL),))
    return db.session.scalars(queries.in_force(scope, city, on=on).limit(1)).first()


def answers(land: Land, functions: dict[int, list[FunctionFacts]], on: date) -> Sorted:
    """The requirements that bind each sector, with whether it has answered them."""
    version = in_force(land.city, on)
    if version is None:
        return {}
    scope = Scope((Root(land.city.path, Confidentiality.CONFIDENTIAL),))
    asked = db.session.scalars(queries.requirements(scope, version)).all()
    told = select(RequirementAnswer.requirement_id, Organisation.code).join(RequirementAnswer.organisation)
    rows = told.join(RequirementAnswer.requirement).where(Requirement.guidance_version_id == version.id)
    given = {(requirement, code) for requirement, code in db.session.execute(rows)}
    found: dict[int, list[AnswerFacts]] = {}
    for number, sector in enumerate(land.sectors):
        owned = {one.criticality for one in functions.get(number, ())}
        for one in asked:
            if guiding.applies(one, code=sector.item.code, owned=owned):
                item = _item(one, sector.item)
                found.setdefault(number, []).append(AnswerFacts(item, (one.id, sector.item.code) in given))
    return found


def _item(one: Requirement, sector: Item) -> Item:
    """A requirement as one sector answers it: its page is that of the sector's answers."""
    of = replace(sector, kind=Kind.REQUIREMENT, code=f"{one.mark} {sector.code}", confidentiality=one.confidentiality)
    return replace(of, name_fi=one.text_fi, name_sv=one.text_sv, name_en=one.text_en)
