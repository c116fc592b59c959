"""All sheets of the fill-in workbook, in the order in which a sector fills them."""

from exports.filling.fields import Table
from exports.filling.tables.functions import FUNCTIONS
from exports.filling.tables.impacts import IMPACTS
from exports.filling.tables.needs import NEEDS, RESOURCES
from exports.filling.tables.risks import RISKS

#: What this version of the workbook is; one of another version is told to be taken anew.
SCHEMA = "prepare-form/1"
TABLES: tuple[Table, ...] = (FUNCTIONS, NEEDS, IMPACTS, RESOURCES, RISKS)
BY_KEY = {table.key: table for table in TABLES}
