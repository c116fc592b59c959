"""What the address of the trail asks for: a period, a person, an action, a kind of record, an organisation, a code."""

from collections.abc import Mapping
from datetime import date

from prepare.access import Action
from prepare.db import db
from prepare.forms.kinds import KINDS, kind_of
from prepare.models.users import User
from prepare.queries import trail as queries
from prepare.queries.organisations import accounts, by_code, subtree
from prepare.queries.trail import Wanted
from prepare.texts import _, search_key
from prepare.texts import day as shown_day
from prepare.views.functions import word

#: What the filter may hold, in the order of the page.
NAMES = ("from", "to", "person", "action", "kind", "organisation", "code", "q")
#: A longer text is no code and nobody's name.
LONGEST = 200


def asked(args: Mapping[str, str]) -> Wanted:
    """The filter that an address or a command gives; what it does not understand does not narrow, but a person or
    code that does not exist finds nothing."""
    given = {name: args.get(name, "").strip()[:LONGEST] for name in NAMES}
    action, person, q = word(Action, given["action"]), given["person"], given["q"]
    everybody = list(db.session.scalars(accounts())) if person or q else []
    persons = _meant(everybody, person) if person else ()
    found = db.session.scalars(by_code(given["organisation"])).first() if given["organisation"] else None
    return Wanted(
        since=day_given(given["from"]),
        until=day_given(given["to"]),
        persons=persons,
        name="" if persons else person,
        action=action.value if action else "",
        kind=given["kind"] if given["kind"] in KINDS else "",
        organisation=found.path if found else "",
        code=given["code"],
        q=q,
        q_persons=_called(everybody, q) if q else (),
        q_is_code=bool(q and db.session.scalar(queries.is_code(q))),
        has_lower=bool(found and len(db.session.scalars(subtree(found.path).limit(2)).all()) > 1),
    )


def _meant(everybody: list[User], person: str) -> tuple[int, ...]:
    """Those whose address or whole name this is."""
    key = search_key(person)
    return tuple(one.id for one in everybody if key in (search_key(one.email), search_key(one.name)))


def _called(everybody: list[User], q: str) -> tuple[int, ...]:
    """Those whose name or address holds the text."""
    key = search_key(q)
    return tuple(one.id for one in everybody if key in search_key(f"{one.name} {one.email}"))


def day_given(text: str) -> date | None:
    """A day as a browser's date field sends it."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None


def in_words(given: Mapping[str, str]) -> str:
    """The filter as a sentence for a file's cover; an empty one is the whole trail."""
    labels = {
        "q": _("Person or code"),
        "from": _("From the day"),
        "to": _("To the day"),
        "person": _("Who"),
        "action": _("What was done"),
        "kind": _("What kind of record"),
        "organisation": _("Organisation"),
        "code": _("The code begins"),
    }
    told = [f"{labels[name]}: {_shown(name, given[name])}" for name in labels if given.get(name)]
    return "; ".join(told) or _("The whole trail")


def _shown(name: str, value: str) -> str:
    action, day = word(Action, value) if name == "action" else None, day_given(value)
    if name == "kind":
        return kind_of(value)
    return action.label if action else shown_day(day) if day else value
