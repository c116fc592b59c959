"""The rules of jobs and kept files: states, limits, names."""

from datetime import UTC, datetime, timedelta

import pytest

from prepare import files, jobs
from prepare.access import Action
from prepare.files import FileEntry
from prepare.jobs import JobKind, JobState
from prepare.vocabulary import Confidentiality

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def offered():
    """One kind of job is offered; afterwards what was offered before."""
    before = tuple(jobs._offered.kinds.values())
    kind = JobKind("test:count", "Counting", lambda _params, _progress: jobs.Done(), Action.VIEW_START)
    jobs.offer([kind])
    yield kind
    jobs.offer(before)


def test_only_kinds_that_are_offered_can_be_asked_for(offered):
    assert jobs.kind("test:count") is offered
    assert jobs.label_of("test:count") == "Counting"
    assert jobs.label_of("test:other") == "test:other"
    with pytest.raises(jobs.UnknownJob):
        jobs.kind("test:other")


def test_a_job_is_over_when_nothing_more_happens_to_it():
    assert [state for state in JobState if not state.is_over] == [JobState.QUEUED, JobState.RUNNING]


def test_an_interrupted_job_is_tried_three_times():
    assert [jobs.next_state(attempts) for attempts in (1, 2, 3)] == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]


@pytest.mark.parametrize(("done", "of", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100)])
def test_progress_is_told_in_percent_where_the_whole_is_known(done, of, percent):
    assert jobs.percent(done, of) == percent


def test_a_worker_that_was_not_seen_for_a_while_is_taken_to_be_gone():
    assert jobs.is_silent(None, at=AT)
    assert not jobs.is_silent(AT - timedelta(seconds=45), at=AT)
    assert jobs.is_silent(AT - timedelta(seconds=46), at=AT)


def test_two_large_jobs_at_a_time_are_enough():
    jobs.refuse_more(1)

    with pytest.raises(jobs.TooManyJobs) as refused:
        jobs.refuse_more(2)
    assert "2" in refused.value.text()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Valmiusohje KAS 2026.xlsx", "Valmiusohje KAS 2026.xlsx"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ('a"b\r\nc;d.zip', "a-b-c-d.zip"),
        ("...", "file"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_file_is_kept_under_a_name_that_every_file_system_takes(given, kept):
    assert files.plain_name(given) == kept


def test_a_file_is_known_by_its_fingerprint():
    made = FileEntry(name="a", media_type="text/plain", content=b"abc", confidentiality=Confidentiality.PUBLIC)

    assert made.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_confidential_is_fetched_for_a_stated_purpose():
    assert files.fetch_problems("  ", Confidentiality.CONFIDENTIAL)[0].field == "purpose"
    assert not files.fetch_problems("harjoitus", Confidentiality.CONFIDENTIAL)
    assert not files.fetch_problems(None, Confidentiality.INTERNAL)
