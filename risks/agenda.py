"""What a meeting's agenda is proposed to hold: standing points of its kind of body, then what the facts call for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prepare.texts import N_, _, ngettext, number
from risks.vocabulary.bodies import BodyKind

#: More things than these are counted and not named in a point of the agenda.
MOST_NAMED = 6
OPENING = N_("Opening, and the minutes of the last meeting")
CLOSING = N_("Other matters, and the next meeting")
#: Kind of body → its standing points (S002, S003: the steering group hears the situation and decides on priorities).
STANDING: Mapping[BodyKind, Sequence[str]] = {
    BodyKind.STEERING: (
        N_("Situation review: safety and preparedness now"),
        N_("Priorities of the coming year"),
        N_("Hearing of experts"),
    ),
    BodyKind.EXPERTS: (
        N_("Follow-up of the safety plan's measures"),
        N_("Phenomena and changing needs for cooperation"),
        N_("Proposals to the steering group"),
    ),
    BodyKind.POLICE_LEADERSHIP: (
        N_("Common picture of the situation: the city and the police"),
        N_("Where the resources of the city and the police are directed"),
    ),
    BodyKind.RAPID_RESPONSE: (
        N_("Picture of the situation: what is known and how surely"),
        N_("Measures to agree on, and who carries them out"),
        N_("To whom the matter is presented, and when"),
    ),
    BodyKind.CONTACTS: (N_("Round of the sectors"), N_("Preparedness guidance and the next exercises")),
    BodyKind.INTERFACE: (N_("State of the interfaces and agreements"), N_("Alerting and duty contacts")),
    BodyKind.AREA_NETWORK: (N_("Observations from the area"), N_("Work with residents")),
    BodyKind.MANAGEMENT: (N_("Preparedness of the city, and decisions needed"),),
    BodyKind.OTHER: (),
}
#: Kinds of bodies that do not follow all measures and risks of the city.
ONLY_OWN = frozenset({BodyKind.RAPID_RESPONSE, BodyKind.POLICE_LEADERSHIP, BodyKind.AREA_NETWORK, BodyKind.INTERFACE})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the registers say on the day when a meeting is called, each thing by its code and name."""

    decisions: Sequence[str] = ()  #: of this body, not carried out yet
    overdue: Sequence[str] = ()  #: measures past their day
    waiting: Sequence[str] = ()  #: measures that are on hold
    critical: Sequence[str] = ()  #: critical risks that grow
    phenomena: Sequence[str] = ()  #: that are rising


def proposed(kind: BodyKind, facts: Facts) -> list[str]:
    """The points of the agenda in their order, in the language in use; nothing is told of that does not exist."""
    found = [_(point) for point in STANDING[kind]]
    found += _told(N_("Decision not carried out yet"), N_("Decisions not carried out yet"), facts.decisions)
    if kind is not BodyKind.RAPID_RESPONSE:
        found += _told(N_("Rising phenomenon"), N_("Rising phenomena"), facts.phenomena)
    if kind not in ONLY_OWN:
        found += _told(N_("Overdue measure"), N_("Overdue measures"), facts.overdue)
        found += _told(N_("Measure on hold"), N_("Measures on hold"), facts.waiting)
        found += _told(N_("Critical risk that grows"), N_("Critical risks that grow"), facts.critical)
    return [_(OPENING), *found, _(CLOSING)]


def missing(agenda: Sequence[str], points: Sequence[str]) -> list[str]:
    """The proposed points that an agenda does not hold yet."""
    return [point for point in points if point not in agenda]


def _told(one: str, many: str, things: Sequence[str]) -> list[str]:
    if not things:
        return []
    if len(things) == 1:
        return [f"{_(one)}: {things[0]}"]
    more = len(things) - MOST_NAMED
    named = ", ".join(things[:MOST_NAMED])
    tail = f" {ngettext('and %(n)s more', 'and %(n)s more', more)}" if more > 0 else ""
    return [f"{_(many)} ({number(len(things))}): {named}{tail}"]
