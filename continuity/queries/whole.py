"""A version of a plan put together for reading, in the language in use."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from continuity.frozen import Figures, reduced
from continuity.models.plans import PlanVersion
from continuity.queries import figures, told
from continuity.queries import plans as queries
from continuity.vocabulary.groups import grouped
from continuity.vocabulary.plans import PENDING_STATES, PlanState
from continuity.whole import Chapter, Part, Signature, Whole
from prepare.actor import Scope
from prepare.clock import day_of
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from prepare.queries import organisations
from prepare.texts import _, day, name_of
from prepare.vocabulary import OrganisationKind, Role

#: The role in which somebody signs, when several are held.
SIGNING = (Role.SECTOR_DIRECTOR, Role.SECTOR_CONTACT, Role.CENTRAL)


def whole(scope: Scope, version: PlanVersion) -> Whole:
    """Everything that a version of an opened plan holds, as far as the scope shows it.

    An approved version stands with the functions as they were when it was approved; another with those of today.
    Nothing that is more secret than the plan is put into it.
    """
    plan = version.plan
    shown, as_of, hidden = _figures(scope, version)
    city = _city(plan.organisation)
    return Whole(
        code=plan.code,
        name=name_of(plan),
        kind=plan.kind.label,
        organisation=name_of(plan.organisation),
        city=name_of(city),
        number=version.number,
        state=version.state.label,
        is_in_force=version.state is PlanState.APPROVED,
        confidentiality=plan.confidentiality,
        secrecy_basis=plan.secrecy_basis or "",
        validity=_validity(version),
        document_ref=version.document_ref or "",
        parts=_parts(scope, version),
        contents=told.contents(scope, [version])[version.id],
        functions=shown.functions,
        functions_as_of=as_of,
        hidden_functions=hidden,
        signatures=tuple(_signatures(version)),
    )


def _city(organisation: Organisation) -> Organisation:
    """The city to which the organisation belongs, or itself when it belongs to none."""
    above = db.session.scalars(organisations.above(organisation))
    return next((one for one in above if one.kind is OrganisationKind.CITY), organisation)


def _figures(scope: Scope, version: PlanVersion) -> tuple[Figures, str, int]:
    kept = figures.frozen(version)
    every = figures.of_plan(version.plan.functions) if kept is None else kept
    shown = reduced(every, scope, version.plan.confidentiality)
    if kept is not None and version.approved_on:
        as_of = _("As they stood when the version was approved on %(day)s.", day=day(version.approved_on))
    elif version.state in PENDING_STATES:
        as_of = _("As they stand in the register now; they are frozen when the version is approved.")
    else:
        as_of = _("As they stand in the register now: what they were at the approval was not kept.")
    return shown, as_of, len(every.functions) - len(shown.functions)


def _parts(scope: Scope, version: PlanVersion) -> tuple[Part, ...]:
    written = {one.section: one.text for one in db.session.scalars(queries.sections(scope, version))}
    return tuple(
        Part(
            group.label if group else "",
            tuple(Chapter(one.place, one.value, one.label, written.get(one) or "") for one in sections),
        )
        for group, sections in grouped(version.plan.kind)
    )


def _validity(version: PlanVersion) -> str:
    if version.approved_on is None:
        return ""
    if version.valid_until:
        return _("%(first)s – %(last)s", first=day(version.approved_on), last=day(version.valid_until))
    return _("from %(day)s until further notice", day=day(version.approved_on))


def _signatures(version: PlanVersion) -> Iterable[Signature]:
    """Written by everybody who wrote, reviewed by the unit, approved by the director."""
    writers = sorted({user.id: user for user in filter(None, [version.author, *version.authors])}.values(), key=_name)
    roles = _roles([*writers, *filter(None, [version.approver])], version.plan.organisation)
    for user in writers:
        yield Signature(_("Written by"), user.name, roles.get(user.id, ""), _written(version))
    reviewed = version.reviewed_by_central_on
    unit = _("Security and preparedness unit")
    yield Signature(_("Reviewed by"), unit if reviewed else "", "", day(reviewed) if reviewed else "")
    approver, on = version.approver, version.approved_on
    role = roles.get(approver.id, "") if approver else ""
    yield Signature(_("Approved by"), approver.name if approver else "", role, day(on) if on else "")


def _written(version: PlanVersion) -> str:
    at = version.submitted_at or version.edited_at
    return day(day_of(at)) if at else ""


def _name(user: User) -> str:
    return user.name


def _roles(users: Sequence[User], organisation: Organisation) -> dict[int, str]:
    """Person → the role in which he or she signs for the organisation, as it is held or was held last."""
    if not users:
        return {}
    ids = [int(one) for one in organisation.path.split("/") if one]
    rows = select(RoleGrant).where(
        RoleGrant.user_id.in_([user.id for user in users]), RoleGrant.organisation_id.in_(ids)
    )
    held: dict[int, set[Role]] = {}
    for grant in db.session.scalars(rows):
        held.setdefault(grant.user_id, set()).add(grant.role)
    return {user: next((role.label for role in SIGNING if role in roles), "") for user, roles in held.items()}
