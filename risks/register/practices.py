"""Every change to good practices, and who takes them into use."""

from datetime import date

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import NotPermitted, RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_
from prepare.vocabulary import Role
from risks import practices
from risks.entries.practices import COLUMNS, PracticeEntry, UseEntry, of_record
from risks.models.practices import GoodPractice, PracticeAdoption

KEEPERS = (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL)


@act(Action.ADD_PRACTICE)
def add(organisation: Organisation, entry: PracticeEntry) -> GoodPractice:
    """Keep a good practice, under the next free code. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(practices.problems(entry))
    practice = GoodPractice(code=next_code(GoodPractice.code, "GP-"), organisation=organisation)
    _fill(practice, entry)
    return practice


@act(Action.EDIT_PRACTICE)
def edit(practice: GoodPractice, entry: PracticeEntry, *, seen: Seen[PracticeEntry] | None) -> GoodPractice:
    """Change a good practice, share it or take it out of use.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(practice))
    refuse_if(practices.problems(entry))
    _fill(practice, entry)
    return practice


@act(Action.ADOPT_PRACTICE)
def adopt(practice: GoodPractice, organisation: Organisation, entry: UseEntry, *, on: date) -> PracticeAdoption:
    """Say that an organisation takes the practice into use; it may belong to another municipality.

    Raises NotPermitted unless the acting person keeps registers for that organisation, and RuleBroken with every
    rule that the entry breaks.
    """
    who = actor.current()
    if not (who.is_system or who.holds(*KEEPERS, over=organisation.path)):
        raise NotPermitted(N_("You may not do this."))
    if practice.retired:
        raise RuleBroken(N_("The practice has been taken out of use."))
    refuse_if(practices.use_problems(entry, on=on))
    adoption = PracticeAdoption(
        code=next_code(PracticeAdoption.code, f"{practice.code}/"),
        practice=practice,
        organisation=organisation,
        adopted_on=entry.adopted_on,
        comment=entry.comment,
    )
    db.session.add(adoption)
    db.session.flush()
    return adoption


def seen_now(practice: GoodPractice) -> Seen[PracticeEntry]:
    """What a person sees who edits the practice now."""
    return Seen(of_record(practice))


def _fill(practice: GoodPractice, entry: PracticeEntry) -> None:
    for name in COLUMNS:
        setattr(practice, name, getattr(entry, name))
    db.session.add(practice)
    db.session.flush()
