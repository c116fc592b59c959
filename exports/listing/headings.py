"""Which column of a list is which field: by what it is called, else by what its name resembles."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from exports.listing.wanted import Listed, folded

#: The headings stand in one of so many rows from the top.
LOOKED_AT = 10
#: So alike a heading must be to the name of a field to be taken for it.
ALIKE = 0.8
Row = Sequence[Any]


def found_in(rows: Sequence[Row], listed: Listed) -> int:
    """The place of the row that holds the headings: the one whose cells name the most fields; else the first filled."""
    filled = [place for place, row in enumerate(rows) if any(cell not in (None, "") for cell in row)][:LOOKED_AT]
    if not filled:
        return 0
    names = set().union(*(field.called() for field in listed.fields))
    return max(filled, key=lambda place: (sum(folded(str(cell or "")) in names for cell in rows[place]), -place))


def texts(row: Row) -> list[str]:
    """The headings as texts; one that is empty or said twice is told by its number."""
    told: list[str] = []
    for number, cell in enumerate(row, start=1):
        text = " ".join(str(cell or "").split())[:200]
        told.append(text if text and text not in told else f"{text} {number}".strip())
    return told


def suggested(headings: Sequence[str], listed: Listed, kept: Mapping[str, str]) -> dict[str, str]:
    """Heading → field: as it was kept, else by its name, else by what it resembles; each field is filled once."""
    known = {heading: kept[heading] for heading in headings if listed.field(kept.get(heading, ""))}
    free = [heading for heading in headings if heading not in kept]
    called = {field.name: field.called() for field in listed.fields}
    for asks_exactly in (True, False):
        for heading in free:
            left = [name for name in called if name not in known.values()]
            if heading not in known and (name := _best(heading, {n: called[n] for n in left}, asks_exactly)):
                known[heading] = name
    return known


def _best(heading: str, called: Mapping[str, set[str]], asks_exactly: bool) -> str | None:
    key = folded(heading)
    if not key:
        return None
    if asks_exactly:
        return next((name for name, words in called.items() if key in words), None)
    scores = {n: max(SequenceMatcher(None, key, word).ratio() for word in words) for n, words in called.items()}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] >= ALIKE else None


def fingerprint(headings: Sequence[str]) -> str:
    """What tells one set of headings from another."""
    return sha256("\n".join(map(folded, headings)).encode()).hexdigest()
