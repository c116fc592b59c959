"""The base of every form: CSRF, only known fields, and broken rules shown where they belong."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, ClassVar, cast

from flask import abort, g, request
from flask_wtf import FlaskForm
from wtforms import FieldList, FileField, FormField
from wtforms.validators import StopValidation

from prepare.errors import RuleBroken
from prepare.jobs import TooManyJobs
from prepare.texts import _, language

#: What a page may send beside the fields of its form.
BESIDE = frozenset({"csrf_token", "once"})
#: The name of the key that makes a form save once.
ONCE = "once"
#: Begins the names that say whose text of a field is to stand.
KEEP = "keep"


class CityForm(FlaskForm):
    """A form of the house. `entry_class` names the frozen entry that it empties into."""

    entry_class: ClassVar[type[Any] | None] = None
    #: Whether what is typed is kept on the server until it is saved (prepare/gate/drafts.py).
    keeps_draft: ClassVar[bool] = False
    #: Why the person has to wait who has asked for more than can be done at a time; nothing is wrong with the form.
    waits: str = ""

    class Meta(FlaskForm.Meta):
        """WTForms' own messages in the language of the page."""

        @property
        def locales(self) -> list[str]:
            """The language in use."""
            return [language()]

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent, or what was typed before and has been kept."""
            found = super().wrap_formdata(form, formdata)
            if found is not None or formdata is None:
                return found
            if form.keeps_draft and "draft" in g and "kept" not in g:
                g.draft()
            return g.get("kept")

    @property
    def is_typed(self) -> bool:
        """Whether the form holds what the person typed, not what the record holds."""
        return self.is_submitted() or "kept" in g

    def accepted(self) -> bool:
        """Whether this request submitted the form and every field is valid.

        Answers 422 when the request carries a field that the form does not have, or a file where text belongs,
        and when a text cannot be stored; its page then shows the form again.
        """
        if not self.is_submitted():
            return False
        takes_file = {name for name, field in _named(self) if isinstance(field, FileField)}
        known = {name for name, _field in _named(self)} | self._keeps() | BESIDE
        if not {*request.form} <= known or not {*request.files} <= takes_file:
            abort(422)
        if g.get("sent_otherwise"):
            told = _("This form has been saved already, with other words. Save again if these are to be saved too.")
            self.form_errors.append(told)
            return False
        if self.validate():
            return True
        if any(getattr(field, "is_unstorable", False) for _name, field in _named(self)):
            g.status = 422
        for rule in self.broken():
            if rule.field is None or not self[rule.field].errors:
                self._show(rule)
        return False

    def _keeps(self) -> set[str]:
        """Names by which a comparison sends whose text of a field is to stand."""
        names = [field.name for field in fields(self.entry_class)] if self.entry_class and "seen" in self else []
        return {f"{KEEP}-{name}" for name in names}

    def take(self, name: str, value: Any) -> None:
        """Show this value of the entry's field instead of what was typed."""
        self[name].raw_data = None
        self[name].process(None, data=value)

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return [self[name]]

    def broken(self) -> Sequence[RuleBroken]:
        """Rules that the entry breaks, told beside the fields that could not be read; none by default."""
        return ()

    def refuse(self, broken: RuleBroken) -> None:
        """Show every broken rule beside the field it names, else above the form."""
        for rule in broken.every:
            if isinstance(rule, TooManyJobs):
                self.waits = rule.text()
            else:
                self._show(rule)

    def _show(self, rule: RuleBroken) -> None:
        if rule.field not in self:
            self.form_errors.append(rule.text())
        elif isinstance(self[rule.field], FormField):
            self[rule.field].form.form_errors.append(rule.text())
        else:
            self[rule.field].errors = [*self[rule.field].errors, rule.text()]

    def entry(self) -> Any:
        """The form's values as its frozen entry; empty text is None."""
        entry_class = cast(type[Any], self.entry_class)
        names = [field.name for field in fields(entry_class) if field.name in self]
        return entry_class(**{name: _value(self[name]) for name in names})


def _named(fields: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Every field by the name under which a page sends it, those of a form within the form too."""
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _named(field)
        else:
            yield field.name, field


def _value(field: Any) -> Any:
    data = getattr(field, "chosen", field.data)
    if isinstance(data, list):
        return tuple(data)
    return None if data == "" else data


def required(form: CityForm, field: Any) -> None:
    """Validator: something must be given; what was given and could not be read is told as such."""
    if field.process_errors:
        raise StopValidation
    if field.data in (None, ""):
        field.errors = []
        raise StopValidation(_("This is needed."))


required.field_flags = {"required": True}  # type: ignore[attr-defined]
