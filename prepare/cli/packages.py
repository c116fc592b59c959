"""Crisis packages from the command line: build them, verify one, print the key by which others verify."""

import json
import os
import sys
from io import BytesIO
from pathlib import Path

import click

from exports import archive, manifest, signatures
from exports.archive import WrongPassphrase
from exports.entries import Language
from exports.package import audiences
from exports.package.audiences import Audience
from exports.package.building import Package
from exports.views.package_jobs import built_and_kept, concerned
from prepare.cli.installation import inside
from prepare.clock import elapsed_s, today
from prepare.errors import refuse_if
from prepare.texts import _, number

LANGUAGES = click.Choice([one.value for one in Language])


@click.group()
def package() -> None:
    """Crisis packages: what a role needs in a disruption, in a file that opens without network or server."""


@package.command()
@click.option("--all", "is_all", is_flag=True, help="Every audience, in the languages of its people.")
@click.option("--audience", "keys", multiple=True, help="Role and organisation, as sector_contact:KAS.")
@click.option("--lang", type=LANGUAGES, help="Else the languages of those who hold the role.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write them to as well.")
@click.option(
    "--passphrase-file", type=click.Path(dir_okay=False, path_type=Path),
    help="File whose first line is the passphrase of what is written to --out.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True)
@inside
def build(
    is_all: bool, keys: tuple[str, ...], lang: str | None, out: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Build crisis packages now and keep them; `prepare worker` does the same every day and after an approval."""
    passphrase = _passphrase(passphrase_file)
    if passphrase is not None and out is None:
        sys.exit("prepare: a passphrase is for what is written to a folder: add --out.")
    for one in _wanted(keys, is_all=is_all):
        for code in [lang] if lang else audiences.languages(one):
            begun = elapsed_s()
            made = built_and_kept(one, code)
            told = {"audience": one.key, "language": code, "sha256": made.sha256, "bytes": len(made.content)}
            told |= {"files": made.files, "seconds": round(elapsed_s() - begun, 1)}
            told |= {"file": str(_written(made, out, passphrase))} if out else {}
            click.echo(json.dumps(told) if as_json else " ".join(str(value) for value in told.values()))


def _wanted(keys: tuple[str, ...], *, is_all: bool) -> list[Audience]:
    every = {one.key: one for one in concerned(None)}
    if unknown := [key for key in keys if key not in every]:
        sys.exit(f"prepare: nobody belongs to {', '.join(unknown)}. There are: {', '.join(every)}.")
    if not keys and not is_all:
        sys.exit(f"prepare: add --all or --audience. There are: {', '.join(every) or 'none'}.")
    return list(every.values()) if is_all else [every[key] for key in keys]


def _passphrase(path: Path | None) -> str | None:
    """The first line of the file. Raises RuleBroken when it is too weak."""
    if path is None:
        return None
    passphrase = _first_line(path)
    refuse_if(archive.passphrase_problems(passphrase))
    return passphrase


def _first_line(path: Path) -> str:
    return _read(path).decode("utf-8", "replace").split("\n", 1)[0].rstrip("\r")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        sys.exit(f"prepare: {path} cannot be read ({error.strerror}).")


def _written(made: Package, out: Path, passphrase: str | None) -> Path:
    content = archive.locked(made.content, passphrase) if passphrase else made.content
    target = out / made.name
    try:
        out.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        sys.exit(f"prepare: {target} cannot be written ({error.strerror}).")
    return target


@package.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--key", help="Public key of another installation, as its `prepare package key` prints it.")
@click.option(
    "--passphrase-file", type=click.Path(dir_okay=False, path_type=Path),
    help="File whose first line is the passphrase.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True)
@inside
def verify(file: Path, key: str | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Verify a package: that this installation made it, and that nothing was changed; exit code 1 when not."""
    given = _first_line(passphrase_file) if passphrase_file else None
    try:
        flaws, told = archive.verified(BytesIO(_read(file)), key or signatures.public_key(), given)
    except WrongPassphrase as wrong:
        sys.exit(f"prepare: {wrong.text()}")
    if as_json:
        found = [{"fault": flaw.fault.value, "file": flaw.file} for flaw in flaws]
        about = {name: told.get(name) for name in ("audience", "language", "built_at", "expires_on", "trail_entries")}
        expired = manifest.is_expired(told, today())
        click.echo(json.dumps({"holds": not flaws, "is_expired": expired, "flaws": found, **about}))
    else:
        click.echo("\n".join(_sentences(flaws, told)))
    sys.exit(1 if flaws else 0)


def _sentences(flaws: list[manifest.Flaw], told: dict[str, object]) -> list[str]:
    if flaws:
        return [*(flaw.text for flaw in flaws), _("The package is not whole: do not rely on it.")]
    files = told["files"]
    count = number(len(files) if isinstance(files, dict) else 0)
    whole = _("%(name)s: %(count)s files, nothing was changed.", name=told["name"], count=count)
    return [whole, manifest.validity(told, today())]


@package.command()
@inside
def key() -> None:
    """Print the public key by which others verify the packages of this installation."""
    click.echo(signatures.public_key())
