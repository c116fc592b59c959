"""Crisis packages: fetch the newest one of one's own, see what was fetched, and who holds an old one."""

from io import BytesIO
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from exports import archive
from exports.entries import PackageEntry, package_problems
from exports.forms import PackageForm
from exports.models.packages import CrisisPackage
from exports.package import audiences, kept
from exports.package.audiences import Audience
from exports.register import packages as register
from exports.views import package_jobs
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.files import ARCHIVE
from prepare.gate.opening import opens_page, takes
from prepare.jobs import TooManyJobs
from prepare.register import jobs
from prepare.texts import LANGUAGES, N_, _, language, moment, name_of
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Role

#: How many earlier packages and fetches the page tells of.
RECENT = 10
#: Languages by their own names.
NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


@bp.route("/packages/", methods=["GET", "POST"])
@opens_page(Action.EXPORT_PACKAGE)
def packages() -> ResponseReturnValue:
    """Choose a crisis package and fetch it."""
    mine = audiences.of_person(actor.current())
    offered = {str(one.ref): one for one in db.session.scalars(kept.newest(mine)) if one.file.is_there}
    form = PackageForm(data={"package": _own_language(offered)} if request.method == "GET" else None)
    form.package.offer([(ref, _offer(one)) for ref, one in offered.items()])
    if form.accepted():
        try:
            return _handed_over(offered[str(form.package.data)], form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/packages.html", form=form, **_shown(mine, offered))


def _own_language(offered: dict[str, CrisisPackage]) -> str | None:
    """The package to begin with: one in the language of the page."""
    return next((ref for ref, one in offered.items() if one.language == language()), None)


def _offer(one: CrisisPackage) -> str:
    who = f"{one.role.label}: {name_of(one.organisation)}"
    return f"{who} · {NAMES[one.language]} · {_('Built %(moment)s', moment=moment(one.built_at))}"


def _shown(mine: list[Audience], offered: dict[str, CrisisPackage]) -> dict[str, object]:
    on, who = today(), actor.current()
    return {
        "offered": [SimpleNamespace(package=one, is_expired=kept.is_expired(one, on)) for one in offered.values()],
        "built": db.session.scalars(kept.built(mine, RECENT)).all() if mine else [],
        "fetched": [_fetch(*row) for row in db.session.execute(kept.fetched_by(who).limit(RECENT))],
        "language_names": NAMES,
        **_standings(),
    }


def _fetch(entry: object, payload: object) -> SimpleNamespace:
    told = {name: values[1] for name, values in (getattr(payload, "changes", None) or {}).items()}
    names = ("file", "version", "is_encrypted", "purpose", "sha256")
    return SimpleNamespace(at=getattr(entry, "at", None), **{name: told.get(name) for name in names})


def _standings() -> dict[str, object]:
    """Who holds which package, for those who steer the whole: a page of audiences."""
    who = actor.current()
    if not who.holds(Role.CENTRAL):
        return {"standings": [], "at": None, "today": today()}
    every = kept.standings(who.scope)
    at = paging(len(every))
    return {"standings": every[at.offset : at.offset + PAGE_SIZE], "at": at, "today": today()}


def _handed_over(package: CrisisPackage, entry: PackageEntry) -> ResponseReturnValue:
    """Lock the file first, so that the register is locked only to write the trail."""
    refuse_if(package_problems(entry))
    content = package.file.content
    if content is None:
        raise RuleBroken(N_("The file is no longer kept. Make it anew."))
    if entry.password:
        content = archive.locked(content, entry.password)
    with transaction():
        register.hand_over_package(package, entry, content)
    return send_file(BytesIO(content), mimetype=ARCHIVE, as_attachment=True, download_name=package.name)


@bp.post("/packages/build")
@opens_page(Action.BUILD_PACKAGE)
@takes()
def build_packages() -> ResponseReturnValue:
    """Ask for the packages of one's own to be built anew, in one's own language."""
    code = language() if language() in LANGUAGES else LANGUAGES[0]
    mine, asked = audiences.of_person(actor.current()), 0
    try:
        for one in mine:
            params = {"role": one.role.value, "language": code}
            with transaction():
                jobs.enqueue(one.organisation, package_jobs.BUILD, params, at=now())
            asked += 1
    except TooManyJobs as broken:
        flash(broken.text(), "warning")
    if asked:
        flash(package_jobs.told_of(asked))
    return redirect(url_for(".packages" if asked == len(mine) else "prepare.jobs"))
