"""What the gate says in words: why a file was not taken in and how to mend it, and what was noted in one that was."""

from exports.intake.limits import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Unfit
from prepare.texts import N_, _, number

#: So many cells are named where many are alike.
MOST_CELLS = 10
_SAVE_ANEW = N_("The file is damaged. Open it in the program that made it, save it again and bring that file.")
_ODD_PARTS = N_("The file is not built as a workbook is. Copy its rows into a new workbook and bring that one.")
_TOO_MUCH = N_("The file unpacks to far more than it is. Copy its rows into a new workbook and bring that one.")

REFUSALS = {
    "empty_file": N_("The file is empty. Choose another one."),
    "too_large": N_("The file is too large: at most %(megabytes)s MB is read. Divide it, or leave pictures out."),
    "too_slow": N_("The file takes too long to read. Copy its rows into a new workbook and bring that one."),
    "unsupported_type": N_("This kind of file is not read. Save it as an Excel workbook (.xlsx)."),
    "encrypted": N_("The workbook is protected with a password. Remove the password, save it and bring it again."),
    "archive_corrupt": _SAVE_ANEW,
    "xml_invalid": _SAVE_ANEW,
    "archive_entries": _ODD_PARTS,
    "archive_names": _ODD_PARTS,
    "unexpected_part": N_("The workbook holds other files. Remove what is embedded in it and save it again."),
    "archive_ratio": _TOO_MUCH,
    "not_a_workbook": N_("The file is no workbook that can be read. Save it as an ordinary Excel workbook (.xlsx)."),
    "active_content": N_("The workbook holds macros or connections. Save it as a workbook without macros (.xlsx)."),
    "xml_dtd_forbidden": _ODD_PARTS,
    "too_many_rows": N_("There are too many rows: at most %(rows)s are read. Divide the file."),
    "too_many_columns": N_("There are too many columns: at most %(columns)s are read. Remove what is not needed."),
    "too_many_styles": N_("The workbook has too many cell formats. Copy its rows as values into a new workbook."),
    "merged_cells": N_("Cells have been merged, so rows cannot be told apart. Undo the merging and fill every row."),
    "cell_too_long": N_("A cell holds too long a text: at most %(letters)s characters are read. Shorten it."),
    "invalid_characters": N_("The file holds characters that are no text. Save it again as text (UTF-8)."),
    "csv_invalid": N_("The rows of the file cannot be told apart. Save it as an Excel workbook (.xlsx)."),
    "formula_cells": N_("There are formulas in cells. Copy them and paste them as values."),
    "meta_tampered": N_("The hidden sheet of the workbook was changed. Take the workbook anew and copy your rows."),
    "no_meta": N_("This is no fill-in workbook of this system. Take one here, or bring the file as a list."),
    "schema_version": N_("The workbook is of an earlier version of the system. Take it anew and copy your rows."),
    "sector_forbidden": N_("The workbook belongs to an organisation that you do not keep. Nothing was saved."),
    "unknown_export": N_("The workbook was taken from another system. Take it anew here and copy your rows."),
    "no_rows": N_("The file has no rows below its headings. Nothing is removed because of that."),
}
NOTES = {
    "encoding_guessed": N_("The letters of the file were guessed: look at å, ä and ö."),
    "external_links_ignored": N_("Links to other workbooks were not followed."),
    "hidden_rows": N_("Hidden rows were read too."),
    "hidden_sheets_ignored": N_("Hidden sheets were left out."),
    "hyperlinks_ignored": N_("Links in cells were left out; their texts were read."),
    "includes_ignored": N_("References to other files were left out."),
    "merged_cells": N_("Merged cells were read as their first cell."),
    "names_ignored": N_("Named ranges that start something were left out."),
    "text_normalised": N_("Letters were composed and line breaks made plain."),
    "validations_ignored": N_("Drop-down lists of the workbook were left out."),
}


def refusal(code: str) -> str:
    """Why the file was not taken in, and what to do about it."""
    text = _(REFUSALS.get(code, _SAVE_ANEW))
    values = {"megabytes": number(MOST_BYTES >> 20), "rows": number(MOST_ROWS), "columns": number(MOST_COLUMNS)}
    return text % (values | {"letters": number(LONGEST_CELL)}) if "%(" in text else text


def note(code: str) -> str:
    """What was noted in a file that was taken in."""
    return _(NOTES[code])


def told(unfit: Unfit) -> str:
    """Why the file was not taken in, with the cells that it is about."""
    cells = [f"{sheet} {cell}".strip() for sheet, cell in unfit.cells]
    more = ", …" if len(cells) > MOST_CELLS else ""
    return f"{refusal(unfit.code)} ({', '.join(cells[:MOST_CELLS])}{more})" if cells else refusal(unfit.code)
