"""The last step: what openpyxl cannot write, and bytes that depend on nothing but the contents.

Nothing may open and save the file after this; the alternative texts would be lost.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from types import MappingProxyType

from lxml import etree
from openpyxl.utils import get_column_letter

from exports.streaming import Stream

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TABLE_EXTENSION = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
TABLE_EXTENSION_ID = "{504A1905-F514-4f6f-8877-14C23A59335A}"
FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels")
#: Beyond this the file hardly shrinks but takes far longer.
COMPRESSION = 6
#: Beyond this a large table shrinks by a twentieth more, but takes twice as long.
STREAM_COMPRESSION = 3
#: Cells that may need more than the two gigabytes of a plain entry.
HUGE = 8_000_000
#: A sample cell: where it stands and the number of its style.
SAMPLE = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"')


def finished(
    raw: bytes,
    made_at: datetime,
    table_texts: Mapping[str, str],
    picture_texts: Mapping[str, Sequence[tuple[str, str]]],
    streams: Mapping[str, Stream] = MappingProxyType({}),
) -> bytes:
    """The workbook with its alternative texts, its large tables, the moment it was made, and stable bytes.

    `table_texts` maps a table's name to what it shows; `picture_texts` maps a sheet's name to the
    (name, description) of its charts and pictures, in their order; `streams` maps it to its large table.
    """
    with zipfile.ZipFile(BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    _describe_tables(parts, table_texts)
    for sheet, texts in picture_texts.items():
        _describe_pictures(parts, sheet, texts)
    _free_label_formats(parts)
    _pin_time(parts, made_at)
    return packed(parts, made_at, {path_of(parts, sheet): stream for sheet, stream in streams.items()})


def _describe_tables(parts: dict[str, bytes], texts: Mapping[str, str]) -> None:
    for name in [name for name in parts if name.startswith("xl/tables/")]:
        table = etree.fromstring(parts[name])
        text = texts.get(table.get("displayName"))
        if not text:
            continue
        extensions = etree.SubElement(table, f"{{{MAIN}}}extLst")
        extension = etree.SubElement(extensions, f"{{{MAIN}}}ext", nsmap={"x14": TABLE_EXTENSION})
        extension.set("uri", TABLE_EXTENSION_ID)
        described = etree.SubElement(extension, f"{{{TABLE_EXTENSION}}}table")
        described.set("altText", table.get("displayName"))
        described.set("altTextSummary", text)
        parts[name] = _xml(table)


def _describe_pictures(parts: dict[str, bytes], sheet: str, texts: Sequence[tuple[str, str]]) -> None:
    path = path_of(parts, sheet)
    relations = etree.fromstring(parts[path.replace("worksheets/", "worksheets/_rels/") + ".rels"])
    target = next(r.get("Target") for r in relations if r.get("Type").endswith("/drawing"))
    drawing_path = "xl/" + target.removeprefix("/xl/").removeprefix("../")
    drawing = etree.fromstring(parts[drawing_path])
    for element, (name, description) in zip(drawing.iter(f"{{{DRAWING}}}cNvPr"), texts, strict=True):
        element.set("name", name)
        element.set("descr", description)
    parts[drawing_path] = _xml(drawing)


def _free_label_formats(parts: dict[str, bytes]) -> None:
    """Let the formats of charts' labels hold, which are else taken from the cells."""
    for name in [name for name in parts if name.startswith("xl/charts/chart")]:
        parts[name] = re.sub(rb'(<(?:c:)?numFmt formatCode="[^"]*")\s*/>', rb'\1 sourceLinked="0"/>', parts[name])


def path_of(parts: Mapping[str, bytes], sheet: str) -> str:
    """Where in the package a sheet stands."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    listed = etree.fromstring(parts["xl/workbook.xml"]).find(f"{{{MAIN}}}sheets")
    number = next(entry.get(f"{{{RELATIONS}}}id") for entry in listed if entry.get("name") == sheet)
    return "xl/" + str(targets[number]).removeprefix("/xl/")


def _pin_time(parts: dict[str, bytes], made_at: datetime) -> None:
    """Replace the moment of saving, which openpyxl takes from the clock."""
    moment = made_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    pattern = rb"(<dcterms:modified[^>]*>)[^<]*"
    parts["docProps/core.xml"] = re.sub(pattern, rb"\g<1>" + moment, parts["docProps/core.xml"])


def packed(parts: dict[str, bytes], made_at: datetime, streams: Mapping[str, Stream]) -> bytes:
    """The parts as a file whose bytes depend on nothing but them and the moment; `streams` by their parts."""
    out = BytesIO()
    for stream in streams.values():
        _lengthen(parts, stream)
    order = [*FIRST_PARTS, *(name for name in parts if name not in FIRST_PARTS)]
    with zipfile.ZipFile(out, "w") as package:
        for name in order:
            entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            if name in streams:
                _write_streamed(package, entry, parts[name], streams[name])
            else:
                package.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, COMPRESSION)
    return out.getvalue()


def _lengthen(parts: dict[str, bytes], stream: Stream) -> None:
    """Let the table of a stream end at its last row."""
    end = get_column_letter(len(stream.columns))
    short, long = (f"A{stream.first - 1}:{end}{last}".encode() for last in (stream.first, stream.last))
    for name in parts:
        if name.startswith("xl/tables/") and f'displayName="{stream.table}"'.encode() in parts[name]:
            parts[name] = parts[name].replace(short, long)


def _write_streamed(package: zipfile.ZipFile, entry: zipfile.ZipInfo, sheet: bytes, stream: Stream) -> None:
    """Write a sheet with the true rows in place of its samples."""
    begin = sheet.index(f'<row r="{stream.first}"'.encode())
    end = sheet.index(b"</row>", sheet.index(f'<row r="{stream.first + stream.samples - 1}"'.encode())) + len(b"</row>")
    styles = {place.decode(): number.decode() for place, number in SAMPLE.findall(sheet[begin:end])}
    numbers = [
        [styles[f"{get_column_letter(column)}{stream.first + place}"] for place in range(len(looks))]
        for column, looks in enumerate(stream.looks, start=1)
    ]
    last = f"A1:{get_column_letter(len(stream.columns))}{stream.last}".encode()
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = STREAM_COMPRESSION  # type: ignore[attr-defined]
    is_huge = len(stream.frame) * len(stream.columns) > HUGE
    with package.open(entry, "w", force_zip64=is_huge) as written:
        written.write(re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + last + b'"', sheet[:begin], count=1))
        for rows in stream.rows(numbers):
            written.write(rows)
        written.write(sheet[end:])


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
