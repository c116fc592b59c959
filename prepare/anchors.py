"""Anchors: how far the trail had come at a time, noted in a file outside the database (trust.md P16 c).

A chain alone does not show that its end was cut off or that an older database was put back. Each line of the
file names the last entry and its seal; the line is sealed together with the line before it. Keep the file where
the database's writers cannot change it: on another machine, or append-only.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from prepare import sealing
from prepare.sealing import FIRST_SEAL, Fault, Flaw

if sys.platform != "win32":
    import fcntl

#: A growing trail is anchored at most this often.
EVERY = timedelta(hours=1)
#: The last line stands within so many bytes of the end.
LAST_LINE = 8_192

_file: Path | None = None
_writing = Lock()


@dataclass(frozen=True)
class Anchor:
    """The trail had so many `entries` at the moment `at`, and the last one had the seal `head`.

    `restored` says why an older database was put back; then the anchors before this one bind no longer.
    """

    entries: int
    head: str
    at: datetime
    restored: str | None = None


@dataclass(frozen=True)
class Anchors:
    """What the file holds: the anchors that bind, oldest first, how many lines there are, and what is wrong."""

    binding: tuple[Anchor, ...] = ()
    lines: int = 0
    flaws: tuple[Flaw, ...] = ()


def use_file(path: Path | None) -> None:
    """Keep the anchors in this file from here on (the roof calls this once)."""
    global _file
    _file = path


def read() -> Anchors:
    """The anchors of the installation; a file that is not there yet holds none."""
    if _file is None or not _file.exists():
        return Anchors()
    binding, flaws, previous, lines = list[Anchor](), list[Flaw](), FIRST_SEAL, 0
    for line in _file.read_bytes().splitlines():
        lines += 1
        anchor, given = _parsed(line)
        if anchor is None or not sealing.matches(_text(anchor, previous), given):
            flaws.append(Flaw(anchor.entries if anchor else 0, Fault.ANCHOR_CHANGED))
        else:
            if anchor.restored is not None:
                binding = []
            binding.append(anchor)
        previous = given
    return Anchors(tuple(binding), lines, tuple(flaws))


def write(anchor: Anchor, *, every: timedelta = timedelta(0)) -> bool:
    """Append an anchor unless the last one is younger than `every`; gives whether it was written.

    Raises OSError when the file cannot be written.
    """
    if _file is None:
        return False
    with _writing, _opened(_file) as file:
        last, previous = _last(file)
        if last and abs(anchor.at - last.at) < every:
            return False
        line = {**_fields(anchor), "seal": sealing.seal(_text(anchor, previous))}
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def keep_up(anchor: Anchor) -> None:
    """Anchor a trail that has grown, at most hourly; people's work never fails for it."""
    try:
        write(anchor, every=EVERY)
    except OSError as error:
        logging.getLogger(__name__).warning("The trail could not be anchored (%s).", error.strerror)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file, to be read and appended to by nobody else meanwhile; only its owner reads it."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _last(file: BinaryIO) -> tuple[Anchor | None, str]:
    """The last anchor, as far as it can be read, and the seal that the next line follows."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - LAST_LINE))
    lines = file.read().splitlines()
    return _parsed(lines[-1]) if lines else (None, FIRST_SEAL)


def _parsed(line: bytes) -> tuple[Anchor | None, str]:
    """A line's anchor and its seal; a line that cannot be read has neither."""
    try:
        fields = json.loads(line)
        at = datetime.fromisoformat(fields["at"]).astimezone(UTC)
        restored = fields["restored"]
        anchor = Anchor(int(fields["entries"]), str(fields["head"]), at, None if restored is None else str(restored))
        return anchor, str(fields["seal"])
    except (ValueError, KeyError, TypeError):
        return None, ""


def _fields(anchor: Anchor) -> dict[str, Any]:
    at = anchor.at.astimezone(UTC).isoformat()
    return {"at": at, "entries": anchor.entries, "head": anchor.head, "restored": anchor.restored}


def _text(anchor: Anchor, previous: str) -> str:
    """What a line's seal covers: the line and the seal of the line before it."""
    return json.dumps([*_fields(anchor).values(), previous], ensure_ascii=False)
