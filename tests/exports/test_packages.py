"""Crisis packages on their page and by command: built, fetched, told to the trail, and who holds an old one."""

import io
import json
import zipfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
import pyzipper
from click.testing import CliRunner
from sqlalchemy import select, text

from continuity.entries.plans import ApprovalEntry
from continuity.models.plans import Plan
from continuity.register import plans
from exports import archive, signatures
from exports.entries import PackageEntry
from exports.models.packages import CrisisPackage
from exports.package import audiences, building, kept
from exports.register import packages as register
from exports.views import package_jobs
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.audit import AuditEntry, AuditPayload
from prepare.cli import command, installation
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.jobs import Job
from prepare.register import files
from tests import town as the_town

WORDS = "four words without a link"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Packages without papers and workbook, which other tests look at."""
    monkeypatch.setattr(building, "_workbook", lambda *_given: b"PK")
    monkeypatch.setattr(building, "_paper", lambda *_given: b"%PDF")


def audience(person):
    """The audience to which a person of the town belongs."""
    return audiences.of_person(the_town.actor_of(person))[0]


def build(person="edu.contact", language="en"):
    """Build the package of everybody in the person's role, as a worker does; gives its record."""
    with acting_as(SYSTEM):
        package_jobs.built_and_kept(audience(person), language)
    return db.session.scalars(select(CrisisPackage).order_by(CrisisPackage.id.desc())).first()


def told(action):
    """What the trail tells of an action: who, and the values after it."""
    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    rows = rows.where(AuditEntry.action == action.value).order_by(AuditEntry.id)
    found = db.session.execute(rows).all()
    return [(entry.user_name, {name: pair[1] for name, pair in payload.changes.items()}) for entry, payload in found]


def test_whoever_has_no_package_is_told_how_to_get_one(town, sign_in):
    page = sign_in("edu.contact").get("/packages/")

    assert "No package has been built yet" in page.text
    assert "You have not fetched a package yet." in page.text
    assert "Who holds which package" not in page.text


def test_a_package_is_fetched_for_a_purpose_and_the_trail_tells_it(town, sign_in):
    package = build()
    browser = sign_in("edu.contact")

    refused = browser.send("/packages/", package=str(package.ref), purpose=" ", password="", password_again="")
    answer = browser.send("/packages/", package=str(package.ref), purpose="Safe", password="", password_again="")

    assert refused.text.count("<title>Error:") == 1
    assert answer.mimetype == "application/zip"
    assert package.name in answer.headers["Content-Disposition"]
    assert archive.verified(io.BytesIO(answer.data), signatures.public_key())[0] == []
    ((who, values),) = told(Action.EXPORT_PACKAGE)
    assert who == "Nimi edu.contact"
    assert values["sha256"] == package.sha256
    assert (values["purpose"], values["is_encrypted"]) == ("Safe", False)
    assert "Safe" in browser.get("/packages/").text


def test_a_package_is_fetched_under_a_passphrase_that_is_kept_nowhere(app, town, sign_in, caplog):
    package = build()
    browser = sign_in("edu.contact")
    fields = {"package": str(package.ref), "purpose": "Stick"}

    weak = browser.send("/packages/", **fields, password="too short", password_again="too short")
    unlike = browser.send("/packages/", **fields, password=WORDS, password_again=WORDS + "s")
    answer = browser.send("/packages/", **fields, password=WORDS, password_again=WORDS)

    assert "A passphrase has 16 to 128 characters" in weak.text
    assert "The passphrases are not alike" in unlike.text
    plain = zipfile.ZipFile(io.BytesIO(package.file.content))
    with pyzipper.AESZipFile(io.BytesIO(answer.data)) as locked:
        locked.setpassword(WORDS.encode())
        assert locked.read("index.html") == plain.read("index.html")
        assert locked.namelist() == plain.namelist()
    assert told(Action.EXPORT_PACKAGE)[0][1]["is_encrypted"] is True
    assert WORDS not in weak.text + unlike.text + caplog.text + whole_database()


def whole_database():
    """Every text in the database."""
    names = [name for name in db.metadata.tables if name not in ("kept_file",)]
    return " ".join(str(db.session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names)


def test_nobody_fetches_the_package_of_others(town, sign_in):
    package, others = build("edu.director"), ("edu.contact", "wat.contact", "central", "county")

    for name in others:
        answer = sign_in(name).send("/packages/", package=str(package.ref), purpose="x", password="", password_again="")
        assert answer.mimetype == "text/html"
        assert str(package.ref) not in answer.text.replace(f'value="{package.ref}"', "")
        with acting_as(the_town.actor_of(name)), pytest.raises(NotPermitted):
            register.hand_over_package(package, PackageEntry(package="", purpose="x"), b"")
    assert told(Action.EXPORT_PACKAGE) == []
    assert sign_in("auditor").get("/packages/").status_code == 403


def test_a_package_is_handed_over_neither_without_a_purpose_nor_under_a_weak_passphrase(town):
    package = build("edu.director")

    with acting_as(the_town.actor_of("edu.director")):
        for entry in (PackageEntry(package=""), PackageEntry(package="", purpose="x", password="short")):
            with pytest.raises(RuleBroken):
                register.hand_over_package(package, entry, b"")


def test_only_the_newest_packages_are_kept_as_files(town, sign_in):
    first, second, third = (build() for _n in range(3))
    other = build(language="fi")

    assert [one.file.is_there for one in (first, second, third, other)] == [False, True, True, True]
    assert first.file.content is None
    page = sign_in("edu.contact").get("/packages/").text
    assert "Replaced" in page
    assert "suomi" in page


def test_the_unit_sees_who_holds_an_old_package_and_who_has_none(town, sign_in):
    package = build()
    sign_in("edu.contact").send("/packages/", package=str(package.ref), purpose="x", password="", password_again="")
    unit = the_town.actor_of("central").scope

    def of(code, role="sector_contact"):
        return next(s for s in kept.standings(unit) if (s.organisation.code, s.role.value) == (code, role))

    assert of("EDU").up_to_date() == ["Nimi edu.contact"]
    assert of("WAT").newest is None
    assert of("WAT").without() == ["Nimi wat.contact"]

    with transaction():
        package.built_at -= timedelta(days=40)
        package.expires_on = today() - timedelta(days=10)
    build()

    assert [one.name for one in of("EDU").outdated()] == ["Nimi edu.contact"]
    assert of("EDU").up_to_date() == []
    db.session.rollback()
    page = sign_in("central").get("/packages/").text
    assert "Nimi wat.contact" in page
    assert "Who holds which package" in page


def test_the_page_of_an_expired_package_asks_for_a_new_one(town, sign_in):
    package = build("county")
    with transaction():
        package.expires_on = today() - timedelta(days=1)

    page = sign_in("county").get("/packages/").text

    assert "The newest package has expired." in page
    assert "Expired" in page


def test_an_approval_of_a_plan_asks_for_the_packages_that_tell_of_it(town, monkeypatch):
    with acting_as(the_town.actor_of("edu.director")), transaction():
        monkeypatch.setattr(plans.approval, "approval_problems", lambda *_given, **_more: [])
        entry = ApprovalEntry(next_review=today() + timedelta(days=300))
        plans.approve(the_town.record(Plan, "P-02"), entry, on=today())

    job = db.session.scalars(select(Job)).one()
    assert (job.kind, job.organisation.code, job.asked_by) == (package_jobs.REFRESH, "EDU", "Nimi edu.director")


class Hand:
    """What a handler is given, without a worker."""

    def __init__(self, organisation=None):
        self.ref, self.organisation_id, self.told = "", organisation and organisation.id, []

    def step(self, done, of, text=""):
        """Note how far it is."""
        self.told.append((done, of, text))

    def writing(self):
        """The transaction of the test."""
        return nullcontext()


def test_the_packages_of_whoever_reads_an_organisation_are_asked_for_once(app, town):
    with app.test_request_context(), acting_as(SYSTEM):
        for _twice in range(2):
            done = package_jobs.refresh({}, Hand(the_town.organisation_of("EDU")))
        everyone = package_jobs.concerned(None)
        assert package_jobs.concerned(the_town.organisation_of("CITY"), all_below=True) == everyone

        jobs = db.session.scalars(select(Job)).all()
        assert [(one.organisation.code, one.params["role"]) for one in jobs] == [
            ("CITY", "central"),
            ("CITY", "leadership"),
            ("EDU", "sector_contact"),
            ("EDU", "sector_director"),
        ]
        assert done.text == "4 crisis packages are being built."
        assert {one.key for one in everyone} > {"sector_contact:WAT", "partner:P-CTY"}


def test_a_job_builds_a_package_and_keeps_it(app, town):
    hand, params = Hand(the_town.organisation_of("P-CTY")), {"role": "partner", "language": "sv"}
    with app.test_request_context(), acting_as(SYSTEM):
        done = package_jobs.build_one(params, hand)
        url = done.write(files.keep(the_town.organisation_of("P-CTY"), done.file, at=now()))

    package = db.session.scalars(select(CrisisPackage)).one()
    assert url == "/packages/"
    assert package.language == "sv"
    assert package.file.roles == []
    assert package.sha256 == package.file.sha256
    assert hand.told
    with pytest.raises(RuleBroken):
        package_jobs.audience_of(the_town.organisation_of("SCH"), package.role)


def test_a_person_has_the_own_package_built(town, sign_in):
    browser = sign_in("edu.contact")

    answer = browser.send("/packages/build")

    job = db.session.scalars(select(Job)).one()
    assert answer.location == "/packages/"
    assert (job.kind, job.params) == (package_jobs.BUILD, {"role": "sector_contact", "language": "en"})
    assert "1 crisis package is being built." in browser.get("/packages/").text


def run(*words):
    """Run the command; gives its exit code and what it printed."""
    result = CliRunner().invoke(command.prepare, ["package", *words])
    return result.exit_code, result.output.strip()


def test_the_command_builds_locks_and_verifies(app, town, tmp_path, monkeypatch):
    monkeypatch.setattr(installation, "application", lambda: app)
    monkeypatch.setattr(installation, "settings", lambda: app.config["SETTINGS"])
    words, short = tmp_path / "words", tmp_path / "short"
    words.write_text(f"{WORDS}\n", "utf-8")
    short.write_text("short\n", "utf-8")
    some = ("build", "--audience", "partner:P-CTY", "--lang", "fi", "--out", str(tmp_path))

    code, printed = run(*some, "--passphrase-file", str(words), "--json")
    file = json.loads(printed)["file"]

    assert code == 0
    assert run("verify", file)[0] == 1
    assert run("verify", file, "--passphrase-file", str(words))[0] == 0
    assert json.loads(run("verify", file, "--passphrase-file", str(words), "--json")[1])["holds"] is True
    assert run("verify", file, "--passphrase-file", str(words), "--key", "00" * 32)[0] == 1
    weak = CliRunner().invoke(command.prepare, ["package", *some, "--passphrase-file", str(short)])
    assert isinstance(weak.exception, RuleBroken)
    assert run("verify", str(tmp_path / "nowhere.zip"))[0] == 1
    assert run("build")[0] == 1
    assert run("build", "--audience", "central:NOWHERE")[0] == 1
    assert run("build", "--all", "--passphrase-file", str(words))[0] == 1
    assert run("key") == (0, signatures.public_key())
    assert Path(file).stat().st_mode & 0o777 == 0o600
