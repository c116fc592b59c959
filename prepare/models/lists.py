"""Several words or codes of a list in one column: few, always read whole, and told in the trail as any other value."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Text, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from prepare.vocabulary import Labelled


class Several(TypeDecorator[tuple[str, ...]]):
    """Words of a vocabulary, or codes, each between commas: ",housing,youth,"; nothing chosen is the empty text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Labelled] | None = None) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Iterable[str] | None, _dialect: Dialect) -> str:
        """The chosen ones as they are stored."""
        chosen = [str(one) for one in value or ()]
        return f",{','.join(chosen)}," if chosen else ""

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        """The chosen ones in the order in which they were chosen."""
        return tuple((self.words or str)(one) for one in (value or "").split(",") if one)


def holding(column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    """Condition that a column of `Several` holds this word."""
    return type_coerce(column, Text).contains(f",{word},", autoescape=True)
