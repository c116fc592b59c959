"""A form as a browser would send it back."""

from typing import Any

from lxml import html


def filled(page: str, field: str = "seen") -> dict[str, Any]:
    """The values of the page's form that has this field; several of one name are a list. The token is left out."""
    form = next(form for form in html.fromstring(page).forms if field in form.fields)
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value.removeprefix("\r").removeprefix("\n"))  # a textarea begins with one
    return {name: given if len(given) > 1 else given[0] for name, given in values.items() if name != "csrf_token"}
