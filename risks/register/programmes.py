"""Every change to the programmes across sectors."""

from dataclasses import replace

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register.codes import next_code
from risks import planning
from risks.entries.safety import PROGRAMME_COLUMNS, ProgrammeEntry, of_programme
from risks.models.programmes import Programme
from risks.register import links


@act(Action.ADD_PROGRAMME)
def add(organisation: Organisation, entry: ProgrammeEntry) -> Programme:
    """Keep a programme of the organisation, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(planning.programme_problems(entry))
    programme = Programme(code=next_code(Programme.code, "PR-"), organisation=organisation)
    chosen = _chosen(entry)
    db.session.add(programme)
    _fill(programme, entry, chosen)
    return programme


@act(Action.EDIT_PROGRAMME)
def edit(programme: Programme, entry: ProgrammeEntry, *, seen: Seen[ProgrammeEntry] | None) -> Programme:
    """Change a programme, or say how far it has come; organisations that the person may not read stay in it.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as `add` does.
    """
    refuse_stale(seen, seen_now(programme))
    refuse_if(planning.programme_problems(entry))
    _fill(programme, entry, _chosen(entry))
    return programme


def seen_now(programme: Programme) -> Seen[ProgrammeEntry]:
    """What a person sees who edits the programme now."""
    who = actor.current()
    codes = tuple(one.code for one in programme.organisations if actor.readable(who, one))
    return Seen(replace(of_programme(programme), organisations=codes))


def _chosen(entry: ProgrammeEntry) -> list[Organisation]:
    rows = organisations.organisations(actor.current().scope, own=None)
    return links.named_by(rows, entry.organisations, "organisations")


def _fill(programme: Programme, entry: ProgrammeEntry, chosen: list[Organisation]) -> None:
    who = actor.current()
    for name in PROGRAMME_COLUMNS:
        setattr(programme, name, getattr(entry, name))
    db.session.flush()
    links.relink(programme, "organisations", chosen, hidden=lambda one: not actor.readable(who, one))
