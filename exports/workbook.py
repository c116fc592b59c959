"""A finished workbook, its name, and the highest variant that somebody may have."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.texts import language, search_key
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True)
class Made:
    """A finished workbook and what the trail tells of it."""

    name: str
    content: bytes
    rows: int
    left_out: int
    figures: Mapping[str, Any] | None = None  #: to hold the next one against, where the workbook is a report

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.content).hexdigest()


def highest(scope: Scope, organisation: Organisation) -> Confidentiality:
    """The highest class that the scope may read of an organisation: the variant to begin with."""
    held = [root.highest for root in scope.roots if organisation.path.startswith(root.path)]
    return max(held, key=lambda one: one.rank, default=Confidentiality.PUBLIC)


def file_name(city: Organisation, what: str, of: str, on: date, variant: Confidentiality | None = None) -> str:
    """As merikaupunki_valmiusohje_KAS_2026-11-21_fi_internal.xlsx: `what` in plain Finnish, `of` is a code.

    The name tells the language in use, and the variant where the workbook has variants.
    """
    code = re.sub(r"[^A-Za-z0-9-]+", "-", of)
    words = [_plain(city.name_fi), what, code, on.isoformat(), language()]
    return "_".join([*words, *([variant.value] if variant else [])]) + ".xlsx"


def _plain(name: str) -> str:
    """A name in small letters that every file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(name).translate(str.maketrans("åäö", "aao"))).strip("-")
