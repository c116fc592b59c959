"""A token in every text of every record, found by reflection, so that whatever is added later carries one too."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ColumnProperty

from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.db import Base, db, transaction
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality
from tests.town import doing

LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: What no sentence contains; it is the same folded, escaped, in a workbook and on paper.
PATTERN = r"zq[a-z]{8}"

#: Columns whose text is a word or a number of the house, not of a person: nothing else can stand there.
NOT_FREE = frozenset(
    {
        *("area", "area_scope", "edition", "injects_scenario", "language", "needed_from_band", "path", "rule"),
        *("search_text", "sort_name", "source_code", "subject_code", "subject_ref", "threat", "used_in"),
        *("vital_function", "starts", "taken_mark", "engine", "program", "method"),
    }
)
#: Kinds that the house writes about itself.
OWN_BOOKS = frozenset(
    {"AuditEntry", "AuditHead", "AuditPayload", "Revision", "SignIn", "SignInFailure", "FormPost", "ApiTokenUse"}
)


#: Kinds that nobody changes once they are kept: their texts are planted past the record.
FROZEN = frozenset({"ReadinessSnapshot", "ScenarioRun"})


@dataclass(frozen=True)
class Secret:
    """A token and where it was planted.

    `code` is what the record was called before; `owners` are the codes of the organisations that it belongs to, the
    topmost first, and `confidentiality` its class, or that of the record of which it is a part.
    """

    token: str
    kind: str
    number: int
    column: str
    code: str
    owners: tuple[str, ...]
    confidentiality: Confidentiality

    def __str__(self) -> str:
        return f"{self.kind}.{self.column} of {self.code or self.number}"


def token(*parts: object) -> str:
    """The token of a place: always the same one."""
    number = int.from_bytes(hashlib.sha256(" ".join(map(str, parts)).encode()).digest()[:8])
    told = ""
    for _ in range(8):
        number, rest = divmod(number, 26)
        told += LETTERS[rest]
    return f"zq{told}"


def free_columns(kind: type[Any]) -> list[tuple[str, int | None]]:
    """The columns of a kind of record that hold a person's words, with the most letters they take."""
    found = []
    for made in sa.inspect(kind).attrs:
        if isinstance(made, ColumnProperty):
            column: Any = made.columns[0]
            free = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
            if free and not column.foreign_keys and made.key not in NOT_FREE:
                found.append((made.key, column.type.length))
    return found


def kinds() -> list[type[Any]]:
    """Every kind of record in which a person's words can stand."""
    every = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda kind: kind.__name__)
    return [kind for kind in every if kind.__name__ not in OWN_BOOKS and free_columns(kind)]


#: Column by which a record belongs to somebody, and by which it is confidential, where that is not the organisation
#: that keeps it or the first record that it names.
OWNED_BY = {
    "BodyMember": "body_id",
    "Decision": "meeting_id",
    "NetworkMember": "network_id",
    "NetworkRequest": "network_id",
    "PracticeAdoption": "practice_id",
}
CLASSED_BY = {"RequirementAnswer": "requirement_id"}


def belonging(record: Any) -> tuple[tuple[str, ...], Confidentiality]:
    """To which organisations a record belongs, the topmost first, and how confidential it is: by its columns alone."""
    if isinstance(record, Organisation):
        above = belonging(record.parent)[0] if record.parent else ()
        return (*above, record.code), Confidentiality.INTERNAL
    if isinstance(record, User):
        cities = {belonging(grant.organisation)[0][:1] for grant in record.grants}
        return cities.pop() if len(cities) == 1 else (), Confidentiality.INTERNAL
    kind = type(record)
    named = [c.name for c in kind.__table__.c if c.foreign_keys and getattr(record, c.name) is not None]
    by = OWNED_BY.get(kind.__name__) or ("organisation_id" if "organisation_id" in named else next(iter(named), None))
    if by is None:
        return (), Confidentiality.INTERNAL
    owners, inherited = belonging(_named(record, by))
    if kind.__name__ in CLASSED_BY:
        inherited = belonging(_named(record, CLASSED_BY[kind.__name__]))[1]
    own = record.confidentiality if "confidentiality" in kind.__table__.c else None
    return owners, own or inherited


def _named(record: Any, column: str) -> Any:
    """The record that a foreign key leads to."""
    key = next(iter(type(record).__table__.c[column].foreign_keys))
    kind: Any = next(m.class_ for m in Base.registry.mappers if m.local_table is key.column.table)
    return db.session.get_one(kind, getattr(record, column))


def plant() -> dict[str, Secret]:
    """Plant a token in every text; gives token → where it stands."""
    with acting_as(SYSTEM), doing(Action.SOW), transaction():
        made = [(record, secret) for kind in kinds() for record in every(kind) for secret in _secrets(record)]
        for record, secret in made:
            _write(record, secret)
        db.session.flush()
    found = {secret.token: secret for _record, secret in made}
    assert len(found) == len(made), "two places have the same token"
    return found


def every(kind: type[Any]) -> Sequence[Any]:
    """Every record of a kind."""
    return db.session.scalars(sa.select(kind).order_by(sa.inspect(kind).primary_key[0])).unique().all()


def secret_of(record: Any, column: str = "") -> Secret:
    """What a column of a record hides, or to whom the record belongs when no column is named."""
    kind = type(record).__name__
    owners, confidentiality = belonging(record)
    made = token(kind, record.id, column) if column else ""
    return Secret(made, kind, record.id, column, str(getattr(record, "code", "")), owners, confidentiality)


def _secrets(record: Any) -> Iterator[Secret]:
    for column, _most in free_columns(type(record)):
        yield secret_of(record, column)


def _write(record: Any, secret: Secret) -> None:
    kind, column = type(record), secret.column
    told = _with(getattr(record, column), secret.token, column, dict(free_columns(kind))[column])
    if kind.__name__ in FROZEN:
        db.session.execute(sa.update(kind).where(kind.id == record.id).values({column: told}))
    else:
        setattr(record, column, told)


def _with(text: str | None, made: str, column: str, most: int | None) -> str:
    if column == "code":
        return f"{text}{made}"
    if column == "email":
        name, _, host = str(text).partition("@")
        return f"{name}.{made}@{host}"
    if column.endswith(("_hash", "sha256")):
        return made
    kept = (text or "")[: most - len(made) - 1 if most else None]
    return f"{kept} {made}".strip()
