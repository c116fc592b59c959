"""Jobs for tests: they note in the file that the parameter `log` names what they do, so that it is seen outside."""

import os
import time
from pathlib import Path

from prepare import clock
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.files import FileEntry
from prepare.jobs import Done, JobKind
from prepare.models.organisations import Organisation
from prepare.register import files
from prepare.vocabulary import Confidentiality


def entry(name: str, content: bytes = b"made") -> FileEntry:
    """A file as a job makes one."""
    kind = Confidentiality.INTERNAL
    return FileEntry(name=name, media_type="text/plain", content=content, confidentiality=kind)


def note(params, text: str) -> None:
    """Write a line, at once and whole."""
    with Path(params["log"]).open("a", encoding="utf-8") as log:
        log.write(f"{text} {os.getpid()}\n")


def count(params, progress) -> Done:
    """Count slowly, and keep a file at the end."""
    note(params, "begun")
    for number in range(params["of"]):
        progress.step(number, params["of"], f"part {number}")
        time.sleep(params.get("pause", 0.05))
    note(params, "counted")
    return Done(text="counted", file=entry("counted.txt"))


def part(params, progress) -> Done:
    """Write a part that stays, then fail as the parameters ask for."""
    with progress.writing():
        about = db.session.get_one(Organisation, progress.organisation_id)
        files.keep(about, entry("part.txt"), at=clock.now())
    if params["then"] == "rule":
        raise RuleBroken("No.")
    if params["then"] == "memory":
        bytearray(4_000_000_000)
    if params["then"] == "time":
        while True:
            pass
    if params["then"] == "die":
        os._exit(9)
    raise ValueError(params["then"])


def write(params, progress) -> Done:
    """Write two things at the end, of which the second may fail."""

    def both(file):
        files.keep(None, entry("second.txt"), at=clock.now())
        if params["fails"]:
            raise RuleBroken("Not both.")
        return f"/files/{file.ref}"

    return Done(file=entry("first.txt"), write=both)


KINDS = (
    JobKind("test:count", "Counting", count, Action.EXPORT_GUIDANCE),
    JobKind("test:part", "Parts", part, Action.EXPORT_GUIDANCE, is_heavy=False, memory_mb=500, cpu_s=1),
    JobKind("test:write", "Writing", write, Action.EXPORT_GUIDANCE, is_heavy=False, by_system=True),
)
