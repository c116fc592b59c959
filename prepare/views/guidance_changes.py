"""What a draft of the guidance changes against the version that it follows, told before it is issued."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from prepare import actor, guiding
from prepare.db import db
from prepare.forms.differences import in_words, label_of, word_changes
from prepare.guiding import SAID, TEXTS, TITLES, Changed
from prepare.models.guidance import GuidanceVersion, Requirement
from prepare.queries import guidance as queries
from prepare.register.carrying import standing


def changes_of(version: GuidanceVersion) -> SimpleNamespace:
    """.before the version that it follows; .requirements and .chapters compared, each with .added, .removed and .told;
    .carried answers go over, of .carriers organisations; .anew requirements must be answered again."""
    scope, before = actor.current().scope, version.predecessor
    new = db.session.scalars(queries.requirements(scope, version)).all()
    old: Sequence[Requirement] = db.session.scalars(queries.requirements(scope, before)).all() if before else []
    text = db.session.scalars(queries.chapters(scope, version)).all()
    former = db.session.scalars(queries.chapters(scope, before)).all() if before else []
    requirements = guiding.requirements_compared(old, new)
    carried, carriers = db.session.execute(queries.given(scope, _standing(before, version))).one()
    return SimpleNamespace(
        before=before,
        requirements=told(requirements, (*TEXTS, *SAID)),
        chapters=told(guiding.chapters_compared(former, text), (*TITLES, *TEXTS, "confidentiality")),
        carried=carried,
        carriers=carriers,
        anew=len(requirements.added) + sum(guiding.asks_anew(one.before, one.after) for one in requirements.changed),
    )


def _standing(before: GuidanceVersion | None, version: GuidanceVersion) -> list[int]:
    return list(standing(before, version)) if before else []


def told(compared: Any, names: Iterable[str]) -> SimpleNamespace:
    """A comparison as a page shows it; of what changed .one, .items (the fields that differ) and .anew."""
    return SimpleNamespace(
        added=compared.added,
        removed=compared.removed,
        same=len(compared.same),
        changed=[SimpleNamespace(one=one.after, items=_items(one, names), anew=_anew(one)) for one in compared.changed],
    )


def _anew(changed: Changed[Any]) -> bool:
    return isinstance(changed.after, Requirement) and guiding.asks_anew(changed.before, changed.after)


def _items(changed: Changed[Any], names: Iterable[str]) -> list[SimpleNamespace]:
    """The fields that differ: texts word by word, the others as they were and are."""
    found = []
    for name in names:
        before, after = getattr(changed.before, name), getattr(changed.after, name)
        if before != after:
            is_text = bool(before and after) and name in (*TEXTS, *TITLES)
            pieces = word_changes(before, after) if is_text else []
            shown = [SimpleNamespace(kind=kind, text=text) for kind, text in pieces]
            words = in_words(name, before), in_words(name, after)
            found.append(SimpleNamespace(label=label_of(name), before=words[0], after=words[1], pieces=shown))
    return found
