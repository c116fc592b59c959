"""Every change to the national programmes."""

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from risks import planning
from risks.entries.safety import NATIONAL_COLUMNS, LineEntry, NationalProgrammeEntry, of_national
from risks.models.national_programmes import NationalLine, NationalProgramme


@act(Action.ADD_NATIONAL_PROGRAMME)
def add(organisation: Organisation, entry: NationalProgrammeEntry) -> NationalProgramme:
    """Keep a national programme for the organisation and everything below it, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(planning.national_problems(entry))
    programme = NationalProgramme(code=next_code(NationalProgramme.code, "NP-"), organisation=organisation)
    db.session.add(programme)
    _fill(programme, entry)
    return programme


@act(Action.EDIT_NATIONAL_PROGRAMME)
def edit(
    programme: NationalProgramme, entry: NationalProgrammeEntry, *, seen: Seen[NationalProgrammeEntry] | None
) -> NationalProgramme:
    """Change a national programme and its lines; a line that the entry does not hold is retired.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as `add` does.
    """
    refuse_stale(seen, seen_now(programme))
    refuse_if(planning.national_problems(entry))
    _fill(programme, entry)
    return programme


def seen_now(programme: NationalProgramme) -> Seen[NationalProgrammeEntry]:
    """What a person sees who edits the programme now."""
    return Seen(of_national(programme))


def _fill(programme: NationalProgramme, entry: NationalProgrammeEntry) -> None:
    for name in NATIONAL_COLUMNS:
        setattr(programme, name, getattr(entry, name))
    db.session.flush()
    held = {line.mark: line for line in programme.lines}
    for rank, line in enumerate(entry.lines, start=1):
        kept = held.pop(line.mark) if line.mark in held else NationalLine(mark=line.mark)
        _fill_line(kept, programme, rank, line)
    for left_out in held.values():
        left_out.retired = True
    db.session.flush()


def _fill_line(line: NationalLine, programme: NationalProgramme, rank: int, entry: LineEntry) -> None:
    values = {"rank": rank, "name_fi": entry.name_fi, "name_sv": entry.name_sv, "name_en": entry.name_en}
    for name, value in {**values, "retired": False}.items():
        setattr(line, name, value)
    line.national_programme = programme
    db.session.add(line)
