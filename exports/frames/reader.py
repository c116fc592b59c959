"""For whom a workbook is made: one organisation, what its reader may see, the variant and the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from exports import widths
from exports.columns import Column
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Confidentiality, OrganisationKind

#: What stands for a function whose name the reader may not see.
OUTSIDE = N_("a function outside your view")


@dataclass(frozen=True)
class Reader:
    """The organisation of which a workbook tells, the reader's whole scope, the variant and the as-of date.

    It may be a whole city: then rows of all its organisations stand together, and each names its own. Rows above
    the variant's class are filtered before anything is written, and counted. `job` names the job that makes the
    workbook, if any: what it has stored itself is no earlier report.
    """

    organisation: Organisation
    scope: Scope
    variant: Confidentiality
    on: date
    job: str = ""

    @property
    def path(self) -> str:
        """Path of the organisation."""
        return self.organisation.path

    @property
    def tells_dependencies(self) -> bool:
        """Whether dependencies and cascades are told: together they are secret even where the rows are not."""
        return self.variant is Confidentiality.CONFIDENTIAL

    @property
    def tells_several(self) -> bool:
        """Whether rows of several organisations stand together, so that each names its own."""
        return self.organisation.kind is OrganisationKind.CITY

    def keeper(self, organisation: Organisation) -> str | None:
        """Whose record it is; None where it is that of the organisation of which the whole workbook tells."""
        is_own = organisation.id == self.organisation.id
        return None if is_own and not self.tells_several else name_of(organisation)

    def admits(self, confidentiality: Confidentiality) -> bool:
        """Whether the variant may hold a record of this class."""
        return confidentiality.rank <= self.variant.rank

    def names(self, function: Function) -> bool:
        """Whether the function's code and name may stand in the workbook."""
        return self.admits(function.confidentiality) and self.scope.names(
            function.id, function.owner_path, function.confidentiality
        )

    def code(self, function: Function) -> str | None:
        """The function's code, if it may be told."""
        return function.code if self.names(function) else None

    def name(self, function: Function) -> str:
        """The function's name, or that it lies outside the reader's view."""
        return name_of(function) if self.names(function) else _(OUTSIDE)

    def codes(self, functions: Iterable[Function], width: float) -> str:
        """The codes of the functions that may be told, and how many more, for a column of `width` characters."""
        functions = list(functions)
        told = [function.code for function in functions if self.names(function)]
        more = len(functions) - len(told)
        return widths.joined([*told, *([f"+ {more}"] if more else [])], ", ", width)

    def codes_of(self, records: Iterable[Any], width: float) -> str:
        """The codes of records that may be told, and how many more, for a column of `width` characters."""
        records = list(records)
        told = [r.code for r in records if self.admits(r.confidentiality) and self._covers(r)]
        more = len(records) - len(told)
        return widths.joined([*told, *([f"+ {more}"] if more else [])], ", ", width)

    def _covers(self, record: Any) -> bool:
        readers = getattr(record, "reader_paths", (record.owner_path,))
        return any(self.scope.covers(path, record.confidentiality) for path in readers)

    def shown(self, columns: Iterable[Column], frame: pd.DataFrame) -> list[Column]:
        """The columns that the variant may hold, without optional ones that would be empty."""
        admitted = [column for column in columns if self.admits(column.least)]
        return [column for column in admitted if not column.optional or frame[column.key].notna().any()]

    def divided(self, records: Iterable[Any]) -> tuple[list[Any], int]:
        """The records that the variant may hold, and how many were left out."""
        records = list(records)
        admitted = [record for record in records if self.admits(record.confidentiality)]
        return admitted, len(records) - len(admitted)


def frame_of(rows: list[dict[str, object]], columns: Iterable[Column]) -> pd.DataFrame:
    """Rows as a frame that keeps every value as it is; it has the columns even when it has no rows."""
    keys = [key for column in columns for key in (column.key, column.tone, column.word) if key]
    return pd.DataFrame(rows, columns=list(dict.fromkeys(keys)), dtype=object)
