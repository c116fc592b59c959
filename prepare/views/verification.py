"""The verification of the trail: up to where it has been verified, by whom, and what was found."""

import time
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, anchors
from prepare.access import Action
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page, takes
from prepare.queries import verification as queries
from prepare.queries.verification import Mark, Result
from prepare.register import trail as register
from prepare.sealing import Fault, Flaw
from prepare.texts import _
from prepare.views import bp
from prepare.views.functions import word

#: So many entries the page verifies at a time, in about a second; the command verifies all of them.
PIECE = 20_000


@bp.route("/trail/verification", methods=["GET", "POST"])
@opens_page(Action.VERIFY_TRAIL)
@takes()
def verification() -> ResponseReturnValue:
    """What is known of the trail's seals; verify what has been added since."""
    if request.method != "POST":
        return _page()
    begun = time.perf_counter()
    result = _verified()
    seconds = time.perf_counter() - begun
    try:
        with transaction():
            register.note_verification(register.TRAIL, result, seconds=seconds)
    except RuleBroken as broken:
        return _page(result.flaws, broken.text())
    if result.holds:
        flash(_("The trail holds as far as it was verified."))
    else:
        flash(_("The trail does not hold."), "error")
    return redirect(url_for("prepare.verification"))


def _verified() -> Result:
    """Walk the whole trail if it is short, else go on from where it was verified last."""
    end, latest = queries.head(), next(_earlier(), None)
    is_long = end.entry > PIECE
    after = Mark(latest.upto, latest.seal) if latest and is_long else queries.START
    lines = latest.lines if latest else 0
    return queries.verify(anchors.read(), after=after, most=PIECE if is_long else None, lines=lines)


def _page(damage: tuple[Flaw, ...] = (), trouble: str = "") -> ResponseReturnValue:
    """The page; `damage` and `trouble` are of a verification that the trail could not take any more."""
    earlier = list(_earlier())
    latest, end = next(iter(earlier), None), queries.head().entry
    kept = anchors.read()
    return render_template(
        "prepare/verification.html",
        entries=end,
        latest=latest,
        upto=latest.upto if latest else 0,
        unverified=max(0, end - latest.upto) if latest else end,
        whole=next((one for one in earlier if one.is_whole), None),
        flaws=_listed(damage) or (latest.flaws if latest else []),
        trouble=trouble,
        earlier=earlier,
        anchors=len(kept.binding),
        anchored=kept.binding[-1] if kept.binding else None,
        piece=PIECE,
    )


def _earlier() -> Any:
    for entry, told in queries.earlier(actor.current().scope):
        found = [Flaw(int(number), Fault(name)) for number, name in told["flaws"] if word(Fault, name)]
        yield SimpleNamespace(
            at=entry.at,
            who=entry.user_name,
            first=told["first_entry"],
            upto=told["last_entry"],
            seal=told["last_seal"],
            is_whole=told["is_whole"],
            seconds=told["seconds"],
            anchors=told["anchors"],
            lines=told["anchor_lines"],
            found=told["flaws_found"],
            flaws=_listed(found),
        )


def _listed(flaws: Any) -> list[SimpleNamespace]:
    """Flaws in plain words; what is wrong with the file of anchors as such has no number."""
    return [
        SimpleNamespace(entry=flaw.entry or None, what=flaw.fault.label, means=flaw.fault.meaning) for flaw in flaws
    ]
