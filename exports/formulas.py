"""Values of formulas: openpyxl writes none, and previews, telephones and other readers show what is stored."""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from lxml import etree

from exports.finish import MAIN, packed, path_of

#: Sheet → cell → the value of the formula in it.
Values = Mapping[str, Mapping[str, str | float]]


def with_values(content: bytes, values: Values, made_at: datetime) -> bytes:
    """The finished workbook with the value of each formula beside it."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for sheet, cells in values.items():
        path = path_of(parts, sheet)
        parts[path] = _filled(parts[path], cells)
    return packed(parts, made_at, {})


def _filled(part: bytes, values: Mapping[str, str | float]) -> bytes:
    root = etree.fromstring(part)
    for cell in root.iter(f"{{{MAIN}}}c"):
        value = values.get(str(cell.get("r")))
        if value is None:
            continue
        (held,) = cell.iterchildren(f"{{{MAIN}}}v")  # openpyxl writes an empty one beside each formula
        held.text = value if isinstance(value, str) else f"{value:.15g}"
        if isinstance(value, str):
            cell.set("t", "str")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
