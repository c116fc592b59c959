"""A person who opens every page: each link, each choice of each form that only asks, and each record's pages."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml import html

from tests.canary import PATTERN
from tests.conftest import Visitor
from tests.reading import text_of

TOKEN = re.compile(PATTERN)
SEARCH = "zyxwvu"  #: a word that stands nowhere
NOT_FOLLOWED = re.compile(r"^/(static|sign-out)")


@dataclass
class Answer:
    """What an address answered, as far as it is remembered."""

    status: int
    tokens: set[str]


@dataclass
class Crawl:
    """What one person has been shown, and where each token stood first."""

    browser: Visitor
    seen: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    most: int = 6  #: so many values of a parameter are tried where links lead on and on, as from month to month
    pairs: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    searches: dict[str, str] = field(default_factory=dict)  #: address of a form → its field for words

    def walk(self, begin: Iterable[str]) -> None:
        """Open these addresses and whatever can be reached from them."""
        queue = deque(begin)
        while queue:
            address = queue.popleft()
            if self._is_new(address):
                queue.extend(self.open(address))

    def open(self, address: str) -> Iterator[str]:
        """Open an address; gives the addresses that its page leads to."""
        answer = self.browser.get(address)
        self.note(address, answer)
        if location := answer.headers.get("Location"):
            yield urljoin(address, location)
        if answer.mimetype == "text/html" and answer.status_code == 200 and answer.data:
            yield from self._onward(address, answer.text)

    def note(self, address: str, answer: Any, asked: str = "") -> None:
        """Remember which tokens an answer shows, those left out that the question itself held."""
        told = f"{text_of(answer)} {' '.join(f'{name}: {value}' for name, value in answer.headers)}".casefold()
        tokens = set(TOKEN.findall(told)) - set(TOKEN.findall(f"{address} {asked}".casefold()))
        self.answers[address] = Answer(answer.status_code, tokens)
        for one in tokens:
            self.seen.setdefault(one, address)

    def _is_new(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.netloc or NOT_FOLLOWED.match(parts.path):
            return False
        asked = parse_qsl(parts.query, keep_blank_values=True) or [("", "")]
        tried = [self.pairs.setdefault((parts.path, name), set()) for name, _value in asked]
        new = [value not in known and len(known) < self.most for (_, value), known in zip(asked, tried, strict=True)]
        for known, (_name, value) in zip(tried, asked, strict=True):
            known.add(value)
        return any(new)

    def _onward(self, address: str, page: str) -> Iterator[str]:
        tree = html.fromstring(page)
        for link in tree.xpath("//@href | //@src | //@data-url | //@hx-get"):
            yield urljoin(address, str(link)).partition("#")[0]
        for form in tree.forms:
            if form.method == "GET":
                yield from self._asked(address, form)

    def _asked(self, address: str, form: Any) -> Iterator[str]:
        """The form as it stands, and with each of its choices in turn."""
        target = urljoin(address, form.action or "").partition("?")[0]
        standing = [(name, value) for name, value in form.form_values()]
        yield f"{target}?{urlencode(standing)}"
        for one in form.inputs:
            name = one.get("name")
            for value in _choices(one) if name else ():
                yield f"{target}?{urlencode([*((n, v) for n, v in standing if n != name), (name, value)])}"
            if name and one.tag == "input" and one.get("type") in ("search", "text", None):
                self.searches[target] = name


def _choices(one: Any) -> list[str]:
    if one.tag == "select":
        return [str(value) for value in one.value_options]
    if one.tag == "input" and one.get("type") in ("checkbox", "radio"):
        return [one.get("value", "on")]
    return []
