"""Findings: what the rules find, where each is mended, and what has been put aside."""

from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import snoozing
from continuity.findings import catalogue
from continuity.findings.finding import Finding, Severity, Subject
from continuity.forms.snoozes import SnoozeForm
from continuity.models.snoozes import FindingSnooze
from continuity.queries import snoozes as queries
from continuity.readiness.judged import judged
from continuity.readiness.whole import OF_THE_GRAPH
from continuity.register import snoozes as register
from continuity.views import mending
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page, takes
from prepare.models.organisations import Organisation
from prepare.texts import N_, name_of, search_key
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.keeping import asking
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Role

MOST_TOPS = 3  #: organisations that are judged together; whoever reads more of them chooses one

Snoozes = dict[tuple[str, str, str], FindingSnooze]


@bp.get("/findings/")
@opens_page(Action.VIEW_FINDING)
def findings() -> ResponseReturnValue:
    """What the rules find on what the person reads: counts, filters, the gravest first."""
    owners = choosing.organisations()
    wanted = _wanted(owners)
    tops = [owners[wanted.organisation]] if wanted.organisation else tops_of(list(owners.values()))
    told = [(one, judged(actor.current().scope, one, on=today())) for one in tops]
    found = once(finding for _top, each in told for finding in each.findings)
    aside = snoozes()
    live, asleep = _divided(found, aside)
    shown = [one for one in (asleep if wanted.aside else live) if _matches(one, wanted)]
    at = paging(len(shown))
    part = shown[at.offset : at.offset + PAGE_SIZE]
    return render_template(
        "continuity/findings.html",
        rows=[_row(one, aside.get(key(one)) if wanted.aside else None, owners) for one in part],
        at=at,
        wanted=wanted,
        counts=[(one, Counter(finding.severity for finding in live)[one]) for one in Severity],
        per_organisation=_per_organisation(live, owners),
        asleep=len(asleep),
        must_choose=not tops and bool(owners),
        not_run=[(top, each.not_run) for top, each in told if each.not_run],
        of_the_graph=", ".join(OF_THE_GRAPH),
        organisations=[(one.code, name_of(one)) for one in owners.values()],
        severities=Severity,
        subjects=Subject,
        codes=[(code, code) for code in catalogue.CODES],
    )


def _wanted(owners: Any) -> SimpleNamespace:
    args = request.args
    return SimpleNamespace(
        q=args.get("q", "")[:200],
        organisation=args.get("organisation", "") if args.get("organisation") in owners else "",
        severity=word(Severity, args.get("severity")),
        subject=word(Subject, args.get("subject")),
        rule=args.get("rule", "") if args.get("rule") in catalogue.CODES else "",
        aside=args.get("aside") == "1",
    )


def tops_of(some: list[Organisation]) -> list[Organisation]:
    """Those that stand below no other of them; none when there are too many to be judged together."""
    tops = [one for one in some if not any(one.path != two.path and one.path.startswith(two.path) for two in some)]
    return tops if len(tops) <= MOST_TOPS else []


def once(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that were found twice, the gravest first."""
    every = {(key(one), one.missing): one for one in found}
    return sorted(every.values(), key=lambda one: one.order)


def key(finding: Finding) -> tuple[str, str, str]:
    """By what a finding is put aside: its rule, and the record that it is about."""
    return finding.rule.code, finding.thing.subject.value, finding.thing.ref


def snoozes() -> Snoozes:
    """What has been put aside on what the person reads."""
    rows = db.session.scalars(queries.snoozes(actor.current().scope))
    return {(one.rule, one.subject.value, one.subject_ref): one for one in rows}


def _divided(found: list[Finding], aside: Snoozes) -> tuple[list[Finding], list[Finding]]:
    live: list[Finding] = []
    asleep: list[Finding] = []
    for one in found:
        snooze = aside.get(key(one))
        sleeps = snooze is not None and snoozing.holds(snooze, one.severity, on=today())
        (asleep if sleeps else live).append(one)
    return live, asleep


def _matches(one: Finding, wanted: SimpleNamespace) -> bool:
    text = search_key(f"{one.rule.code} {one.thing.code} {one.thing.name} {one.missing}")
    return (
        (wanted.severity is None or one.severity is wanted.severity)
        and (wanted.subject is None or one.thing.subject is wanted.subject)
        and (not wanted.rule or one.rule.code == wanted.rule)
        and all(part in text for part in search_key(wanted.q).split())
    )


def _row(one: Finding, snooze: FindingSnooze | None, owners: Any) -> SimpleNamespace:
    owner = owners.get(one.thing.organisation)
    return SimpleNamespace(
        finding=one,
        url=mending.place(one),
        owner=name_of(owner) if owner else one.thing.organisation,
        snooze=snooze,
        put_aside=_put_aside(one, owner) if owner and not snooze else None,
    )


def _put_aside(one: Finding, owner: Organisation) -> str | None:
    who = actor.current()
    if not may(who, Action.SNOOZE_FINDING, owner):
        return None
    if one.severity is Severity.GRAVE and not who.holds(Role.SECTOR_DIRECTOR, Role.CENTRAL, over=owner.path):
        return None
    kind, rule = one.thing.subject.value, one.rule.code
    return url_for("continuity.snooze_finding", ref=owner.ref, rule=rule, subject=kind, of=one.thing.ref)


def _per_organisation(live: list[Finding], owners: Any) -> list[SimpleNamespace]:
    counts: dict[str, Counter[Severity]] = {}
    for one in live:
        counts.setdefault(one.thing.organisation, Counter())[one.severity] += 1
    rows = [
        SimpleNamespace(code=code, name=name_of(owners[code]), counts=[found[one] for one in Severity])
        for code, found in counts.items()
        if code in owners
    ]
    return sorted(rows, key=lambda row: [-count for count in row.counts])


@bp.get("/findings/rules")
@opens_page(Action.VIEW_FINDING)
def finding_rules() -> ResponseReturnValue:
    """Every rule: what it asks, why, how to mend it, how much it weighs."""
    return render_template("continuity/finding_rules.html", rules=catalogue.RULES)


@bp.route("/organisations/<uuid:ref>/findings/snooze", methods=["GET", "POST"])
@opens(Organisation, Action.SNOOZE_FINDING)
def snooze_finding(organisation: Organisation) -> ResponseReturnValue:
    """Put a finding on a record of the organisation aside, with a reason and a day."""
    asked = (request.args.get("rule", ""), request.args.get("subject", ""), request.args.get("of", ""))
    every = judged(actor.current().scope, organisation, on=today()).findings
    found = next((one for one in every if key(one) == asked), None)
    form = SnoozeForm()
    back = url_for("continuity.findings")

    def page() -> ResponseReturnValue:
        return render_template("continuity/snooze.html", finding=found, form=form, back=back)

    def put() -> None:
        if found is None:
            raise RuleBroken(N_("This finding is no longer there: it has been mended, or the address is an old one."))
        register.snooze(organisation, found, form.entry(), on=today(), at=now())

    return asking(form, put, N_("The finding was put aside. It comes back by itself."), back, page)


@bp.post("/finding-snoozes/<uuid:ref>/wake")
@opens(FindingSnooze, Action.WAKE_FINDING)
@takes()
def wake_finding(snooze: FindingSnooze) -> ResponseReturnValue:
    """Take a finding up again before its day."""
    with transaction():
        register.wake(snooze, at=now())
    return redirect(url_for("continuity.findings"))
