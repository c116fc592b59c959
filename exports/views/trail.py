"""The trail as a file: what the filter shows, taken for a stated purpose and told to the trail."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import urlencode

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from exports import trail_files
from exports.entries import Format, Language, TrailEntry, trail_problems
from exports.forms import TrailForm
from exports.properties import Imprint
from exports.register import handing_over as register
from exports.trail_files import Row, Told, TrailFile
from exports.views.blueprint import bp
from exports.views.guidance import MIME
from prepare import actor
from prepare.access import Action
from prepare.audit import AuditEntry
from prepare.clock import HELSINKI, day_of, now
from prepare.db import db, transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.gate.opening import opens_page
from prepare.queries import organisations, verification
from prepare.queries import trail as queries
from prepare.register.trail import TRAIL
from prepare.texts import _, language, moment, name_of, number, speaking
from prepare.views.asked import NAMES, asked, in_words
from prepare.views.telling import Teller
from prepare.vocabulary import Confidentiality

#: So many entries are told in words at a time.
AT_ONCE = 500
MIMES = {Format.WORKBOOK: MIME, Format.TEXT: "text/csv; charset=utf-8"}


@bp.route("/trail/export", methods=["GET", "POST"])
@opens_page(Action.EXPORT_TRAIL)
def trail() -> ResponseReturnValue:
    """Take what the filter of the trail shows as a file."""
    given = {name: request.args.get(name, "").strip() for name in NAMES}
    form = TrailForm(data={"language": Language(language()), "format": Format.WORKBOOK})
    if form.accepted():
        try:
            return _taken(given, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    total = db.session.scalar(queries.counted(queries.wanted(actor.current().scope, asked(given)))) or 0
    return render_template(
        "exports/trail.html",
        form=form,
        filter=in_words(given),
        total=min(total, queries.MOST),
        is_more=total > queries.MOST,
        most={kind: trail_files.limit_text(kind) for kind in trail_files.MOST_ROWS},
        back=f"{url_for('prepare.trail')}?{urlencode({name: value for name, value in given.items() if value})}",
    )


def _taken(given: Mapping[str, str], entry: TrailEntry) -> ResponseReturnValue:
    """Make the file first, so that the register is locked only to write the trail."""
    made = made_of(given, entry)
    with transaction():
        register.take_trail(TRAIL, entry, made)
    return send_file(BytesIO(made.content), mimetype=MIMES[entry.format], as_attachment=True, download_name=made.name)


def made_of(given: Mapping[str, str], entry: TrailEntry) -> TrailFile:
    """The file of what this filter shows the acting person."""
    refuse_if(trail_problems(entry))
    with speaking(entry.language.value):
        numbers = queries.wanted(actor.current().scope, asked(given))
        most = trail_files.MOST_ROWS[entry.format.value]
        found = list(_rows(numbers, most + 1))
        rows, classes = [row for row, _class in found[:most]], [one for _row, one in found[:most]]
        imprint = _imprint(trail_files.highest(classes))
        told = Told(
            name=f"muutosloki_{imprint.as_of.isoformat()}_{entry.language.value}",
            filter=in_words(given),
            who=actor.current().name,
            purpose=entry.purpose or "",
            verified=_verified(),
            has_more=len(found) > most,
        )
        make = trail_files.workbook if entry.format is Format.WORKBOOK else trail_files.text_file
        return make(rows, told, imprint)


def _rows(numbers: queries.Numbers, most: int) -> Iterator[tuple[Row, Confidentiality]]:
    """The entries as rows of a table, each with its class; names are looked up for many at once."""
    scope = actor.current().scope
    places = {one.path: name_of(one) for one in db.session.scalars(organisations.organisations(scope, own=None))}
    before = None
    while most > 0:
        some = numbers.where(AuditEntry.id < before) if before else numbers
        found = [(row[0], row[1]) for row in db.session.execute(queries.told(some, most=min(most, AT_ONCE)))]
        for (entry, _payload), told in zip(found, Teller(scope, found), strict=True):
            at = entry.at.astimezone(HELSINKI)
            held = Confidentiality(entry.confidentiality)
            row: Row = {
                "number": told.number,
                "day": day_of(told.at),
                "time": at.strftime("%H:%M:%S"),
                "who": told.user_name,
                "action": told.label,
                "kind": told.kind,
                "code": told.code,
                "organisation": places.get(entry.owner_path, ""),
                "confidentiality": held.label,
                "changes": _("The content of this entry has been erased.") if told.erased else told.summary,
            }
            yield row, held
        if len(found) < AT_ONCE:
            return
        before, most = found[-1][0].id, most - len(found)
        db.session.expunge_all()


def _imprint(held: Confidentiality) -> Imprint:
    city = db.session.scalars(organisations.city(actor.current().home)).one()
    at = now().replace(microsecond=0)
    return Imprint(
        title=_("Trail of changes"),
        subject=_("Who changed what, before and after"),
        city=name_of(city),
        organisation=name_of(city),
        organisation_code=city.code,
        as_of=day_of(at),
        made_at=at,
        variant=held,
    )


def _verified() -> str:
    """Up to where the trail is known to hold."""
    for entry, told in verification.earlier(actor.current().scope):
        values = {"when": moment(entry.at), "last": number(int(told["last_entry"]))}
        if told["flaws_found"]:
            return _("%(when)s: the trail does not hold.", **values)
        return _("%(when)s: it holds up to entry %(last)s.", **values)
    return _("The trail has not been verified yet")
