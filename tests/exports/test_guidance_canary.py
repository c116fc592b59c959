"""No part of a guidance workbook holds a token of a class above its variant: sheets, notes, charts, properties, all."""

import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from exports.books.guidance import guidance_book
from exports.entries import GuidanceEntry, Language
from exports.frames import changes, since
from exports.frames.reader import Reader
from prepare.actor import EVERYTHING
from prepare.clock import today
from prepare.vocabulary import Confidentiality
from tests import canary, conftest
from tests import town as the_town
from tests.exports import earlier

pytestmark = [pytest.mark.sqlite, pytest.mark.no_cover]
SINCE = "what has changed since the last report"
AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
PUBLIC, INTERNAL, SECRET = Confidentiality
#: Who depends on whom, whom to call and how preparedness is raised: secret as a whole, whatever class a row has.
TOGETHER_SECRET = {"Need", "Dependency", "ContactPoint", "LevelTask"}
#: What has no class, since everybody may know it: catalogues, scales, and whose workbook it is.
KNOWN = {
    *(("CodeItem", column) for column in ("code", "name_fi", "name_sv", "name_en")),
    *(("RiskScaleStep", column) for column in ("name_fi", "name_sv", "name_en", "meaning_fi")),
    *(("Organisation", column) for column in ("code", "name_fi")),
    ("GuidanceVersion", "number"),
}


@pytest.fixture(scope="module")
def parts(app, town_file):
    """Variant → (part of the file, token) for every token that stands anywhere in it; and the secrets by token.

    The sheet of what has changed since the last report stands there as a part of its own, by its title.
    """
    conftest.lay(app, town_file)
    found = {}
    with app.app_context():
        edu = the_town.organisation_of("EDU")
        secrets = canary.plant()
        for variant in Confidentiality:
            earlier.stored("guidance", variant, edu)
        earlier.change_every_text(changes.INSIDE | changes.SECRET)
        for variant in Confidentiality:
            entry = GuidanceEntry(organisation="EDU", language=Language.FINNISH, variant=variant, purpose="x")
            made = guidance_book(edu, EVERYTHING, entry, on=today(), at=AT)
            reader = Reader(edu, EVERYTHING, variant, today())
            _summary, each = since.offered(reader, "guidance", "x", changes.INSIDE | changes.SECRET)
            told = each[1](reader).frame.to_csv()
            found[variant] = [*_tokens(made.content), *((SINCE, one) for one in re.findall(canary.PATTERN, told))]
    return found, secrets


def _tokens(content):
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            text = unescape(package.read(name).decode("utf-8", "replace"))
            yield from ((name, token) for token in set(re.findall(canary.PATTERN, text)))


@pytest.mark.parametrize("variant", [PUBLIC, INTERNAL])
def test_a_variant_holds_no_token_of_a_higher_class(parts, variant):
    found, secrets = parts
    told = [(name, secrets[token]) for name, token in found[variant] if token in secrets]

    above = [f"{one} in {name}" for name, one in told if one.confidentiality.rank > variant.rank and _has_class(one)]

    assert told
    assert above == []


@pytest.mark.parametrize("variant", [PUBLIC, INTERNAL])
def test_what_is_secret_when_put_together_stands_in_the_confidential_variant_only(parts, variant):
    found, secrets = parts

    kinds = {one: {secrets[token].kind for _name, token in found[one] if token in secrets} for one in Confidentiality}

    assert not kinds[variant] & TOGETHER_SECRET
    assert kinds[SECRET] >= TOGETHER_SECRET


def test_the_confidential_variant_holds_what_the_others_leave_out(parts):
    found, secrets = parts

    secret = [one for name, token in found[SECRET] if (one := secrets.get(token)) and one.confidentiality is SECRET]

    assert {"Function", "Risk", "Plan", "Exercise"} <= {one.kind for one in secret}


@pytest.mark.parametrize("variant", [PUBLIC, INTERNAL])
def test_what_has_changed_since_the_last_report_is_told_up_to_the_class_of_the_variant(parts, variant):
    found, secrets = parts

    told = {v: [secrets[token] for name, token in found[v] if name == SINCE and token in secrets] for v in found}

    assert [str(one) for one in told[variant] if one.confidentiality.rank > variant.rank and _has_class(one)] == []
    assert not {one.kind for one in told[variant]} & TOGETHER_SECRET
    assert {one.kind for one in told[SECRET]} > {one.kind for one in told[INTERNAL]} > set()


def _has_class(one):
    return (one.kind, one.column) not in KNOWN
