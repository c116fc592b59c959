"""Readings of what plans rest on: the covered functions with their suppliers, as they stand now."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from continuity.frozen import Figure, Figures, Named
from continuity.models.plans import PlanVersion
from dependencies.models.needs import Dependency, Need
from prepare import stored
from prepare.db import db, json_text
from prepare.models.functions import Function
from prepare.vocabulary import FunctionState


def of_functions(functions: Iterable[Function]) -> dict[int, Figure]:
    """Id → what the functions are now, each with all of its suppliers, whoever may read them."""
    every = {one.id: one for one in functions}
    suppliers: dict[int, dict[int, Named]] = {one: {} for one in every}
    alternative = selectinload(Need.alternatives).joinedload(Dependency.supplier, innerjoin=True)
    loaded = alternative.joinedload(Function.organisation, innerjoin=True), joinedload(Need.consumer, innerjoin=True)
    rows = select(Need).options(*loaded).where(Need.consumer_id.in_(every), Need.retired.is_(False))
    for need in db.session.scalars(rows).unique() if every else ():
        for dependency in need.in_force:
            suppliers[need.consumer_id][dependency.supplier_id] = named(dependency.supplier)
    return {one: _figure(function, suppliers[one].values()) for one, function in every.items()}


def of_plan(functions: Sequence[Function], known: dict[int, Figure] | None = None) -> Figures:
    """What a plan's functions in use are now; `known` holds figures that were read for many plans at once."""
    in_use = [one for one in functions if one.state is not FunctionState.RETIRED]
    found = of_functions(in_use) if known is None else known
    return Figures(functions=tuple(found[one.id] for one in sorted(in_use, key=lambda f: f.code)))


def frozen(version: PlanVersion) -> Figures | None:
    """What an approved version was approved on; None when that was not kept."""
    return stored.from_json(Figures, version.figures) if version.figures else None


def with_figures(rows: Select[PlanVersion]) -> Select[PlanVersion]:
    """The same versions, each read with what it was approved on."""
    return rows.options(undefer(PlanVersion.figures))


def freeze(version: PlanVersion, stood: Figures) -> None:
    """Keep with the version what it was approved on."""
    for name, value in columns(stood).items():
        setattr(version, name, value)


def columns(stood: Figures) -> dict[str, Any]:
    """The columns of a version in which figures are kept, with the fingerprint by which the trail tells them."""
    kept = stored.as_json(stood)
    return {"figures": kept, "figures_sha256": sha256(json_text(kept).encode()).hexdigest()}


def named(function: Function) -> Named:
    """A function by its name."""
    return Named(**_names(function))


def _figure(function: Function, suppliers: Iterable[Named]) -> Figure:
    values = {name: getattr(function, name) for name in ("criticality", "rto_h", "mtpd_h", "mbco_pct", "mbco_text")}
    return Figure(**_names(function), **values, suppliers=tuple(sorted(suppliers, key=lambda one: one.code)))


def _names(function: Function) -> dict[str, Any]:
    names = {name: getattr(function, name) for name in ("id", "code", "name_fi", "name_sv", "name_en")}
    return {**names, "path": function.owner_path, "confidentiality": function.confidentiality}
