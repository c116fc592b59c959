"""The demo city's schedules: what is made by itself, first on the day after the one on which the city is sown."""

from datetime import timedelta
from typing import Any

from prepare.models.organisations import Organisation
from prepare.models.reports import Schedule
from prepare.models.users import User
from prepare.scheduling import Rhythm
from prepare.sow.files import Row, codes, yes
from prepare.sow.sowing import Sowing
from prepare.sow.users import USERS
from prepare.vocabulary import Confidentiality

TEXTS = ("code", "name", "kind", "purpose", "recipients")


def sow_schedules(sowing: Sowing) -> None:
    """The schedules; nothing is made while the city is sown, nor on that day."""
    sowing.write(Schedule, [_schedule(sowing, row) for row in sowing.files.rows("schedules")])


def _schedule(sowing: Sowing, row: Row) -> dict[str, Any]:
    keeper = next(user for user in USERS if user.address == row["user"])
    return {
        **{name: row[name] for name in TEXTS},
        "organisation_id": sowing.id_of(Organisation, row["organisation"]),
        "languages": tuple(codes(row["languages"])),
        "variant": Confidentiality(row["variant"]),
        "rhythm": Rhythm(row["rhythm"]),
        "day": int(row["day"]),
        "is_on": bool(yes(row["is_on"])),
        "user_id": sowing.id_of(User, keeper.email),
        "since": sowing.files.on + timedelta(days=1),
    }
