"""What expires: the months ahead with the days by which one must decide, as a picture, a list and a calendar file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import SimpleNamespace

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from dependencies import agreements as rules
from dependencies.agreements import Due
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.views.blueprint import bp
from dependencies.vocabulary import Deadline
from prepare import actor, calendar_files
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.texts import _, day, month, name_of, whole_month
from prepare.views import choosing
from prepare.vocabulary import Confidentiality

MONTHS = 24
MOST = 500  #: agreements that are followed at once
MOST_ROWS = 40  #: agreements in the picture; the list below names all
SIGNS = {Deadline.DECIDE: "◆", Deadline.ENDS: "■", Deadline.RENEWS: "↻", Deadline.REVIEW: "○"}


@dataclass(frozen=True)
class Followed:
    """An agreement with a day by which something is to be done about it."""

    agreement: Agreement
    due: Due

    @property
    def sign(self) -> str:
        """The mark in the picture; its words say the same."""
        return SIGNS[self.due.what]

    @property
    def words(self) -> str:
        """The day and what is to be done."""
        return f"{day(self.due.on)} {self.due.what.label}"


@bp.get("/agreements/calendar")
@opens_page(Action.VIEW_AGREEMENT)
def agreement_calendar() -> ResponseReturnValue:
    """The 24 months ahead: by when to decide, what ends, what is to be looked at again; and what is late."""
    owners, first = choosing.organisations(), today().replace(day=1)
    found = _followed(owners)
    months = [months_after(first, number) for number in range(MONTHS)]
    late = [one for one in found if one.due.on < today()]
    ahead = [one for one in found if today() <= one.due.on < months_after(first, MONTHS)]
    return render_template(
        "dependencies/agreement_calendar.html",
        columns=[SimpleNamespace(name=month(one), year=one.year, starts=one.month == 1) for one in months],
        rows=_rows(ahead, months)[:MOST_ROWS],
        months=_by_month(ahead),
        late=late,
        total=len(ahead),
        signs=[(SIGNS[what], what.label) for what in Deadline],
        owners=[(one.code, name_of(one)) for one in owners.values()],
        organisation=request.args.get("organisation", "")[:20],
    )


def _followed(owners: Mapping[str, Organisation]) -> list[Followed]:
    """What is to be done about the agreements that the address asks for, the earliest first."""
    asked = owners.get(request.args.get("organisation", "")[:20])
    rows = queries.running(actor.current().scope, on=today(), organisation=asked.path if asked else "")
    found = [
        Followed(one, due) for one in db.session.scalars(rows.limit(MOST)) for due in rules.deadlines(one, today())
    ]
    return sorted(found, key=lambda one: (one.due.on, one.agreement.code))


def _rows(ahead: Sequence[Followed], months: Sequence[date]) -> list[SimpleNamespace]:
    """A row for each agreement: a cell for each month, with its marks, and whether it is bound in that month."""
    of: dict[int, list[Followed]] = {}
    for one in ahead:
        of.setdefault(one.agreement.id, []).append(one)
    return [_row(some, months) for some in of.values()]


def _row(some: Sequence[Followed], months: Sequence[date]) -> SimpleNamespace:
    ends = next((one.due.on for one in some if one.due.what is Deadline.ENDS), None)
    marks = {first: [one for one in some if one.due.on.replace(day=1) == first] for first in months}
    begun = some[0].agreement.valid_from
    return SimpleNamespace(
        agreement=some[0].agreement,
        cells=[
            SimpleNamespace(
                marks=marks[first],
                bound=(ends is None or first <= ends) and (begun is None or begun < months_after(first, 1)),
            )
            for first in months
        ],
    )


def _by_month(ahead: Sequence[Followed]) -> list[SimpleNamespace]:
    """The months in which there is something to do, each with all of it."""
    found: dict[date, list[Followed]] = {}
    for one in ahead:
        found.setdefault(one.due.on.replace(day=1), []).append(one)
    return [SimpleNamespace(name=whole_month(first), key=f"{first:%Y-%m}", rows=rows) for first, rows in found.items()]


@bp.get("/agreements/calendar.ics")
@opens_page(Action.VIEW_AGREEMENT)
def agreement_calendar_file() -> ResponseReturnValue:
    """The same days as a calendar file; agreements that are secret by law stay out of other programs' calendars."""
    found = _followed(choosing.organisations())
    days = [_day(one) for one in found if one.agreement.confidentiality is not Confidentiality.CONFIDENTIAL]
    made = calendar_files.written(days, title=_("Agreements"), at=now())
    return send_file(
        BytesIO(made), mimetype=calendar_files.MIME, as_attachment=True, download_name=f"{today().isoformat()}.ics"
    )


def _day(one: Followed) -> calendar_files.Day:
    agreement = one.agreement
    facts = [
        (_("Partner"), name_of(agreement.party)),
        (_("Case number"), agreement.reference),
        (_("Owner on the city's side"), agreement.owner_role),
    ]
    return calendar_files.Day(
        uid=f"{agreement.ref}-{one.due.what.value}@prepare",
        on=one.due.on,
        title=f"{one.due.what.label}: {agreement.code} {name_of(agreement)}",
        text="\n".join(f"{label}: {value}" for label, value in facts if value),
        url=url_for("dependencies.agreement", ref=agreement.ref, _external=True),
    )
