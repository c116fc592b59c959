"""The file of a crisis package: it is the same each time, opens under its passphrase, and tells when it was changed."""

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import pyzipper

from exports import archive, manifest, signatures, timelines
from exports.archive import WrongPassphrase
from exports.manifest import MANIFEST, SIGNATURE, About, Fault
from exports.timelines import BAND, Spell
from prepare.errors import RuleBroken
from prepare.texts import speaking

AT = datetime(2026, 11, 28, 8, 15, tzinfo=UTC)
WORDS = "neljä sanaa".replace("ä", "a") + " ilman yhteytta"
ABOUT = About(
    audience="central:CITY",
    name="Unit",
    city="City",
    language="fi",
    confidentiality="confidential",
    marking="SALASSA",
    built_at=AT.isoformat(),
    expires_on="2026-12-28",
    program="1",
    schema="0038",
    graph_revision=3,
    trail_entries=7,
    trail_seal="ab" * 32,
)
FILES = {"index.html": b"<p>first</p>" * 50, "plans/01.html": b"a plan", "assets/package.css": b"p{}"}


@pytest.fixture(autouse=True)
def key():
    """The key of the tests' installation, put back as it was."""
    before = signatures._key
    signatures.use_key("a" * 40)
    yield signatures.public_key()
    signatures._key = before


def made(files=None):
    """A whole package of these files."""
    held = dict(FILES if files is None else files)
    held[MANIFEST] = told = manifest.written(ABOUT, held)
    held[SIGNATURE] = signatures.signed(told).encode()
    return held


def flaws(package, key, passphrase=None):
    """The faults and files that verification finds."""
    found, _told = archive.verified(BytesIO(package), key, passphrase)
    return [(flaw.fault, flaw.file) for flaw in found]


def test_the_same_files_and_moment_give_the_same_bytes():
    assert archive.packed(made(), AT) == archive.packed(dict(reversed(made().items())), AT)


def test_an_untouched_package_has_no_flaw_and_tells_what_it_is(key):
    found, told = archive.verified(BytesIO(archive.packed(made(), AT)), key)

    assert found == []
    assert told["audience"] == "central:CITY"
    assert told["files"].keys() == FILES.keys()


@pytest.mark.parametrize("place", range(0, 100, 9))
def test_a_flipped_byte_is_found_wherever_it_lies(key, place):
    package = bytearray(archive.packed(made(), AT))
    package[len(package) * place // 100] ^= 0x40

    found, told = archive.verified(BytesIO(bytes(package)), key)

    # A bit that no reader looks at, as in the stamp of a file's hour, changes nothing that is read.
    assert found or told == archive.verified(BytesIO(archive.packed(made(), AT)), key)[1]


def test_a_swapped_a_missing_and_an_added_file_are_named(key):
    files = made()
    files["plans/01.html"], files["index.html"] = files["index.html"], files["plans/01.html"]
    del files["assets/package.css"]
    files["cards/01.html"] = b"do nothing"

    assert flaws(archive.packed(files, AT), key) == [
        (Fault.MISSING, "assets/package.css"),
        (Fault.ADDED, "cards/01.html"),
        (Fault.CHANGED, "index.html"),
        (Fault.CHANGED, "plans/01.html"),
    ]


def test_a_manifest_that_was_written_anew_is_not_ours(key):
    files = made()
    told = json.loads(files[MANIFEST])
    told["expires_on"] = "2099-01-01"
    files[MANIFEST] = json.dumps(told).encode()

    assert flaws(archive.packed(files, AT), key) == [(Fault.NOT_OURS, "")]


def test_a_package_of_another_installation_and_one_without_signature_are_told(key):
    files = made()
    signatures.use_key("b" * 40)
    other = made()

    assert flaws(archive.packed(other, AT), key) == [(Fault.NOT_OURS, "")]
    assert flaws(archive.packed({**files, SIGNATURE: b"zz"}, AT), key) == [(Fault.NOT_OURS, "")]
    del files[SIGNATURE]
    assert flaws(archive.packed(files, AT), key) == [(Fault.NO_SIGNATURE, "")]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"<html>", json.dumps({"format": "other", "files": []}).encode(), b"[" * 100_000]
)
def test_what_is_no_package_is_told_as_such(key, content):
    assert flaws(content, key) == [(Fault.NO_PACKAGE, "")]
    assert flaws(archive.packed({MANIFEST: content, SIGNATURE: b"00"}, AT), key) == [(Fault.NO_PACKAGE, "")]


def test_a_cut_package_is_told(key):
    package = archive.packed(made(), AT)

    assert flaws(package[: len(package) // 2], key) == [(Fault.NO_PACKAGE, "")]


@pytest.mark.parametrize(
    "name", ["../x.html", "/x.html", "a/b/c.html", "C:x.html", "x", "Ä.html", ".x.html", "a b.html"]
)
def test_a_name_that_leads_elsewhere_is_neither_written_nor_read(key, name):
    with pytest.raises(ValueError, match="cannot be a file"):
        archive.packed({name: b""}, AT)

    evil = BytesIO()
    with zipfile.ZipFile(evil, "w") as package:
        package.writestr(name, b"")
    assert flaws(evil.getvalue(), key) == [(Fault.UNSAFE, name)]


def test_a_file_that_stands_twice_is_unsafe(key):
    package = BytesIO(archive.packed(made(), AT))
    with zipfile.ZipFile(package, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("index.html", b"another")

    assert flaws(package.getvalue(), key) == [(Fault.UNSAFE, "index.html")]


def test_a_bomb_is_not_unpacked(key, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)

    assert flaws(archive.packed(made(), AT), key) == [(Fault.NO_PACKAGE, "")]


def test_a_locked_package_opens_with_its_passphrase_and_with_no_other(key):
    secret = archive.locked(archive.packed(made(), AT), WORDS)

    assert b"first" not in secret
    assert b"central" not in secret
    assert flaws(secret, key, WORDS) == []
    for wrong in (None, "another passphrase", ""):
        with pytest.raises(WrongPassphrase):
            archive.verified(BytesIO(secret), key, wrong)
    with pyzipper.AESZipFile(BytesIO(secret)) as package:
        assert {(entry.wz_aes_strength, entry.flag_bits & 1) for entry in package.infolist()} == {(3, 1)}


def test_a_changed_byte_of_a_locked_package_is_found(key):
    secret = bytearray(archive.locked(archive.packed({"index.html": b"x" * 90, **made()}, AT), WORDS))
    secret[120] ^= 1

    try:
        found = flaws(bytes(secret), key, WORDS)
    except WrongPassphrase:
        found = ["refused"]
    assert found


@pytest.mark.parametrize(
    ("passphrase", "field"),
    [
        ("short", "characters"),
        ("x" * 200, "characters"),
        ("ääkköset ovat täällä", "plain signs"),
        ("aaaabbbbccccdddd", "different"),
    ],
)
def test_a_weak_passphrase_is_refused(passphrase, field):
    with speaking("en"):
        told = [problem.text() for problem in archive.passphrase_problems(passphrase)]

        assert len(told) == 1
        assert field in told[0]
        with pytest.raises(RuleBroken, match=field):
            archive.locked(archive.packed(made(), AT), passphrase)


def test_a_good_passphrase_breaks_no_rule():
    assert archive.passphrase_problems(WORDS) == []


def test_a_package_holds_for_thirty_days_and_says_so():
    told = {"expires_on": manifest.expires_on(date(2026, 11, 28)).isoformat()}

    with speaking("en"):
        assert manifest.validity(told, date(2026, 12, 28)) == "It holds until 2026-12-28."
        assert manifest.validity(told, date(2026, 12, 29)) == "It expired on 2026-12-28: take a new one."
        assert manifest.is_expired({}, date(2026, 1, 1))
        assert manifest.is_expired({"expires_on": "soon"}, date(2026, 1, 1))


def test_a_flaw_is_told_with_its_file():
    with speaking("en"):
        assert manifest.Flaw(Fault.CHANGED, "a.html").text == "a.html: A file was changed"
        assert manifest.Flaw(Fault.NO_SIGNATURE).text == "It is not signed"


def test_a_signature_is_of_one_content_and_one_key():
    first = signatures.signed(b"told")

    assert first == signatures.signed(b"told")
    assert signatures.is_signed(b"told", first, signatures.public_key())
    assert not signatures.is_signed(b"tolD", first, signatures.public_key())
    assert not signatures.is_signed(b"told", "no hexadecimal", signatures.public_key())
    assert not signatures.is_signed(b"told", first, "00")


@pytest.mark.parametrize(
    ("minute", "x"),
    [
        (0, 0),
        (30, BAND // 2),
        (60, BAND),
        (150, round(BAND * 1.5)),
        (24 * 60, 3 * BAND),
        (8760 * 60, 7 * BAND),
        (None, 7 * BAND),
    ],
)
def test_an_hour_is_as_wide_as_the_weeks(minute, x):
    assert timelines.place(minute) == x


def test_a_bar_can_be_seen_and_stays_on_the_line():
    short, endless, last = timelines.bars(
        [Spell("down", 60, 61), Spell("late", 0, None), Spell("weak", 8760 * 60, None)]
    )

    assert short.width == timelines.SHORTEST
    assert (endless.x, endless.width) == (0, 7 * BAND)
    assert last.x + last.width == 7 * BAND


def test_the_marks_stand_where_the_bands_begin():
    with speaking("en"):
        assert timelines.marks()[:3] == [(0, "0 h"), (BAND, "1 h"), (2 * BAND, "4 h")]


def test_a_package_packed_in_an_unknown_way_is_none(key):
    package = bytearray(archive.packed(made(), AT))
    for place in range(len(package) - 4):
        if package[place : place + 4] == b"PK\x01\x02":
            package[place + 10 : place + 12] = b"\x63\x01"  # the method of each file, in the list at the end

    assert flaws(bytes(package), key) == [(Fault.NO_PACKAGE, "")]
