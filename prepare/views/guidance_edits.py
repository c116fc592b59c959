"""Writing the guidance: beginning a version, its chapters and requirements, and issuing it."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, guiding
from prepare.access import Action, may
from prepare.clock import today
from prepare.entries import ChapterEntry, GuidanceVersionEntry, RequirementEntry
from prepare.forms.guidance import AddGuidanceForm, ChapterForm, GuidanceVersionForm, IssueForm, RequirementForm
from prepare.gate.opening import opens, opens_page
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement
from prepare.models.organisations import Organisation
from prepare.register import guidance as register
from prepare.texts import _, name_of, named, ngettext
from prepare.views import bp, choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.guidance_changes import changes_of
from prepare.vocabulary import OrganisationKind


@bp.route("/guidance/versions/new", methods=["GET", "POST"])
@opens_page(Action.ADD_GUIDANCE)
def add_guidance() -> ResponseReturnValue:
    """Begin a version; it is a copy of the one before."""
    cities = _cities()
    form = AddGuidanceForm(data={"organisation": next(iter(cities))})
    form.organisation.offer([(code, name_of(one)) for code, one in cities.items()])
    version = keeping.done(form, lambda: register.add(cities[form.organisation.data], form.entry()))
    if version is None:
        return _version_page(form, None, several=len(cities) > 1)
    flash(_("The version was begun as a draft."))
    return redirect(_page(version))


def _cities() -> dict[str, Organisation]:
    """The cities for which the acting person may issue guidance; 404 where there is none."""
    every = choosing.organisations()
    found = {code: one for code, one in every.items() if may(actor.current(), Action.ADD_GUIDANCE, one)}
    cities = {code: one for code, one in found.items() if one.kind is OrganisationKind.CITY}
    return cities or found or abort(404)


@bp.route("/guidance/versions/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.EDIT_GUIDANCE)
def edit_guidance(version: GuidanceVersion) -> ResponseReturnValue:
    """Change the number and the summary of a draft."""
    form = GuidanceVersionForm(obj=register.version_now(version).entry)
    save = partial(_saved_version, version)
    editing = Editing(version, form, partial(register.version_now, version), save, _title(version), _page(version))
    return _edited(version, editing, _("The version was saved.")) or _version_page(form, version)


def _version_page(form: GuidanceVersionForm, version: GuidanceVersion | None, *, several: bool = False) -> str:
    back = _page(version) if version else url_for("prepare.guidance_versions")
    return render_template("prepare/guidance_form.html", form=form, version=version, several=several, back=back)


def _saved_version(version: GuidanceVersion, entry: GuidanceVersionEntry, seen: Any) -> object:
    return register.edit(version, entry, seen=seen)


@bp.route("/guidance/versions/<uuid:ref>/issue", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.ISSUE_GUIDANCE)
def issue_guidance(version: GuidanceVersion) -> ResponseReturnValue:
    """Show what changes for those who go by the guidance, then issue the version."""
    if version.issued_on:
        return _closed(version)
    form = IssueForm()
    issued = keeping.done(form, lambda: (register.issue(version, form.entry(), on=today()),))
    if issued is None:
        return render_template(
            "prepare/guidance_issue.html", form=form, version=version, back=_page(version), **vars(changes_of(version))
        )
    flash(_("The version was issued."))
    if issued[0]:
        flash(ngettext("%(n)s answer was carried over.", "%(n)s answers were carried over.", issued[0]))
    return redirect(_page(version))


@bp.route("/guidance/versions/<uuid:ref>/chapters/new", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.ADD_CHAPTER)
def add_chapter(version: GuidanceVersion) -> ResponseReturnValue:
    """Give a draft a further chapter."""
    if version.issued_on:
        return _closed(version)
    form = ChapterForm(obj=ChapterEntry(title_fi=""))
    if keeping.done(form, lambda: register.add_chapter(version, form.entry())):
        flash(_("The chapter was added."))
        return redirect(_page(version))
    return _chapter_page(form, version)


@bp.route("/guidance/chapters/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(GuidanceChapter, Action.EDIT_CHAPTER)
def edit_chapter(chapter: GuidanceChapter) -> ResponseReturnValue:
    """Change a chapter of a draft."""
    version, form = chapter.guidance_version, ChapterForm(obj=register.chapter_now(chapter).entry)
    save = partial(_saved_chapter, chapter)
    now = partial(register.chapter_now, chapter)
    editing = Editing(chapter, form, now, save, named(chapter, "title"), _page(version))
    return _edited(version, editing, _("The chapter was saved.")) or _chapter_page(form, version, chapter)


def _saved_chapter(chapter: GuidanceChapter, entry: ChapterEntry, seen: Any) -> object:
    return register.edit_chapter(chapter, entry, seen=seen)


def _chapter_page(form: ChapterForm, version: GuidanceVersion, chapter: GuidanceChapter | None = None) -> str:
    return render_template(
        "prepare/chapter_form.html", form=form, version=version, chapter=chapter, back=_page(version)
    )


@bp.route("/guidance/versions/<uuid:ref>/requirements/new", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.ADD_REQUIREMENT)
def add_requirement(version: GuidanceVersion) -> ResponseReturnValue:
    """Give a draft a further requirement."""
    if version.issued_on:
        return _closed(version)
    form = _offered(RequirementForm(obj=RequirementEntry(text_fi="", cycle_months=12)))
    if made := keeping.done(form, lambda: register.add_requirement(version, form.entry())):
        flash(_("The requirement %(code)s was added.", code=made.mark))
        return redirect(_page(version))
    return _requirement_page(form, version)


@bp.route("/guidance/requirements/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Requirement, Action.EDIT_REQUIREMENT)
def edit_requirement(requirement: Requirement) -> ResponseReturnValue:
    """Change a requirement of a draft."""
    version = requirement.guidance_version
    form = _offered(RequirementForm(obj=register.requirement_now(requirement).entry), requirement)
    save = partial(_saved_requirement, requirement)
    now = partial(register.requirement_now, requirement)
    editing = Editing(requirement, form, now, save, guiding.title(requirement), _page(version))
    told = _("The requirement was saved.")
    return _edited(version, editing, told) or _requirement_page(form, version, requirement)


def _saved_requirement(requirement: Requirement, entry: RequirementEntry, seen: Any) -> object:
    return register.edit_requirement(requirement, entry, seen=seen)


def _offered(form: RequirementForm, requirement: Requirement | None = None) -> RequirementForm:
    """Let a form choose among the organisations that answer, and those that the requirement names already."""
    every = {code: name_of(one) for code, one in choosing.organisations().items() if one.holds_duties}
    kept = {code: code for code in requirement.sectors} if requirement else {}
    form.sectors.offer(list({**kept, **every}.items()))
    return form


def _requirement_page(form: RequirementForm, version: GuidanceVersion, requirement: Requirement | None = None) -> str:
    return render_template(
        "prepare/requirement_form.html", form=form, version=version, requirement=requirement, back=_page(version)
    )


def _edited(version: GuidanceVersion, editing: Editing[Any], told: str) -> ResponseReturnValue | None:
    """The answer to a form that was saved, or that cannot be; None where its page is to be shown."""
    if version.issued_on and not editing.form.is_submitted():
        return _closed(version)
    return keeping.edited(editing, told)


def _closed(version: GuidanceVersion) -> ResponseReturnValue:
    flash(_("An issued version cannot be changed. Begin a new one."), "warning")
    return redirect(_page(version))


def _page(version: GuidanceVersion) -> str:
    return url_for("prepare.guidance_version", ref=version.ref)


def _title(version: GuidanceVersion) -> str:
    return _("Preparedness guidance %(number)s", number=version.number)
