"""All the text of an answer, whatever kind of file it is: for those who look for a word in it."""

import io
import zipfile
from html import unescape
from typing import Any

from tests.exports.papers import pages


def text_of(answer: Any) -> str:
    """Everything that a reader, a program or a curious person finds in an answer's body."""
    content: bytes = answer.data
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(b"%PDF"):
        return " ".join(pages(content)) + content.decode("latin-1")
    return unescape(content.decode("utf-8", "replace"))


def _packed(content: bytes) -> str:
    """Every part of a workbook or another package, hidden ones and the properties too."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return " ".join([*package.namelist(), *(_part(package.read(name)) for name in package.namelist())])


def _part(content: bytes) -> str:
    return _packed(content) if content.startswith(b"PK") else unescape(content.decode("utf-8", "replace"))
