"""What readiness adds to the start page: the scores at hand, or those of the newest snapshot."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import url_for

from continuity.queries import readiness as queries
from continuity.readiness import scored
from continuity.scoring import snapshots
from continuity.scoring.scores import points
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import StartPage
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of
from prepare.vocabulary import Dimension


def strip(_page: StartPage) -> dict[str, Any] | None:
    """The scores of the only city, or of the only sector, that this person follows."""
    who = actor.current()
    if not may(who, Action.VIEW_READINESS):
        return None
    cities = db.session.scalars(queries.cities(who.scope).limit(2)).all()
    if len(cities) != 1:
        return None
    (city,) = cities
    if may(who, Action.VIEW_READINESS, city):
        return _shown(city, None, url_for("continuity.readiness"))
    rows = organisations.with_functions(who.scope).where(Organisation.parent_id == city.id)
    own = db.session.scalars(rows.limit(2)).all()
    if len(own) != 1:
        return None
    return _shown(city, own[0], url_for("continuity.readiness_sector", ref=own[0].ref))


def _shown(city: Organisation, sector: Organisation | None, url: str) -> dict[str, Any] | None:
    code, score = sector.code if sector else snapshots.CITY, scored.at_hand(city, on=today())
    snapshot = None if score else db.session.scalars(queries.snapshots(city).limit(1)).first()
    if snapshot and snapshots.of(snapshot.figures, code):
        return _told(snapshot.figures, code, snapshot.as_of, url, name_of(sector or city))
    figures = snapshots.figures(score) if score else {}
    return _told(figures, code, None, url, name_of(sector or city)) if snapshots.of(figures, code) else None


def _told(figures: snapshots.Figures, code: str, day: date | None, url: str, title: str) -> dict[str, Any]:
    sides = [_side(figures, code, dimension) for dimension in Dimension]
    return {"title": title, "sides": sides, "whole": _side(figures, code, None), "url": url, "day": day}


def _side(figures: snapshots.Figures, code: str, dimension: Dimension | None) -> SimpleNamespace:
    label = dimension.label if dimension else _("Readiness score")
    value = snapshots.score(figures, code, dimension)
    return SimpleNamespace(label=label, value=points(value), tone=snapshots.tone(figures, code, dimension))
