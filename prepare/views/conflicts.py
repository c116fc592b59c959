"""Two people edited one function: what each changed is put together, and clashes are shown side by side."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, registration
from prepare.db import db
from prepare.entries import FunctionEntry
from prepare.forms.differences import Change, in_words, label_of
from prepare.forms.functions import FunctionForm
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import trail
from prepare.register import functions as register
from prepare.texts import name_of


@dataclass(frozen=True)
class Clash:
    """A field that both people changed: the form's field with my text, and the other values in words."""

    field: Any
    base: str | None
    theirs: str | None


@dataclass(frozen=True)
class Settled(Change):
    """A field that only one person changed."""

    mine: bool = False


def conflict(function: Function, form: FunctionForm) -> ResponseReturnValue:
    """The page that lets a person settle a stale save; 409, and no typed text is lost."""
    seen = str(form.version.data)
    revision = register.pending(function)
    theirs, _impacts = register.proposed(function, revision)
    base, by, at = _base(function, seen, theirs)
    mine = form.entry()
    clashes, settled, merged = _merge(form, base, mine, theirs)
    form.version.data = form.version.raw_data = None
    form.version.data = register.stamp(function, revision)
    named = {clash.field.name for clash in clashes}
    kept = [(field.name, _sent(form, field.name, merged)) for field in fields(FunctionEntry) if field.name not in named]
    page = render_template(
        "prepare/conflict.html",
        title=f"{function.code} {name_of(function)}",
        by=by,
        at=at,
        clashes=clashes,
        settled=settled,
        kept=[(name, value) for name, value in kept if value is not None],
        form=form,
        back=url_for("prepare.function", ref=function.ref),
    )
    return page, 409


def _base(function: Function, seen: str, theirs: FunctionEntry) -> tuple[FunctionEntry, str | None, datetime | None]:
    """The entry as it was when the person began, who saved after that, and when."""
    version, revision_id, revision_version = (
        int(part) if part.isdecimal() else 0 for part in (seen + "..").split(".")[:3]
    )
    revision = _revision(function, revision_id)
    scope = actor.current().scope
    if revision is None:
        entry = registration.as_json(registration.of_record(function))
        rows = list(db.session.execute(trail.since(scope, str(function.ref), version)))
        latest = register.pending(function)
        rows += list(db.session.execute(trail.since(scope, str(latest.ref), 0))) if latest else []
        before = [payload.changes for told, payload in rows if payload.changes and told.subject == "function"]
    else:
        entry = dict(revision.entry)
        rows = list(db.session.execute(trail.since(scope, str(revision.ref), revision_version)))
        before = [payload.changes["entry"][0] for _, payload in rows if payload.changes and "entry" in payload.changes]
        before = [{name: [value] for name, value in stored.items()} for stored in before]
    for changes in reversed(before):
        entry.update({name: pair[0] for name, pair in changes.items() if name in entry})
    last = rows[-1][0] if rows else None
    return registration.from_json(entry), last.user_name if last else None, last.at if last else None


def _revision(function: Function, revision_id: int) -> FunctionRevision | None:
    """The function's revision with this id; the id comes from a page, and another function's is not shown."""
    found = db.session.get(FunctionRevision, revision_id) if revision_id else None
    return found if found and found.function_id == function.id else None


def _merge(
    form: FunctionForm, base: FunctionEntry, mine: FunctionEntry, theirs: FunctionEntry
) -> tuple[list[Clash], list[Settled], FunctionEntry]:
    clashes, settled, merged = [], [], mine
    for field in fields(FunctionEntry):
        name = field.name
        old, my, their = (getattr(entry, name) for entry in (base, mine, theirs))
        if my == their or (my == old and their == old):
            continue
        if my == old:
            merged = replace(merged, **{name: their})
            settled.append(Settled(label_of(name), in_words(name, old), in_words(name, their), mine=False))
        elif their == old:
            settled.append(Settled(label_of(name), in_words(name, old), in_words(name, my), mine=True))
        else:
            clashes.append(Clash(form[name], in_words(name, old), in_words(name, their)))
    return clashes, settled, merged


def _sent(form: FunctionForm, name: str, merged: FunctionEntry) -> str | None:
    """The value as a browser would send it; None when a box stays unticked."""
    value = getattr(merged, name)
    if isinstance(value, bool):
        if form[name].type == "YesNo":
            return "yes" if value else "no"
        return "y" if value else None
    if value == form[name].data and form[name].raw_data:
        return str(request.form.get(name, ""))
    if value is None:
        return ""
    return form[name].shown(value) if hasattr(form[name], "shown") else str(getattr(value, "value", value))
