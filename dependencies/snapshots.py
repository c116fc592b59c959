"""Graphs as arrays in files, one per revision: the next process opens in a moment what one has loaded.

Nothing depends on them: a file that is missing, damaged or of another history of the records is loaded anew.
"""

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1  #: rises when what is in a file changes
KEPT = 2  #: revisions that are kept: the newest, and the one before for those who are still on it
ALIGNED = 64  #: bytes; where each column begins
CONTENTS, COLUMNS = "contents.json", "columns.npy"
log = logging.getLogger(__name__)

_folder: Path | None = None


def use_folder(folder: Path | None) -> None:
    """Keep snapshots in this folder, which need not exist; None keeps none."""
    global _folder
    _folder = folder


def opened(revision: int) -> tuple[str, dict[str, NDArray[Any]]] | None:
    """The mark and the columns of the snapshot of this revision, if there is one that is whole.

    The columns lie in the file until they are read; what is written to them stays in this process.
    """
    if _folder is None:
        return None
    place = _folder / str(revision)
    try:
        contents = json.loads((place / CONTENTS).read_text("utf-8"))
        whole = np.load(place / COLUMNS, mmap_mode="c", allow_pickle=False)
        if contents["format"] != FORMAT or whole.dtype != np.uint8 or whole.nbytes != contents["bytes"]:
            return None
        return str(contents["mark"]), {name: _column(whole, *where) for name, where in contents["columns"].items()}
    except FileNotFoundError:
        return None
    except (KeyError, OSError, TypeError, ValueError) as error:
        log.warning("The snapshot of graph %s is damaged and is made anew (%s).", revision, error)
        return None


def _column(whole: NDArray[Any], kind: str, begin: int, length: int) -> NDArray[Any]:
    dtype = np.dtype(kind)
    return np.asarray(whole[begin : begin + length * dtype.itemsize]).view(dtype)


def keep(revision: int, mark: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write the snapshot of a revision, readable by its owner only, and drop those before the last two.

    `mark` says of which history of the records it is. A folder that cannot be written is only told of.
    """
    if _folder is None:
        return
    try:
        _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=_folder))
        try:
            _write(draft, mark, columns)
            shutil.rmtree(_folder / str(revision), ignore_errors=True)
            draft.rename(_folder / str(revision))
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _drop_old(_folder)
    except OSError as error:
        log.warning("The snapshot of graph %s could not be kept (%s).", revision, error.strerror)


def _write(draft: Path, mark: str, columns: Mapping[str, NDArray[Any]]) -> None:
    where, size = {}, 0
    for name, column in columns.items():
        where[name] = (column.dtype.str, size, len(column))
        size += -(-column.nbytes // ALIGNED) * ALIGNED
    whole = np.zeros(size, np.uint8)
    for name, column in columns.items():
        begin = where[name][1]
        whole[begin : begin + column.nbytes] = np.ascontiguousarray(column).view(np.uint8)
    contents = {"format": FORMAT, "mark": mark, "bytes": size, "columns": where}
    for name in (COLUMNS, CONTENTS):
        (draft / name).touch(mode=0o600)
    np.save(draft / COLUMNS, whole)
    (draft / CONTENTS).write_text(json.dumps(contents), "utf-8")
    for name in (COLUMNS, CONTENTS):
        with (draft / name).open("rb") as written:
            os.fsync(written.fileno())


def _drop_old(folder: Path) -> None:
    revisions = sorted((int(path.name), path) for path in folder.iterdir() if path.name.isdecimal())
    for _, path in revisions[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)
