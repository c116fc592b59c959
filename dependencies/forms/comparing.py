"""The form that asks what is compared with what, and what is supposed to be otherwise."""

from typing import Any

from dependencies.analysing.comparing import Asked
from dependencies.candidates import Kind
from dependencies.change import KINDS
from prepare.forms.fields import Hours, OneOf, Text
from prepare.forms.form import CityForm
from prepare.texts import N_, _


class CompareForm(CityForm):
    """Which two disruptions are compared; the second may have one thing otherwise, without anything being saved."""

    class Meta(CityForm.Meta):
        """The form only asks, so it needs no token."""

        csrf = False

    a = OneOf(N_("First"), blank=N_("A what-if, as written beside"))
    b = OneOf(N_("Second"), blank=N_("The same as the first, or as written beside"))
    a_hits = Text(N_("What if, first"), longest=2000, description=N_("As F-ENE-01:0:24, X-TE1-01:2:12:degraded"))
    b_hits = Text(N_("What if, second"), longest=2000, description=N_("As F-ENE-01:0:24, X-TE1-01:2:12:degraded"))
    kind = OneOf(N_("What is otherwise in the second"), blank=N_("Nothing"))
    of = Text(N_("In which function"), description=N_("The code of a function that you may read."))
    need = OneOf(N_("Which of its needs"), blank=N_("Choose the function first"))
    hours = Hours(N_("The new time"), description=N_("For a tolerance, a restart or a repair."))
    supplier = Text(N_("The further supplier"), longest=40, description=N_("The code of a function or service."))

    def offer_kinds(self) -> None:
        """Let the form offer the changes that can be tried."""
        self.kind.offer([(kind.value, kind.label) for kind in KINDS])

    @property
    def first(self) -> str | None:
        """What is first: `scenario:S1`, `run:…`, `hits:…`; None when nothing is asked."""
        return _word(self.a.data, self.a_hits.data)

    @property
    def second(self) -> str | None:
        """What is second; the same as the first when nothing is said."""
        return _word(self.b.data, self.b_hits.data) or self.first

    @property
    def change(self) -> Kind | None:
        """What is otherwise in the second."""
        return next((kind for kind in KINDS if kind.value == self.kind.data), None)

    def supposed(self, kind: Kind) -> Asked:
        """The change of this kind, as it is asked for."""
        need, supplier = self.need.data or "", self.supplier.data or ""
        return Asked(kind, self.of.data or "", need=need, hours=self.hours.data, supplier=supplier)

    def validate(self, extra_validators: Any = None) -> bool:
        """A change names its function, and something must be compared with something else."""
        valid = bool(super().validate(extra_validators))
        if not self.first:
            self.a.errors = [*self.a.errors, _("Choose what is compared.")]
        elif valid and not self.change and self.first == self.second:
            self.b.errors = [*self.b.errors, _("Choose something else for the second, or say what is otherwise in it.")]
        if self.change and not self.of.data:
            self.of.errors = [*self.of.errors, _("This is needed.")]
        return valid and not (self.a.errors or self.b.errors or self.of.errors)


def _word(chosen: str | None, written: str | None) -> str | None:
    return chosen or (f"hits:{written}" if written else None)
