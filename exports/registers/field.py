"""What a register tells of a record: one declaration drives the text file, the JSON, the API and its description."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality


class Kind(StrEnum):
    """How the values of a field are written."""

    TEXT = "text"
    WORD = "word"  #: a stored word of a vocabulary
    REF = "ref"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    MOMENT = "moment"
    CODES = "codes"  #: the codes of several records


@dataclass(frozen=True)
class Sight:
    """What is read: the scope, up to which class, and as of which day."""

    scope: Scope
    highest: Confidentiality
    on: date

    def admits(self, confidentiality: Confidentiality) -> bool:
        """Whether something of this class may be told."""
        return confidentiality.rank <= self.highest.rank

    def names(self, function: Function) -> bool:
        """Whether a function's code and name may be told."""
        path, held = function.owner_path, function.confidentiality
        return self.admits(held) and self.scope.names(function.id, path, held)

    def code(self, function: Function | None) -> str | None:
        """The function's code, if it may be told."""
        return function.code if function is not None and self.names(function) else None

    def codes(self, functions: Iterable[Function]) -> list[str]:
        """The codes of those of the functions that may be told."""
        return [function.code for function in functions if self.names(function)]

    def codes_of(self, records: Iterable[Any]) -> list[str]:
        """The codes of those of the records that the scope reads."""
        return [one.code for one in records if self.reads(one)]

    def reads(self, record: Any) -> bool:
        """Whether the scope reads a record that its organisation keeps."""
        return self.scope.covers(record.owner_path, record.confidentiality)


Value = Callable[[Any, Sight], Any]


@dataclass(frozen=True)
class Field:
    """One field of a register.

    `name` is stable and carries the unit (`rto_h` is hours); `label` is an N_() message. `value` gives it from a
    record; without, it is the record's attribute of that name. `least` is the lowest class up to which one must read to
    be told it, and `always` says that it is never unknown.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    words: Iterable[Any] | None = None  #: the vocabulary of a WORD
    value: Value | None = None
    least: Confidentiality = Confidentiality.PUBLIC
    always: bool = False

    def of(self, record: Any, sight: Sight) -> Any:
        """The value as JSON holds it: stored words, ISO dates; None is unknown, or withheld from this reader."""
        if not sight.admits(self.least):
            return None
        found = self.value(record, sight) if self.value else getattr(record, self.name)
        return plain(found)

    def label_of(self, value: Any) -> str:
        """A stored word of the field as people read it, in the language in use."""
        return dict(self.options)[value] if self.words is not None else str(value)

    @property
    def options(self) -> list[tuple[str, str]]:
        """The words of its vocabulary as they are stored, each with its label in the language in use."""
        return [(plain(word), word.label) for word in self.words or ()]


def plain(value: Any) -> Any:
    """A value of a record as JSON holds it."""
    if isinstance(value, Enum):
        return value.value if isinstance(value, str) else value.name.lower()
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


INTERNAL, CONFIDENTIAL = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL
REF = Field("ref", N_("Reference"), Kind.REF, always=True)
CODE = Field("code", N_("Code"), always=True)
SECRECY = (
    Field("confidentiality", N_("Confidentiality"), Kind.WORD, Confidentiality, always=True),
    Field("secrecy_basis", N_("Ground for secrecy")),
)
OWNER = (
    Field("organisation", N_("Organisation"), value=lambda one, _sight: one.organisation.code, always=True),
    Field("organisation_ref", N_("Reference of the organisation"), Kind.REF, value=lambda one, _: one.organisation.ref),
)


def names(label: str, stem: str = "name", *, always: bool = True) -> tuple[Field, Field, Field]:
    """The three languages of a name, of which the Finnish one is `always` there, or of another text."""
    told = ((N_("in Finnish"), "fi"), (N_("in Swedish"), "sv"), (N_("in English"), "en"))
    first, second, third = (
        InLanguage(f"{stem}_{code}", label, always=always and code == "fi", said=said) for said, code in told
    )
    return first, second, third


@dataclass(frozen=True)
class InLanguage(Field):
    """A field of which there is one for each language."""

    said: str = ""


def heading(field: Field) -> str:
    """What a field is called in the language in use."""
    return f"{_(field.label)} {_(field.said)}" if isinstance(field, InLanguage) else _(field.label)
