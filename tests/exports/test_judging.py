"""What is told of a plain list before anybody has said whose it is."""

import pytest

from exports.intake import telling
from exports.intake.gate import Admitted, Note, Sheet
from exports.listing import judging

HEADINGS = ["Tunnus", "Toiminto", "RTO (h)", "MTPD (h)", "Kriittisyys", "Oma"]


def row(code="F-1", name="Ateriat", rto="4", mtpd="24"):
    """A row as people keep it."""
    return [code, name, rto, mtpd, "2", "x"]


def told(*rows):
    """What is told, as (code, row, column)."""
    return [(one.code, one.row, one.column) for one in judging.judged(rows)]


def test_a_list_is_known_by_what_its_headings_are_called():
    assert judging.recognised([HEADINGS, row()]).name == "functions"
    assert judging.recognised([["Riski", "Todennäköisyys", "Vaikutus", "Syy"]]).name == "risks"
    assert judging.recognised([["Nimi", "Puhelin", "Huone"]]) is None
    assert judging.recognised([]) is None


def test_a_well_kept_list_says_nothing_and_another_sheet_is_not_judged():
    assert told(HEADINGS, row(), row("F-2", rto=None), []) == []
    assert told(["a", "b"], ["x", "noin 4"]) == []


def test_what_is_no_figure_is_told_at_its_cell():
    assert told(HEADINGS, row(), row("F-2", rto="noin 4"), row("F-3", mtpd="#N/A")) == [
        ("row_errors", 3, 3),
        ("row_errors", 4, 4),
    ]


@pytest.mark.parametrize("twin", ["F-1", "f-1", " F-1", "F-1\N{NO-BREAK SPACE}", "F\N{ZERO WIDTH SPACE}-1"])
def test_a_code_that_stands_twice_is_told_however_it_is_written(twin):
    assert told(HEADINGS, row(), row(twin, "Muu")) == [("duplicate_codes", 3, 1)]


def test_headings_further_down_and_with_odd_signs_are_remarks():
    odd = ["Tunnus", "Toiminto\n", "RTO  (h)", "MTPD (h)", "Kriittisyys\N{SOFT HYPHEN}", "Oma"]

    found = judging.judged([["Toiminnot 2026"], odd, row()])

    assert [(one.code, one.row, one.column) for one in found] == [
        ("header_row_found", 2, 1),
        ("headers_normalised", 2, 2),
        ("headers_normalised", 2, 3),
        ("headers_normalised", 2, 5),
    ]
    assert not any(one.is_fault for one in found)


def listed(*rows, notes=()):
    """What the command tells of a file with these rows."""
    found = telling.listed(Admitted("a.xlsx", "0", (Sheet("Toiminnot", rows),), notes))
    return found["class"], found["code"], [one["cell"] for one in found["errors"]]


def test_the_command_tells_the_class_of_a_list():
    notes = (Note("text_normalised"),)

    assert listed(HEADINGS, row()) == ("accept", "ok", [])
    assert listed(["Otsikko"], HEADINGS, row()) == ("accept_warn", "header_row_found", [])
    assert listed(["Otsikko"], HEADINGS, row(), notes=notes) == ("accept_warn", "text_normalised", [])
    assert listed(HEADINGS, row(), row(name="Muu")) == ("reject", "duplicate_codes", ["A3"])
    assert listed(HEADINGS, row(), row(name="Muu", rto="x")) == ("reject", "row_errors", ["A3", "C3"])
    assert telling.listed(Admitted("a.xlsx", "0", ()))["class"] == "accept"
