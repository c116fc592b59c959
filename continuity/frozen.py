"""What a plan was approved on: its functions and their suppliers as they stood, and what differs from that today.

An approved version stays readable as it was approved; a later change of what it rests on flags the plan (W15).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from prepare.actor import Scope
from prepare.texts import N_, _, hours, name_of, percent
from prepare.vocabulary import Confidentiality, Criticality, Labelled


class Aspect(Labelled):
    """What of a function may differ."""

    COVERED = "covered", N_("Covered by the plan")
    NAME = "name", N_("Name")
    CLASS = "class", N_("Class")
    RTO = "rto", N_("RTO")
    MTPD = "mtpd", N_("MTPD")
    LEVEL = "level", N_("Minimum level")
    SUPPLIER = "supplier", N_("Supplier")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A function by its name, with what decides who may read it."""

    id: int
    code: str
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    path: str  #: of its organisation
    confidentiality: Confidentiality = Confidentiality.INTERNAL

    def is_told_to(self, scope: Scope, highest: Confidentiality = Confidentiality.CONFIDENTIAL) -> bool:
        """Whether the scope shows its name, and it is no more secret than `highest`."""
        return self.confidentiality.rank <= highest.rank and scope.names(self.id, self.path, self.confidentiality)


@dataclass(frozen=True, kw_only=True)
class Figure(Named):
    """A covered function: its class, times in hours (None = unknown), minimum level and suppliers."""

    criticality: Criticality | None = None
    rto_h: float | None = None
    mtpd_h: float | None = None
    mbco_pct: float | None = None
    mbco_text: str | None = None
    suppliers: tuple[Named, ...] = ()

    @property
    def level(self) -> str | None:
        """The minimum level in words and per cent."""
        given = [self.mbco_text or "", percent(self.mbco_pct) if self.mbco_pct is not None else ""]
        return " · ".join(filter(None, given)) or None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The functions that a plan covers, by code."""

    functions: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One thing that differs: of which function, and what it was and is; None = nothing, or unknown."""

    function: Named
    aspect: Aspect
    before: str | None
    after: str | None
    supplier: Named | None = None

    @property
    def text(self) -> str:
        """The difference in a few words, without the function's name."""
        if self.aspect is Aspect.COVERED:
            return _("now covered by the plan") if self.after else _("no longer covered by the plan")
        if self.aspect is Aspect.SUPPLIER:
            name = self.after or self.before
            return _("new supplier %(name)s", name=name) if self.after else _("no longer needs %(name)s", name=name)
        unknown = _("unknown")
        return f"{self.aspect.label} {self.before or unknown} → {self.after or unknown}"

    @property
    def discreet(self) -> str:
        """The same without the name of a supplier: on whom a function depends is told on its own page only."""
        return _("suppliers changed") if self.supplier else self.text


def reduced(figures: Figures, scope: Scope, highest: Confidentiality = Confidentiality.CONFIDENTIAL) -> Figures:
    """The figures without functions and suppliers that the scope does not show, or above the class `highest`."""
    told = [one for one in figures.functions if one.is_told_to(scope, highest)]
    return Figures(
        functions=tuple(
            replace(one, suppliers=tuple(s for s in one.suppliers if s.is_told_to(scope, highest))) for one in told
        )
    )


def differences(then: Figures, now: Figures) -> list[Difference]:
    """What differs between the figures of an approval and those of today, function by function."""
    old, new = ({one.code: one for one in figures.functions} for figures in (then, now))
    found: list[Difference] = []
    for code in sorted({*old, *new}):
        if code not in new:
            found.append(Difference(old[code], Aspect.COVERED, name_of(old[code]), None))
        elif code not in old:
            found.append(Difference(new[code], Aspect.COVERED, None, name_of(new[code])))
        else:
            found += [*_changed(old[code], new[code]), *_suppliers(old[code], new[code])]
    return found


_ASPECTS: Sequence[tuple[Aspect, Callable[[Figure], object], Callable[[Figure], str | None]]] = (
    (Aspect.NAME, lambda one: (one.name_fi, one.name_sv, one.name_en), name_of),
    (Aspect.CLASS, lambda one: one.criticality, lambda one: one.criticality.value if one.criticality else None),
    (Aspect.RTO, lambda one: one.rto_h, lambda one: None if one.rto_h is None else hours(one.rto_h)),
    (Aspect.MTPD, lambda one: one.mtpd_h, lambda one: None if one.mtpd_h is None else hours(one.mtpd_h)),
    (Aspect.LEVEL, lambda one: (one.mbco_pct, one.mbco_text), lambda one: one.level),
)


def _changed(old: Figure, new: Figure) -> Iterator[Difference]:
    for aspect, value, text in _ASPECTS:
        if value(old) != value(new):
            yield Difference(new, aspect, text(old), text(new))


def _suppliers(old: Figure, new: Figure) -> Iterator[Difference]:
    was, now = ({one.id: one for one in figure.suppliers} for figure in (old, new))
    for supplier in new.suppliers:
        if supplier.id not in was:
            yield Difference(new, Aspect.SUPPLIER, None, name_of(supplier), supplier)
    for supplier in old.suppliers:
        if supplier.id not in now:
            yield Difference(new, Aspect.SUPPLIER, name_of(supplier), None, supplier)


def told(found: Sequence[Difference], scope: Scope, highest: Confidentiality) -> list[Difference]:
    """Those of the differences that may be told: of functions and suppliers that the scope shows, up to a class."""
    return [
        one
        for one in found
        if one.function.is_told_to(scope, highest) and (one.supplier is None or one.supplier.is_told_to(scope, highest))
    ]
