"""What a stored number or code stands for: names of records that a change mentions, as far as the reader may know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Enum, select

from prepare.actor import Scope
from prepare.db import Base, Instant, db
from prepare.models.codes import CodeItem
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries.scopes import named_in
from prepare.texts import name_of, named
from prepare.vocabulary import CodeList, Labelled

#: Column → the list that its codes come from.
CODES = {
    "vital_function": CodeList.VITAL_FUNCTION,
    "threat": CodeList.THREAT,
    "area": CodeList.AREA,
    "areas": CodeList.AREA,
    "area_scope": CodeList.AREA,
}
#: Longer lists of names are cut; no page shows more.
MOST = 2_000


@dataclass(frozen=True)
class Facts:
    """What is known of a column: the table it refers to, its vocabulary, its code list, and what kind of time it is."""

    refers: str | None = None
    words: type[Labelled] | None = None
    codes: CodeList | None = None
    is_date: bool = False
    is_moment: bool = False
    is_yes_no: bool = False


@cache
def facts_of(table: str, column: str) -> Facts:
    """What is known of a column; nothing of one that is no column."""
    found = Base.metadata.tables.get(table)
    if found is None or column not in found.c:
        return Facts()
    made = found.c[column]
    enum: Any = made.type.enum_class if isinstance(made.type, Enum) else getattr(made.type, "words", None)
    return Facts(
        refers=next((key.column.table.name for key in made.foreign_keys), None),
        words=enum if enum and issubclass(enum, Labelled) else None,
        codes=CODES.get(column),
        is_date=isinstance(made.type, Date),
        is_moment=isinstance(made.type, DateTime | Instant),
        is_yes_no=isinstance(made.type, Boolean),
    )


@cache
def place_of(table: str, column: str) -> int:
    """The column's place in its table, so that changes are told in the order of the form; others come last."""
    found = Base.metadata.tables.get(table)
    return list(found.c.keys()).index(column) if found is not None and column in found.c else 1_000


@cache
def record_class(table: str) -> Any:
    """The class of the records that a table holds."""
    return next((m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table), None)


def by_id(scope: Scope, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """(table, id) → the record's name, for those whose names may be shown in the scope."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, number in wanted:
        by_table[table].add(number)
    found: dict[tuple[str, int], str] = {}
    for table, numbers in by_table.items():
        some = sorted(numbers)[:MOST]
        found |= {(table, number): name for number, name in _names(scope, table, some)}
    return found


def _names(scope: Scope, table: str, numbers: list[int]) -> Iterable[tuple[int, str]]:
    if table == Function.__tablename__:
        for function in _functions(scope, Function.id.in_(numbers)):
            yield function.id, f"{function.code} {name_of(function)}"
        return
    model = record_class(table)
    for record in db.session.scalars(select(model).where(model.id.in_(numbers))) if model else ():
        if _may_be_named(scope, record):
            yield record.id, _called(record)


def _may_be_named(scope: Scope, record: Any) -> bool:
    """Organisations and colleagues are known inside the house; other records as they may be read."""
    if isinstance(record, Organisation | User | CodeItem):
        return True
    paths = getattr(record, "reader_paths", None) or (getattr(record, "owner_path", ""),)
    return any(scope.covers(path, record.confidentiality) for path in paths)


def _called(record: Any) -> str:
    if isinstance(record, Organisation):
        return name_of(record)
    if isinstance(record, User):
        return record.name
    name = named(record, "title") or name_of(record)
    return f"{record.code} {name}".strip()


def by_code(scope: Scope, codes: Iterable[str]) -> dict[str, str]:
    """Function code → code and name, for those whose names may be shown in the scope."""
    some = sorted(set(codes))[:MOST]
    if not some:
        return {}
    return {one.code: f"{one.code} {name_of(one)}" for one in _functions(scope, Function.code.in_(some))}


def _functions(scope: Scope, condition: Any) -> Iterable[Function]:
    rows = select(Function).join(Organisation, Organisation.id == Function.organisation_id)
    return db.session.scalars(rows.where(condition, named_in(scope, Function.id, Function.confidentiality)))


def code_items(lists: Iterable[CodeList]) -> dict[tuple[CodeList, str], str]:
    """(list, code) → code and name, also of codes that are no longer valid; catalogues are open to all."""
    wanted = sorted(set(lists))
    if not wanted:
        return {}
    items = db.session.scalars(select(CodeItem).where(CodeItem.kind.in_(wanted)).order_by(CodeItem.id))
    return {(item.kind, item.code): f"{item.code} {name_of(item)}" for item in items}
