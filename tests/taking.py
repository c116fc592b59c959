"""What a person takes along or tries: files, letters, posts that are refused, searches for what is not theirs."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlencode

from lxml import html

from tests.canary import Secret
from tests.crawling import SEARCH, Crawl
from tests.filled import filled

FILES = re.compile(r"^/(registers/|workbooks/.*|trail/export|plans/versions/[0-9a-f-]+/pdf)$")
PICTURES = {"/graph/": "/pictures/graph", "/trace/": "/pictures/trace"}
#: What differs between two answers to the same question: the request's id, and the tokens of its forms.
PASSING = re.compile(r'[0-9a-f]{32}|name="(csrf_token|once)"[^>]* value="[^"]+"')
LETTER = re.compile(r"^(\S+@\S+) +\d+$", re.MULTILINE)


def take_files(crawl: Crawl) -> int:
    """Take every file that a page offers, in each kind that it can be had; gives how many were had."""
    had = 0
    for address in [a for a, answer in crawl.answers.items() if FILES.match(a) and answer.status == 200]:
        page = crawl.browser.get(address).text
        if not any("language" in form.fields for form in html.fromstring(page).forms):
            continue  # it offers no file
        fields = filled(page, "language") | {"purpose": "Kokeilu"}
        for choice in _choices(page):
            answer = crawl.browser.send(address, **(fields | choice))
            crawl.note(f"{address} {choice}", answer)
            had += answer.mimetype != "text/html"
    for page, address in PICTURES.items():
        asked = [a for a in crawl.answers if a.startswith(page) and crawl.answers[a].status == 200]
        for one in asked[:3]:
            answer = crawl.browser.send(f"{address}?{one.partition('?')[2]}", format="svg")
            crawl.note(f"{address} {one}", answer)
            had += answer.mimetype == "image/svg+xml"
    return had


def _choices(page: str) -> Iterator[dict[str, str]]:
    """Each choice of the form's lists in turn, but for the language."""
    form = next(form for form in html.fromstring(page).forms if "language" in form.fields)
    yield {}
    for one in form.inputs:
        if one.tag == "select" and one.name != "language":
            yield from ({one.name: str(value)} for value in one.value_options if value)


def try_posts(crawl: Crawl, addresses: Iterable[str]) -> None:
    """Post an empty form to each address; what is refused is remembered as shown."""
    for address in addresses:
        crawl.note(f"POST {address}", crawl.browser.send(address))


def told_apart(crawl: Crawl, secrets: Iterable[Secret]) -> list[str]:
    """The searches that answer otherwise for a secret than for a word that stands nowhere."""
    wanted, found = list(secrets), []
    for address, field in crawl.searches.items():
        nothing = _searched(crawl, address, field, SEARCH)
        found += [f"{address} for {one}" for one in wanted if _searched(crawl, address, field, one.token) != nothing]
    return found


def _searched(crawl: Crawl, address: str, field: str, word: str) -> str:
    answer = crawl.browser.get(f"{address}?{urlencode({field: word})}")
    return plain(f"{answer.status_code} {answer.text}").replace(word, "WORD")


def plain(page: str) -> str:
    """A page without what differs each time it is drawn."""
    return PASSING.sub("", page)


def letters(printed: str) -> dict[str, str]:
    """Address → letter, from what the command prints when it rehearses sending."""
    parts = LETTER.split(printed)
    return {address: unescape(text) for address, text in zip(parts[1::2], parts[2::2], strict=True)}
