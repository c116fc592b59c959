"""Which scenarios may be offered to other municipalities, what of them crosses, and when a copy is out of date."""

from collections.abc import Mapping
from typing import Any

from prepare.errors import RuleBroken
from prepare.texts import LANGUAGES, N_
from prepare.vocabulary import Confidentiality
from risks.entries.scenarios import ScenarioEntry
from risks.vocabulary.scenarios import Severity

#: What crosses. What a scenario hits never does, not even by kind: it would tell where the owner is weak. Neither does
#: the area, which is a place in the owner's city.
CROSSES = (
    *(f"name_{code}" for code in LANGUAGES),
    *(f"description_{code}" for code in LANGUAGES),
    "threat",
    "severity",
    "season",
    "duration_h",
)


def refuse_offer(scenario: Any, *, whole: bool) -> None:
    """Raise RuleBroken when a scenario cannot be offered; `whole` is whether it is of the whole municipality."""
    if scenario.retired:
        raise RuleBroken(N_("The scenario has been retired."))
    if scenario.confidentiality is not Confidentiality.PUBLIC:
        raise RuleBroken(
            N_("Only what is public is shared with other municipalities. Edit the scenario and mark it public first.")
        )
    if not whole:
        raise RuleBroken(N_("Only a scenario of the whole municipality can be offered to others."))


def said(source: Any) -> dict[str, Any]:
    """What a source says, by column, as it is kept beside a copy."""
    return {name: getattr(source, name) for name in CROSSES}


def entry_of(source: Any) -> ScenarioEntry:
    """The entry of a copy: what crosses, without hits, and internal until its keeper says otherwise."""
    return ScenarioEntry(**said(source))


def changes(taken: Mapping[str, Any], source: Any) -> list[str]:
    """Columns in which the source says something else than when it was copied or looked at last."""
    return [name for name, now in said(source).items() if _plain(now) != _plain(taken.get(name))]


def _plain(value: Any) -> Any:
    """A value as it is kept: a word of a vocabulary is its text."""
    return value.value if isinstance(value, Severity) else value


def kept(source: Any) -> dict[str, Any]:
    """What a source says, as plain values to be kept."""
    return {name: _plain(value) for name, value in said(source).items()}
