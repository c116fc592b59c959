"""Every change to phenomena, their figures and signals."""

from dataclasses import replace
from datetime import date

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register.codes import next_code
from prepare.texts import N_
from risks import phenomena
from risks.entries.phenomena import (
    COLUMNS,
    INDICATOR_COLUMNS,
    SIGNAL_COLUMNS,
    IndicatorEntry,
    PhenomenonEntry,
    SignalEntry,
    of_indicator,
    of_phenomenon,
    of_signal,
)
from risks.models.phenomena import Indicator, Phenomenon, Signal
from risks.queries import phenomena as queries
from risks.register import links


@act(Action.ADD_PHENOMENON)
def add(organisation: Organisation, entry: PhenomenonEntry, *, on: date) -> Phenomenon:
    """Begin to follow a phenomenon, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(phenomena.problems(entry, on=on))
    phenomenon = Phenomenon(code=next_code(Phenomenon.code, "PH-"), organisation=organisation)
    _fill(phenomenon, entry)
    return phenomenon


@act(Action.EDIT_PHENOMENON)
def edit(phenomenon: Phenomenon, entry: PhenomenonEntry, *, seen: Seen[PhenomenonEntry] | None, on: date) -> Phenomenon:
    """Change a phenomenon; measures and risks that the acting person may not read stay with it.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(phenomenon))
    refuse_if(phenomena.problems(entry, on=on))
    _fill(phenomenon, entry)
    return phenomenon


@act(Action.ADD_INDICATOR)
def measure(phenomenon: Phenomenon, entry: IndicatorEntry, *, on: date) -> Indicator:
    """Add a figure that shows the phenomenon. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(phenomena.indicator_problems(entry, on=on))
    columns = {name: getattr(entry, name) for name in INDICATOR_COLUMNS}
    code = next_code(Indicator.code, f"{phenomenon.code}/")
    indicator = Indicator(code=code, phenomenon=phenomenon, **columns)
    db.session.add(indicator)
    db.session.flush()
    return indicator


@act(Action.EDIT_INDICATOR)
def mend(indicator: Indicator, entry: IndicatorEntry, *, seen: Seen[IndicatorEntry] | None, on: date) -> Indicator:
    """Correct a figure, or leave one out that was entered wrongly. Raises as `edit` does."""
    refuse_stale(seen, indicator_now(indicator))
    refuse_if(phenomena.indicator_problems(entry, on=on))
    for name in INDICATOR_COLUMNS:
        setattr(indicator, name, getattr(entry, name))
    db.session.flush()
    return indicator


@act(Action.ADD_SIGNAL)
def note(organisation: Organisation, entry: SignalEntry, *, on: date) -> Signal:
    """Note a signal, under the next free code. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(phenomena.signal_problems(entry, on=on))
    signal = Signal(code=next_code(Signal.code, "SG-"), organisation=organisation)
    _fill_signal(signal, entry)
    return signal


@act(Action.EDIT_SIGNAL)
def edit_signal(signal: Signal, entry: SignalEntry, *, seen: Seen[SignalEntry] | None, on: date) -> Signal:
    """Change a signal, or link it to a phenomenon. Raises as `edit` does."""
    refuse_stale(seen, signal_now(signal))
    refuse_if(phenomena.signal_problems(entry, on=on))
    _fill_signal(signal, entry)
    return signal


def seen_now(phenomenon: Phenomenon) -> Seen[PhenomenonEntry]:
    """What a person sees who edits the phenomenon now: what the person may not read is left out."""
    scope = actor.current().scope
    measures = tuple(one.code for one in db.session.scalars(queries.measures_of(scope, phenomenon)))
    risks = tuple(one.code for one in db.session.scalars(queries.risks_of(scope, phenomenon)))
    return Seen(replace(of_phenomenon(phenomenon), measures=measures, risks=risks))


def indicator_now(indicator: Indicator) -> Seen[IndicatorEntry]:
    """What a person sees who mends the figure now."""
    return Seen(of_indicator(indicator))


def signal_now(signal: Signal) -> Seen[SignalEntry]:
    """What a person sees who edits the signal now: what the person may not read is left out."""
    entry, who = of_signal(signal), actor.current()
    if signal.phenomenon and not actor.readable(who, signal.phenomenon):
        entry = replace(entry, phenomenon=None)
    return Seen(entry)


def _fill(phenomenon: Phenomenon, entry: PhenomenonEntry) -> None:
    who = actor.current()
    measures = links.named_by(queries.measures(who.scope, entry.measures), entry.measures, "measures")
    risks = links.named_by(queries.risks(who.scope, entry.risks), entry.risks, "risks")
    for name in COLUMNS:
        setattr(phenomenon, name, getattr(entry, name))
    db.session.add(phenomenon)
    db.session.flush()
    links.relink(phenomenon, "measures", measures, hidden=lambda one: not actor.readable(who, one))
    links.relink(phenomenon, "risks", risks, hidden=lambda one: not actor.readable(who, one))


def _fill_signal(signal: Signal, entry: SignalEntry) -> None:
    source, phenomenon = _source(signal, entry.source), _phenomenon(signal, entry.phenomenon)
    for name in SIGNAL_COLUMNS:
        setattr(signal, name, getattr(entry, name))
    signal.source, signal.phenomenon = source, phenomenon
    db.session.add(signal)
    db.session.flush()


def _source(signal: Signal, code: str | None) -> Organisation | None:
    if code is None or (signal.source and signal.source.code == code):
        return signal.source if code else None
    rows = organisations.organisations(actor.current().scope, own=None).where(Organisation.code == code)
    found = db.session.scalars(rows).first()
    if found is None:
        raise RuleBroken(N_("There is no such organisation: %(codes)s."), field="source", codes=code)
    return found


def _phenomenon(signal: Signal, code: str | None) -> Phenomenon | None:
    held = signal.phenomenon
    if code is None:
        return held if held and not actor.readable(actor.current(), held) else None
    if held and held.code == code:
        return held
    found = db.session.scalars(queries.phenomena(actor.current().scope).where(Phenomenon.code == code)).first()
    if found is None:
        raise RuleBroken(N_("Choose a phenomenon that is followed."), field="phenomenon")
    return found
