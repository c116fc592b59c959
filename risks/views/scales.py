"""The risk scale: what the steps mean, and setting it with a look at what would change."""

from collections.abc import Iterable
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.actor import EVERYTHING
from prepare.clock import today
from prepare.db import db
from prepare.errors import NotPermitted, RuleBroken
from prepare.forms.differences import in_words
from prepare.gate.opening import opens_page
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import N_, _
from prepare.views.clashes import Clash, Editing
from risks import drawing, scaling
from risks.entries.scales import ScaleEntry, of_scale
from risks.forms.scales import AXES, ScaleForm
from risks.matrix import Level, Scale
from risks.models import scales
from risks.queries import risks as queries
from risks.register import scales as register
from risks.views.blueprint import bp
from risks.views.matrix import addresses, counted


@bp.get("/risks/scale")
@opens_page(Action.VIEW_RISK)
def scale() -> ResponseReturnValue:
    """What likelihood and impact mean in this city, and where the levels begin."""
    held, city = scales.in_force(), db.session.scalars(organisations.city()).first()
    return render_template(
        "risks/scale.html",
        scale=held,
        picture=drawing.picture(held, {}),
        may_set=city is not None and may(actor.current(), Action.SCALE_RISK, city),
    )


@bp.route("/risks/scale/edit", methods=["GET", "POST"])
@opens_page(Action.SCALE_RISK)
def edit_scale() -> ResponseReturnValue:
    """Set the scale of the whole installation; what would change is shown before it is saved."""
    city = db.session.scalars(organisations.city()).first() or abort(404)
    if not may(actor.current(), Action.SCALE_RISK, city):
        raise NotPermitted(N_("The scale holds for the whole installation: whoever administers all of it sets it."))
    form, back = ScaleForm(obj=of_scale(scales.in_force())), url_for("risks.scale")
    editing = Editing(city, form, register.seen_now, partial(_set, city), _("Risk scale"), back, told=_told)
    preview = None
    if form.accepted():
        try:
            if form.preview.data:
                preview = _preview(form.entry())
            else:
                editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        if not form.errors and preview is None:
            flash(_("The scale was taken into use, and every risk was weighed by it."))
            return redirect(back)
    return render_template("risks/scale_form.html", form=form, preview=preview, back=back)


def _set(city: Organisation, entry: ScaleEntry, seen: Seen[ScaleEntry] | None) -> int:
    return register.set_scale(city, entry, seen=seen, on=today())


def _told(name: str, value: Any) -> str | None:
    """A field of the scale in words: steps by their names."""
    return ", ".join(step.label for step in value) if name in AXES else in_words(name, value)


def _preview(entry: ScaleEntry) -> SimpleNamespace:
    """What the scale would change. Raises RuleBroken with every rule that it breaks."""
    if problems := scaling.problems(entry):
        problems[0].also = tuple(problems[1:])
        raise problems[0]
    old, new = scales.in_force(), scaling.scale_of(entry)
    counts = counted(queries.risks(EVERYTHING), "current")
    after: dict[tuple[int, int], int] = {}
    for cell, count in counts.placed.items():
        there = scaling.carried(cell, old, new)
        after[there] = after.get(there, 0) + count
    shifts = scaling.shifts(counts.placed, old, new)
    return SimpleNamespace(
        picture=drawing.picture(new, after),
        address=addresses({}, "current"),
        scale=new,
        levels=[_level(level, shifts) for level in reversed(Level)],
        moves=[_shift(*ends, shifts[ends]) for ends in sorted(shifts, reverse=True) if ends[0] is not ends[1]],
        steps=[*_carried(old, new)],
        total=sum(counts.placed.values()),
    )


def _level(level: Level, shifts: dict[tuple[Level, Level], int]) -> SimpleNamespace:
    before = sum(count for (was, _now), count in shifts.items() if was is level)
    after = sum(count for (_was, now), count in shifts.items() if now is level)
    return SimpleNamespace(level=level, before=before, after=after)


def _shift(before: Level, after: Level, count: int) -> SimpleNamespace:
    return SimpleNamespace(before=before, after=after, count=count)


def _carried(old: Scale, new: Scale) -> Iterable[tuple[str, str]]:
    """Which step becomes which, where the number of steps changes."""
    for was, now, place in ((old.likelihoods, new.likelihoods, 0), (old.impacts, new.impacts, 1)):
        if len(was) != len(now):
            for number, step in enumerate(was, start=1):
                there = scaling.carried((number, 1) if place == 0 else (1, number), old, new)[place]
                yield f"{number} {step.label}", f"{there} {now[there - 1].label}"
