"""What every record of local safety planning must satisfy."""

from typing import Any

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


def given(text: str | None) -> bool:
    """Whether something was written."""
    return bool(text and text.strip())


def secrecy(entry: Any) -> list[RuleBroken]:
    """E7: what is confidential names its legal basis."""
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not given(entry.secrecy_basis):
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        return [RuleBroken(message, field="secrecy_basis")]
    return []


def name(entry: Any, field: str = "name_fi") -> list[RuleBroken]:
    """Everything has a name, in the city's own language at least."""
    return [] if given(getattr(entry, field)) else [RuleBroken(N_("Give a name."), field=field)]
