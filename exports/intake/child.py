"""The process that reads a file: it limits itself, reads from its input, answers with JSON and ends.

Run as `python -m exports.intake.child NAME`, the file on its standard input.
"""

import json
import os
import sys
from typing import Any

from exports.intake import grids, lists, package, parts
from exports.intake.limits import CPU_SECONDS, MEMORY_BYTES, Noted, Unfit

if sys.platform != "win32":
    import resource

TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def limit() -> None:
    """Let the system end this process when it takes too much memory or time, and let others go first."""
    if sys.platform == "win32":
        return  # a system without such limits: the one who waits for this process ends it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    os.nice(5)


def answer(name: str, content: bytes) -> dict[str, Any]:
    """What the file holds, or why it is not taken in."""
    noted = Noted()
    try:
        sheets = _sheets(name.lower(), content, noted)
    except Unfit as unfit:
        return {"code": unfit.code, "cells": unfit.cells, "noted": noted.as_json()}
    except MemoryError:
        return {"code": "too_large", "cells": [], "noted": []}
    return {"code": "ok", "sheets": sheets, "noted": noted.as_json()}


def _sheets(name: str, content: bytes, noted: Noted) -> list[dict[str, Any]]:
    if name.endswith(TEXTS):
        if content.startswith((ZIP, OLE)):
            raise Unfit("unsupported_type")
        return lists.read(content, noted)
    if content.startswith(OLE):
        # A workbook with a password lies in a stream of this name.
        raise Unfit("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "unsupported_type")
    if not name.endswith(BOOKS) or not content.startswith(ZIP):
        raise Unfit("unsupported_type")
    book = package.opened(content)
    if package.is_too_large(book):
        # Too many rows are told as such: that is what the person can mend.
        parts.tell_rows(book)
        raise Unfit("archive_ratio")
    package.note_links(book.namelist(), noted)
    told = parts.streamed(book, noted)
    if package.is_too_dense(book, len(content)):
        raise Unfit("archive_ratio")
    return grids.read(content, told, noted)


def main() -> None:
    """Read the file and print the answer."""
    limit()
    told = json.dumps(answer(sys.argv[1], sys.stdin.buffer.read()), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(told.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
