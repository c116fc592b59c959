"""Writing one section of a plan, with guidance, an example and what the register knows beside it."""

from functools import partial

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity import examples, writing
from continuity.entries.contents import SectionEntry
from continuity.forms.contents import SectionForm
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.register import plans as plan_register
from continuity.register import sections as register
from continuity.views import beside, remarks
from continuity.views.blueprint import bp
from continuity.views.plan_editor import rows_under, writers_of
from continuity.vocabulary.groups import grouped
from continuity.vocabulary.plans import OPEN_STATES, Section
from prepare.access import Action
from prepare.clock import now
from prepare.gate.opening import opens
from prepare.merging import Seen
from prepare.texts import N_, _, name_of
from prepare.views.clashes import Editing
from prepare.views.keeping import editing


@bp.route("/plans/<uuid:ref>/sections/<int:place>", methods=["GET", "POST"])
@opens(Plan, Action.WRITE_PLAN)
def section(plan: Plan, place: int) -> ResponseReturnValue:
    """Write one section; what two people changed at the same time is put together."""
    if not 1 <= place <= len(Section):
        abort(404)
    section = list(Section)[place - 1]
    version = plan_register.pending(plan)
    form = SectionForm(obj=register.seen_now(plan, section).entry)
    if not form.is_typed and (version is None or version.state not in OPEN_STATES):
        return redirect(url_for("continuity.plan", ref=plan.ref))
    title = f"{plan.code} {name_of(plan)}: {section.label}"
    back = url_for("continuity.editor", ref=plan.ref, _anchor=f"section-{section.place}")
    edits = Editing(
        plan,
        form,
        partial(register.seen_now, plan, section),
        partial(_write, plan, section),
        title,
        back,
        parts=lambda: [row for row in [register.held(version, section)] if row],
    )
    return editing(edits, N_("The section was saved."), partial(_page, plan, version, section, form))


def _write(plan: Plan, section: Section, entry: SectionEntry, seen: Seen[SectionEntry] | None) -> PlanSection:
    return register.write(plan, section, entry, seen=seen, at=now())


def _page(plan: Plan, version: PlanVersion | None, section: Section, form: SectionForm) -> str:
    rows = rows_under(section, version) if version else []
    order = [one for _group, sections in grouped(plan.kind) for one in sections]
    before, after = writing.neighbours(section, order)
    return render_template(
        "continuity/section_form.html",
        plan=plan,
        section=section,
        form=form,
        rows=rows,
        comments=[one for one in remarks.told(version) if one.section is section] if version else [],
        example=_(examples.EXAMPLES[section]),
        writers=writers_of(plan).get(section, []),
        before=before,
        after=after,
        facts=beside.facts(section, plan, rows),
        back=url_for("continuity.editor", ref=plan.ref),
    )
