"""Checks: the settings in force, and which way is open to whom."""

import json
from dataclasses import fields

import click

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
            "variable": one.metadata["variable"],
            "meaning": _(meaning),
            "value": "(set)" if one.name in SECRET else getattr(settings(), one.name),
        }
        for one, meaning in ((one, one.metadata["meaning"]) for one in fields(Settings))
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['value']}\n    {row['meaning']}")


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
