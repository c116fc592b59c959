"""What the demo city's residents have said, and its good practices."""

from typing import Any

from prepare.models.organisations import Organisation
from prepare.sow.files import Row, codes, names, number, yes
from prepare.sow.sowing import Sowing, folded
from prepare.vocabulary import Confidentiality
from risks.models.inputs import ResidentInput
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme

PRACTICE_TEXTS = ("context", "done", "result", "conditions", "contact_role")


def sow_inputs(sowing: Sowing) -> None:
    """Surveys, hearings, feedback on maps and safety walks."""
    sowing.write(ResidentInput, [_input(sowing, row) for row in sowing.files.rows("resident_inputs")])


def _input(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, row["sector"]),
        "name": row["name"],
        **folded(row["id"], {"name": row["name"]}),
        "source": InputSource(row["source"]),
        "held_on": sowing.files.day(row["held_on"]),
        "area": row["area"] or None,
        "theme": Theme(row["theme"]),
        "participants": int(row["participants"]),
        **{name: row[name] or None for name in ("question", "unit", "description", "used_in", "used_how")},
        **{name: number(row[name]) for name in ("value", "latitude", "longitude")},
    }


def sow_practices(sowing: Sowing) -> None:
    """Good practices, and who took them into use."""
    sowing.write(GoodPractice, [_practice(sowing, row) for row in sowing.files.rows("good_practices")])
    adoptions = [
        {
            "code": row["id"],
            "practice_id": sowing.id_of(GoodPractice, row["practice"]),
            "organisation_id": sowing.id_of(Organisation, row["organisation"]),
            "adopted_on": sowing.files.day(row["adopted_on"]),
            "comment": row["comment"],
        }
        for row in sowing.files.rows("practice_adoptions")
    ]
    sowing.write(PracticeAdoption, adoptions)


def _practice(sowing: Sowing, row: Row) -> dict[str, Any]:
    texts = names(row)
    owner = sowing.id_of(Organisation, row["sector"])
    return {"code": row["id"], "organisation_id": owner, **texts, **folded(row["id"], texts), **practice(row)}


def practice(row: Row) -> dict[str, Any]:
    """What a good practice of the files says, and whether others may have it."""
    return {
        **{name: row[name] for name in PRACTICE_TEXTS},
        "themes": tuple(Theme(word) for word in codes(row["themes"])),
        "threat": row["threat"],
        "shareable": bool(yes(row["shareable"])),
        "confidentiality": Confidentiality(row["confidentiality"]),
    }
