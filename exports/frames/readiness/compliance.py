"""Requirements of the guidance by sector (B16): what each says, what the register shows, where they differ."""

from collections.abc import Mapping

from continuity.readiness import checks
from exports.columns import Column, Kind, Tone
from exports.frames.guidance import TONES
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.sheets import Register
from prepare import guiding
from prepare.checks import Check, Checked
from prepare.db import db
from prepare.loading import guidance as loading
from prepare.loading.guidance import Asked
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import N_, _, name_of, named
from prepare.vocabulary import AnswerStatus

COLUMNS = (
    Column("code", N_("Code"), 9, Kind.CODE),
    Column("text", N_("Requirement"), 44),
    Column("dimension", N_("Dimension"), 16),
    Column("organisation", N_("Sector"), 8, Kind.CODE),
    Column("name", N_("Name of the sector"), 24),
    Column("answer", N_("The organisation says"), 16, tone="answer_tone"),
    Column("shown", N_("The register shows"), 16, tone="shown_tone"),
    Column("counted", N_("In order, of those counted"), 12, Kind.CODE),
    Column("differs", N_("Differs"), 11, tone="differs_tone"),
    Column("answered_on", N_("Answered"), 12, Kind.DATE),
    Column("due", N_("Due again"), 12, Kind.DATE, tone="due_tone"),
)


def register(held: Gathered) -> Register:
    """The sheet: every requirement of the guidance in force × the organisations that it concerns."""
    reader = held.reader
    version = loading.current(reader.scope, reader.organisation, on=reader.on)
    rows: list[dict[str, object]] = []
    left_out = 0
    if version is not None:
        seen = organisations.with_functions(reader.scope.below(reader.path))
        shown = list(db.session.scalars(seen))
        asked = loading.asked(reader.scope, shown, version)
        every = {one.requirement.automatic for some in asked.values() for one in some if one.requirement.automatic}
        found = checks.counted(reader.scope.up_to(reader.variant), shown, every, reader.on)
        pairs = [(one, owner) for owner in shown for one in asked[owner.id]]
        admitted = [pair for pair in pairs if reader.admits(pair[0].requirement.confidentiality)]
        left_out = len(pairs) - len(admitted)
        admitted.sort(key=lambda pair: (pair[0].requirement.mark, pair[1].sort_name))
        rows = [_row(held, one, owner, found[owner.id]) for one, owner in admitted]
    return Register(
        _("Guidance compliance"),
        _("What each sector says of each requirement, what the register shows, and where they differ")
        if version
        else _("No guidance is in force"),
        COLUMNS,
        frame_of(rows, COLUMNS),
        frozen=1,
        left_out=left_out,
    )


def _row(held: Gathered, one: Asked, owner: Organisation, found: Mapping[Check, Checked]) -> dict[str, object]:
    asked, answer, on = one.requirement, one.answer, held.reader.on
    counted = found.get(asked.automatic) if asked.automatic else None
    differs = answer is not None and guiding.differs(answer.status, counted.result if counted else None)
    unanswered = answer is None
    return {
        "code": asked.mark,
        "text": named(asked, "text"),
        "dimension": asked.dimension.label,
        "organisation": owner.code,
        "name": name_of(owner),
        "answer": _("Not answered") if answer is None else answer.status.label,
        "answer_tone": Tone.UNKNOWN if unanswered else _tone(answer.status if answer else None),
        "shown": counted.result.label if counted else None,
        "shown_tone": TONES[counted.result.value] if counted else None,
        "counted": f"{counted.good} / {counted.of}" if counted and counted.of else None,
        "differs": _("Yes") if differs else None,
        "differs_tone": Tone.HIGH if differs else None,
        "answered_on": answer.answered_on if answer else None,
        "due": one.due,
        "due_tone": Tone.HIGH if answer is not None and one.is_open(on) else None,
    }


def _tone(status: AnswerStatus | None) -> Tone | None:
    return None if status in (None, AnswerStatus.NA) else TONES[status.value]
