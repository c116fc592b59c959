"""What is to be told about a file that was handed in: at which cell, what it is, and how it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prepare.texts import N_, _

ERROR, WARNING = "error", "warning"

#: code → what is told; places are filled with what the cell held.
MESSAGES: Mapping[str, str] = {
    "AMBIGUOUS": N_("“%(value)s” can be read in two ways. Write it without a separator of thousands."),
    "BAD_CHARACTERS": N_("The text has characters that cannot be stored. Write it anew."),
    "CELL_ERROR": N_("The cell shows the error %(value)s. Write the value itself."),
    "CODE_CHANGED": N_("The code was changed from %(was)s to %(value)s. Put it back: codes are given by the system."),
    "CONFLICT": N_("Changed in the system too: it was “%(base)s” and is now “%(now)s”. Choose when you hand it in."),
    "DATE_IN_NUMBER": N_("There is a date where a number belongs. Write the number."),
    "DUP_KEY": N_("The row stands twice, also in row %(other)s. Use a spare row for a new record."),
    "FORMULA": N_("There is a formula in the cell. Copy it and paste it as a value."),
    "FROM_SERIAL": N_("The number %(value)s was read as the day %(read)s."),
    "HEADER_MISSING": N_("The column “%(field)s” is missing. Take the workbook anew or put the heading back."),
    "HEADERS_NORMALISED": N_("The heading was written otherwise and was read as “%(field)s”."),
    "HEADER_MOVED": N_("The headings were found in row %(row)s."),
    "NOT_DATE": N_("“%(value)s” is no date. Write it as 31.12.2026."),
    "NOT_IN_LIST": N_("“%(value)s” is not in the list. Choose one of: %(allowed)s."),
    "NOT_NUMBER": N_("“%(value)s” is no number. Write it as 12 or 0,5."),
    "NOT_WHOLE": N_("%(value)s is no whole number. Write it as 12."),
    "NUMBER_AS_TEXT": N_("The number was read as the text “%(read)s”."),
    "OUT_OF_RANGE": N_("%(value)s does not lie between %(least)s and %(most)s."),
    "PERCENT_SCALED": N_("%(value)s was read as %(read)s %%."),
    "PERSONAL": N_("Remove the personal identity code: no personal data on people served or suspected is kept."),
    "REASON_MISSING": N_("Say why the row is to be removed, or choose “No” for it."),
    "RECORD_GONE": N_("%(value)s has been taken out of use meanwhile. Leave the row as it was."),
    "REASON_ALONE": N_(
        "There is a reason, but the row is not to be removed. Choose “Yes” beside it or empty the cell."
    ),
    "REF_FIXED": N_("A row cannot be moved to another function. Empty the row and use a spare one."),
    "REQUIRED": N_("“%(field)s” is missing. Fill it in, or empty the whole row."),
    "REMOVED_NEW": N_("The row is new, so there is nothing to remove. It was left out."),
    "REMOVED_WITH_EDITS": N_("The row is to be removed, so what else was changed in it was left out."),
    "ROW_GONE": N_("The row %(value)s is not in the workbook any more. Nothing was removed because of that."),
    "RULE_BROKEN": "%(text)s",
    "RTO_GT_MTPD": "%(text)s",
    "SHEET_MISSING": N_("The sheet “%(sheet)s” is missing. Take the workbook anew."),
    "SUPPLIER_IS_SELF": "%(text)s",
    "TEXT_DATE": N_("The text “%(value)s” was read as a day."),
    "TEXT_JOINED": N_("The lines of the text were joined: there is room for one."),
    "TEXT_NUMBER": N_("The text “%(value)s” was read as the number %(read)s."),
    "TOO_LONG": N_("The text has %(now)s characters; at most %(most)s are kept. Shorten it."),
    "UNKNOWN_COLUMN": N_("The column “%(value)s” is not known and was left out."),
    "UNKNOWN_KEY": N_("The row's hidden key does not belong to this workbook. Use a spare row for a new record."),
    "UNKNOWN_REF": N_("There is no “%(value)s”. Choose from the list."),
}


@dataclass(frozen=True)
class Issue:
    """One thing to be told: its code, the cell, and what fills the message's places."""

    code: str
    sheet: str
    cell: str
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: str = ERROR

    @property
    def message(self) -> str:
        """What it is and how it is mended, in the language in use."""
        return _(MESSAGES[self.code]) % self.values
