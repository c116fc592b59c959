"""What tests of the fill-in workbook are made of."""

from exports.filling.seals import Stamp
from exports.filling.tables.every import SCHEMA
from exports.filling.values import Lists

LISTS = Lists(
    {
        "own": {"F-EDU-01": "Kouluateriat", "F-EDU-02": "Varhaiskasvatus", "UUSI-F01": ""},
        "every": {"F-EDU-01": "Kouluateriat", "F-EDU-02": "Varhaiskasvatus"},
        "vital": {"LEAD": "Johtaminen"},
        "threat": {"flood": "Tulva"},
        "risk": {"R-01": "Tulva"},
        "area": {"CENTRE": "Keskusta"},
        "scenario": {"S1": "Sähkökatko"},
        "band": {"T1": "0–1 h", "T3": "4–24 h"},
        "likelihood": {str(step): f"Taso {step}" for step in range(1, 6)},
        "impact": {str(step): f"Taso {step}" for step in range(1, 6)},
    }
)


def stamp(schema: str = SCHEMA) -> Stamp:
    """A stamp of some hand-over."""
    return Stamp(schema, "e", "EDU", "fi", 41, "2026-11-28T10:00:00+00:00", {"functions": "Toiminnot"})
