"""Running the service: serve, migrate, sow."""

import os
import sys

import click
import waitress
from flask_migrate import upgrade
from sqlalchemy import inspect

from prepare.cli.installation import application, inside, settings
from prepare.db import db
from prepare.queries import organisations
from prepare.sow import demo
from prepare.sow.users import DEMO_PASSWORD, USERS


def bring_up_to_date() -> None:
    """Bring the schema to the newest revision; nothing happens when it is there."""
    upgrade(directory=f"{application().root_path}/migrations")


def is_empty() -> bool:
    """Whether the installation has no organisation yet."""
    if not inspect(db.engine).has_table("organisation"):
        return True
    return db.session.scalars(organisations.city()).first() is None


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1; else PREPARE_PORT.")
@click.option("--migrate", "first_migrate", is_flag=True, help="Bring the schema up to date first.")
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo city if the installation is empty.")
def serve(port: int | None, first_migrate: bool, with_demo: bool) -> None:
    """Serve the pages on this machine until interrupted."""
    if with_demo:
        os.environ["PREPARE_DEMO"] = "1"
    port = port or int(settings().port)
    _prepare(first_migrate, with_demo)
    click.echo(f"prepare serves at {settings().base_url or f'http://127.0.0.1:{port}/'} (stop with Ctrl-C)")
    if settings().is_demo:
        click.echo(f"Demo users, all with the password {DEMO_PASSWORD}:")
        for user in USERS:
            click.echo(f"  {user.email:<36} {user.role.value}, {user.organisation}")
    sys.stdout.flush()
    waitress.serve(
        application(), host="127.0.0.1", port=port, threads=8, ident=None, clear_untrusted_proxy_headers=True
    )


@inside
def _prepare(first_migrate: bool, with_demo: bool) -> None:
    if first_migrate:
        click.echo("Bringing the database up to date ...")
        bring_up_to_date()
    if with_demo and is_empty():
        click.echo("Loading the demo city ...")
        demo.load()


@click.command()
@inside
def migrate() -> None:
    """Bring the database's schema up to date."""
    bring_up_to_date()
    click.echo("The database is up to date.")


@click.command()
@inside
def sow() -> None:
    """Load the demo city into an empty installation."""
    bring_up_to_date()
    if not is_empty():
        sys.exit("prepare: the installation has data already; the demo city is loaded only into an empty one.")
    for name, count in demo.load().items():
        click.echo(f"{count:>6}  {name}")
