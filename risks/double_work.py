"""Work that may be done twice: about the same, in the same area, for the same people (S003 #70)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from risks import areas
from risks.vocabulary.safety import TargetGroup, Theme


@dataclass(frozen=True)
class Work:
    """A programme, or a priority of a plan, as the rule sees it.

    `whole` is what it is a part of: the plan's code, or its own. No area means the whole city; `who` are codes of
    organisations, `measures` codes of measures; either end of its time may be open.
    """

    code: str
    whole: str
    themes: tuple[Theme, ...]
    areas: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    begins: date | None = None
    ends: date | None = None
    who: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Overlap:
    """Two works that may be the same, and all that they have in common; no area means the whole city.

    `is_wide` tells that they meet only because one of them is for the whole city or for all residents: such an
    overlap may be meant, as when a programme carries out a plan. `measures` are those that both count as theirs.
    """

    one: Work
    other: Work
    themes: tuple[Theme, ...]
    areas: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    is_wide: bool
    who: tuple[str, ...]
    measures: tuple[str, ...]


def is_comparable(work: Work) -> bool:
    """Whether it says what it is about and for whom; of others nothing is known, which does not mean no overlap."""
    return bool(work.themes and work.target_groups)


def overlaps(works: Iterable[Work], lines: areas.Above) -> list[Overlap]:
    """Pairs of works of different wholes with theme, area, target group and time in common, the closest first.

    `lines` are the areas above each area: the whole city meets every area, a district all that lies in it, and all
    residents meet every group. Closer are pairs with more in common, and those that do not meet only in the large.
    """
    comparable = sorted(filter(is_comparable, works), key=lambda work: work.code)
    found = [_overlap(one, other, lines) for one, other in combinations(comparable, 2) if one.whole != other.whole]
    met = [overlap for overlap in found if overlap is not None]
    return sorted(met, key=lambda o: (o.is_wide, -len(o.themes), -len(o.target_groups), o.one.code, o.other.code))


def _overlap(one: Work, other: Work, lines: areas.Above) -> Overlap | None:
    themes = tuple(theme for theme in one.themes if theme in other.themes)
    groups = same_people(one.target_groups, other.target_groups)
    if not (themes and groups and _same_time(one, other)):
        return None
    where = areas.shared(one.areas, other.areas, lines) if one.areas and other.areas else one.areas or other.areas
    if one.areas and other.areas and not where:
        return None
    return Overlap(
        one=one,
        other=other,
        themes=themes,
        areas=where,
        target_groups=groups,
        is_wide=bool(one.areas) != bool(other.areas) or _is_for_all(one) != _is_for_all(other),
        who=tuple(sorted(one.who & other.who)),
        measures=tuple(sorted(one.measures & other.measures)),
    )


def same_people(one: tuple[TargetGroup, ...], other: tuple[TargetGroup, ...]) -> tuple[TargetGroup, ...]:
    """The target groups in common; all residents are everybody, so they meet every other group."""
    if TargetGroup.ALL in one:
        return other
    if TargetGroup.ALL in other:
        return one
    return tuple(group for group in one if group in other)


def _is_for_all(work: Work) -> bool:
    return TargetGroup.ALL in work.target_groups


def _same_time(one: Work, other: Work) -> bool:
    begins = max(one.begins or date.min, other.begins or date.min)
    return begins <= min(one.ends or date.max, other.ends or date.max)
