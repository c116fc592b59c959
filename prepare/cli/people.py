"""Accounts: add or invite a person, grant or end a role, close and open an account."""

import json
import secrets
import sys

import click

from prepare.cli.installation import inside, settings
from prepare.clock import now
from prepare.db import db, transaction
from prepare.entries import OrganisationEntry, UserEntry
from prepare.gate import sessions
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries import organisations as queries
from prepare.register import accounts, invitations, organisations, roles
from prepare.texts import LANGUAGES
from prepare.vocabulary import OrganisationKind, Role

NO_CITY = 'prepare: the installation is empty; name its city: --city "Name of the city"'
ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """People's accounts and roles."""


@user.command()
@click.option("--email", required=True, help="The address with which the person signs in.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=ROLES, required=True)
@click.option("--organisation", default="", help="Code of the organisation over which the role is held; else the city.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True)
@click.option("--city", default="", help="Name of the city, for the first administrator of an empty installation.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is made.")
@inside
def add(email: str, name: str, role: str, organisation: str, language: str, city: str, password_stdin: bool) -> None:
    """Give a person an account and a role; a made password is shown once."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    with transaction():
        if city:
            _found(city)
        where = _organisation(organisation)
        person = accounts.add_user(where, UserEntry(email=email, name=name, language=language), password=password)
        roles.grant(where, person, Role(role))
    click.echo(f"Added {email} as {role}.")
    if not password_stdin:
        click.echo(f"Password, shown only now: {password}")


@user.command()
@click.argument("email")
@click.option("--name", default="", help="The person's name, for somebody who has no account yet.")
@click.option("--role", type=ROLES, help="The first role, for somebody who has no account yet.")
@click.option("--organisation", default="", help="Code of the organisation over which the role is held; else the city.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True)
@inside
def invite(email: str, name: str, role: str | None, organisation: str, language: str) -> None:
    """Make a link by which a person chooses a password; it works once and is shown once."""
    token = sessions.new_token()
    with transaction():
        person = db.session.scalars(queries.account(accounts.folded(email))).first()
        if person is None:
            if not (name and role):
                sys.exit("prepare: there is no such account; give --name and --role to make one.")
            where = _organisation(organisation)
            person = accounts.add_user(where, UserEntry(email=email, name=name, language=language), password=None)
            roles.grant(where, person, Role(role))
        invitations.invite(person, token_hash=sessions.token_hash(token), at=now())
    base = settings().base_url or f"http://127.0.0.1:{settings().port}"
    click.echo(f"Link, shown only now: {base.rstrip('/')}/invitation?token={token}")


@user.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@click.option("--organisation", default="", help="Code of the organisation over which the role is held; else the city.")
@click.option("--end", is_flag=True, help="End the role instead of granting it.")
@inside
def role(email: str, role: str, organisation: str, end: bool) -> None:
    """Let a person hold a further role, or end one."""
    with transaction():
        if end:
            roles.withdraw(_organisation(organisation), _person(email), Role(role), at=now())
        else:
            roles.grant(_organisation(organisation), _person(email), Role(role))
    click.echo(f"{email} is {'no longer' if end else 'now'} {role}.")


@user.command()
@click.argument("email")
@inside
def disable(email: str) -> None:
    """Close an account; its sessions end at once."""
    with transaction():
        accounts.disable(_person(email), at=now())
    click.echo(f"{email} can no longer sign in.")


@user.command()
@click.argument("email")
@inside
def enable(email: str) -> None:
    """Open an account again, with the roles that it had."""
    with transaction():
        accounts.enable(_person(email))
    click.echo(f"{email} can sign in again.")


@user.command("list")
@click.option("--json", "as_json", is_flag=True)
@inside
def listed(as_json: bool) -> None:
    """List the accounts."""
    rows = [
        {"email": person.email, "name": person.name, "disabled": person.disabled_at is not None}
        for person in db.session.scalars(queries.accounts())
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['email']:<40} {row['name']}{'  (disabled)' if row['disabled'] else ''}")


def _found(city: str) -> None:
    if db.session.scalars(queries.city()).first():
        sys.exit("prepare: the installation has its city already; leave --city out.")
    top = organisations.Place(None, OrganisationKind.CITY)
    organisations.add(top, OrganisationEntry(code="CITY", kind=OrganisationKind.CITY, name_fi=city))


def _organisation(code: str) -> Organisation:
    """The organisation with this code; without a code the city."""
    found = db.session.scalars(queries.by_code(code) if code else queries.city()).first()
    if found is None:
        sys.exit(f"prepare: there is no organisation with the code {code}." if code else NO_CITY)
    return found


def _person(email: str) -> User:
    found = db.session.scalars(queries.account(accounts.folded(email))).first()
    return found or sys.exit(f"prepare: there is no account with the address {email}.")
