"""Offering the public requirements of an issued guidance to other municipalities, and beginning a draft from them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from prepare import network
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import GuidanceVersionEntry
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement
from prepare.models.organisations import Organisation
from prepare.register import guidance
from prepare.vocabulary import Confidentiality


@act(Action.OFFER_GUIDANCE)
def offer(version: GuidanceVersion, *, on: date) -> None:
    """Let other municipalities have the public chapters and requirements of an issued version.

    Raises RuleBroken when it is a draft or nothing in it is public.
    """
    network.refuse_offer(version)
    version.offered_on = version.offered_on or on
    db.session.flush()


@act(Action.WITHDRAW_GUIDANCE)
def withdraw(version: GuidanceVersion) -> None:
    """Offer a version no longer, from now on; what others have begun from it is theirs and stays."""
    version.offered_on = None
    db.session.flush()


@act(Action.ADOPT_GUIDANCE)
def adopt(city: Organisation, entry: GuidanceVersionEntry, source: GuidanceVersion) -> GuidanceVersion:
    """Begin a draft from what another municipality offers: one's own newest version, and what that one lacks.

    Only what is public crosses, and never the names of the owner's sectors. What was taken before stays as it was
    reworded here. Raises RuleBroken when the source is not offered, or no draft can be begun.
    """
    network.refuse_taking(source, own=source.organisation_id == city.id)
    version = guidance.add(city, entry)
    before = version.catalogue
    if before and before.organisation_id != source.organisation_id:
        _forget(version)
    version.catalogue = source
    _take_chapters(version, source)
    _take_requirements(city, version, source)
    db.session.flush()
    return version


def _forget(version: GuidanceVersion) -> None:
    """What came from another catalogue is one's own from now on."""
    for chapter in version.chapters:
        chapter.taken_key = None
    for requirement in version.requirements:
        requirement.taken_mark = None


def _take_chapters(version: GuidanceVersion, source: GuidanceVersion) -> None:
    known = {one.taken_key for one in version.chapters}
    key, rank = guidance.next_key(version.organisation), 1 + max((one.rank for one in version.chapters), default=0)
    new = [one for one in source.chapters if network.crosses(one) and one.key not in known]
    for place, one in enumerate(new):
        said = {name: getattr(one, name) for name in network.OF_CHAPTER}
        db.session.add(
            GuidanceChapter(
                guidance_version=version,
                key=key + place,
                rank=rank + place,
                taken_key=one.key,
                confidentiality=Confidentiality.PUBLIC,
                **said,
            )
        )


def _take_requirements(city: Organisation, version: GuidanceVersion, source: GuidanceVersion) -> None:
    known = {one.taken_mark for one in version.requirements}
    rows = select(Requirement.mark).join(Requirement.guidance_version)
    used = set(db.session.scalars(rows.where(GuidanceVersion.organisation_id == city.id)))
    for one in source.requirements:
        if network.crosses(one) and one.mark not in known:
            mark = network.new_mark(one.mark, used, prefix=guidance.MARK)
            used.add(mark)
            said: dict[str, Any] = {name: getattr(one, name) for name in network.OF_REQUIREMENT}
            db.session.add(
                Requirement(
                    guidance_version=version,
                    mark=mark,
                    taken_mark=one.mark,
                    confidentiality=Confidentiality.PUBLIC,
                    **said,
                )
            )
