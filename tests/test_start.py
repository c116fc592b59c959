"""start.py: one command sets everything up, and what can go wrong is told in one sentence."""

import ast
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import namedtuple
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).parent.parent
SOURCE = (ROOT / "start.py").read_text("utf-8")
Usage = namedtuple("Usage", "total used free")

ready = pytest.mark.skipif(not start.is_ready(""), reason="this folder has not been set up by start.py")


def refusal(function, *arguments) -> str:
    """The sentence with which start.py stops."""
    with pytest.raises(SystemExit) as stopped:
        function(*arguments)
    return str(stopped.value)


@pytest.fixture
def empty_folder(tmp_path, monkeypatch) -> Path:
    """A folder as it is after a clone, to be set up."""
    for name in ("setup.cfg", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "ENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def test_it_needs_nothing_but_python():
    named = {alias.name for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_an_old_python_can_read_it_far_enough_to_say_that_it_is_too_old():
    ast.parse(SOURCE, feature_version=(3, 7))


def test_an_old_python_is_one_sentence(monkeypatch):
    monkeypatch.setattr(start.sys, "version_info", (3, 10, 9))

    assert refusal(start.main, []).startswith("Python 3.11 or newer is needed")


def test_a_taken_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        assert f"Port {port} is taken" in refusal(start.ask_for_port, port)


@pytest.mark.parametrize("port", ["http", "-1", "70000", ""])
def test_a_port_that_is_none_is_one_sentence(port):
    assert "PREPARE_PORT must be a number" in refusal(start.ask_for_port, port)


def test_a_free_port_is_fine():
    start.ask_for_port("0")


def test_a_folder_that_cannot_be_written_is_one_sentence(monkeypatch):
    monkeypatch.setattr(start, "ENV", Path("/proc/.venv"))

    assert "cannot be written" in refusal(start.ask_for_room, "")


def test_a_full_disk_is_one_sentence(empty_folder, monkeypatch):
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 50 * 2**20))

    assert "50 MB are free" in refusal(start.ask_for_room, "")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("ERROR: No matching distribution found for flask", "could not be fetched"),
        ("error: command 'gcc' failed", "could not be installed"),
    ],
)
def test_a_failed_installation_is_told_by_its_reason(output, sentence):
    assert sentence in start.reason(output)


def test_a_folder_is_set_up_once_and_again_when_the_libraries_change(empty_folder, monkeypatch):
    installed = []
    monkeypatch.setattr(start, "make_environment", lambda: None)
    monkeypatch.setattr(start, "install", lambda extra: installed.append(extra))
    (empty_folder / ".venv" / "bin").mkdir(parents=True)
    start.PYTHON.touch()

    start.set_up("[test,fast,cluster]")
    start.set_up("")
    start.set_up("[test,fast,cluster]")
    (empty_folder / "setup.cfg").write_text("[metadata]\nname = other\n")
    start.set_up("")

    assert installed == ["[test,fast,cluster]", ""]


def test_the_demo_is_served_unless_it_is_unwanted(monkeypatch):
    monkeypatch.delenv("PREPARE_DEMO", raising=False)
    assert start.serving() == ["serve", "--migrate", "--demo"]
    assert os.environ["PREPARE_DEMO"] == "1"

    monkeypatch.setenv("PREPARE_DEMO", "0")
    assert start.serving() == ["serve", "--migrate"]


def test_a_second_start_is_quick_because_compiled_code_is_kept(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert "PYTHONDONTWRITEBYTECODE" not in start.environment()


def test_a_missing_browser_is_told_loudly(monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(start.shutil, "which", lambda name: None)

    start.fetch_browser()

    assert "SKIPPED" in capsys.readouterr().err


def test_one_failed_check_fails_the_whole_and_the_others_still_run(monkeypatch, capsys):
    ran = []

    def run(command, **_more):
        ran.append(command[2])
        return subprocess.CompletedProcess(command, returncode=int(command[2] == "mypy"))

    monkeypatch.setattr(start, "set_up", lambda extra: None)
    monkeypatch.setattr(start, "fetch_browser", lambda: None)
    monkeypatch.setattr(start.subprocess, "run", run)

    assert start.check([]) == 1
    assert ran == ["ruff", "ruff", "mypy", "pytest", "pytest", "tests.covered"]
    assert "types (mypy)" in capsys.readouterr().err


def test_the_tests_run_on_both_databases():
    tests = [command for _name, command in start.CHECKS if "pytest" in command]

    assert ["--database=postgresql" in command for command in tests] == [False, True]


def test_ci_runs_what_a_developer_runs():
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]

    assert os.access(script, os.X_OK)
    assert commands[-1] == "exec python3 start.py test"


@ready
def test_the_start_command_serves_the_demo_city(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"PREPARE_INSTANCE": str(tmp_path), "PREPARE_PORT": str(port), "PREPARE_LANGUAGE": "fi"}
    command = [sys.executable, str(ROOT / "start.py")]

    with subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True) as served:
        try:
            page = fetch(f"http://127.0.0.1:{port}/sign-in")
        finally:
            served.terminate()
        told = served.communicate()[0]

    assert "kas.contact@merikaupunki.example" in page
    assert f"http://127.0.0.1:{port}/" in told
    assert [oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("*.key")] == ["0o600", "0o600"]


def fetch(address: str) -> str:
    """The page, as soon as it is served."""
    for _try in range(600):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nothing was served within a minute")
