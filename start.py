#!/usr/bin/env python3
"""Set up and run prepare with nothing but Python.

    python3 start.py              set up if needed, load the demo city on the first run, serve it on this machine
    python3 start.py setup        set up and stop
    python3 start.py test [ARGS]  run everything that CI runs, on SQLite and on PostgreSQL; with ARGS only pytest with
                                  these arguments (see tests/conftest.py: --database=postgresql)
    python3 start.py COMMAND ...  set up if needed, then any command of `prepare` (see: start.py --help)

PREPARE_PORT chooses another port than 8765, PREPARE_DEMO=0 starts without the demo city.
Only the standard library is used here; the libraries of the product go into the folder .venv.
"""

import errno
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
NEEDED_MB = {"": 600, "[test,fast,cluster]": 1900}
PORT = "8765"
UNREACHABLE = ("No matching distribution", "NewConnectionError", "ConnectTimeout", "ProxyError")
#: Every core takes whole files of tests, so that what a file shares is made once.
SHARED = ["-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "loadfile", "--no-loadscope-reorder"]
CHECKS = (
    ("style (ruff)", ["-m", "ruff", "check", "."]),
    ("layout (ruff format)", ["-m", "ruff", "format", "--check", "."]),
    ("types (mypy)", ["-m", "mypy"]),
    ("tests on SQLite (pytest)", [*SHARED, "--cov", "--cov-report="]),
    ("tests on PostgreSQL (pytest)", [*SHARED, "--database=postgresql"]),
    ("what the tests cover (coverage)", ["-m", "tests.covered"]),
)


def main(arguments: "list[str]") -> None:
    """Do what the arguments ask for; every failure that can be foreseen ends in one sentence."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    os.chdir(ROOT)
    command = arguments[0] if arguments else "serve"
    if command == "setup":
        set_up("")
        print("Ready. Start with: python3 start.py")
    elif command == "test":
        sys.exit(check(arguments[1:]))
    else:
        if not arguments:
            ask_for_port(os.environ.get("PREPARE_PORT") or PORT)
        set_up("")
        hand_over(arguments or serving())


def serving() -> "list[str]":
    """The command that serves: with the demo city unless PREPARE_DEMO=0."""
    demo = os.environ.setdefault("PREPARE_DEMO", "1") == "1"
    return ["serve", "--migrate", *(["--demo"] if demo else [])]


def hand_over(arguments: "list[str]") -> None:
    """Become the `prepare` command."""
    command = [str(PYTHON), "-m", "prepare", *arguments]
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment()))
    os.execve(command[0], command, environment())


def environment() -> "dict[str, str]":
    """The environment for what we start: compiled code is kept, else every start compiles all libraries anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def ask_for_port(port: str) -> None:
    """Stop with a sentence if the port cannot be had; better now than after a long set-up."""
    if not port.isdecimal() or not 0 <= int(port) < 65536:
        sys.exit(f"PREPARE_PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            if error.errno == errno.EACCES:
                sys.exit(f"Port {port} may not be used by you. Choose another: PREPARE_PORT=8766 python3 start.py")
            sys.exit(
                f"Port {port} is taken, perhaps by prepare itself (http://127.0.0.1:{port}/). "
                "Stop that program or choose another port: PREPARE_PORT=8766 python3 start.py"
            )


@contextmanager
def step(what: str) -> "Iterator[None]":
    """Tell of a long step when it begins and how long it took."""
    print(f"{what} ...", flush=True)
    begun = time.monotonic()
    yield
    print(f"  done in {time.monotonic() - begun:.0f} s", flush=True)


def set_up(extra: str) -> None:
    """Make .venv with all libraries, unless it is there and fits setup.cfg."""
    if is_ready(extra):
        return
    ask_for_room(extra)
    if not runs(str(PYTHON), "-c", ""):
        with step("Making the folder .venv"):
            make_environment()
    with step("Installing libraries (about half a minute)"):
        install(extra)
    for name in {"", extra}:
        stamp(name).write_text(wanted(), encoding="ascii")


def wanted() -> str:
    """A mark that changes with the libraries asked for, with Python and with the place of the folder."""
    mark = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in ("setup.cfg", "pyproject.toml"):
        mark.update((ROOT / name).read_bytes())
    return mark.hexdigest()


def stamp(extra: str) -> Path:
    """The file that says what was installed last."""
    return ENV / f".ready{extra}"


def is_ready(extra: str) -> bool:
    """Whether the libraries that setup.cfg asks for are installed."""
    mark = stamp(extra)
    return PYTHON.exists() and mark.exists() and mark.read_text(encoding="ascii") == wanted()


def ask_for_room(extra: str) -> None:
    """Stop with a sentence if the folder cannot be written or the disk is full."""
    try:
        ENV.mkdir(exist_ok=True)
        probe = ENV / ".probe"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        sys.exit(f"The folder {ROOT} cannot be written ({error.strerror}). Move prepare to a folder that you own.")
    free = shutil.disk_usage(ENV).free // 2**20
    if free < NEEDED_MB[extra]:
        sys.exit(f"{NEEDED_MB[extra]} MB of disk are needed under {ROOT}, {free} MB are free. Make room, start again.")


def make_environment() -> None:
    """Make an empty .venv; pip is put into it only if this Python has no pip that can serve it."""
    try:
        venv.create(ENV, clear=True, symlinks=os.name != "nt", with_pip=not has_pip())
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The folder .venv could not be made ({error}). On Debian and Ubuntu: apt-get install python3-venv")


def has_pip() -> bool:
    """Whether this Python's own pip can install into another environment (pip 22.3 or newer)."""
    return runs(sys.executable, "-m", "pip", "--python", sys.executable, "--version")


def install(extra: str) -> None:
    """Install the product and its libraries: with uv, which is several times faster, else with pip."""
    target = ["--editable", f".{extra}"]
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)] if has_pip() else [str(PYTHON), "-m", "pip"]
    pip += ["install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    uv = BIN / ("uv.exe" if os.name == "nt" else "uv")
    if runs(*pip, "uv") and runs(str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), *target):
        return
    done = subprocess.run([*pip, *target], capture_output=True, text=True, check=False)
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).splitlines()[-15:]), file=sys.stderr)
        sys.exit(reason(done.stdout + done.stderr))


def reason(output: str) -> str:
    """One sentence for why the installation failed."""
    if "No space left" in output:
        return "The disk is full. Make room, then start again."
    if any(word in output for word in UNREACHABLE):
        return "The libraries could not be fetched. Check the network or the proxy settings, then start again."
    return "The libraries could not be installed; the lines above say why."


def runs(*command: str) -> bool:
    """Run a command in silence; whether it succeeded."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def check(arguments: "list[str]") -> int:
    """Install what tests need and run the checks; the exit code tells whether all of them passed."""
    set_up("[test,fast,cluster]")
    fetch_browser()
    checks = [("tests (pytest)", ["-m", "pytest", *arguments])] if arguments else CHECKS
    failed = []
    for name, command in checks:
        with step(f"Checking {name}"):
            if subprocess.run([str(PYTHON), *command], env=environment(), check=False).returncode:
                failed.append(name)
    if failed:
        print(f"Not passed: {', '.join(failed)}.", file=sys.stderr)
    return len(failed)


def fetch_browser() -> None:
    """Get Chromium for the browser tests where that is possible, else say loudly that they are skipped."""
    if os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        with step("Installing Chromium for the browser tests"):
            runs("apt-get", "update")
            runs("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if not shutil.which("chromium"):
        print(
            "*** NO BROWSER: Chromium is missing and could not be installed, so the browser tests are SKIPPED. ***\n"
            "*** Install it (Debian: apt-get install chromium) or set CHROMIUM to its path. ***",
            file=sys.stderr,
        )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
