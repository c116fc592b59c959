"""The texts of a PDF file, page by page, read back from its letters: for files that were written uncompressed."""

import re
import unicodedata

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:[^\\)]|\\.)*)\)", re.DOTALL)


def pages(content: bytes) -> list[str]:
    """The text of each page in its order."""
    objects = {int(number): body for number, body in OBJECT.findall(content)}
    names = {int(n): int(ref) for n, ref in re.findall(rb"/F(\d+) (\d+) 0 R", content)}
    letters = {name: _letters(objects, ref) for name, ref in names.items()}
    found = []
    for body in objects.values():
        if re.search(rb"/Type /Page\b", body):
            stream = STREAM.search(objects[int(re.search(rb"/Contents (\d+) 0 R", body)[1])])[1]
            found.append(_text(stream, letters))
    return found


def _letters(objects: dict[int, bytes], ref: int) -> dict[int, str]:
    """Number of a letter in a font → what it reads."""
    table = STREAM.search(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", objects[ref])[1])])[1]
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _text(stream: bytes, letters: dict[int, dict[int, str]]) -> str:
    font, told = 0, []
    for name, raw in SHOWN.findall(stream):
        if name:
            font = int(name)
        else:
            codes = re.sub(rb"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), raw, flags=re.DOTALL)
            known = letters.get(font, {})
            told.append("".join(known.get(int.from_bytes(codes[n : n + 2]), "?") for n in range(0, len(codes), 2)))
    return re.sub(" +", " ", unicodedata.normalize("NFC", " ".join(told)))
