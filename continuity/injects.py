"""The injects of an exercise from the cascade: at hour h, what fails, who notices, and what is to be decided.

Those who rehearse are told nothing that the registers do not hold: what is not known is put before them as a question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from continuity.entries.exercises import InjectEntry
from prepare.texts import _, hours, ngettext
from prepare.vocabulary import Criticality

MOST = 60  #: injects that are made; what is left is told in one of them
#: What a function without a class comes after.
LAST = len(Criticality)


@dataclass(frozen=True, kw_only=True)
class Failing:
    """A function that goes down, as the registers tell it in the language in use; minutes from the start."""

    code: str
    name: str
    organisation: str
    at_min: int
    is_own: bool = True  #: the city's own; else a partner's service
    tier: int = 2  #: 0 = what the exercise tests, 1 = of those who take part, 2 = others
    criticality: Criticality | None = None
    need: str | None = None  #: the need that ran out; None = the scenario strikes the function itself
    supplier: str | None = None  #: who failed to satisfy it; None = outside the reader's view
    tolerance_min: int = 0  #: how long it managed without
    workaround: str | None = None
    mtpd_min: int | None = None
    owner_role: str | None = None
    customers: str | None = None
    plan: str | None = None  #: the plan in force that covers it

    @property
    def title(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}"

    @property
    def rank(self) -> int:
        """0 for K1; a function without a class comes last."""
        return list(Criticality).index(self.criticality) if self.criticality else LAST


@dataclass(frozen=True, kw_only=True)
class Course:
    """The scenario that is rehearsed: what it is called, what it is about, and the minute at which its cause ends."""

    scenario: str
    description: str | None = None
    ends_min: int | None = None


def made(course: Course, failing: Iterable[Failing], *, most: int = MOST) -> list[InjectEntry]:
    """The injects of a course, in the order of their hours, K1 first within an hour; at most `most`.

    What the exercise tests comes first when not all find room, then those who take part, then the most critical and
    the earliest; the others are told in one inject at the hour at which the first of them fails.
    """
    everyone = sorted(failing, key=lambda one: (one.tier, one.rank, one.at_min, one.code))
    room = most - (1 if course.ends_min is None else 2)
    if len(everyone) > room:
        room -= 1
    chosen, others = everyone[:room], everyone[room:]
    rows = [(one.at_min, 1, one.rank, one.code, _inject(one)) for one in chosen]
    if others:
        first = min(one.at_min for one in others)
        rows.append((first, 2, LAST, "", _others(others, first)))
    rows.append((0, 0, 0, "", _opening(course, everyone)))
    if course.ends_min is not None:
        rows.append((course.ends_min, 3, LAST, "", _ending(course)))
    return [row[-1] for row in sorted(rows, key=lambda row: row[:-1])]


def _opening(course: Course, everyone: Sequence[Failing]) -> InjectEntry:
    struck = sorted(one.title for one in everyone if one.need is None and one.at_min == 0)
    about = (course.description or "").strip()
    told = [
        _("%(scenario)s begins.", scenario=course.scenario),
        about if about.endswith(".") or not about else f"{about}.",
    ]
    if struck:
        told.append(_("Out from the start: %(functions)s.", functions=", ".join(struck)))
    return InjectEntry(
        at_h=0,
        happens=" ".join(filter(None, told)),
        noticed_by=_("Whoever is on duty"),
        decision=_("Who is called together, who leads, and who is told first?"),
        channel=_("Call to the person on duty"),
    )


def _ending(course: Course) -> InjectEntry:
    return InjectEntry(
        at_h=_hour(course.ends_min or 0),
        happens=_("The cause is repaired. What depends on it does not come back by itself at once."),
        noticed_by=_("Whoever leads the situation"),
        decision=_("In which order is it restored, and who says that a function is back?"),
        channel=_("Situation report"),
    )


def _others(others: Sequence[Failing], first_min: int) -> InjectEntry:
    counts = [(criticality, sum(1 for one in others if one.criticality is criticality)) for criticality in Criticality]
    told = [f"{criticality.value}: {count}" for criticality, count in counts if count]
    if unclassed := sum(1 for one in others if one.criticality is None):
        told.append(_("without a class: %(count)s", count=unclassed))
    happens = ngettext(
        "In the background %(n)s further function fails from this hour on (%(classes)s).",
        "In the background %(n)s further functions fail from this hour on (%(classes)s).",
        len(others),
        classes=", ".join(told),
    )
    decision = _("Is the picture of the situation complete enough to see them?")
    return InjectEntry(at_h=_hour(first_min), happens=happens, decision=decision, channel=_("Situation report"))


def _inject(one: Failing) -> InjectEntry:
    return InjectEntry(
        at_h=_hour(one.at_min),
        happens=_happens(one),
        function=one.code,
        noticed_by=_noticed_by(one),
        decision=_decision(one),
        channel=_channel(one),
    )


def _happens(one: Failing) -> str:
    if one.need is None:
        return _("%(function)s is out: the disruption strikes it directly.", function=one.title)
    told = {"function": one.title, "need": one.need, "supplier": one.supplier or _("a function outside your view")}
    if one.tolerance_min:
        told["time"] = hours(_hour(one.tolerance_min))
        return _(
            "%(function)s stops: %(need)s is missing (%(supplier)s), and the %(time)s it manages are over.", **told
        )
    return _("%(function)s stops at once: %(need)s is missing (%(supplier)s).", **told)


def _noticed_by(one: Failing) -> str:
    if not one.is_own:
        return _("The contact at %(organisation)s, and whoever uses the service", organisation=one.organisation)
    if one.owner_role is None:
        told = _("Nobody is named as the owner at %(organisation)s: who notices?", organisation=one.organisation)
    else:
        told = f"{one.owner_role}, {one.organisation}"
    return f"{told}; {one.customers}" if one.customers else told


def _decision(one: Failing) -> str:
    told = []
    if one.workaround and one.need:
        told.append(_("The agreed workaround is over: %(workaround)s. What comes after it?", workaround=one.workaround))
    elif one.need:
        told.append(_("No workaround has been written for %(need)s: what is done instead?", need=one.need))
    if one.plan:
        told.append(_("What does the first-hour card of %(plan)s say, and who does it?", plan=one.plan))
    elif one.is_own:
        told.append(_("No plan in force covers it: who decides?"))
    if one.mtpd_min is not None:
        until = hours(_hour(one.at_min + one.mtpd_min))
        told.append(_("Decide by hour %(until)s: after that the outage is intolerable (MTPD).", until=until))
    elif one.is_own:
        told.append(_("How long it may be out has not been said (no MTPD): who judges it?"))
    return " ".join(told) or _("What do we do without it, and whom do we tell?")


def _channel(one: Failing) -> str:
    if not one.is_own:
        return _("Call from the partner")
    if one.criticality is Criticality.K1:
        return _("Call to the command centre")
    return _("Message from the sector")


def _hour(minutes: int) -> float:
    return round(minutes / 60, 2)
