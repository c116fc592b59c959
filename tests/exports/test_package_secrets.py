"""A token in every text: the package of each role holds none that the role may not see, and all that it must."""

import io
import zipfile
from datetime import UTC, datetime
from functools import partial

import pytest

from exports import archive
from exports.package import audiences, building
from exports.paper.plan import plan_file
from tests import canary, conftest, reading, secrecy, secret_town
from tests import town as the_town
from tests.crawling import TOKEN

AT = datetime(2026, 11, 28, 8, 15, tzinfo=UTC)
pytestmark = [pytest.mark.sqlite, pytest.mark.no_cover]
WORDS = "four words without a link"
PEOPLE = ("edu.contact", "edu.director", "central", "leadership", "county", "police")
#: What a package tells of each kind of record that its reader reads; of plans only those in force.
HELD = {
    "ActionCard": {"title", "role"},
    "Agreement": {"code", "name_en"},
    "CardTask": {"what", "who"},
    "ContactPoint": {"role_title", "phone", "email", "channel_fallback"},
    "DocumentRef": {"title", "kept_at", "case_number"},
    "Function": {"code", "name_en", "description_en", "owner_role", "deputy_role", "mbco_text", "customers"},
    "InformationFlow": {"what", "channel", "trigger"},
    "Interface": {"code", "name_en", "description_en", "alerting_practice", "city_owner_role", "party_owner_role"},
    "InterfaceTask": {"task", "remark"},
    "LevelTask": {"task", "role", "trigger"},
    "Need": {"name", "workaround"},
    "Organisation": {"name_en"},
    "Plan": {"code", "name_en"},
    "PlanSection": {"text"},
    "PlanVersion": {"number", "document_ref"},
    "Scenario": {"code", "name_en", "description_en"},
    "Strategy": {"text", "reference"},
}
RETIRED = "F-EDU-05"
OF_PLANS = ("ActionCard", "CardTask", "DocumentRef", "LevelTask", "PlanSection", "PlanVersion", "Strategy")


@pytest.fixture(scope="module")
def place(app, town_file):
    """The town with a twin and a token in every text."""
    return secret_town.build(app, town_file)


@pytest.fixture(scope="module")
def packages(place):
    """Person → the package of everybody in the same role, in English, with plans whose letters can be read back."""
    conftest.lay(place.app, place.file)
    found = {}
    with pytest.MonkeyPatch.context() as patch, place.app.app_context():
        patch.setattr(building, "plan_file", partial(plan_file, compressed=False))
        for person in PEOPLE:
            who = next(iter(audiences.of_person(_actor(place, person))))
            found[person] = building.build(who, "en", at=AT)
    building._paper.cache_clear()
    return found


def _actor(place, person):
    """The person, whose address carries a token by now."""
    token = next(
        secret.token
        for secret in place.secrets.values()
        if (secret.kind, secret.column, secret.code) == ("User", "email", the_town.email(person))
    )
    name, _, host = the_town.email(person).partition("@")
    return the_town.actor_of(f"{name}.{token}@{host}")


def _tokens(package):
    """The tokens in the whole package: its pages, papers and workbook, and the names of its files."""
    with zipfile.ZipFile(io.BytesIO(package.content)) as files:
        parts = [files.read(name) for name in files.namelist()]
    told = " ".join([*_texts(parts), package.name, *zipfile.ZipFile(io.BytesIO(package.content)).namelist()])
    return set(TOKEN.findall(told.casefold()))


def _texts(parts):
    for content in parts:
        yield reading.text_of(type("Answer", (), {"data": content}))


@pytest.mark.parametrize("person", PEOPLE)
def test_no_package_holds_a_secret_of_others(place, packages, person):
    seen = _tokens(packages[person])

    leaks = [str(s) for s in place.secrets.values() if s.token in seen and not secrecy.may_see(person, s)]

    assert seen
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_package_holds_what_its_reader_must_have(place, packages, person):
    seen = _tokens(packages[person])

    wanted = [s for s in place.secrets.values() if s.column in HELD.get(s.kind, ()) and _is_theirs(person, s)]
    missing = [str(s) for s in wanted if s.token not in seen]

    assert wanted
    assert not missing, "\n".join(missing)


def _is_theirs(person, secret):
    """Whether the record is told to the person, is in force and belongs to the registers of a crisis."""
    if secret.kind in OF_PLANS and not secret.code.startswith("P-03"):
        return False
    if secret.kind == "Function" and secret.code.startswith(RETIRED):
        return False
    if secret.kind == "Plan" and not secret.code.startswith("P-03"):
        return secret.column == "code" and secrecy.reads(person, secret)
    return secrecy.may_open(person, secret) if secret.kind in secrecy.OF_INTERFACES else secrecy.reads(person, secret)


def test_a_locked_package_tells_nothing_to_whoever_lacks_the_passphrase(packages):
    package = packages["central"]

    locked = archive.locked(package.content, WORDS)

    assert not TOKEN.findall(locked.decode("latin-1").casefold())
    assert canary.PATTERN
