"""Builds workbooks part by part, hostile ones too: small ones in a line, large ones that no repository should hold."""

import zipfile
from io import BytesIO
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="Toiminnot" sheetId="1" r:id="rId1"/></sheets>'
    "{}</workbook>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf/></cellXfs></styleSheet>'
TYPED = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
HEADINGS = "<row r='1'><c r='A1' t='inlineStr'><is><t>Tunnus</t></is></c></row>"
ROW = "<row r='2'><c r='A2' t='inlineStr'><is><t>F-1</t></is></c></row>"


def sheet(rows: str = HEADINGS + ROW, after: str = "") -> str:
    """A sheet's part."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(rows: str = HEADINGS + ROW, after: str = "", **parts: str | bytes) -> bytes:
    """A workbook of one sheet with these rows; `parts` replace or add, their names' `__` read `/`, `_dot_` `.`."""
    held: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(""),
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK.format(""),
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet(rows, after),
    }
    return packed(held | {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()})


def packed(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a package."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def cells(number: int, *values: str) -> str:
    """A row of texts."""
    told = "".join(f"<c t='inlineStr'><is><t>{value}</t></is></c>" for value in values)
    return f"<row r='{number}'>{told}</row>"


HERE = Path(__file__).parent / "hostile"
SAMPLES = [line.split(";", 3) for line in (HERE / "expected.csv").read_text("utf-8").splitlines()[1:]]
MILLION = 1_000_000
#: What is too large to keep, or is made to lie: name → (file, class, code).
MADE = {
    "spaces": lambda: (workbook(" " * 70 * MILLION), "reject", "archive_ratio"),
    "one large shared string": lambda: (
        workbook(xl__sharedStrings_dot_xml=f'<sst xmlns="{MAIN}"><si><t>{"a" * 70 * MILLION}</t></si></sst>'),
        "reject",
        "archive_ratio",
    ),
    "dense": lambda: (workbook(HEADINGS + ROW + " " * 5 * MILLION), "reject", "archive_ratio"),
    "many rows": lambda: (workbook("".join(cells(n, "a") for n in range(1, 61_002))), "reject", "too_many_rows"),
    "rows over the limit": lambda: (
        workbook("".join(cells(n, "a") for n in range(1, 20_003))),
        "reject",
        "too_many_rows",
    ),
    "a million rows": lambda: (workbook("<row><c/></row>" * 4_500_000), "reject", "too_many_rows"),
    "many columns": lambda: (workbook(HEADINGS + cells(2, *"a" * 101)), "reject", "too_many_columns"),
    "huge cells": lambda: (workbook(HEADINGS + cells(2, "a" * 40_000)), "reject", "cell_too_long"),
    "many merges": lambda: (
        workbook(after="<mergeCells>" + "<mergeCell ref='A1:B1'/>" * 2_001 + "</mergeCells>"),
        "reject",
        "merged_cells",
    ),
    "every cell merged": lambda: (
        workbook(after="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"),
        "reject",
        "merged_cells",
    ),
    "a merge without an area": lambda: (
        workbook(after="<mergeCells><mergeCell ref='A1'/></mergeCells>"),
        "reject",
        "merged_cells",
    ),
    "a merged heading": lambda: (
        workbook(after="<mergeCells><mergeCell ref='A1:B1'/></mergeCells>"),
        "accept_warn",
        "merged_cells",
    ),
    "validation of many ranges": lambda: (
        workbook(after=f"<dataValidations><dataValidation sqref='{'A1 ' * 4_000}'/></dataValidations>"),
        "accept_warn",
        "ok",
    ),
    "many formats": lambda: (
        workbook(xl__styles_dot_xml=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 5_001}</cellXfs></styleSheet>'),
        "reject",
        "too_many_styles",
    ),
    "deep": lambda: (workbook("<a>" * 70 + "</a>" * 70), "reject", "xml_invalid"),
    "an address that is none": lambda: (workbook("<row><c r='1A'/></row>"), "reject", "xml_invalid"),
    "document type in UTF-16": lambda: (
        workbook(
            docProps__app_dot_xml=TYPED.encode("utf-16"),
        ),
        "reject",
        "xml_dtd_forbidden",
    ),
    "a sheet under another ending": lambda: (
        workbook(
            xl___rels__workbook_dot_xml_dot_rels=RELATIONS.replace("sheet1.xml", "sheet1.dat"),
            xl__worksheets__sheet1_dot_dat=sheet(),
        ),
        "reject",
        "unexpected_part",
    ),
    "a sheet that is a picture": lambda: (
        workbook(
            xl___rels__workbook_dot_xml_dot_rels=RELATIONS.replace("worksheets/sheet1.xml", "media/a.png"),
            xl__media__a_dot_png=sheet(),
        ),
        "reject",
        "not_a_workbook",
    ),
    "prefixed names": lambda: (
        workbook(
            xl__worksheets__sheet1_dot_xml=f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
            "<x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row><x:row r='2'><x:c r='A2'><x:v>2</x:v></x:c></x:row>"
            "</x:sheetData></x:worksheet>"
        ),
        "accept",
        "ok",
    ),
    "a macro sheet": lambda: (
        workbook(xl__other_dot_xml='<macrosheet xmlns="http://schemas.microsoft.com/office/excel/2006/main"/>'),
        "reject",
        "active_content",
    ),
    "a dynamic link": lambda: (workbook(xl__externalLinks__a_dot_xml="<a><ddeLink/></a>"), "reject", "active_content"),
    "macros by their type": lambda: (
        workbook(
            **{
                "[Content_Types].xml": TYPES.format(
                    "<Override ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/>"
                )
            }
        ),
        "reject",
        "active_content",
    ),
    "absolute target": lambda: (
        workbook(xl___rels__workbook_dot_xml_dot_rels=RELATIONS.replace("worksheets/", "/xl/worksheets/")),
        "accept",
        "ok",
    ),
    "another workbook than the one looked at": lambda: (
        workbook(**{"_rels/.rels": ROOT.replace("xl/workbook", "xl/other"), "xl/other.xml": WORKBOOK.format("")}),
        "reject",
        "not_a_workbook",
    ),
    "a presentation": lambda: (packed({"ppt/presentation.xml": "<a/>"}), "reject", "unsupported_type"),
    "many parts": lambda: (packed({f"a{n}.xml": "<a/>" for n in range(1_001)}), "reject", "archive_entries"),
    "the same part twice": lambda: (workbook(XL__STYLES_dot_XML="<a/>"), "reject", "archive_names"),
    "behind another file": lambda: (b"GIF89a" + workbook(), "reject", "unsupported_type"),
    "no sheet": lambda: (workbook(xl__workbook_dot_xml=f'<workbook xmlns="{MAIN}"/>'), "reject", "not_a_workbook"),
    "no rows": lambda: (workbook(HEADINGS), "reject", "no_rows"),
}


def overlapping() -> bytes:
    """A package whose entries all point at the same bytes, so that it says to hold more than it is long."""
    whole = workbook(HEADINGS + "".join(cells(n, str(n * 7919)) for n in range(2, 4000)))
    end = whole.rindex(b"PK\x05\x06")
    start = int.from_bytes(whole[end + 16 : end + 20], "little")
    directory = whole[start:end]
    last = directory.rindex(b"PK\x01\x02")
    more = b"".join(directory[last:].replace(b"sheet1.xml", b"sheet%d.xml" % n) for n in range(2, 10))
    count = int.from_bytes(whole[end + 10 : end + 12], "little") + 8
    told = count.to_bytes(2, "little") * 2 + (len(directory) + len(more)).to_bytes(4, "little")
    return whole[:end] + more + whole[end : end + 8] + told + whole[end + 16 :]
