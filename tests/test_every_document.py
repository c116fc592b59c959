"""Every document: what it tells people to type parses and runs, and what it names exists."""

import configparser
import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from prepare.cli import installation
from prepare.cli.command import main, prepare
from prepare.config import Settings
from prepare.db import db
from tests.conftest import AUDIT_KEY, ROOT, SECRET_KEY

README = ROOT / "README.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"`(prepare [^`]+)`")
#: Blocks that tell how an installation is set up: they are read but not run.
NOT_RUN = {"deploy"}


@dataclass(frozen=True)
class Command:
    """A command that a document tells people to type, and whether it is run here."""

    document: str
    line: str
    runs: bool

    @property
    def words(self) -> list[str]:
        """The command's words after `prepare`."""
        return shlex.split(self.line, comments=True)[1:]


def commands() -> list[Command]:
    """Every `prepare` command of every document, in order."""
    found = []
    for path in DOCUMENTS:
        text, name = path.read_text("utf-8"), str(path.relative_to(ROOT))
        for kind, block in BLOCK.findall(text):
            for line in block.replace("\\\n", " ").splitlines():
                if line.startswith("prepare "):
                    found.append(Command(name, line, kind not in NOT_RUN))
        prose = BLOCK.sub("", text)
        found += [Command(name, line, False) for line in INLINE.findall(prose)]
    return found


EVERY = commands()
TO_RUN = {name: [c for c in EVERY if c.document == name and c.runs] for name in {c.document for c in EVERY}}


def parsed(words: list[str]) -> click.Context:
    """The command as click reads it. Raises UsageError if it is written wrong."""
    context = click.Context(prepare, info_name="prepare")
    command: click.Command = prepare
    while isinstance(command, click.Group):
        if command.invoke_without_command and (not words or words[0].startswith("-")):
            break  # the group is a command too
        name, command, words = command.resolve_command(context, words)
        if isinstance(command, click.Group):
            context = click.Context(command, parent=context, info_name=name)
    with command.make_context(command.name, list(words), parent=context) as made:
        return made


@pytest.fixture
def in_an_empty_installation(tmp_path, monkeypatch):
    """Gives a runner of commands on an installation that is made for this test."""
    monkeypatch.chdir(tmp_path)
    environ = {"INSTANCE": str(tmp_path / "instance"), "SECRET_KEY": SECRET_KEY, "AUDIT_KEY": AUDIT_KEY}
    for name, value in environ.items():
        monkeypatch.setenv(f"PREPARE_{name}", value)
    installation.settings.cache_clear()
    installation.application.cache_clear()
    yield lambda words: CliRunner().invoke(prepare, words, prog_name="prepare")
    with installation.application().app_context():
        db.session.remove()
        db.engine.dispose()
    installation.settings.cache_clear()
    installation.application.cache_clear()


def test_the_readme_tells_what_to_type():
    assert len([command for command in EVERY if command.document == "README.md" and command.runs]) >= 5


def test_the_readme_tells_of_every_command():
    told = {command.words[0] for command in EVERY}

    assert told >= set(prepare.commands)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.line)
def test_every_command_is_written_right(command):
    try:
        parsed(command.words)
    except click.exceptions.Exit:  # --help
        pass
    except click.UsageError as error:
        if command.line.rstrip().endswith("…") or (not command.runs and "Missing" in error.message):
            return  # the prose names a command without saying all of it
        raise


@pytest.mark.parametrize("document", sorted(TO_RUN))
def test_the_commands_of_a_document_run_one_after_another(in_an_empty_installation, document):
    for command in TO_RUN[document]:
        answer = in_an_empty_installation(command.words)

        assert answer.exit_code == 0, f"{command.line}\n{answer.output}\n{answer.exception!r}"
        assert answer.output.strip(), command.line
        if "--json" in command.words:
            json.loads(answer.stdout)
        if "--out" in command.words:
            assert Path(command.words[command.words.index("--out") + 1]).stat().st_size > 1000


def test_a_mistyped_command_is_told_apart_from_one_that_cannot_be_done(in_an_empty_installation):
    assert in_an_empty_installation(["sow", "--what"]).exit_code == 2
    assert in_an_empty_installation(["nothing"]).exit_code == 2


def test_the_command_opens_from_a_shell_and_shows_no_key(tmp_path):
    environ = {"PREPARE_INSTANCE": str(tmp_path), "PREPARE_SECRET_KEY": "k" * 40, "PATH": "/usr/bin:/bin"}

    ran = subprocess.run(
        [sys.executable, "-m", "prepare", "check", "settings"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "PREPARE_PORT=8765" in ran.stdout
    assert "k" * 40 not in ran.stdout + ran.stderr


def test_a_bad_setting_ends_a_command_in_one_sentence(in_an_empty_installation, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["prepare", "routes"])
    with monkeypatch.context() as patch:
        patch.setenv("PREPARE_PORT", "http")
        with pytest.raises(SystemExit) as ended:
            main()

    assert re.fullmatch(r"prepare: [^\n]*PREPARE_PORT[^\n]*", str(ended.value))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document):
    text = document.read_text("utf-8")
    linked = [address for address in re.findall(r"\]\(([^)#]+)", text) if "://" not in address]
    named = [name for name in re.findall(r"`([\w./-]+/[\w./-]*)`", text) if not name.startswith((".", "/"))]

    missing = [name for name in linked if not (document.parent / name).exists()]
    missing += [name for name in named if not (ROOT / name).exists()]

    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_that_a_document_names_exists(document):
    known = {field.metadata["variable"] for field in fields(Settings)}

    assert set(re.findall(r"\bPREPARE_[A-Z_]+[A-Z]\b", document.read_text("utf-8"))) <= known


def test_the_readme_says_why_each_library_is_used():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    text = README.read_text("utf-8").lower()
    needed = [
        line for line in config["options"]["install_requires"].splitlines() if line and "sys_platform" not in line
    ]

    unexplained = [line for line in needed if re.split("[><=;]", line)[0].strip() not in text]

    assert not unexplained


COVERED = re.compile(r"^\| (\d+) \| [^|]+ \| (built|partly|not built)[^|]* \|([^|]*)\|([^|]*)\|$", re.M)
PLACE = re.compile(r"`((?:prepare|risks|dependencies|continuity|exports)\.\w+)`")
TESTED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_the_coverage_of_the_sources_leaves_no_row_out_and_claims_nothing_without_a_page_and_a_test():
    rows = COVERED.findall((ROOT / "docs" / "coverage.md").read_text("utf-8"))

    assert [int(number) for number, *_rest in rows] == list(range(1, 102))
    for number, state, where, tests in rows:
        assert state == "not built" or (PLACE.search(where) and TESTED.search(tests)), number


def test_every_page_and_test_that_the_coverage_names_exists(app):
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")

    assert set(PLACE.findall(text)) <= {rule.endpoint for rule in app.url_map.iter_rules()}
    for path, name in TESTED.findall(text):
        assert f"def {name}(" in (ROOT / path).read_text("utf-8") if name else (ROOT / path).exists(), f"{path}::{name}"
