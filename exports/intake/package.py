"""The outside of a workbook: is it a package of parts that no reader stumbles over, and are all parts harmless?"""

import re
import zipfile
from io import BytesIO

from exports.intake.limits import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, Noted, Unfit

CONTENT_TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
#: Parts that run, fetch or hold something that runs.
ACTIVE = re.compile(r"vbaproject|macrosheets/|activex/|ctrlprops/|connections\.xml|querytables/|dialogsheets/")
PARTS = re.compile(r".+\.(xml|rels|vml)")
#: Parts that no reader of values opens: pictures and settings of printers.
UNREAD = re.compile(r".+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|xl/printersettings/.+\.bin")
SYMLINK = 0xA


def opened(content: bytes) -> zipfile.ZipFile:
    """The package, once its names and sizes are those of a workbook. Raises Unfit."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unfit("archive_corrupt") from None
    entries = package.infolist()
    if len(entries) > MOST_PARTS:
        raise Unfit("archive_entries")
    _check_names(entries)
    _check_kind({entry.filename for entry in entries})
    if sum(entry.compress_size for entry in entries) > len(content):
        raise Unfit("archive_ratio")  # parts lie over each other
    return package


def is_too_large(package: zipfile.ZipFile) -> bool:
    """Whether the parts say that they unpack to more than any workbook may."""
    return _unpacked(package.infolist()) > MOST_UNPACKED


def is_too_dense(package: zipfile.ZipFile, size: int) -> bool:
    """Whether the parts say that they unpack to far more than the file is, though not to too much."""
    return _unpacked(package.infolist()) > MOST_RATIO * size


def _unpacked(entries: list[zipfile.ZipInfo]) -> int:
    return sum(entry.file_size for entry in entries)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Unfit("archive_names")
    for entry in entries:
        name, raw = entry.filename, getattr(entry, "orig_filename", entry.filename)
        odd = name.startswith("/") or any(sign in raw for sign in ("\\", ":", "\0"))
        if odd or ".." in name.split("/") or entry.external_attr >> 28 == SYMLINK:
            raise Unfit("archive_names")


def _check_kind(names: set[str]) -> None:
    if CONTENT_TYPES not in names or WORKBOOK not in names:
        other = any(name == "content.xml" or name.startswith(("word/", "ppt/")) for name in names)
        raise Unfit("unsupported_type" if other else "not_a_workbook")
    for name in (name.lower() for name in names):
        if ACTIVE.search(name):
            raise Unfit("active_content")
    for name in names:
        if not name.endswith("/") and not PARTS.fullmatch(name.lower()) and not UNREAD.fullmatch(name.lower()):
            raise Unfit("unexpected_part")


def note_links(names: list[str], noted: Noted) -> None:
    """Note links to other workbooks: they are never followed."""
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        noted.add("external_links_ignored")
