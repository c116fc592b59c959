"""The inside of a workbook: every XML part is streamed once, so that no later reader meets what would hurt it.

Nothing is ever resolved or fetched. A document type is refused wherever it stands, in whatever encoding.
"""

import re
import xml.parsers.expat as expat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.intake.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_DEPTH,
    MOST_MERGES,
    MOST_NAMED_ROWS,
    MOST_ROWS,
    MOST_STYLES,
    MOST_UNPACKED,
    Noted,
    Unfit,
)

STRICT = "http://purl.oclc.org/ooxml/"
INCLUDE = "http://www.w3.org/2001/XInclude"
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
#: Names that run something on opening, or reach another program.
RUNNING_NAME, REACHING = re.compile(r"(_xlnm\.)?auto_", re.IGNORECASE), re.compile(r"\||://|\\\\")
LONGEST_RANGES = 10_000
PIECE = 65_536
#: How far the sheets of a workbook that is too large are looked at, for a reason that a person can mend.
SHEETS, LOOKED_AT = "xl/worksheets/", 8 << 20


@dataclass
class Seen:
    """What streaming a sheet told of it, beside its values."""

    formulas: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)  #: cell → the error that it shows
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


@dataclass
class Package:
    """What streaming all parts told: the sheets in their order as (name, state, relation), relations and contents."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    relations: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)


def streamed(package: zipfile.ZipFile, noted: Noted) -> Package:
    """Stream every part; what is found is told. Raises Unfit at the first thing that is refused."""
    told = Package()
    budget = MOST_UNPACKED
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            budget = _stream(package, name, told, noted, budget)
    return told


def tell_rows(package: zipfile.ZipFile) -> None:
    """Look at where the sheets of a workbook that is too large begin. Raises Unfit that says why, if it is seen."""
    budget = LOOKED_AT
    for name in package.namelist():
        if name.startswith(SHEETS):
            budget = _stream(package, name, Package(), Noted(), budget, most_rows=MOST_ROWS)


def _stream(
    package: zipfile.ZipFile, name: str, told: Package, noted: Noted, budget: int, most_rows: int = MOST_NAMED_ROWS
) -> int:
    """Parse one part and give what is left of the bytes that all parts may have."""
    reader = _Reader(name, told, noted, most_rows)
    try:
        with package.open(name) as part:
            while piece := part.read(PIECE):
                budget -= len(piece)
                if budget < 0:
                    raise Unfit("archive_ratio")
                reader.parser.Parse(piece, False)
            reader.parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unfit("xml_invalid") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        raise Unfit("archive_corrupt") from None
    return budget


class _Reader:
    """Follows one part as it streams by."""

    def __init__(self, name: str, told: Package, noted: Noted, most_rows: int) -> None:
        self.name, self.told, self.noted, self.most_rows = name, told, noted, most_rows
        self.depth = self.length = self.row = self.column = self.styles = self.merges = 0
        self.in_text, self.cell, self.is_sheet = False, "", False
        self.seen = Seen()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, *_parts: object) -> None:
        raise Unfit("xml_dtd_forbidden")

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unfit("xml_invalid")
        space, _, name = full.rpartition(" ")
        if self.depth == 1:
            self._root(space, name)
        if handler := self._HANDLERS.get(name):
            handler(self, attributes)
        elif space == INCLUDE:
            self.noted.add("includes_ignored")

    def _root(self, space: str, name: str) -> None:
        if space.startswith(STRICT):
            raise Unfit("not_a_workbook")
        self.is_sheet = name == "worksheet"
        if self.is_sheet:
            self.told.seen[self.name] = self.seen
        if name == "macrosheet":
            raise Unfit("active_content")

    def _end(self, full: str) -> None:
        self.depth -= 1
        name = full.rpartition(" ")[2]
        if name in ("v", "t"):
            self.in_text = False
        elif name in ("c", "si"):
            self.length = 0

    def _text(self, text: str) -> None:
        if self.in_text:
            self.length += len(text)
            if self.length > LONGEST_CELL:
                raise Unfit("cell_too_long")
            if self.cell in self.seen.errors:
                self.seen.errors[self.cell] += text[:20]

    def _in_text(self, _attributes: Mapping[str, str]) -> None:
        self.in_text = True

    def _row(self, attributes: Mapping[str, str]) -> None:
        if not self.is_sheet:
            return
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) < 8 else self.row + 1
        self.column = 0
        if self.row > self.most_rows:
            raise Unfit("too_many_rows")
        if attributes.get("hidden") in ("1", "true"):
            self.seen.hidden_rows.append(self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if not self.is_sheet:
            return
        self.length, self.column = 0, self.column + 1
        if address := attributes.get("r"):
            found = ADDRESS.fullmatch(address)
            if not found:
                raise Unfit("xml_invalid")
            if int(found[2]) > MOST_NAMED_ROWS:
                raise Unfit("too_many_rows")
            self.column = column_number(found[1])
        if self.column > MOST_COLUMNS:
            raise Unfit("too_many_columns")
        self.cell = address or f"{column_letters(self.column)}{self.row}"
        if attributes.get("t") == "e":
            self.seen.errors[self.cell] = ""

    def _formula(self, _attributes: Mapping[str, str]) -> None:
        if self.is_sheet and self.cell:
            self.seen.formulas.append(self.cell)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        self.merges += 1
        area = AREA.fullmatch(attributes.get("ref", ""))
        if self.merges > MOST_MERGES or not area or area[2] != area[4]:
            raise Unfit("merged_cells")
        self.seen.merged.append(f"{area[1]}{area[2]}")

    def _style(self, _attributes: Mapping[str, str]) -> None:
        self.styles += 1
        if self.styles > MOST_STYLES:
            raise Unfit("too_many_styles")

    def _override(self, attributes: Mapping[str, str]) -> None:
        told = attributes.get("ContentType", "").lower()
        if self.name == "[Content_Types].xml" and ("macroenabled" in told or "macrosheet" in told):
            raise Unfit("active_content")

    def _dde(self, _attributes: Mapping[str, str]) -> None:
        raise Unfit("active_content")

    def _sheet(self, attributes: Mapping[str, str]) -> None:
        if self.name == "xl/workbook.xml":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.told.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))

    def _relation(self, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        self.told.relations.setdefault(self.name, {})[attributes.get("Id", "")] = target
        if attributes.get("TargetMode") == "External" and attributes.get("Type", "").endswith("/hyperlink"):
            self.noted.add("hyperlinks_ignored")

    def _defined(self, attributes: Mapping[str, str]) -> None:
        if RUNNING_NAME.match(attributes.get("name", "")):
            self.noted.add("names_ignored")

    def _validation(self, attributes: Mapping[str, str]) -> None:
        if len(attributes.get("sqref", "")) > LONGEST_RANGES:
            self.noted.add("validations_ignored")

    _HANDLERS = {
        "v": _in_text, "t": _in_text, "row": _row, "c": _cell, "f": _formula, "mergeCell": _merge, "xf": _style,
        "Override": _override, "Default": _override, "ddeLink": _dde, "sheet": _sheet, "Relationship": _relation,
        "definedName": _defined, "dataValidation": _validation,
    }  # fmt: skip


def column_number(letters: str) -> int:
    """The number of a column, A = 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column, 1 = A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
