"""Seals: the HMACs that hold the trail and its anchors together, and what can be wrong with them (trust.md 3.3).

The key stands outside the database, so that whoever can write the database still cannot forge a seal.
"""

import hashlib
import hmac
from dataclasses import dataclass

from prepare.texts import N_, _
from prepare.vocabulary import Labelled

#: What the first entry of a chain follows.
FIRST_SEAL = "0" * 64

_key = b""


def use_key(key: str) -> None:
    """Seal and verify with this key from here on (the roof calls this once)."""
    global _key
    _key = key.encode()


def seal(text: str) -> str:
    """The HMAC-SHA256 of a text, in hexadecimal digits."""
    return hmac.digest(_key, text.encode("utf-8", "replace"), "sha256").hex()


def matches(text: str, given: str) -> bool:
    """Whether this is the text's seal."""
    return hmac.compare_digest(seal(text).encode(), given.encode("utf-8", "replace"))


def fingerprint(text: str) -> str:
    """The SHA-256 of a text; anybody can compute it, so it must itself stand under a seal."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Fault(Labelled):
    """What can be wrong at a place of the trail."""

    MISSING = "missing", N_("An entry is missing")
    UNLINKED = "unlinked", N_("Does not follow the entry before it")
    CHANGED = "changed", N_("Changed after it was written")
    CONTENT_CHANGED = "content changed", N_("The content was changed")
    CONTENT_MISSING = "content missing", N_("The content is missing")
    END_MISSING = "end missing", N_("The end of the trail is missing")
    NOT_AS_ANCHORED = "not as anchored", N_("Not the entry that was anchored")
    BEFORE_ANCHOR = "ends before anchor", N_("The trail ends before its anchor")
    ANCHOR_CHANGED = "anchor changed", N_("The file of anchors was changed")
    ANCHORS_MISSING = "anchors missing", N_("Anchors are missing")

    @property
    def meaning(self) -> str:
        """What it means, in a sentence for an auditor."""
        return _(MEANINGS[self])


MEANINGS = {
    Fault.MISSING: N_("An entry with this number was written and has been deleted from the database."),
    Fault.UNLINKED: N_("Entries have been deleted, added or put in another order here."),
    Fault.CHANGED: N_("Who, when or what is no longer as it was written, or it was sealed with another key."),
    Fault.CONTENT_CHANGED: N_("The values before and after are no longer as they were written."),
    Fault.CONTENT_MISSING: N_("The values before and after have been deleted without a decision to erase them."),
    Fault.END_MISSING: N_("The last entries have been deleted, or the note of the last entry has been changed."),
    Fault.NOT_AS_ANCHORED: N_(
        "The anchor that is kept outside the database tells of another entry: an older database has been put back, "
        "or the trail has been written anew from here on."
    ),
    Fault.BEFORE_ANCHOR: N_(
        "An anchor tells of later entries than the database holds: the last entries have been deleted, or an older "
        "database has been put back."
    ),
    Fault.ANCHOR_CHANGED: N_("A line of the file of anchors is not as it was written, or a line before it is gone."),
    Fault.ANCHORS_MISSING: N_("The file holds fewer anchors than when the trail was last verified."),
}


@dataclass(frozen=True)
class Flaw:
    """A place where the trail does not hold: the entry's number and what is wrong there."""

    entry: int
    fault: Fault
