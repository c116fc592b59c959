"""What is done to the trail itself: it is verified and anchored, and the trail tells of both."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from prepare import anchors, audit
from prepare.access import Action, act
from prepare.anchors import Anchor
from prepare.errors import RuleBroken
from prepare.queries import verification
from prepare.queries.verification import Result
from prepare.texts import N_

#: What the trail calls itself.
TRAIL = "trail"
#: So many flaws go into the entry about a verification; the command tells all of them.
FLAWS_TOLD = 100


@act(Action.VERIFY_TRAIL)
def note_verification(_trail: str, result: Result, *, seconds: float) -> None:
    """Tell the trail what a verification found, so that it is known up to where it has been verified.

    Raises RuleBroken when the end of the trail is so damaged that nothing can follow it.
    """
    flaws = [[flaw.entry, flaw.fault.value] for flaw in result.flaws]
    told = {
        "first_entry": result.after.entry + 1,
        "last_entry": result.upto.entry,
        "last_seal": result.upto.seal,
        "is_whole": result.is_whole,
        "anchors": result.anchors,
        "anchor_lines": result.lines,
        "flaws": flaws[:FLAWS_TOLD],
        "flaws_found": len(flaws) + result.more,
        "seconds": round(seconds, 1),
    }
    try:
        audit.note(TRAIL, {name: [None, value] for name, value in told.items()})
    except IntegrityError as error:
        raise RuleBroken(
            N_("The end of the trail is damaged, so that this verification could not be written into it.")
        ) from error


@act(Action.ANCHOR_TRAIL)
def anchor(_trail: str, *, at: datetime, restored: str | None = None) -> Anchor:
    """Note outside the database how far the trail has come, and tell the trail.

    `restored` says why an older database was put back: anchors of entries that are gone bind no longer.
    Raises OSError when the file of anchors cannot be written.
    """
    head = verification.head()
    made = Anchor(head.entry, head.seal, at, restored)
    audit.note(TRAIL, {"entries": [None, head.entry], "restored": [None, restored]})
    anchors.write(made)
    return made
