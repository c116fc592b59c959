"""Two versions of a plan compared word by word, in a time that grows with the length of the text and no faster.

Lines that stand once in each version hold the texts together (the idea of Bram Cohen's patience diff); only what
lies between them is compared word by word, and only as long as that takes no longer than a person waits.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from continuity.whole import Card, Contents
from prepare.rewording import WORDS, Piece, told
from prepare.texts import N_, _

#: So many pairs of words are held against each other in one stretch of text, and in one section, at most.
MOST_PAIRS, MOST_PAIRS_IN_ALL = 250_000, 2_000_000
DETAILS = N_("Details")


@dataclass(frozen=True)
class Compared:
    """A part of the plan in both versions: its title and what was changed in it; no pieces when nothing was."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    text: str  #: as it stands in the later version

    @property
    def is_changed(self) -> bool:
        """Whether the two versions differ here."""
        return bool(self.pieces)


@dataclass(frozen=True)
class Text:
    """A part of one version as text."""

    title: str
    text: str


def compared(old: Mapping[str, Text], new: Mapping[str, Text]) -> list[Compared]:
    """Each part that either version has, in the order of the later one; what only the earlier has comes last."""
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = (side[key].text if key in side else "" for side in (old, new))
        if before or after:
            pieces = () if before == after else told(_text(before, after))
            found.append(Compared(key, (new.get(key) or old[key]).title, pieces, after))
    return found


def texts(contents: Contents) -> dict[str, Text]:
    """What a version holds beside its sections, as texts to be compared: a line for each thing or step."""
    strategies = [" · ".join(filter(None, [s.lost, s.text, s.lasts, s.rests_on])) for s in contents.strategies]
    levels = [" · ".join(filter(None, [t.level, t.task, t.role, t.trigger, t.within])) for t in contents.level_tasks]
    documents = [" · ".join(filter(None, [d.title, d.kept_at, d.case_number])) for d in contents.documents]
    held = (
        ("contents-strategies", _("Strategies per lost resource"), strategies),
        ("contents-cards", _("Action cards"), [_card(card) for card in contents.cards]),
        ("contents-levels", _("Tasks by preparedness level"), levels),
        ("contents-documents", _("Documents"), documents),
    )
    return {key: Text(title, "\n".join(lines)) for key, title, lines in held}


def _card(card: Card) -> str:
    heading = " · ".join(filter(None, [card.title, card.role, card.lost, card.function]))
    steps = (" · ".join(filter(None, [step.what, step.who, step.within])) for step in card.steps)
    return "\n".join([heading, *(f"{place}. {step}" for place, step in enumerate(steps, start=1))])


@dataclass
class _Purse:
    """How many pairs of words may still be compared."""

    left: int = MOST_PAIRS_IN_ALL

    def pays(self, pairs: int) -> bool:
        if pairs > min(self.left, MOST_PAIRS):
            return False
        self.left -= pairs
        return True


def _text(before: str, after: str) -> Iterator[Piece]:
    """The change from one text to the other, as runs of words."""
    old, new, purse = before.splitlines(keepends=True), after.splitlines(keepends=True), _Purse()
    was = now = 0
    for one, other in [*_anchors(old, new), (len(old), len(new))]:
        yield from _stretch("".join(old[was:one]), "".join(new[now:other]), purse)
        if one < len(old):
            yield Piece("same", old[one])
        was, now = one + 1, other + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of lines that stand once in each text, as many as keep one order: (place in the old, in the new)."""
    once = {line for line, count in Counter(old).items() if count == 1}
    once &= {line for line, count in Counter(new).items() if count == 1}
    places = {line: place for place, line in enumerate(new) if line in once}
    pairs = [(place, places[line]) for place, line in enumerate(old) if line in once]
    ends: list[int] = []
    chains: list[list[int]] = []
    before: list[int] = []
    for number, (_place, place) in enumerate(pairs):
        step = bisect_left(ends, place)
        before.append(chains[step - 1][-1] if step else -1)
        if step == len(ends):
            ends.append(place)
            chains.append([number])
        else:
            ends[step] = place
            chains[step].append(number)
    kept, number = [], chains[-1][-1] if chains else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    return kept[::-1]


def _stretch(before: str, after: str, purse: _Purse) -> Iterator[Piece]:
    """A stretch without a line in common: word by word where that is cheap, else what went and what came."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield Piece("same", "".join(old[:head]))
    out, into = old[head : len(old) - tail], new[head : len(new) - tail]
    if out and into and purse.pays(len(out) * len(into)):
        for tag, a, b, c, d in SequenceMatcher(None, out, into, autojunk=False).get_opcodes():
            if tag == "equal":
                yield Piece("same", "".join(out[a:b]))
            else:
                yield from (Piece("del", "".join(out[a:b])), Piece("ins", "".join(into[c:d])))
    else:
        yield from (Piece("del", "".join(out)), Piece("ins", "".join(into)))
    yield Piece("same", "".join(old[len(old) - tail :]))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many words both begin."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
