"""What the registers of an organisation hold, as rows of the fill-in workbook and the records behind them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from exports.filling.rowing import Values
from prepare.texts import name_of


@dataclass
class Held:
    """What an organisation's registers hold: values by table and key, and the records behind them."""

    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def function_codes(self) -> dict[str, str]:
        """Code of each function → its name."""
        return {one.code: name_of(one) for one in self.records["functions"].values()}


def keep(found: Held, table: str, records: Iterable[Any], values_of: Callable[[Any], Values]) -> None:
    """Keep the records of a table under their keys, each with its values."""
    found.records[table] = {str(one.ref): one for one in records}
    found.rows[table] = {key: values_of(one) for key, one in found.records[table].items()}
