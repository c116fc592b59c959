"""The pages of a package as files: templates of their own, with links that work from a memory stick.

This is the one place where pages are drawn outside the server: there is no request, so nothing of it can leak in.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from prepare import texts

TEMPLATES = Path(__file__).parents[1] / "templates"
ASSETS = Path(__file__).parent / "assets"
#: The city's colours are those of the pages.
THEME = Path(__file__).parents[2] / "prepare" / "static" / "theme.css"
FILTERS = ("name_of", "named", "hours", "number", "percent", "day", "moment")


@dataclass(frozen=True)
class Edition:
    """What stands on every page: for whom, how confidential, built when, to be used until when."""

    audience: str
    city: str
    marking: str
    is_secret: bool
    built: str
    expires: str
    expires_iso: str
    language: str
    sections: tuple[tuple[str, str], ...]  #: title and page of each part that this package has


@dataclass
class Site:
    """A package in the making: the name of each file and its content."""

    edition: Edition
    files: dict[str, bytes] = field(default_factory=dict)

    def draw(self, path: str, template: str, **values: Any) -> None:
        """Write a page; inside it `root` leads to the package's top."""
        root = "../" * path.count("/")
        text = _pages().get_template(template).render(edition=self.edition, root=root, path=path, **values)
        self.files[path] = text.encode()

    def furnish(self) -> None:
        """Add styles, colours and the script that improves the index."""
        self.files["assets/theme.css"] = THEME.read_bytes()
        for name in ("package.css", "package.js"):
            self.files[f"assets/{name}"] = (ASSETS / name).read_bytes()


@cache
def _pages() -> Environment:
    """Templates whose texts are escaped always, and in which an unknown name is an error."""
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    pages.trim_blocks = pages.lstrip_blocks = True
    pages.finalize = _shown
    pages.globals.update(_=texts._, ngettext=texts.ngettext)
    for name in FILTERS:
        pages.filters[name] = getattr(texts, name)
    return pages


def _shown(value: Any) -> Any:
    """A value as a page writes it: signs that turn the direction of a text are seen."""
    return value if type(value) is not str or value.isascii() else texts.unmasked(value)
