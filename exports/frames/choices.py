"""What the fields of the fill-in workbook are chosen from."""

from collections.abc import Iterable, Mapping

from exports.filling.rowing import Rows
from exports.filling.tables.every import COINED, spare_keys
from exports.filling.values import Lists, provisional_code
from exports.frames.held import Held
from prepare.actor import EVERYTHING, Scope, top
from prepare.criticality import BANDS
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import functions, organisations
from prepare.queries.scopes import below
from prepare.texts import name_of, named
from prepare.vocabulary import CodeList
from risks.models import scales
from risks.queries import scenarios


def lists_of(scope: Scope, organisation: Organisation, found: Held, kept: Mapping[str, Rows]) -> Lists:
    """What the workbook's fields are chosen from, in the language in use.

    `kept` are the rows by table whose suppliers and risks stay in the lists even when they are out of use.
    """
    every = functions.directory(scope)
    if scope == EVERYTHING:
        every = every.where(below(top(organisation.path)))
    named_ones = {one.code: name_of(one) for one in db.session.scalars(every)}
    risks = {one.code: named(one, "title") for one in found.records["risks"].values()}
    scale = scales.in_force()
    lists = {
        "own": found.function_codes,
        "every": _lost(kept, "needs", "suppliers", named_ones) | dict(sorted(named_ones.items())),
        "risk": _lost(kept, "measures", "risks", risks) | risks,
        "vital": _codes(CodeList.VITAL_FUNCTION),
        "threat": _codes(CodeList.THREAT),
        "area": _codes(CodeList.AREA),
        "scenario": {one.code: name_of(one) for one in db.session.scalars(scenarios.scenarios(scope))},
        "band": {band.code: band.label for band in BANDS},
        "likelihood": {str(step): scale.likelihoods[step - 1].label for step in scale.likelihood_steps},
        "impact": {str(step): scale.impacts[step - 1].label for step in scale.impact_steps},
    }
    for name, table in COINED.items():
        lists[name] = lists[name] | _coined(spare_keys(table))
    return Lists(lists)


def _coined(keys: Iterable[str]) -> dict[str, str]:
    """The provisional codes of spare rows, which have no names yet."""
    return {provisional_code(key): "" for key in keys}


def _lost(kept: Mapping[str, Rows], table: str, field: str, known: Mapping[str, str]) -> dict[str, str]:
    """Codes that rows hold and that cannot be chosen any more."""
    rows = kept.get(table, {}).values()
    return {code: code for values in rows for code in values.get(field) or () if code not in known}


def _codes(kind: CodeList) -> dict[str, str]:
    return {item.code: name_of(item) for item in db.session.scalars(organisations.codes(kind))}
