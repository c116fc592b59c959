"""Checks: the settings in force, the trail's seals, and which way is open to whom."""

import json
import sys
from dataclasses import fields

import click

from prepare import audit
from prepare.cli.installation import application, inside, settings
from prepare.config import Settings
from prepare.gate.opening import gate_of
from prepare.texts import _

SECRET = frozenset({"secret_key", "audit_key"})


@click.group()
def check() -> None:
    """Check the installation."""


@check.command("settings")
@click.option("--json", "as_json", is_flag=True)
@inside
def check_settings(as_json: bool) -> None:
    """List every setting, what it means and what is in force; keys are not shown."""
    rows = [
        {
            "variable": field.metadata["variable"],
            "meaning": _(field.metadata["meaning"]),
            "value": "(set)" if field.name in SECRET else getattr(settings(), field.name),
        }
        for field in fields(Settings)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['value']}\n    {row['meaning']}")


@check.command("audit")
@click.option("--json", "as_json", is_flag=True)
@inside
def check_audit(as_json: bool) -> None:
    """Verify the seals of the trail; exit code 1 when it does not hold."""
    flaws = list(audit.verify())
    if as_json:
        click.echo(json.dumps([{"entry": flaw.entry, "what": flaw.what} for flaw in flaws]))
    else:
        for flaw in flaws:
            click.echo(f"entry {flaw.entry}: {flaw.what}")
        click.echo("The trail does not hold." if flaws else "The trail holds.")
    sys.exit(1 if flaws else 0)


@click.command()
@click.option("--json", "as_json", is_flag=True)
@inside
def routes(as_json: bool) -> None:
    """List every page with its methods and its rule."""
    rows = []
    for rule in sorted(application().url_map.iter_rules(), key=lambda rule: rule.rule):
        gate = gate_of(application(), rule.endpoint)
        row = {
            "route": rule.rule,
            "endpoint": rule.endpoint,
            "methods": sorted(rule.methods or ()),
            "opens": gate.kind if gate else None,
            "action": gate.action.value if gate and gate.action else None,
        }
        rows.append(row)
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['route']:<44} {','.join(row['methods']):<20} {row['opens']} {row['action'] or ''}")
