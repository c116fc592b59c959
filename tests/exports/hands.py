"""A fill-in workbook in somebody's hands: taken, written in, handed in on the page or by command."""

import inspect
from contextlib import contextmanager
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from exports.intake import taking
from exports.intake.handing_out import made_form
from exports.register import fill_in as register
from prepare.actor import SYSTEM, acting_as
from prepare.cli.intake import intake
from prepare.clock import now, today
from prepare.db import transaction
from tests import town as the_town

BANDS = ("0–1 h", "1–4 h", "4–24 h", "1–3 d", "3–7 d", "7–30 d", "over 30 d")
FUNCTIONS, NEEDS, IMPACTS, RESOURCES, RISKS = "Functions", "Dependencies", "Impacts", "Resources", "Risks"
MEASURES, PLANS, GUIDANCE = "Measures", "Plans", "Guidance"


@contextmanager
def as_contact():
    """The contact of the education sector acts."""
    with acting_as(the_town.actor_of("edu.contact")):
        yield


def taken(language="en"):
    """A workbook of the education sector, as it is handed out."""
    with as_contact():
        made, export = made_form(the_town.organisation_of("EDU"), language, on=today(), at=now())
        with transaction():
            register.hand_over_form(the_town.organisation_of("EDU"), export, made)
    return made.content


class Filled:
    """A workbook in somebody's hands: cells are named by sheet, row's code or first text, and heading."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(BytesIO(content))

    def column(self, sheet, heading):
        """The letter of the column with this heading."""
        row = [str(cell.value).rstrip("* \u00a0") for cell in self.book[sheet][5]]
        return get_column_letter(row.index(heading) + 1)

    def row(self, sheet, code):
        """The number of the row whose first cell begins so."""
        return next(cell.row for cell in self.book[sheet]["A"][5:] if str(cell.value or "").startswith(code))

    def write(self, sheet, row, **values):
        """Write values by their headings (blanks as _) into a row, given by its number or its code."""
        number = row if isinstance(row, int) else self.row(sheet, row)
        for heading, value in values.items():
            cell = self.book[sheet][f"{self.column(sheet, heading.replace('_', ' '))}{number}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return number

    def spare(self, sheet):
        """The number of the first row that nobody has filled in."""
        key = self.column(sheet, "_key")
        return next(row for row in range(6, 500) if str(self.book[sheet][f"{key}{row}"].value).startswith("+"))

    def saved(self):
        """The file."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def looked(content, choices=None, *, is_confirmed=False):
    """What the workbook would change."""
    return taking.looked_at(taking.brought("form.xlsx", content), choices, is_confirmed=is_confirmed)


def take_in(content, choices=None, *, is_confirmed=False):
    """Take the workbook in as the contact."""
    with as_contact(), transaction():
        found = looked(content, choices, is_confirmed=is_confirmed)
        register.take_form(found.export.organisation, found, on=today(), at=now())
        return found


def upload(browser, content, name="form.xlsx"):
    """Hand a file in on the page."""
    data = {"csrf_token": browser.token, "file": (BytesIO(content), name)}
    return browser.post("/workbooks/fill-in/hand-in", data=data, content_type="multipart/form-data")


def run(file, content, *, dry_run=True, conflicts=None, removals=False, digest=None, answer=None, as_json=True):
    """Run `prepare intake` as the system on a file that is written first; its exit code."""
    file.write_bytes(content)
    with acting_as(SYSTEM), pytest.raises(SystemExit) as ended:
        inspect.unwrap(intake.callback)(file, dry_run, conflicts, removals, digest, answer, as_json)
    return ended.value.code
