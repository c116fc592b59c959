"""The command's top: settings, application, actor and language; failures end in one sentence."""

import os
import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from prepare.cli.analyses import ANALYSES
from prepare.cli.backup import backup
from prepare.cli.comparing import compare
from prepare.cli.intake import intake
from prepare.cli.lists import import_list
from prepare.cli.packages import package
from prepare.cli.people import user
from prepare.cli.readiness import readiness
from prepare.cli.reminders import reminders
from prepare.cli.rounds import export
from prepare.cli.runs import runs
from prepare.cli.schedules import schedules
from prepare.cli.service import migrate, serve, sow
from prepare.cli.tracing import trace
from prepare.cli.trail import audit
from prepare.cli.trust import check, routes
from prepare.cli.uncertainty import uncertainty
from prepare.cli.weaknesses import WEAKNESSES
from prepare.cli.worker import worker
from prepare.errors import PrepareError, RuleBroken

COMMANDS: tuple[click.Command, ...] = (
    *(serve, migrate, backup, sow, trace, runs, compare, uncertainty, readiness, reminders),
    *ANALYSES,
    *WEAKNESSES,
    *(export, import_list, intake, package, worker, user, audit, check, routes, schedules),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def prepare() -> None:
    """Continuity and preparedness management of a city.

    Settings are environment variables; `prepare check settings` lists them.
    """


for command in COMMANDS:
    prepare.add_command(command)


def main() -> None:
    """Run the command: 0 when it succeeded, 1 when it could not be done, 2 when it was written wrong.

    Whatever it writes, only its owner reads.
    """
    os.umask(0o077)
    try:
        prepare()
    except RuleBroken as broken:
        sys.exit("\n".join(f"prepare: {rule.text()}" for rule in broken.every))
    except PrepareError as error:
        sys.exit(f"prepare: {error.text()}")
    except (OperationalError, ProgrammingError) as error:
        sys.exit(f"prepare: the database cannot be used ({str(error.orig).splitlines()[0]}). Try: prepare migrate")
