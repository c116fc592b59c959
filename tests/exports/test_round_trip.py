"""What people write comes back from a register's text file as they wrote it, read by any program and as a list."""

import csv
import random
import unicodedata
from io import StringIO

import pytest

from exports.listing.every import LISTED
from exports.register import uploads
from exports.register.planning import planned
from exports.registers.catalogue import REGISTERS
from exports.registers.field import Sight
from exports.registers.files import as_text
from exports.registers.register import Filter
from exports.separated import bare
from prepare.actor import acting_as
from prepare.clock import today
from prepare.texts import UNSTORABLE, clean, speaking
from prepare.vocabulary import Confidentiality
from tests import town as the_town

#: What texts are put together of: what programs take for something else, and what files stumble over.
PARTS = (
    *("=1+1", "+358 50 123 4567", "-5", "@SUM(A1)", "'=1", "''", "'", "＝1", "|", "0012", "1.2.2026", "12,5", "TRUE"),
    *('"', '""', ";", ",", "\t", "\n", "\r\n", "\n\n", " ", "\u00a0", "\u2028", "\ufeff", "\\n", "%s", "{{ x }}"),
    *(
        "vesi",
        "Åkerö",
        unicodedata.normalize("NFD", "häiriö"),
        "🚒",
        "👩‍🚒",
        "🇫🇮",
        "ﬁ",
        "½",
        "العربية",
        "日本",
        "e\u0301",
    ),
    *("<b>", "&amp;", "NULL", "Kyllä", "#1", "1e5", "9" * 20, "x" * 300),
)


def texts(count, seed):
    """Texts as they are stored: what a form lets through, composed and without blanks around."""
    chance, found = random.Random(seed), []  # noqa: S311 - texts for a test, no secrets
    while len(found) < count:
        text = clean("".join(chance.choice(PARTS) for _ in range(chance.randint(1, 6))))
        if text and not UNSTORABLE.search(text):
            found.append(text)
    return found


def went_and_came(wrote, language):
    """Keep the texts in a register, hand it over, and read the file back; gives both ways of reading."""
    the_town.keep(*(the_town.a_function(f"F-EDU-{n:04}", description_fi=text) for n, text in enumerate(wrote, 100)))
    edu, between = the_town.organisation_of("EDU"), "," if language == "en" else ";"
    with acting_as(the_town.actor_of("edu.contact")) as who, speaking(language):
        sight = Sight(who.scope, Confidentiality.CONFIDENTIAL, today())
        taken = as_text(REGISTERS["functions"], sight, Filter(edu.path), "x.csv", between)
        with taken.stream as stream:
            content = stream.read()
        table = uploads.opened("x.csv", content, LISTED["functions"])
        reading = uploads.reading_of(edu, LISTED["functions"], table)
        plan = planned(edu, reading)
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=between))
    return rows, reading, plan


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_texts_come_back_from_a_register_as_they_were_written_and_change_nothing_as_a_list(town, language):
    wrote = texts(40, seed=language)

    rows, reading, plan = went_and_came(wrote, language)

    heading = next(told for told, name in reading.columns.items() if name == "description_fi")
    cells = [row[heading] for row in rows][-len(wrote) :]
    assert [bare(cell) for cell in cells] == wrote
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert plan.troubles == []
    assert plan.count("same") == len(plan.lines) == len(rows)


def test_a_list_that_says_what_is_in_force_does_not_undo_a_change_that_waits(town):
    _rows, _reading, plan = went_and_came([], "fi")

    moved = next(line for line in plan.lines if line.record.code == "F-EDU-04")
    assert moved.entry.name_fi == "Koulukuljetukset ja saatot"
    assert moved.changes == ()
