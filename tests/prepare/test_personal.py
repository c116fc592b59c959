"""No personal identity code is kept, in whatever text and by whatever way it comes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from prepare.actor import SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.posts import KeptText
from prepare.personal import CHECKS, identity_code, masked
from risks.models.risks import Risk
from risks.register import risks as register
from tests.filled import filled

#: An example of the population register: 131052-308T; the others are made from its rule.
VALID = "131052-308T"


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "131052-308t",
        "asiakas 131052-308T, tulossa",
        "(131052–308T)",  # a dash of a word processor
        "131052\u2212308T",
        "hetu:131052-308T",
        "131052Y308T",  # a sign of 2023 for the same century
        "290200A248J".replace("248J", f"248{CHECKS[290200248 % 31]}"),  # a leap day of 2000
        "010123+003" + CHECKS[10123003 % 31],
    ],
)
def test_a_valid_code_is_found_however_it_is_written(text):
    assert identity_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "131052-308S",  # wrong check character
        "311152-308T",  # no such day
        "131052-001" + CHECKS[131052001 % 31],  # numbers begin at 002
        "290201A248" + CHECKS[290201248 % 31],  # no leap year
        "1131052-308T",  # part of a longer number
        "131052-308TX",
        "HEL 2026-013105",
        "+358 40 123 4567",
        "FI13 1052 3080",
        "2026-11-21",
    ],
)
def test_what_only_looks_alike_is_no_code(text):
    assert identity_code(text) is None


@given(
    day=st.dates(),
    number=st.integers(2, 999),
    sign=st.sampled_from("+-YXWVUABCDEF"),
    around=st.tuples(st.sampled_from([" ", "(", "", "\n", "ä"]), st.sampled_from([" ", ")", "", ".", "ö"])),
)
def test_every_code_that_follows_the_rule_is_found_and_hidden(day, number, sign, around):
    digits = f"{min(day.day, 28):02}{day.month:02}{day.year % 100:02}"
    code = f"{digits}{sign}{number:03}{CHECKS[int(f'{digits}{number:03}') % 31]}"
    text = code.join(around)

    assert identity_code(text) == code
    assert masked(text) == f"{code[:7]}****".join(around)
    assert identity_code(masked(text)) is None


def risk():
    return db.session.scalars(select(Risk).where(Risk.code == "R-01")).one()


def test_a_form_refuses_the_code_at_its_field_with_the_reason_and_keeps_what_was_typed(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/risks/{risk().ref}/assess"

    page = browser.send(address, **filled(browser.get(address).text) | {"cause": f"Oppilas {VALID} karkasi"})

    assert page.status_code == 200
    assert 'id="cause-error"' in page.text
    assert "Remove the personal identity code 131052-****" in page.text
    assert f"Oppilas {VALID} karkasi" in page.text
    assert risk().cause is None


def test_a_record_refuses_the_code_whatever_way_it_comes(town):
    with acting_as(SYSTEM):
        seen = register.seen_now(risk())
        changed = replace(seen.entry, event=VALID)
        with pytest.raises(RuleBroken) as broken, transaction():
            register.assess(risk(), changed, seen=seen, on=town.BEGUN.date())

    assert broken.value.field == "event"
    assert "131052-****" in broken.value.text()
    assert risk().event is None


def test_what_is_kept_until_one_signs_in_again_hides_the_code(town, sign_in, app):
    browser, address = sign_in("edu.contact"), f"/risks/{risk().ref}/assess"
    sent = filled(browser.get(address).text) | {"cause": f"Oppilas {VALID}"}
    browser.delete_cookie("prepare")

    assert browser.send(address, **sent).status_code == 401

    kept = db.session.scalars(select(KeptText)).one()
    assert kept.fields["cause"] == ["Oppilas 131052-****"]
