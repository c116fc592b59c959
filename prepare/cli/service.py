"""Running the service: serve, migrate, sow."""

import json
import logging
import os
import socket
import sys
from multiprocessing.process import BaseProcess
from threading import Thread

import click
from flask_migrate import upgrade
from sqlalchemy import inspect

from dependencies import tracing
from prepare.app import MAX_REQUEST_BYTES
from prepare.cli.installation import application, inside, settings
from prepare.cli.worker import start_beside
from prepare.db import db
from prepare.sow import city
from prepare.sow.country import sowing as country
from prepare.sow.country.size import Size
from prepare.sow.users import DEMO_PASSWORD, demo_users

THREADS = 8


def bring_up_to_date() -> None:
    """Bring the schema to the newest revision; nothing happens when it is there."""
    upgrade(directory=f"{application().root_path}/migrations")


def is_empty() -> bool:
    """Whether the installation has no organisation yet."""
    return not inspect(db.engine).has_table("organisation") or city.is_empty()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address on which the server listens.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port on which it listens; else PREPARE_PORT.")
@click.option("--migrate", "first_migrate", is_flag=True, help="Bring the schema up to date first.")
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo city if the installation is empty.")
def serve(host: str, port: int | None, first_migrate: bool, with_demo: bool) -> None:
    """Serve the pages until interrupted."""
    if with_demo:
        os.environ.setdefault("PREPARE_DEMO", "1")
    listener = _listen(host, int(settings().port) if port is None else port)
    _get_ready(first_migrate, with_demo)
    _announce(listener)
    beside = _begin_to_work()
    Thread(target=_warm, name="warm", daemon=True).start()
    try:
        _serve(listener)
    finally:
        if beside:
            beside.terminate()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        sys.exit(f"prepare: port {port} of {host} cannot be used ({error.strerror}). Choose another: PREPARE_PORT=8766")


@inside
def _get_ready(first_migrate: bool, with_demo: bool) -> None:
    if first_migrate:
        bring_up_to_date()
    if with_demo and is_empty():
        click.echo("Loading the demo city ...")
        click.echo(f"  {city.sow().total()} records")
    _learn()


def _learn() -> None:
    """Let SQLite learn what its tables hold, where that has changed much; PostgreSQL does it by itself."""
    if inspect(db.engine).has_table("organisation") and db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA optimize=0x10002")


@inside
def _begin_to_work() -> BaseProcess | None:
    """Let a worker do the jobs beside the pages, unless one is run apart; before any thread begins."""
    return start_beside() if settings().worker != "0" else None


@inside
def _announce(listener: socket.socket) -> None:
    if settings().is_demo and (users := demo_users()):
        click.echo(f"Demo users; the password of each is {DEMO_PASSWORD}")
        for user in users:
            click.echo(f"  {user.email:<40} {user.duty}")
    host, port = listener.getsockname()[:2]
    click.echo(f"prepare serves at {settings().base_url or f'http://{host}:{port}/'} (stop with Ctrl-C)")
    sys.stdout.flush()


@inside
def _warm() -> None:
    """Get a large graph ready beside the first pages, which then need not wait for it."""
    if inspect(db.engine).has_table("function"):
        tracing.warm()


def _serve(listener: socket.socket) -> None:
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    behind_proxy = settings().proxies != "0"
    waitress.serve(
        application(),
        sockets=[listener],
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=not behind_proxy,
        # what is a little too large still gets the page that says so
        max_request_body_size=4 * MAX_REQUEST_BYTES,
    )


@click.command()
@inside
def migrate() -> None:
    """Bring the database's schema up to date."""
    bring_up_to_date()
    click.echo("The database is up to date.")


@click.command()
@click.option("--functions", type=int, help="Instead of the demo city a synthetic country with so many functions ...")
@click.option("--dependencies", type=int, help="... and so many dependencies ...")
@click.option("--municipalities", type=int, help="... in so many municipalities.  [default: 1]")
@click.option("--seed", type=int, help="Another country of the same size.  [default: 1]")
@click.option("--json", "as_json", is_flag=True)
@inside
def sow(
    functions: int | None, dependencies: int | None, municipalities: int | None, seed: int | None, as_json: bool
) -> None:
    """Load the demo city, or a synthetic country of any size, into an empty installation."""
    size = None
    if (functions, dependencies, municipalities, seed) != (None, None, None, None):
        if functions is None or dependencies is None:
            raise click.UsageError("A synthetic country needs both: --functions 5000 --dependencies 20000")
        size = Size(
            functions, dependencies, 1 if municipalities is None else municipalities, 1 if seed is None else seed
        )
    bring_up_to_date()
    counts = country.sow(size, with_users=settings().is_demo) if size else city.sow()
    if as_json:
        click.echo(json.dumps(counts))
        return
    for name, count in counts.items():
        click.echo(f"{count:>8}  {name}")
    if size and not settings().is_demo:
        click.echo("Nobody can sign in yet. Give the first person an account:")
        click.echo('  prepare user add --email name@example.fi --name "Name" --role admin')
