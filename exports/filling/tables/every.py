"""All sheets of the fill-in workbook, in the order in which a sector fills them."""

from exports.filling.fields import Table
from exports.filling.tables.answers import ANSWERS
from exports.filling.tables.functions import FUNCTIONS
from exports.filling.tables.impacts import IMPACTS
from exports.filling.tables.measures import MEASURES
from exports.filling.tables.needs import NEEDS, RESOURCES
from exports.filling.tables.plans import PLANS
from exports.filling.tables.risks import RISKS

#: What this version of the workbook is; one of another version is told to be taken anew.
SCHEMA = "prepare-form/2"
TABLES: tuple[Table, ...] = (FUNCTIONS, NEEDS, IMPACTS, RESOURCES, RISKS, MEASURES, PLANS, ANSWERS)
BY_KEY = {table.key: table for table in TABLES}
#: Lists of codes of new rows: name of the list → key of the table on whose spare rows they are.
COINED = {"own": "functions", "every": "functions", "risk": "risks"}


def spare_keys(table: str) -> list[str]:
    """The provisional keys of a table's spare rows."""
    one = BY_KEY[table]
    return [f"+{one.letter}{number:02}" for number in range(1, one.spare + 1)]
