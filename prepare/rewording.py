"""What was reworded in a longer text: the words that were taken out, put in, and left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Texts at least so long, or of several lines, are compared word by word.
LONG = 60
#: More words than these are compared line by line first; the time grows with the square of their number.
MOST_WORDS = 1_500
#: So many words on either side of a change are shown; what lies between them is left out.
AROUND = 12

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, taken out (`del`), put in (`ins`), or a `gap` where unchanged text is left out."""

    kind: str
    text: str


def is_long(before: object, after: object) -> bool:
    """Whether a change is told word by word: both are texts, and one of them is long."""
    if not (isinstance(before, str) and isinstance(after, str) and before and after):
        return False
    return any(len(text) >= LONG or "\n" in text for text in (before, after))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The change from one text to the other; unchanged text far from any change becomes a gap."""
    return told(_compared(before, after))


def told(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Runs of words put together as people read them; unchanged text far from any change becomes a gap."""
    return tuple(_shortened(_joined(iter(found))))


def _compared(before: str, after: str) -> Iterator[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        yield from _runs(old, new)
        return
    old_lines, new_lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, old_lines, new_lines).get_opcodes():
        out, into = WORDS.findall("".join(old_lines[a:b])), WORDS.findall("".join(new_lines[c:d]))
        if tag == "equal":
            yield Piece("same", "".join(out))
        elif max(len(out), len(into)) <= MOST_WORDS:
            yield from _runs(out, into)
        else:
            yield from (Piece("del", "".join(out)), Piece("ins", "".join(into)))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield Piece("del", "".join(old[a:b]))
            yield Piece("ins", "".join(new[c:d]))


def _joined(found: Iterator[Piece]) -> list[Piece]:
    """Runs of one kind as one piece; a lone blank between two changes goes with them, so that phrases stay whole."""
    made: list[Piece] = []
    out = into = ""
    for piece in [*found, Piece("same", "")]:
        if piece.kind == "del":
            out += piece.text
        elif piece.kind == "ins":
            into += piece.text
        elif piece.text.isspace() and "\n" not in piece.text and (out or into):
            out, into = out + piece.text, into + piece.text
        else:
            made += [Piece(kind, text) for kind, text in (("del", out), ("ins", into)) if text.strip()]
            out = into = ""
            if piece.text:
                made.append(piece)
    return made


def _shortened(made: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(made):
        words = WORDS.findall(piece.text)
        head = 0 if place == 0 else 2 * AROUND
        tail = 0 if place == len(made) - 1 else 2 * AROUND
        if piece.kind != "same" or len(words) <= head + tail + AROUND:
            yield piece
            continue
        if head:
            yield Piece("same", "".join(words[:head]))
        yield Piece("gap", "")
        if tail:
            yield Piece("same", "".join(words[len(words) - tail :]))
