"""Two people edited one record: the second is shown what both changed, field by field, and no text is lost.

The form carries, signed, what it showed. So a stale save can be told from a fresh one, and what both people began
with stands beside what each of them wrote. A view makes an `Editing`, saves by it and answers with a `Clash`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor, stored
from prepare.db import db, transaction
from prepare.errors import RuleBroken, StaleEntry
from prepare.forms.differences import Change, in_words, label_of, word_changes
from prepare.forms.form import KEEP, CityForm
from prepare.forms.sending import sent
from prepare.gate import signing
from prepare.merging import Merge, Seen, merge
from prepare.queries import trail

E = TypeVar("E")
THEIRS = "theirs"


class Clash(Exception):
    """Somebody else saved meanwhile: `page()` answers the person who is late."""

    def __init__(self, editing: "Editing[Any]", closed: RuleBroken | None = None) -> None:
        super().__init__(editing.title)
        self.editing = editing
        self.closed = closed

    def page(self) -> ResponseReturnValue:
        """The comparison of both people's changes, 409; saving from it is an ordinary save."""
        return self.editing.comparison(self.closed)


@dataclass
class Editing(Generic[E]):
    """One person's editing of a record by a form that has the hidden field `seen`.

    `now` gives what the person would see now, `save` is the register's function, and `title` and `back` name the
    record's page. `entry` empties the form where `form.entry` does not do, `parts` gives further records
    that the entry fills, `told` tells a field's value in words.
    """

    record: Any
    form: CityForm
    now: Callable[[], Seen[E]]
    save: Callable[[E, Seen[E] | None], object]
    title: str
    back: str
    entry: Callable[[], E] | None = None
    parts: Callable[[], Sequence[Any]] = tuple
    told: Callable[[str, Any], str | None] = in_words
    seen: Seen[E] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Let a fresh form remember what it shows; on a sent one, take what the person left as others saved it."""
        shown = self.now()
        if not self.form.is_typed:
            self._remember(shown)
            return
        self.seen = self._read(type(shown.entry))
        for name in vars(self.seen.entry) if self.seen else ():
            if request.form.get(f"{KEEP}-{name}") == THEIRS and self.seen:
                self.form.take(name, getattr(self.seen.entry, name))

    def saved(self) -> None:
        """Save the form in a transaction of its own.

        Raises Clash when somebody else saved meanwhile, and RuleBroken as the register does.
        """
        try:
            with transaction():
                self.save(self._mine(), self.seen)
        except StaleEntry as stale:
            raise Clash(self) from stale
        except RuleBroken as broken:
            if broken.field is None and self.seen and self.seen.standing != self.now().standing:
                raise Clash(self, broken) from broken
            raise

    def comparison(self, closed: RuleBroken | None) -> ResponseReturnValue:
        """The page on which the person settles what both changed; `closed` says why nothing can be saved any more."""
        shown, mine = self.now(), self._mine()
        merged = merge(self.seen.entry if self.seen else None, mine, shown.entry)
        for name in merged.theirs:
            self.form.take(name, getattr(merged.entry, name))
        clashes = [self._clash(name, shown.entry, mine) for name in merged.clashes]
        asked = {clash.name for clash in clashes} | {control.name for clash in clashes for control in clash.controls}
        self._remember(shown)
        page = render_template(
            "prepare/conflict.html",
            title=self.title,
            closed=closed.text() if closed else None,
            saves=self._saves(),
            me=actor.current().user_id,
            standing=self._standing(shown),
            clashes=clashes,
            settled=self._settled(merged, mine, shown.entry),
            known=self.seen is not None,
            written=[self._written(name, mine) for name in (*merged.clashes, *merged.mine)],
            kept=[pair for one in self.form if one.name not in asked and one.type not in UNSENT for pair in sent(one)],
            form=self.form,
            back=self.back,
        )
        return page, 409

    def _mine(self) -> E:
        mine: E = self.entry() if self.entry else self.form.entry()
        return mine

    @property
    def _purpose(self) -> str:
        return f"seen {type(self.record).__tablename__} {self.record.ref} {type(self.form).__name__}"

    def _remember(self, shown: Seen[E]) -> None:
        content = {"entry": stored.as_json(shown.entry), "standing": shown.standing}
        self.form["seen"].data = signing.signed(content, purpose=self._purpose)

    def _read(self, kind: type[E]) -> Seen[E] | None:
        """What the form showed; None when it does not say so as this page would."""
        content = signing.opened(self.form["seen"].data, purpose=self._purpose)
        try:
            return Seen(stored.from_json(kind, content["entry"]), tuple(content["standing"]))
        except (KeyError, TypeError, ValueError):
            return None

    def _saves(self) -> Sequence[Any]:
        entry = db.session.scalars(trail.latest(actor.current().scope, [self.record, *self.parts()])).first()
        return [entry] if entry else []

    def _standing(self, shown: Seen[E]) -> Change | None:
        if self.seen is None or self.seen.standing == shown.standing:
            return None
        words = [", ".join(in_words("state", word) or "" for word in seen.standing) for seen in (self.seen, shown)]
        return Change(label_of("state"), words[0] or None, words[1] or None)

    def _written(self, name: str, mine: E) -> tuple[str, str | None]:
        return label_of(name), self.told(name, getattr(mine, name))

    def _clash(self, name: str, theirs: E, mine: E) -> "Field":
        base = self.told(name, getattr(self.seen.entry, name)) if self.seen else None
        my, their = self.told(name, getattr(mine, name)), self.told(name, getattr(theirs, name))
        told = base and any(control.type == "LongText" for control in self.form.controls(name))
        return Field(
            name=name,
            label=label_of(name),
            controls=self.form.controls(name),
            base=base,
            theirs=their,
            their_words=word_changes(base, their) if told and their else [],
            my_words=word_changes(base, my) if told and my else [],
        )

    def _settled(self, merged: Merge[E], mine: E, theirs: E) -> list["Settled"]:
        """What only one of both changed; without a base everything is a clash."""
        if self.seen is None:
            return []
        found = []
        for names, entry, is_mine in ((merged.theirs, theirs, False), (merged.mine, mine, True)):
            for name in names:
                before, after = (self.told(name, getattr(one, name)) for one in (self.seen.entry, entry))
                found.append(Settled(label_of(name), before, after, mine=is_mine))
        return found


#: Fields that the page draws by itself.
UNSENT = frozenset({"HiddenField", "CSRFTokenField", "Version"})


@dataclass(frozen=True)
class Field:
    """A field that both people changed: its controls with my text, and the other values in words."""

    name: str
    label: str
    controls: list[Any]
    base: str | None
    theirs: str | None
    their_words: list[tuple[str, str]]
    my_words: list[tuple[str, str]]


@dataclass(frozen=True)
class Settled(Change):
    """A field that only one of both changed."""

    mine: bool = False
