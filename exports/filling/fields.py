"""What a field of the fill-in workbook is: its heading, its kind of value, and what may stand in it."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from prepare.texts import N_, _
from prepare.vocabulary import Labelled

#: Marks the heading of a field that a row cannot do without; the space before it never breaks.
MARK = "\N{NO-BREAK SPACE}*"


class Kind(Enum):
    """Kinds of values."""

    CODE = auto()  #: locked: the record's code, or the provisional one of a spare row
    FIXED = auto()  #: locked text
    SHOWN = auto()  #: locked day
    TEXT = auto()
    LONG = auto()
    WORD = auto()  #: one word of a vocabulary
    YES_NO = auto()
    HOURS = auto()
    PERCENT = auto()
    WHOLE = auto()
    QUANTITY = auto()
    DATE = auto()
    STEP = auto()  #: the number of a step, chosen from one of the workbook's lists
    ITEM = auto()  #: the code of an item of one of the workbook's lists
    ITEMS = auto()  #: several such codes, each in a column of its own
    SCORE = auto()  #: locked: calculated


LOCKED = frozenset({Kind.CODE, Kind.FIXED, Kind.SHOWN, Kind.SCORE})
NUMBERS = frozenset({Kind.HOURS, Kind.PERCENT, Kind.WHOLE, Kind.QUANTITY})
#: Keys of the fields by which a person takes a row's record out of use, and says why.
REMOVE, REASON = "remove", "remove_reason"


@dataclass(frozen=True)
class Field:
    """One field: `key` is that of the entry, `heading` and `help` are messages that the pages' forms use too.

    A `required` field must be given before a row is taken in; a `wanted` one is told as missing and may wait.
    """

    key: str
    heading: str
    kind: Kind
    width: float = 18
    help: str = ""
    unit: str = ""
    required: bool = False
    wanted: bool = False
    words: type[Labelled] | None = None
    items: str = ""  #: name of the list from which it is chosen
    columns: int = 1
    longest: int = 200
    least: float = 0
    most: float = 100_000

    @property
    def is_input(self) -> bool:
        """Whether a person fills it in."""
        return self.kind not in LOCKED

    def title(self, place: int = 0) -> str:
        """The heading in the language in use; of several columns the one at `place`, from 0."""
        text = _(self.heading) + (f" ({self.unit})" if self.unit else "")
        text += f" {place + 1}" if self.columns > 1 else ""
        return text + (MARK if self.required and place == 0 else "")


@dataclass(frozen=True)
class Table:
    """One sheet of rows: `key` names it, `letter` begins the provisional codes of its spare rows.

    Each row of one that `asks` wants an answer, also a row in which nothing stands yet.
    """

    key: str
    title: str
    description: str
    fields: tuple[Field, ...]
    letter: str = ""
    spare: int = 0
    is_coded: bool = False
    asks: bool = False

    def field(self, key: str) -> Field:
        """The field with this key."""
        return next(field for field in self.fields if field.key == key)

    @cached_property
    def removable(self) -> bool:
        """Whether its rows can be taken out of use in the workbook."""
        return any(field.key == REMOVE for field in self.fields)

    @cached_property
    def reasoned(self) -> bool:
        """Whether it must be said why a row is taken out of use."""
        return any(field.key == REASON for field in self.fields)

    @cached_property
    def told(self) -> list[Field]:
        """The fields that a person fills in of the record itself, so not whether it is taken out of use."""
        return [field for field in self.inputs if field.key not in (REMOVE, REASON)]

    @cached_property
    def inputs(self) -> list[Field]:
        """The fields that a person fills in."""
        return [field for field in self.fields if field.is_input]


def removal(what: str) -> Field:
    """The field that takes a row's record out of use; `what` says what that means, a message."""
    return Field(REMOVE, N_("To be removed"), Kind.YES_NO, 13, what)


def reason(what: str) -> Field:
    """The field that says why a row's record is taken out of use."""
    return Field(REASON, N_("Reason for removing"), Kind.LONG, 28, what, longest=2000)
