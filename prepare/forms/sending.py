"""What a browser would send of a form as it stands."""

from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField, SelectMultipleField


def sent(field: Any) -> list[tuple[str, str]]:
    """What a browser would send of a field as it stands: (name, value) pairs."""
    if isinstance(field, FormField | FieldList):
        return [pair for inner in field for pair in sent(inner)]
    if isinstance(field, BooleanField):
        return [(field.name, "y")] if field.data else []
    if isinstance(field, SelectMultipleField):
        return [(field.name, str(value)) for value in field.data or ()]
    if isinstance(field, SelectField):
        return [(field.name, str(choice.value)) for choice in field.iter_choices() if choice.selected][:1]
    return [(field.name, str(field._value()))]
