"""Jobs in the register: asked for once, taken by one, kept while they are done, ended whole."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from prepare import jobs
from prepare.actor import SYSTEM, acting_as
from prepare.db import aside, db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.jobs import Cancelled, JobState, Lost
from prepare.models.files import KeptFile
from prepare.models.jobs import Job, JobWorker
from prepare.queries import jobs as queries
from prepare.register import files, queue
from prepare.register import jobs as register
from tests import busy

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(seconds=31)
LOG = {"log": "/dev/null", "of": 1}


@pytest.fixture(autouse=True)
def offered():
    """The jobs of tests are offered."""
    before = tuple(jobs._offered.kinds.values())
    jobs.offer(busy.KINDS)
    yield
    jobs.offer(before)


def ask(town, name="edu.contact", code="EDU", kind="test:count", key=None):
    """A job for which somebody asked."""
    with acting_as(town.actor_of(name)), transaction():
        return register.enqueue(town.organisation_of(code), kind, LOG, at=AT, key=key)


def taken(at=AT):
    with transaction():
        return queue.take(at=at)


def test_a_job_is_asked_for_once_under_a_key_until_it_failed(town):
    first, again = ask(town, key="daily 2026-11-28"), ask(town, key="daily 2026-11-28")
    assert first.id == again.id

    job = taken()
    with transaction():
        queue.fail(job.id, job.claim, "No.", at=AT)
    assert ask(town, key="daily 2026-11-28").id != first.id


def test_a_job_of_an_unknown_kind_is_refused(town):
    with pytest.raises(jobs.UnknownJob):
        ask(town, kind="test:unknown")


def test_whoever_may_not_do_it_cannot_ask_for_it_as_a_job(town):
    with pytest.raises(NotPermitted):
        ask(town, name="wat.contact", code="EDU")
    assert db.session.scalar(select(func.count(Job.id))) == 0


def test_a_person_has_two_large_jobs_at_a_time_and_others_have_theirs(town):
    ask(town), ask(town)

    with pytest.raises(jobs.TooManyJobs):
        ask(town)
    ask(town, kind="test:part")
    ask(town, name="central")
    with acting_as(SYSTEM), transaction():
        for _number in range(3):
            register.enqueue(None, "test:count", LOG, at=AT)


def test_jobs_are_taken_in_their_order_and_each_once(town):
    asked = [ask(town).id, ask(town, name="central").id]

    assert [taken().id, taken().id] == asked
    assert taken() is None


def test_a_job_whose_worker_fell_silent_is_taken_again_and_the_old_hands_lose_it(town):
    ask(town)
    first = taken()
    claim = first.claim
    assert taken() is None

    again = taken(LATER)
    assert (again.id, again.attempts) == (first.id, 2)
    assert again.claim != claim
    with pytest.raises(Lost), transaction():
        queue.require(again.id, claim)
    with pytest.raises(Lost), aside() as connection:
        queue.step(connection, again.id, claim, 1, 2, "")
    with transaction():
        assert not queue.hold(again.id, claim, at=LATER)
        assert queue.hold(again.id, again.claim, at=LATER)


def test_a_job_that_is_kept_is_not_taken_by_another(town):
    ask(town)
    job = taken()

    with transaction():
        queue.hold(job.id, job.claim, at=AT + timedelta(seconds=20))
    assert taken(LATER) is None


def test_a_job_that_was_interrupted_three_times_is_given_up(town):
    ask(town)
    for number in range(3):
        assert taken(AT + number * timedelta(minutes=1))

    assert taken(AT + timedelta(minutes=3)) is None
    job = db.session.scalars(select(Job)).one()
    assert job.state is JobState.FAILED
    assert "three times" in job.error


@pytest.mark.parametrize(("attempts", "state"), [(1, JobState.QUEUED), (3, JobState.FAILED)])
def test_a_job_whose_process_died_waits_again_but_not_for_ever(town, attempts, state):
    ask(town)
    job = taken()
    with transaction():
        db.session.get(Job, job.id).attempts = attempts

    with transaction():
        queue.put_back(job.id, job.claim, at=AT)
    assert db.session.get(Job, job.id).state is state


def test_a_job_that_its_worker_leaves_has_lost_no_attempt(town):
    ask(town)
    job = taken()

    with transaction():
        queue.release(job.id, job.claim)
    assert taken().attempts == 1


def test_a_job_that_waits_is_called_off_at_once(town):
    job = ask(town)

    with acting_as(town.actor_of("edu.contact")), transaction():
        register.cancel(job, at=AT)
    assert job.state is JobState.CANCELLED
    assert taken() is None
    with acting_as(town.actor_of("edu.contact")), pytest.raises(RuleBroken), transaction():
        register.cancel(job, at=AT)


def test_a_job_that_is_being_done_ends_at_its_next_step(town):
    ask(town)
    job = taken()
    with acting_as(town.actor_of("central")), transaction():
        register.cancel(job, at=AT)

    assert job.state is JobState.RUNNING
    with transaction():
        assert not queue.hold(job.id, job.claim, at=AT)
    with pytest.raises(Cancelled), aside() as connection:
        queue.step(connection, job.id, job.claim, 1, 2, "")
    with transaction():
        queue.stop(job.id, job.claim, at=AT)
    assert db.session.get(Job, job.id).state is JobState.CANCELLED


@pytest.mark.parametrize("way", ["silent", "died"])
def test_a_job_that_was_called_off_and_then_interrupted_is_not_begun_again(town, way):
    ask(town)
    job = taken()
    with acting_as(town.actor_of("edu.contact")), transaction():
        register.cancel(job, at=AT)

    if way == "died":
        with transaction():
            queue.put_back(job.id, job.claim, at=AT)
    assert taken(LATER) is None
    assert db.session.get(Job, job.id).state is JobState.CANCELLED


def test_others_cannot_call_a_job_off(town):
    job = ask(town)

    for name in ("edu.director", "wat.contact", "leadership"):
        with acting_as(town.actor_of(name)), pytest.raises(NotPermitted), transaction():
            register.cancel(job, at=AT)


def test_one_sees_ones_own_jobs_and_the_unit_those_of_its_city(town):
    mine = ask(town)
    ask(town, name="wat.contact", code="WAT")

    def seen(name, **more):
        return set(db.session.scalars(queries.jobs(town.actor_of(name), **more).with_only_columns(Job.id)))

    assert seen("edu.contact") == seen("edu.contact", every=True) == {mine.id}
    assert seen("central") == set()
    assert len(seen("central", every=True)) == 2
    assert seen("leadership", every=True) == set()
    assert db.session.scalars(queries.job(town.actor_of("wat.contact"), mine.ref)).first() is None
    assert db.session.scalar(queries.counted(queries.jobs(SYSTEM, every=True, unfinished=True))) == 2


def test_progress_is_told_and_never_below_nothing(town):
    ask(town)
    job = taken()

    with aside() as connection:
        queue.step(connection, job.id, job.claim, -1, 4, "x" * 500)
    db.session.rollback()
    job = db.session.get(Job, job.id)
    assert (job.done, job.parts, len(job.told), job.percent) == (0, 4, 300, 0)


def test_workers_are_seen_until_they_leave(town):
    with transaction():
        queue.seen("a:1", at=AT)
        queue.seen("a:1", at=LATER)
        queue.seen("a:2", at=AT)
    assert db.session.scalar(queries.last_seen()) == LATER

    with transaction():
        queue.gone("a:1")
        queue.seen("a:3", at=LATER + timedelta(hours=1))
    assert db.session.scalars(select(JobWorker.name)).all() == ["a:3"]


def keep(town, **more):
    with acting_as(town.actor_of("edu.contact")), transaction():
        entry = busy.entry("Luettelo.txt")
        return files.keep(town.organisation_of("EDU"), entry.__class__(**{**vars(entry), **more}), at=AT)


def test_a_file_is_fetched_as_it_was_kept_and_the_trail_tells_both(town):
    from prepare.audit import AuditEntry

    file = keep(town)
    with acting_as(town.actor_of("edu.contact")), transaction():
        assert files.fetch(db.session.get(KeptFile, file.id), "tarkastus") == b"made"

    told = select(AuditEntry.action).where(AuditEntry.subject == "kept_file").order_by(AuditEntry.id)
    assert db.session.scalars(told).all() == ["file:keep", "file:fetch"]


def test_a_file_is_fetched_by_whoever_had_it_made_and_the_roles_for_which_it_was_made(town):
    from prepare.vocabulary import Role

    file = keep(town, roles=(Role.LEADERSHIP,))

    def gets(name):
        try:
            with acting_as(town.actor_of(name)), transaction():
                return files.fetch(db.session.get(KeptFile, file.id), None) == b"made"
        except NotPermitted:
            return False

    people = ("edu.contact", "edu.director", "wat.contact", "leadership", "central")
    assert [name for name in people if gets(name)] == ["edu.contact", "leadership"]


def test_a_confidential_file_is_fetched_for_a_purpose(town):
    from prepare.vocabulary import Confidentiality

    file = keep(town, confidentiality=Confidentiality.CONFIDENTIAL)

    with acting_as(town.actor_of("edu.contact")), pytest.raises(RuleBroken), transaction():
        files.fetch(db.session.get(KeptFile, file.id), " ")


def test_a_file_is_taken_away_after_its_time_and_what_it_was_stays_known(town):
    file = keep(town, kept_for=timedelta(days=1))
    stays = keep(town)

    with transaction():
        assert queue.clear_away(at=AT) == 0
        assert queue.clear_away(at=AT + timedelta(days=2)) == 1
    file = db.session.get(KeptFile, file.id)
    assert (file.is_there, file.size, len(file.sha256)) == (False, 4, 64)
    assert db.session.get(KeptFile, stays.id).is_there
    with acting_as(town.actor_of("edu.contact")), pytest.raises(RuleBroken), transaction():
        files.fetch(file, None)


def test_a_kept_file_is_never_changed(town):
    file = keep(town)

    with pytest.raises(RuntimeError), transaction():
        db.session.get(KeptFile, file.id).name = "Muu.txt"
    with pytest.raises(RuntimeError), transaction():
        db.session.get(KeptFile, file.id).content = b"other"
