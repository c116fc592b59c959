"""What disruptions do to an interface, drawn as time lines and told as a table."""

from collections.abc import Sequence
from types import SimpleNamespace

from dependencies import partner_sight
from dependencies.analysing.partner_effects import Disruption, Effect
from dependencies.partner_sight import WIDTH, Span
from dependencies.views.shown import shown
from prepare.texts import _, name_of

#: Height of a time line, in the units of the picture.
BAR = 10


def drawn(found: Sequence[Disruption], *, unnamed: bool) -> list[SimpleNamespace]:
    """The disruptions as the page shows them; where names are not open they are numbered in this order."""
    number, told = 0, []
    for one in found:
        number += one.scenario is None
        title = name_of(one.scenario) if one.scenario else _("Disruption %(n)s (its name is not open)", n=number)
        told.append(_one(one, title, None if unnamed else one.scenario))
    return told


def _one(disruption: Disruption, title: str, link: object) -> SimpleNamespace:
    shown_h = partner_sight.length_h(span for effect in disruption.effects for span in effect.spans)
    return SimpleNamespace(
        title=title,
        scenario=link,
        lasts_h=disruption.scenario.duration_h if disruption.scenario else None,
        rows=[_row(effect, shown_h) for effect in disruption.effects],
        width=WIDTH,
        height=BAR,
        shown_h=shown_h,
    )


def _row(effect: Effect, shown_h: float) -> SimpleNamespace:
    dependency = effect.dependency
    return SimpleNamespace(
        supplier=_side(shown(dependency.supplier).label, effect.supplier, shown_h),
        consumer=_side(shown(dependency.need.consumer).label, effect.consumer, shown_h),
    )


def _side(label: str, spans: Sequence[Span], shown_h: float) -> SimpleNamespace:
    words = "; ".join(partner_sight.in_words(span) for span in spans) or _("works all the time")
    return SimpleNamespace(label=label, bars=partner_sight.bars(spans, shown_h), words=words)
