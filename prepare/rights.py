"""What each role may see and do, asked of the rules themselves, so that what is told cannot differ from what holds."""

from dataclasses import dataclass
from typing import Any, ClassVar

from prepare.access import RULES, Action
from prepare.actor import LISTS_SUPPLIERS, READS, Actor, Grant, readable
from prepare.powers import nobody
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality, Labelled, Role

#: What a person in the role does here, in one sentence.
DUTIES = {
    Role.SECTOR_CONTACT: N_("Registers the sector's functions, risks, needs and plans and keeps them up to date."),
    Role.SECTOR_DIRECTOR: N_("Answers for the sector: approves its plans, accepts its risks, names its contact."),
    Role.CENTRAL: N_(
        "Steers the whole: confirms and returns what the sectors submit, keeps partners, traces disruptions."
    ),
    Role.LEADERSHIP: N_(
        "Reads the situation, and accepts what the city must live with; changes nothing else in the registers."
    ),
    Role.PARTNER: N_("Belongs to an outside organisation; sees only what has been shared with it."),
    Role.AUDITOR: N_("Looks at everything, also at the trail and at who has which role; changes nothing."),
    Role.ADMIN: N_("Keeps organisations, accounts and roles; reads nothing that is secret by law."),
}
#: The noun of an action → the heading under which it is told.
NOUNS = {
    "agreement": N_("Interfaces"),
    "body": N_("Bodies and meetings"),
    "claim": N_("Reserves"),
    "code": N_("Code lists"),
    "confirmation": N_("Needs and dependencies"),
    "decision": N_("Bodies and meetings"),
    "exercise": N_("Exercises"),
    "file": N_("Jobs and files"),
    "finding": N_("Findings"),
    "form": N_("Fill-in workbooks"),
    "function": N_("Functions"),
    "guidance": N_("Preparedness guidance"),
    "report": N_("Jobs and files"),
    "requirement": N_("Preparedness guidance"),
    "chapter": N_("Preparedness guidance"),
    "interface": N_("Interfaces"),
    "interfacepart": N_("Interfaces"),
    "invitation": N_("One's own account"),
    "job": N_("Jobs and files"),
    "kuja": N_("Readiness"),
    "leadership": N_("Leadership report"),
    "link": N_("Interfaces"),
    "list": N_("Registers as files"),
    "loss": N_("Single points of failure"),
    "measure": N_("Measures"),
    "measurement": N_("Exercises"),
    "meeting": N_("Bodies and meetings"),
    "national": N_("Local safety"),
    "need": N_("Needs and dependencies"),
    "indicator": N_("Local safety"),
    "inject": N_("Exercises"),
    "input": N_("Local safety"),
    "package": N_("Crisis packages"),
    "phenomenon": N_("Local safety"),
    "practice": N_("Local safety"),
    "signal": N_("Local safety"),
    "network": N_("Networks"),
    "objective": N_("Local safety"),
    "observation": N_("Situations"),
    "organisation": N_("Organisations"),
    "plan": N_("Plans"),
    "planpart": N_("Plans"),
    "priority": N_("Local safety"),
    "programme": N_("Local safety"),
    "reminder": N_("Reminders"),
    "readiness": N_("Readiness"),
    "register": N_("Registers as files"),
    "reserve": N_("Reserves"),
    "review": N_("Situation reviews"),
    "ask": N_("Situation reviews"),
    "risk": N_("Risks"),
    "safety": N_("Local safety"),
    "safetyplan": N_("Local safety"),
    "scenario": N_("Scenarios"),
    "schedule": N_("Jobs and files"),
    "session": N_("One's own account"),
    "share": N_("Interfaces"),
    "situation": N_("Situations"),
    "snapshot": N_("Readiness"),
    "start": N_("Start page"),
    "token": N_("Registers as files"),
    "trail": N_("Trail"),
    "transfer": N_("Transfers of responsibility"),
    "transferitem": N_("Transfers of responsibility"),
    "user": N_("People and roles"),
}
#: Roles that are held in the city group only.
IN_A_SECTOR = frozenset({Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR})
#: Actions that no rule of a role decides: they come before one is somebody, or the system does them.
BEFORE_ROLES = frozenset({Action.BEGIN_SESSION, Action.REFUSE_SESSION, Action.USE_LINK})


class Mark(Labelled):
    """How far a role may do something inside the scope in which it is held."""

    ALL = "all", N_("Yes")
    CITY = "city", N_("City group")
    PARTNERS = "partners", N_("Partners")
    SHARED = "shared", N_("What is shared")
    OWN = "own", N_("Own account")
    NO = "no", N_("No")


@dataclass(frozen=True)
class RoleTold:
    """A role in words: what it does, what it reads, and over what."""

    role: Role
    does: str
    reads: str
    scope: str


@dataclass(frozen=True)
class Group:
    """Actions under one heading, each with a mark per role."""

    title: str
    rows: tuple[tuple[Action, tuple[Mark, ...]], ...]


@dataclass(frozen=True)
class Subject:
    """A record that stands for all of its kind; whatever else a rule asks of it is the record itself."""

    owner_path: str
    owner_is_own: bool = True
    user_id: int = 0
    id: int = 0
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    shared_as: ClassVar = ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("reader_paths", "read_by", "open_below", "open_to_all", "roles"):
            raise AttributeError(name)
        return self


HELD, ONESELF = "/1/2/", 7
SECTOR, PARTNER = Subject(HELD), Subject(HELD, owner_is_own=False)


class SharedFunction(Subject):
    """A function that a partner has been shown."""

    shared_as: ClassVar = "functions"


class SharedInterface(Subject):
    """An interface that a partner has been shown."""

    shared_as: ClassVar = "interfaces"


#: The noun of an action → a record of that kind that has been shared.
SHARED = {
    "confirmation": SharedFunction(HELD, owner_is_own=False, id=ONESELF),
    "function": SharedFunction("/9/", id=ONESELF),
    "interface": SharedInterface("/9/", id=ONESELF),
}


def roles() -> list[RoleTold]:
    """Every role in words."""
    return [RoleTold(role, _(DUTIES[role]), _reads(role), _scope(role)) for role in Role]


def _reads(role: Role) -> str:
    if role not in READS:
        return _("Only the functions and interfaces that have been shared with the organisation.")
    if READS[role] is Confidentiality.CONFIDENTIAL:
        told = _("Everything in the scope of the role, also what is secret by law.")
    else:
        told = _("Everything in the scope of the role that is not secret by law.")
    names = (
        _("Names of the functions of other sectors, to link needs to them.")
        if role in IN_A_SECTOR & LISTS_SUPPLIERS
        else ""
    )
    return f"{told} {names}".strip()


def _scope(role: Role) -> str:
    if role in IN_A_SECTOR:
        return _("Held over a sector, an enterprise or a subsidiary; units below it are included.")
    if role is Role.PARTNER:
        return _("Held over the outside organisation in which the person works.")
    return _("Usually held over the whole city; then every organisation below it is included.")


def mark(role: Role, action: Action) -> Mark:
    """How far somebody with only this role, held over one organisation, may do the action there."""
    shared = frozenset({ONESELF}) if role is Role.PARTNER else frozenset[int]()
    who = Actor(user_id=ONESELF, grants=(Grant(role, HELD),), shared_functions=shared, shared_interfaces=shared)
    city = role is not Role.PARTNER and _may(who, action, SECTOR)
    partners = role not in IN_A_SECTOR and _may(who, action, PARTNER)
    if city is partners or role in IN_A_SECTOR or role is Role.PARTNER:
        marked = Mark.ALL if city or partners else None
    else:
        marked = Mark.CITY if city else Mark.PARTNERS
    if marked:
        return marked
    shown = SHARED.get(action.value.partition(":")[0])
    if shown and readable(who, shown) and _may(who, action, shown):
        return Mark.SHARED
    return Mark.OWN if _may(who, action, Subject("/", user_id=ONESELF)) else Mark.NO


def _may(who: Actor, action: Action, subject: Subject) -> bool:
    return any(rule(who, subject) for rule in RULES[action])


def table() -> list[Group]:
    """Every action × every role, under headings in the order of the actions."""
    groups: dict[str, list[tuple[Action, tuple[Mark, ...]]]] = {}
    for action in Action:
        if action not in BEFORE_ROLES and RULES[action] != (nobody,):
            title = _(NOUNS.get(action.value.partition(":")[0], N_("Other")))
            groups.setdefault(title, []).append((action, tuple(mark(role, action) for role in Role)))
    return [Group(title, tuple(rows)) for title, rows in groups.items()]
