"""Every change to the preparedness guidance: its versions, chapters and requirements."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import func, select

from prepare import actor, guiding
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import ChapterEntry, GuidanceVersionEntry, IssueEntry, RequirementEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement
from prepare.models.organisations import Organisation
from prepare.register import carrying
from prepare.register.codes import next_code
from prepare.texts import N_

MARK = "VO-"
CODE = "G-"
CHAPTER_COLUMNS = tuple(field.name for field in fields(ChapterEntry))
REQUIREMENT_COLUMNS = tuple(field.name for field in fields(RequirementEntry))
#: What a copy of a chapter or requirement keeps beside what is entered.
KEYS: dict[type[Any], tuple[str, ...]] = {GuidanceChapter: ("key", "taken_key"), Requirement: ("mark", "taken_mark")}


@act(Action.ADD_GUIDANCE)
def add(city: Organisation, entry: GuidanceVersionEntry) -> GuidanceVersion:
    """Begin a version as a draft: a copy of the city's newest issued one, with what that one left out gone.

    Raises RuleBroken when a draft is being written already, or the number is taken.
    """
    every = _every(city)
    if any(one.issued_on is None for one in every):
        raise RuleBroken(N_("A draft is being written already. Issue it before you begin another one."))
    refuse_if(guiding.version_problems(entry, taken=[one.number for one in every]))
    before = newest(every)
    catalogue = before.catalogue if before else None
    version = GuidanceVersion(
        code=next_code(GuidanceVersion.code, CODE), organisation=city, predecessor=before, catalogue=catalogue
    )
    _fill(version, entry)
    db.session.add(version)
    db.session.flush()
    if before:
        copied: list[Any] = [*before.chapters, *before.requirements]
        for one in copied:
            if not one.out_of_use:
                db.session.add(_copy(one, version))
    db.session.flush()
    db.session.expire(version, ["chapters", "requirements"])
    return version


@act(Action.EDIT_GUIDANCE)
def edit(
    version: GuidanceVersion, entry: GuidanceVersionEntry, *, seen: Seen[GuidanceVersionEntry] | None
) -> GuidanceVersion:
    """Change the number and the summary of a draft.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken when it was issued.
    """
    guiding.refuse_issued(version)
    refuse_stale(seen, version_now(version))
    others = [one.number for one in _every(version.organisation) if one is not version]
    refuse_if(guiding.version_problems(entry, taken=others))
    _fill(version, entry)
    db.session.flush()
    return version


@act(Action.ISSUE_GUIDANCE)
def issue(version: GuidanceVersion, entry: IssueEntry, *, on: date) -> int:
    """Issue a draft, valid from a day: nothing in it changes any more, and answers that still stand go over to it.

    Gives the number of answers that were carried over. Raises RuleBroken as the rules of issuing say.
    """
    guiding.refuse_issued(version)
    every = _every(version.organisation)
    before = newest(every)
    begins = [one.valid_from for one in every if one.valid_from]
    count = sum(not one.out_of_use for one in version.requirements)
    refuse_if(guiding.issue_problems(entry, requirements=count, begins=begins, on=on))
    version.valid_from, version.issued_on, version.issued_by = entry.valid_from, on, actor.current().name
    db.session.flush()
    return carrying.carry_all(before, version) if before else 0


@act(Action.ADD_CHAPTER)
def add_chapter(version: GuidanceVersion, entry: ChapterEntry) -> GuidanceChapter:
    """Give a draft a further chapter, at the end unless a place is given. Raises RuleBroken as the rules say."""
    guiding.refuse_issued(version)
    refuse_if(guiding.chapter_problems(entry))
    rank, key = entry.rank or _end(version), next_key(version.organisation)
    return _filled_chapter(GuidanceChapter(guidance_version=version, key=key), entry, rank)


@act(Action.EDIT_CHAPTER)
def edit_chapter(chapter: GuidanceChapter, entry: ChapterEntry, *, seen: Seen[ChapterEntry] | None) -> GuidanceChapter:
    """Change a chapter of a draft.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as the rules say.
    """
    guiding.refuse_issued(chapter.guidance_version)
    refuse_stale(seen, chapter_now(chapter))
    refuse_if(guiding.chapter_problems(entry))
    return _filled_chapter(chapter, entry, entry.rank or _end(chapter.guidance_version))


@act(Action.ADD_REQUIREMENT)
def add_requirement(version: GuidanceVersion, entry: RequirementEntry) -> Requirement:
    """Give a draft a further requirement, under the city's next code. Raises RuleBroken as the rules say."""
    guiding.refuse_issued(version)
    refuse_if(guiding.requirement_problems(entry))
    rows = select(Requirement.mark).join(Requirement.guidance_version)
    marks = db.session.scalars(rows.where(GuidanceVersion.organisation_id == version.organisation_id))
    requirement = Requirement(guidance_version=version, mark=f"{MARK}{_after(marks.all(), MARK):02}")
    return _filled_requirement(requirement, entry)


@act(Action.EDIT_REQUIREMENT)
def edit_requirement(
    requirement: Requirement, entry: RequirementEntry, *, seen: Seen[RequirementEntry] | None
) -> Requirement:
    """Change a requirement of a draft.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as the rules say.
    """
    guiding.refuse_issued(requirement.guidance_version)
    refuse_stale(seen, requirement_now(requirement))
    refuse_if(guiding.requirement_problems(entry))
    return _filled_requirement(requirement, entry)


def version_now(version: GuidanceVersion) -> Seen[GuidanceVersionEntry]:
    """What a person sees who edits the version now."""
    return Seen(GuidanceVersionEntry(number=version.number, summary=version.summary), _standing(version))


def chapter_now(chapter: GuidanceChapter) -> Seen[ChapterEntry]:
    """What a person sees who edits the chapter now."""
    entry = ChapterEntry(**{name: getattr(chapter, name) for name in CHAPTER_COLUMNS})
    return Seen(entry, _standing(chapter.guidance_version))


def requirement_now(requirement: Requirement) -> Seen[RequirementEntry]:
    """What a person sees who edits the requirement now."""
    entry = RequirementEntry(**{name: getattr(requirement, name) for name in REQUIREMENT_COLUMNS})
    return Seen(entry, _standing(requirement.guidance_version))


def newest(versions: Sequence[GuidanceVersion]) -> GuidanceVersion | None:
    """Of one city's versions the issued one that begins last."""
    issued = [one for one in versions if one.valid_from]
    return max(issued, key=lambda one: one.valid_from or date.min, default=None)


def next_key(city: Organisation) -> int:
    """The number of a city's next new chapter."""
    rows = select(func.max(GuidanceChapter.key)).join(GuidanceChapter.guidance_version)
    return 1 + (db.session.scalar(rows.where(GuidanceVersion.organisation_id == city.id)) or 0)


def _standing(version: GuidanceVersion) -> tuple[str, ...]:
    return ("issued",) if version.issued_on else ()


def _every(city: Organisation) -> list[GuidanceVersion]:
    return list(db.session.scalars(select(GuidanceVersion).where(GuidanceVersion.organisation_id == city.id)))


def _fill(version: GuidanceVersion, entry: GuidanceVersionEntry) -> None:
    version.number, version.summary = entry.number, entry.summary


def _end(version: GuidanceVersion) -> int:
    """The place behind the last chapter."""
    last = select(func.max(GuidanceChapter.rank)).where(GuidanceChapter.guidance_version_id == version.id)
    return 1 + (db.session.scalar(last) or 0)


def _filled_chapter(chapter: GuidanceChapter, entry: ChapterEntry, rank: int) -> GuidanceChapter:
    for name in CHAPTER_COLUMNS:
        setattr(chapter, name, getattr(entry, name))
    chapter.rank = rank
    db.session.add(chapter)
    db.session.flush()
    return chapter


def _filled_requirement(requirement: Requirement, entry: RequirementEntry) -> Requirement:
    for name in REQUIREMENT_COLUMNS:
        setattr(requirement, name, getattr(entry, name))
    db.session.add(requirement)
    db.session.flush()
    return requirement


def _copy(one: Any, version: GuidanceVersion) -> Any:
    """A chapter or requirement as it stands, in another version."""
    kind = type(one)
    names = (CHAPTER_COLUMNS if kind is GuidanceChapter else REQUIREMENT_COLUMNS) + KEYS[kind]
    return kind(guidance_version=version, **{name: getattr(one, name) for name in names})


def _after(codes: Sequence[str], mark: str) -> int:
    """One more than the highest number that follows the mark."""
    numbers = [int(one.removeprefix(mark)) for one in codes if one.removeprefix(mark).isdecimal()]
    return max(numbers, default=0) + 1
