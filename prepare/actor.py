"""Who is acting, and what that person may read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from prepare.vocabulary import Confidentiality, Role


@dataclass(frozen=True)
class Grant:
    """A role held over an organisation and everything below it; `path` is that organisation's path.

    `home` is the path of the municipality in which it lies; "" = the topmost organisation above.
    """

    role: Role
    path: str
    home: str = ""


@dataclass(frozen=True)
class Root:
    """A subtree of organisations that may be read, up to a class of confidentiality."""

    path: str
    highest: Confidentiality


@dataclass(frozen=True)
class Scope:
    """What may be read: subtrees of organisations, and single records shared with a partner.

    `directory` are the subtrees in which names and codes may be seen although the records may not
    (a contact picks suppliers among the functions of other sectors), and `commons` the single organisations whose
    services every municipality of a country may pick. `known` are single functions whose names may be seen whatever
    their class, since one's own functions depend on them.
    """

    roots: tuple[Root, ...] = ()
    functions: frozenset[int] = frozenset()
    interfaces: frozenset[int] = frozenset()
    directory: tuple[str, ...] = ()
    known: frozenset[int] = frozenset()
    commons: frozenset[str] = frozenset()

    def covers(self, path: str, confidentiality: Confidentiality) -> bool:
        """Whether a record of the organisation at `path` and of this class may be read.

        What belongs to the whole installation ("/") is covered by any subtree.
        """
        if path == "/":
            return any(confidentiality.rank <= root.highest.rank for root in self.roots)
        return any(path.startswith(root.path) and confidentiality.rank <= root.highest.rank for root in self.roots)

    def is_below(self, path: str, confidentiality: Confidentiality) -> bool:
        """Whether something below the organisation at `path` may be read, up to this class."""
        return any(root.path.startswith(path) and confidentiality.rank <= root.highest.rank for root in self.roots)

    def names(self, function: int, path: str, confidentiality: Confidentiality) -> bool:
        """Whether a function's code and name may be shown: it is readable, known, or in the directory."""
        if function in self.known or function in self.functions or self.covers(path, confidentiality):
            return True
        listed = path in self.commons or any(path.startswith(prefix) for prefix in self.directory)
        return listed and confidentiality is not Confidentiality.CONFIDENTIAL

    def up_to(self, highest: Confidentiality) -> "Scope":
        """The same scope without what is more confidential than `highest`."""
        roots = tuple(Root(r.path, min(r.highest, highest, key=lambda c: c.rank)) for r in self.roots)
        return replace(self, roots=roots)

    def below(self, path: str) -> "Scope":
        """The part of this scope that lies in the organisation at `path`; nothing else is shared."""
        roots = (Root(max(r.path, path, key=len), r.highest) for r in self.roots if _overlap(r.path, path))
        return replace(self, roots=tuple(roots), functions=frozenset(), interfaces=frozenset())


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


EVERYTHING = Scope((Root("/", Confidentiality.CONFIDENTIAL),))

#: The highest class that a role reads in its own subtree.
READS = {
    Role.SECTOR_CONTACT: Confidentiality.CONFIDENTIAL,
    Role.SECTOR_DIRECTOR: Confidentiality.CONFIDENTIAL,
    Role.CENTRAL: Confidentiality.CONFIDENTIAL,
    Role.LEADERSHIP: Confidentiality.CONFIDENTIAL,
    Role.AUDITOR: Confidentiality.CONFIDENTIAL,
    Role.ADMIN: Confidentiality.INTERNAL,
}
#: Roles that see the names of functions elsewhere, so that needs can be linked to them and chains followed:
#: in the rest of their own municipality, and what the municipalities of a country share; of another one nothing.
LISTS_SUPPLIERS = frozenset({Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL})


@dataclass(frozen=True)
class Actor:
    """A signed-in person, nobody, or the system itself."""

    user_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    shared_functions: frozenset[int] = frozenset()
    shared_interfaces: frozenset[int] = frozenset()
    #: Functions of others whose names are known: those on which one's own depend, and those at the ends of what runs
    #: over an interface that is shared with a partner.
    known_functions: frozenset[int] = frozenset()
    #: Paths of organisations whose services every municipality of the country shares.
    commons: frozenset[str] = frozenset()
    is_system: bool = False
    #: The one-time link by which somebody without an account acts; it opens no page but its own.
    link: int | None = None
    #: What a program acts within that acts for the person: an organisation and everything below it, up to a class.
    limit: Root | None = None
    #: Facts about the sign-in for the trail: hash of the session and network address.
    session_hash: str | None = None
    address: str | None = None
    scope: Scope = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scope", EVERYTHING if self.is_system else self._scope())

    def _scope(self) -> Scope:
        roots = tuple(Root(g.path, READS[g.role]) for g in self.grants if g.role in READS)
        lists = [g.home or top(g.path) for g in self.grants if g.role in LISTS_SUPPLIERS]
        commons = self.commons if lists else frozenset[str]()
        listed = tuple(dict.fromkeys(lists))
        whole = Scope(roots, self.shared_functions, self.shared_interfaces, listed, self.known_functions, commons)
        return whole if self.limit is None else whole.below(self.limit.path).up_to(self.limit.highest)

    def limited(self, limit: Root) -> "Actor":
        """The same person as a program acts for it: within this limit."""
        return replace(self, limit=limit)

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person with an account."""
        return self.user_id is not None

    @property
    def home(self) -> str:
        """Path of the city in which all roles are held; "/" for whoever holds none, or some in several cities."""
        return home_of(grant.path for grant in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held somewhere."""
        return frozenset(grant.role for grant in self.grants)

    def holds(self, *roles: Role, over: str | None = None) -> bool:
        """Whether one of the roles is held, over the organisation at path `over` when it is given."""
        return any(g.role in roles and (over is None or over.startswith(g.path)) for g in self.grants)


def top(path: str) -> str:
    """The topmost organisation above `path`: "/1/4/" gives "/1/"."""
    return f"/{path.split('/')[1]}/"


def home_of(paths: Iterable[str]) -> str:
    """The one topmost organisation above all of these paths; "/" when there is none or more than one."""
    tops = {top(path) for path in paths}
    return tops.pop() if len(tops) == 1 else "/"


NOBODY = Actor()
SYSTEM = Actor(is_system=True, name="prepare")

_current: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


def current() -> Actor:
    """Who is acting now."""
    return _current.get()


def act_as(actor: Actor) -> None:
    """Let `actor` act from here on (the gate calls this once per request)."""
    _current.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Let `actor` act inside the block."""
    token = _current.set(actor)
    try:
        yield actor
    finally:
        _current.reset(token)


def readable(actor: Actor, record: Any) -> bool:
    """Whether the actor may read the record at all; a record that is not readable is as good as missing.

    A record that two organisations share names both in `reader_paths`; others belong to `owner_path`. A kind of
    record that only some roles read names them in `read_by`. One that binds everything below its organisation says
    in `open_below` up to which class it is read from there, and in `open_at` below which path, unless that is its
    organisation's. What is `open_to_all` is read by whoever reads registers anywhere in the installation.
    """
    if (read_by := getattr(type(record), "read_by", None)) and not (actor.is_system or actor.roles & read_by):
        return False
    if record.id in getattr(actor.scope, getattr(type(record), "shared_as", ""), frozenset()):
        return True
    if getattr(record, "open_to_all", False) and actor.scope.roots:
        return True
    open_below = getattr(type(record), "open_below", None)
    is_open = open_below is not None and record.confidentiality.rank <= open_below.rank
    if is_open and actor.scope.is_below(getattr(record, "open_at", record.owner_path), record.confidentiality):
        return True
    paths = getattr(record, "reader_paths", None) or (record.owner_path,)
    return any(actor.scope.covers(path, record.confidentiality) for path in paths)
