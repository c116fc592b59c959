"""Answering by a confirmation link: one form for one interface, without an account, sent once."""

from dataclasses import replace
from types import SimpleNamespace

from flask import render_template, request, session
from flask.typing import ResponseReturnValue

from dependencies.analysing import partners as reading
from dependencies.entries.partners import Answer
from dependencies.forms.partners import AnswerForm, LineForm, problems
from dependencies.models.links import ConfirmationLink
from dependencies.register import confirmations
from dependencies.register import partners as register
from dependencies.views import accords
from dependencies.views.blueprint import bp
from dependencies.views.partners import lines_seen
from dependencies.vocabulary import StatementKind
from prepare.actor import Actor, acting_as
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate import sessions
from prepare.gate.opening import public
from prepare.register import accounts
from prepare.texts import LANGUAGES, N_, _, speak
from prepare.views.accounts import attempt


@bp.route("/answer", methods=["GET", "POST"])
@public
def answer_by_link() -> ResponseReturnValue:
    """Answer for one interface by a link; one that opens nothing any more answers like one that never was.

    Looking uses nothing up, since programs that check mail look too; sending the form does.
    """
    _speak()
    form = AnswerForm(data={"token": request.args.get("token", "")[:100]})
    link = _link(str(form.token.data))
    if link is None:
        return _unknown(form)
    guest = reading.guest(link.interface, name=link.recipient, link=link)
    lines = lines_seen(guest, link.interface)
    if form.accepted() and _answered(form, link, guest, lines):
        with acting_as(guest):
            return render_template("dependencies/answered.html", link=link, cards=lines_seen(guest, link.interface))
    return _page(form, link, guest, lines)


def _speak() -> None:
    """The language that the visitor chose, else that of the link."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES and not session.get("language"):
        speak(wanted)


def _link(token: str) -> ConfirmationLink | None:
    """The link that opens now, unless there have been too many tries."""
    if accounts.is_throttled(_attempt(token), at=now()):
        return None
    return db.session.scalars(reading.link(sessions.token_hash(token), at=now())).one_or_none()


def _attempt(token: str) -> accounts.Attempt:
    return attempt(f"link {sessions.token_hash(token)}")


def _unknown(form: AnswerForm) -> ResponseReturnValue:
    """Only a sent form counts as a try, as with sign-in links."""
    if form.is_submitted():
        with transaction():
            accounts.refuse(_attempt(str(form.token.data)), at=now())
    return render_template("dependencies/answer.html", form=None, link=None, rows=[])


def _page(form: AnswerForm, link: ConfirmationLink, guest: Actor, lines: list[accords.Card]) -> str:
    """The form: one row per line, with what was signed last."""
    with acting_as(guest):
        if not form.is_submitted():
            for card in lines:
                form.rows.append_entry(_first(card))
        by_ref = {str(card.dependency.ref): card for card in lines}
        rows = [SimpleNamespace(card=by_ref.get(row.form.line.data), form=row.form) for row in form.rows]
        shown = [row for row in rows if row.card]
        for row in shown:
            row.form.seen.process(None, data=_seen(row.card))
        return render_template("dependencies/answer.html", form=form, link=link, rows=shown)


def _first(card: accords.Card) -> dict[str, object]:
    """What a row begins with: what this side signed last; nothing is answered in advance."""
    line: dict[str, object] = {"line": str(card.dependency.ref)}
    former = card.delivery if card.may_deliver else card.need
    if former is None:
        return line
    names = ("delivers", "hours", "capacity_pct", "words", "reason")
    return line | {name: getattr(former, name) for name in names}


def _seen(card: accords.Card) -> str:
    """What is signed and needed as the page shows it."""
    said = {StatementKind.NEED: card.need, StatementKind.DELIVERY: card.delivery}
    return confirmations.seen_now(card.dependency, {kind: one for kind, one in said.items() if one})


def _answered(form: AnswerForm, link: ConfirmationLink, guest: Actor, lines: list[accords.Card]) -> bool:
    """Sign what was answered and use the link up, all or nothing; two at once cannot both use it."""
    guest = _signer(guest, str(form.role.data))
    with acting_as(guest):
        answers = _read(form, lines)
        if answers is None:
            return False
        try:
            with transaction():
                db.session.refresh(link, with_for_update={"of": ConfirmationLink})
                if link.used_at or link.withdrawn_at or link.expires_at <= now():
                    raise RuleBroken(N_("This link cannot be used any more. Ask whoever gave it to you for a new one."))
                register.use_link(link, answers, role=str(form.role.data), on=today(), at=now())
        except RuleBroken as broken:
            form.refuse(broken)
            return False
    return True


def _signer(guest: Actor, role: str) -> Actor:
    """The guest, named in the trail by the role that signs and by the link; its scope stays what it was."""
    return replace(guest, name=_("%(role)s, by a confirmation link", role=role)[:200], address=request.remote_addr)


def _read(form: AnswerForm, lines: list[accords.Card]) -> list[Answer] | None:
    """What was answered, a blank row being no answer; None when a row breaks a rule, which it then shows."""
    by_ref, answers, is_broken = {str(card.dependency.ref): card for card in lines}, [], False
    for row in form.rows:
        card = by_ref.get(row.form.line.data)
        if card is None or row.form.is_blank:
            continue
        answer = _answer(row.form, card, str(form.role.data), str(form.name.data))
        for broken in problems(answer.said, card.suggested_h):
            row.form.told(broken)
            is_broken = True
        answers.append(answer)
    return None if is_broken else answers


def _answer(row: LineForm, card: accords.Card, role: str, name: str) -> Answer:
    said = row.delivery(role, name) if card.may_deliver else row.need(role, name)
    return Answer(dependency_id=card.dependency.id, said=said, seen=row.seen.data or "")
