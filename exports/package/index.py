"""The index of a package: everything that it holds, by the alphabet, so that the browser's own search finds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace

from exports.package.gathered import Gathered
from prepare.texts import _, name_of, search_key, sort_key

#: What stands for names that begin with no letter.
OTHERS = "#"


@dataclass(frozen=True)
class Line:
    """A line of the index: what it is called, what it is, and on which page it stands."""

    title: str
    kind: str
    page: str
    more: str = ""

    @property
    def words(self) -> str:
        """What a search is held against."""
        return search_key(f"{self.title} {self.kind} {self.more}")

    @property
    def letter(self) -> str:
        """Under which letter it stands."""
        first = self.title.strip()[:1].upper()
        return first if first.isalpha() else OTHERS


def lines(found: Gathered, contacts: list[SimpleNamespace]) -> list[Line]:
    """Every line, in the order of the alphabet."""
    every = [*_registers(found), *_people(found, contacts)]
    return sorted(set(every), key=lambda line: (line.letter == OTHERS, sort_key(line.title), line.kind, line.page))


def by_letter(every: list[Line]) -> list[tuple[str, str, list[Line]]]:
    """(letter, anchor, lines) of each letter under which something stands."""
    groups = [(letter, list(some)) for letter, some in groupby(every, key=lambda line: line.letter)]
    return [(letter, f"letter-{place}", some) for place, (letter, some) in enumerate(groups, start=1)]


def _registers(found: Gathered) -> Iterator[Line]:
    for function in found.functions:
        kind = _("Function") if function.owner_is_own else _("Partner's service")
        owner = name_of(function.organisation)
        yield Line(name_of(function), kind, found.page(function) or "", f"{function.code} · {owner}")
    for held in found.plans:
        yield Line(name_of(held.plan), held.plan.kind.label, found.page(held.plan) or "", held.plan.code)
    for number, one in enumerate(found.cards, start=1):
        yield Line(one.card.title, _("Action card"), f"cards/{number:02}.html", one.card.role)
    for scenario in found.scenarios:
        yield Line(name_of(scenario), _("Scenario"), found.page(scenario) or "", scenario.code)
    for interface in found.interfaces:
        more = f"{interface.code} · {name_of(interface.party)}"
        yield Line(name_of(interface), _("Interface"), found.page(interface) or "", more)
    for agreement in found.agreements:
        more = f"{agreement.code} · {name_of(agreement.party)}"
        yield Line(name_of(agreement), _("Agreement"), "agreements.html", more)


def _people(found: Gathered, contacts: list[SimpleNamespace]) -> Iterator[Line]:
    for organisation in found.organisations:
        name = name_of(organisation)
        yield Line(name, _("Organisation"), "contacts.html", organisation.code)
        for user in filter(None, (organisation.contact, organisation.deputy)):
            yield Line(user.name, _("Duty holder"), "contacts.html", name)
    for told in contacts:
        for one in told.contacts:
            yield Line(one.contact.role_title, _("Duty contact"), told.page, f"{one.side} · {one.contact.phone or ''}")
