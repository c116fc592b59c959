"""The town with a twin beside it, a token in every text, and its people: what a crawl for secrets walks through."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask

from dependencies.models.interfaces import Interface
from prepare.db import Base, db
from prepare.gate.opening import gate_of
from prepare.models.users import Share
from prepare.vocabulary import Shared
from risks.models.inputs import ResidentInput
from tests import canary, conftest, secrecy, town
from tests.canary import Secret
from tests.conftest import Visitor
from tests.twins import Twin
from tests.ways import WAYS


@dataclass
class SecretTown:
    """The planted town: its secrets by token, a browser for each person, and every record's ref."""

    app: Flask
    file: str
    secrets: dict[str, Secret]
    browsers: dict[str, Visitor]
    refs: dict[str, dict[str, Secret]]  #: kind → ref → to whom the record belongs

    def number(self, kind: str, code: str) -> int:
        """The number of the record that had this code before the tokens were planted."""
        return next(place.number for place in self.refs[kind].values() if place.code == code)

    def addresses(self, person: str, method: str = "GET", *, alike: int = 1, whole: bool = False) -> Iterator[str]:
        """Every page that there is, of each record that the person reads, and of `alike` of each sort that is not.

        Records are of one sort when they belong to the same city; on a `whole` walk to the same organisation, and when
        they are equally confidential too. For what changes something only those that the person does not read.
        """
        for rule in self.app.url_map.iter_rules():
            if method in (rule.methods or ()) and rule.endpoint != "static":
                address = rule.rule.replace("<int:place>", "1")
                if "<uuid:ref>" in address:
                    refs = self._refs(person, rule.endpoint, alike=alike, whole=whole, own=method == "GET")
                    yield from (address.replace("<uuid:ref>", ref) for ref in refs)
                elif method == "GET":
                    yield address

    def _refs(self, person: str, endpoint: str, *, alike: int, whole: bool, own: bool) -> Iterator[str]:
        kind = gate_of(self.app, endpoint).model or (WAYS[endpoint].kind if endpoint in WAYS else None)
        tried: dict[Any, int] = defaultdict(int)
        for ref, secret in self.refs.get(kind.__name__ if kind else "", {}).items():
            if secrecy.may_open(person, secret):
                if own:
                    yield ref
                continue
            sort = (secret.owners, secret.confidentiality) if whole else secret.owners[:1]
            tried[sort] += 1
            if tried[sort] <= alike:
                yield ref


def build(app: Flask, town_file: str) -> SecretTown:
    """Build the twin, let everybody sign in, plant the tokens, and keep the whole as a template."""
    conftest.lay(app, town_file)
    with app.app_context():
        police, theirs = town.organisation_of("P-POL"), town.record(Interface, "I-02")
        town.change(town.record(ResidentInput, "RI-01"), value=3.0, used_in="PH-01")
        Twin("m").make("CITY")
        town.keep(Share(organisation_id=police.id, what=Shared.INTERFACE, record_id=theirs.id))
    browsers = {name: conftest.signed_in(app, name) for name in secrecy.PEOPLE}
    with app.app_context():
        refs = _refs()
        secrets = canary.plant()
    file = conftest.keep(app, "secrets")
    conftest.lay(app, file)
    return SecretTown(app, file, secrets, browsers, refs)


def _refs() -> dict[str, dict[str, Secret]]:
    """Kind → ref → to whom each record belongs, told as a secret without a token."""
    found: dict[str, dict[str, Secret]] = {}
    for mapper in Base.registry.mappers:
        kind: Any = mapper.class_
        if "ref" in kind.__table__.c and kind.__name__ not in canary.OWN_BOOKS:
            rows = db.session.scalars(sa.select(kind).order_by(kind.id)).unique()
            found[kind.__name__] = {str(record.ref): canary.secret_of(record) for record in rows}
    return found
