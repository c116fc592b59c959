"""What a code list's items must satisfy, and what a new edition of a list changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import CodeList
from risks.areas import Place, above
from risks.entries.codes import CodeEntry

CODE = re.compile(r"[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö_-]{0,19}")
#: Lists that somebody else issues in editions, so that they are renewed as a whole.
ISSUED = frozenset({CodeList.THREAT, CodeList.VITAL_FUNCTION})
#: How the city's own additions to an issued list begin; a new edition leaves them alone.
LOCAL = "L"
LONGEST_NAME = 200
PARTS = 4  #: of a line: code and three names


@dataclass(frozen=True)
class Line:
    """One code of a new edition."""

    code: str
    name_fi: str
    name_sv: str | None
    name_en: str | None


@dataclass(frozen=True)
class Change:
    """What a new edition changes: codes that are new, that fall away, and whose names change."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[str, ...]


def is_local(kind: CodeList, code: str) -> bool:
    """Whether the city added the code itself: to an issued list those that begin with L, to others all."""
    return kind not in ISSUED or code.startswith(LOCAL)


def problems(
    kind: CodeList, code: str, entry: CodeEntry, parents: Mapping[str, str | None], *, levels: int
) -> list[RuleBroken]:
    """Every rule that a code's entry breaks; `parents` is the list in force, `levels` how deep it may go."""
    found = []
    if not CODE.fullmatch(code):
        message = N_("A code has letters and figures, “-” and “_”, at most 20 and no blanks.")
        found.append(RuleBroken(message, field="code"))
    if not entry.name_fi.strip():
        found.append(RuleBroken(N_("Give the code a name in Finnish."), field="name_fi"))
    if entry.parent is None:
        return found
    if kind is not CodeList.AREA or entry.parent not in parents:
        return [*found, RuleBroken(N_("Choose one from the list."), field="parent")]
    line = above([Place(one, parent) for one, parent in parents.items()])[entry.parent]
    if code in line:
        found.append(RuleBroken(N_("An area cannot lie within itself."), field="parent"))
    elif len(line) + _height(code, parents) > levels:
        found.append(RuleBroken(N_("The tree of areas has %(levels)s levels."), field="parent", levels=levels))
    return found


def _height(code: str, parents: Mapping[str, str | None]) -> int:
    """How many levels the area and everything within it take up."""
    lines = above([Place(one, parent) for one, parent in parents.items()])
    return max((line.index(code) + 1 for line in lines.values() if code in line), default=1)


def read(text: str) -> list[Line]:
    """The codes of a new edition, one on each line: code; name in Finnish; in Swedish; in English.

    Raises RuleBroken with every line that cannot be read.
    """
    found, broken, seen = [], [], set()
    for number, written in enumerate(text.splitlines(), start=1):
        if not written.strip():
            continue
        parts = [part.strip() for part in written.split(";")]
        code, names = parts[0], [*parts[1:], "", "", ""][:3]
        if len(parts) > PARTS or not CODE.fullmatch(code) or not names[0]:
            message = N_("Line %(number)s: write code; name in Finnish; in Swedish; in English.")
            broken.append(RuleBroken(message, field="lines", number=number))
        elif max(map(len, names)) > LONGEST_NAME:
            message = N_("Line %(number)s: a name has at most %(most)s characters.")
            broken.append(RuleBroken(message, field="lines", number=number, most=LONGEST_NAME))
        elif code in seen:
            broken.append(RuleBroken(N_("Line %(number)s: the code is there already."), field="lines", number=number))
        else:
            seen.add(code)
            found.append(Line(code, names[0], names[1] or None, names[2] or None))
    if not found and not broken:
        broken.append(RuleBroken(N_("Write the codes of the new edition."), field="lines"))
    if broken:
        broken[0].also = tuple(broken[1:])
        raise broken[0]
    return found


def change(before: Mapping[str, str], lines: Iterable[Line]) -> Change:
    """What a new edition changes; `before` are the issued codes in force with their Finnish names."""
    after = {line.code: line.name_fi for line in lines}
    return Change(
        tuple(code for code in after if code not in before),
        tuple(code for code in before if code not in after),
        tuple(code for code in after if code in before and before[code] != after[code]),
    )
