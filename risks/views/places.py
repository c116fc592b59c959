"""The areas as pages name, offer and narrow by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request

from prepare.db import db
from prepare.forms.differences import in_words
from prepare.models.codes import CodeItem
from prepare.texts import name_of
from prepare.vocabulary import CodeList
from risks import areas
from risks.queries import codelists as queries


@dataclass(frozen=True)
class Areas:
    """The areas in force, read once for a page."""

    items: Sequence[CodeItem]

    @cached_property
    def by_code(self) -> dict[str, CodeItem]:
        """Code → area."""
        return {item.code: item for item in self.items}

    @cached_property
    def places(self) -> list[areas.Place]:
        """The areas as the rules of the tree see them."""
        codes = {item.id: item.code for item in self.items}
        return [areas.Place(item.code, codes.get(item.parent_id) if item.parent_id else None) for item in self.items]

    @cached_property
    def lines(self) -> areas.Above:
        """Code → itself and what it lies in."""
        return areas.above(self.places)

    @cached_property
    def nodes(self) -> list[areas.Node]:
        """The tree as it is read."""
        return areas.tree(self.places)

    def within(self, code: str) -> tuple[str, ...]:
        """The area and everything in it; nothing for a code that is not in force."""
        return next((node.within for node in self.nodes if node.code == code), ())

    def name(self, code: str) -> str:
        """What the area is called; the bare code where it is out of use."""
        item = self.by_code.get(code)
        return name_of(item) if item else code

    def names(self, codes: Sequence[str]) -> list[str]:
        """What the areas are called, in the order of the tree."""
        order = {node.code: place for place, node in enumerate(self.nodes)}
        return [self.name(code) for code in sorted(codes, key=lambda one: order.get(one, len(order)))]

    def options(self) -> list[tuple[str, str]]:
        """The areas to choose among, set in by how deep they stand."""
        return [(node.code, "\N{EM SPACE}" * (node.depth - 1) + self.name(node.code)) for node in self.nodes]

    def told(self, name: str, value: Any) -> str | None:
        """A field of an entry in words, areas by their names."""
        if name in ("area", "areas") and value:
            return ", ".join(self.names([value] if isinstance(value, str) else value))
        return in_words(name, value)

    def asked(self) -> str:
        """The area that the address asks for, if there is such a one."""
        wanted = request.args.get("area", "")[:20]
        return wanted if wanted in self.by_code else ""

    def offer(self, field: Any) -> None:
        """Let a field choose among the areas in force and those that the record has carried so far."""
        kept = field.object_data if isinstance(field.object_data, tuple | list) else [field.object_data]
        former = [(code, code) for code in kept if code and code not in self.by_code]
        field.offer([*self.options(), *former])


def load() -> Areas:
    """The areas in force."""
    return Areas(db.session.scalars(queries.listed(CodeList.AREA)).all())
