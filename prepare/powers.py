"""Whose power reaches a record: the rules of which each action names some (domain.md 2.1)."""

from collections.abc import Callable
from typing import Any

from prepare.actor import READS, Actor, readable
from prepare.vocabulary import Role

Rule = Callable[[Actor, Any], bool]


def held(*roles: Role) -> Rule:
    """One of the roles over the subject's organisation; without a subject, held anywhere."""

    def rule(actor: Actor, subject: Any) -> bool:
        return actor.holds(*roles, over=None if subject is None else subject.owner_path)

    return rule


def keeps_partners(actor: Actor, subject: Any) -> bool:
    """The security and preparedness unit keeps what outside partners provide."""
    if subject is None:
        return actor.holds(Role.CENTRAL)
    return not subject.owner_is_own and actor.holds(Role.CENTRAL, over=subject.owner_path)


def answers_for_supplier(actor: Actor, subject: Any) -> bool:
    """Whoever speaks for the supplier of a dependency."""
    if subject is None:
        return actor.holds(*SPEAKERS)
    return _speaks_for(actor, subject.supplier, subject)


def answers_for_consumer(actor: Actor, subject: Any) -> bool:
    """Whoever speaks for the function that needs a dependency's supplier."""
    if subject is None:
        return actor.holds(*SPEAKERS)
    return _speaks_for(actor, subject.need.consumer, subject)


SPEAKERS = (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL, Role.PARTNER)


def _speaks_for(actor: Actor, function: Any, dependency: Any) -> bool:
    """The contact or director of the city's own function; of a partner's service its own person, or the unit.

    The partner's person speaks only where the function, or the interface of the dependency, is shown to it.
    """
    if function.owner_is_own:
        return actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, over=function.owner_path)
    is_shown = function.id in actor.scope.functions or dependency.interface_id in actor.scope.interfaces
    if is_shown and actor.holds(Role.PARTNER, over=function.owner_path):
        return True
    return actor.holds(Role.CENTRAL, over=function.owner_path)


def answers_for_reserve(actor: Actor, subject: Any) -> bool:
    """The owner's contact or director; for a reserve of an outside partner the security and preparedness unit."""
    if subject is None:
        return actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL)
    reserve = subject.reserve
    if reserve.owner_is_own:
        return actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, over=reserve.owner_path)
    return actor.holds(Role.CENTRAL, over=reserve.owner_path)


def keeps_function(actor: Actor, subject: Any) -> bool:
    """The contact or the director of the subject's function; of a partner's service the unit."""
    if subject is None:
        return actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL)
    function = subject.function
    if function.owner_is_own:
        return actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, over=function.owner_path)
    return actor.holds(Role.CENTRAL, over=function.owner_path)


def reads(actor: Actor, subject: Any) -> bool:
    """Whoever may read the record; without a record, every role that reads registers."""
    if subject is None:
        return actor.holds(*READS)
    return readable(actor, subject)


def reads_interfaces(actor: Actor, subject: Any) -> bool:
    """As `reads`, and partners: they have the interfaces that are shared with them."""
    return reads(actor, subject) or (subject is None and actor.holds(Role.PARTNER))


def follows_shares(actor: Actor, subject: Any) -> bool:
    """Whoever reads a partner's organisation, and the partner itself: what is shared with it."""
    if subject is None:
        return actor.holds(*READS, Role.PARTNER)
    return readable(actor, subject) or actor.holds(Role.PARTNER, over=subject.owner_path)


def follows_trail(actor: Actor, subject: Any) -> bool:
    """The whole trail is for the unit, auditors and administrators; a record's own trail for its sector too."""
    if subject is None:
        return actor.holds(Role.CENTRAL, Role.AUDITOR, Role.ADMIN)
    return readable(actor, subject) and not actor.roles <= {Role.PARTNER}


def watches_trail(actor: Actor, subject: Any) -> bool:
    """The unit, auditors and administrators; there is one trail for the whole installation."""
    return actor.holds(Role.CENTRAL, Role.AUDITOR, Role.ADMIN)


def oneself(actor: Actor, subject: Any) -> bool:
    """The person whom the record is about, whoever that is."""
    return actor.is_signed_in if subject is None else actor.user_id == subject.user_id


def names_holders(actor: Actor, subject: Any) -> bool:
    """The unit names duty holders everywhere, a director those of the own sector, an administrator in the tree."""
    roles = (Role.ADMIN, Role.CENTRAL, Role.SECTOR_DIRECTOR)
    return actor.holds(*roles, over=None if subject is None else subject.owner_path)


def keeps_tree(actor: Actor, subject: Any) -> bool:
    """An administrator of the organisation; what stands below nothing, as a further city, any administrator."""
    anywhere = subject is None or subject.owner_path == "/"
    return actor.holds(Role.ADMIN, over=None if anywhere else subject.owner_path)


def takes_part(actor: Actor, subject: Any) -> bool:
    """Whoever keeps registers somewhere and may read the record, whoever keeps it."""
    keeps = actor.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL)
    return keeps and (subject is None or readable(actor, subject))


def takes_over(actor: Actor, subject: Any) -> bool:
    """The unit of the organisation that takes over; where one unit keeps both sides, that one."""
    return actor.holds(Role.CENTRAL, over=None if subject is None else subject.receiver.owner_path)


def works_on_a_side(actor: Actor, subject: Any) -> bool:
    """The contact or the director of either side of what two organisations have in common."""
    roles = (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)
    if subject is None:
        return actor.holds(*roles)
    paths = getattr(subject, "reader_paths", None) or (subject.owner_path,)
    return any(actor.holds(*roles, over=path) for path in paths)


def keeps_lists(actor: Actor, subject: Any) -> bool:
    """The unit and administrators keep the code lists, which belong to the whole installation."""
    return actor.holds(Role.CENTRAL, Role.ADMIN)


def reviews_accounts(actor: Actor, subject: Any) -> bool:
    """Administrators, and auditors who look at who has been given what."""
    return actor.holds(Role.ADMIN, Role.AUDITOR)


def anybody(actor: Actor, subject: Any) -> bool:
    """Open to all: signing in must be possible before one is somebody."""
    return True


def holds_link(actor: Actor, subject: Any) -> bool:
    """Somebody without an account, by the one-time link that has been opened and by no other."""
    return subject is not None and actor.link is not None and actor.link == subject.id


def signed_in(actor: Actor, subject: Any) -> bool:
    """Any person with an account."""
    return actor.is_signed_in


def looks_after_job(actor: Actor, subject: Any) -> bool:
    """Whoever asked for the job, and the unit of the organisation for which it is done."""
    if subject is None or not actor.is_signed_in:
        return actor.is_signed_in
    is_own = getattr(subject, "user_id", None) == actor.user_id
    return is_own or actor.holds(Role.CENTRAL, over=subject.owner_path)


def fetches(actor: Actor, subject: Any) -> bool:
    """Whoever had the file made and may still read its class; and whoever holds a role for which it was made."""
    if subject is None or not actor.is_signed_in:
        return actor.is_signed_in
    if getattr(subject, "user_id", None) == actor.user_id:
        return actor.scope.covers(subject.owner_path, subject.confidentiality)
    return any(actor.holds(Role(role), over=subject.owner_path) for role in getattr(subject, "roles", ()))


def leads_as(actor: Actor, subject: Any) -> bool:
    """Whoever holds exactly the role for which the subject was made, over exactly its organisation."""
    if subject is None:
        return actor.holds(*LEADING)
    wanted = getattr(subject, "role", None), subject.owner_path
    return any((grant.role, grant.path) == wanted for grant in actor.grants if grant.role in LEADING)


def nobody(actor: Actor, subject: Any) -> bool:
    """Only the system itself, which asks no rule."""
    return False


#: Roles that lead in a disruption, or are called in one. Auditors and administrators have no part in it.
LEADING = (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL, Role.LEADERSHIP, Role.PARTNER)
leads = held(*LEADING)
contact = held(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)
director = held(Role.SECTOR_DIRECTOR)
central = held(Role.CENTRAL)
leadership = held(Role.LEADERSHIP)
reader = held(*READS)

#: Readiness is told to those who answer for it; what it counts is partly secret, so administrators are not among them.
follows_city = held(Role.CENTRAL, Role.LEADERSHIP, Role.AUDITOR)


def follows_readiness(actor: Actor, subject: Any) -> bool:
    """Whoever answers for an organisation of the city group, or follows the city that it belongs to."""
    answers = contact(actor, subject) or follows_city(actor, subject)
    return answers and (subject is None or bool(subject.owner_is_own))


def admin(actor: Actor, subject: Any) -> bool:
    """An administrator; accounts belong to the whole installation."""
    return actor.holds(Role.ADMIN)
