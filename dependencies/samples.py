"""A sample in a file, so that what took long is drawn once; it is read only for what it was drawn of."""

import json
import os
from dataclasses import fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from dependencies.ground import Ground
from dependencies.packed import Ints
from dependencies.uncertainty import Effort, Moves, Outages, Question, Sample
from dependencies.workers import digest

FORM = 2  #: of the file; raise it when what is kept changes


def key_of(question: Question) -> str:
    """The same for the same graph, doubts and scenarios, whatever the seed."""
    return digest((FORM, question.doubts, question.cases))


def of_revision(revision: int) -> str:
    """What tells samples of one revision of the same records from those of another, without a look at the graph."""
    return f"{FORM} revision {revision}"


def write(path: Path, key: str, sample: Sample) -> None:
    """Keep the sample where only its owner reads it; an older one gives way all at once."""
    marks = [key, of_revision(sample.ground.revision)]
    told = json.dumps({"marks": marks, "engine": sample.engine, "effort": sample.effort})
    columns = {"told": np.array(told), "links": sample.links, "cases": np.array(len(sample.outages))}
    columns |= {f"ground.{name}": np.asarray(value) for name, value in vars(sample.ground).items()}
    for case, (outages, moves) in enumerate(zip(sample.outages, sample.moves, strict=True)):
        columns |= {f"{case}.{name}": column for name, column in outages._asdict().items()}
        columns |= {f"{case}.moves.{name}": column for name, column in moves._asdict().items()}
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            np.savez(file, allow_pickle=False, **columns)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, mark: str) -> Sample | None:
    """The sample in the file if it has this mark: `key_of` what it should be drawn of, or `of_revision`.

    None when there is none, it cannot be read, or it was drawn of something else.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as columns:
            told = json.loads(str(columns["told"]))
            if mark not in told["marks"]:
                return None
            ground = {field.name: columns[f"ground.{field.name}"] for field in fields(Ground)}
            ground["revision"] = int(ground["revision"])
            cases = range(int(columns["cases"]))
            outages = tuple(Outages(*_of(columns, f"{case}.", Outages._fields)) for case in cases)
            moves = tuple(Moves(*_of(columns, f"{case}.moves.", Moves._fields)) for case in cases)
            return Sample(Ground(**ground), told["engine"], Effort(*told["effort"]), columns["links"], outages, moves)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None


def stamp(path: Path) -> int | None:
    """Tells one state of the file from another; None when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _of(columns: "np.lib.npyio.NpzFile", start: str, names: tuple[str, ...]) -> list[Ints]:
    return [columns[start + name] for name in names]
