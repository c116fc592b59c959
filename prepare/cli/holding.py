"""A job in hand: running it as whoever asked, telling how far it is, and ending it one way or another."""

import ctypes
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType

from sqlalchemy.exc import DBAPIError

from prepare import actor
from prepare.access import may
from prepare.cli.acting import acting_for, acting_for_all
from prepare.cli.installation import application
from prepare.clock import elapsed_s, now
from prepare.db import aside, be_patient, db, transaction
from prepare.errors import NotPermitted, PrepareError, RuleBroken, StaleEntry
from prepare.jobs import Cancelled, Done, JobKind, Lost, kind
from prepare.models.jobs import Job
from prepare.models.organisations import Organisation
from prepare.register import files, queue
from prepare.texts import N_, speaking

try:
    import resource as _resource
except ImportError:  # Windows has no such limits
    _resource = None  # type: ignore[assignment]
resource: ModuleType | None = _resource

log = logging.getLogger("prepare")

TELLS_AFTER_S = 0.5  #: a job that tells oftener is heard so often
DIE_WITH_PARENT = 1  #: Linux: PR_SET_PDEATHSIG


class Held:
    """What the handler of a job is given: see `prepare.jobs.Progress`."""

    def __init__(self, job: Job) -> None:
        self.ref, self.organisation_id = str(job.ref), job.organisation_id
        self._id, self._claim = job.id, str(job.claim)
        self._told, self._is_writing = -TELLS_AFTER_S, False

    def step(self, done: int, of: int, text: str = "") -> None:
        """See `Progress`."""
        if self._is_writing or elapsed_s() - self._told < TELLS_AFTER_S:
            return
        with aside() as connection:
            queue.step(connection, self._id, self._claim, done, of, text)
        self._told = elapsed_s()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See `Progress`."""
        self._is_writing = True
        try:
            with transaction():
                queue.require(self._id, self._claim)
                yield
        finally:
            self._is_writing = False

    def end(self, done: Done) -> None:
        """Write the result and mark the job as done, in one transaction."""
        with self.writing():
            about = db.session.get_one(Organisation, self.organisation_id) if self.organisation_id else None
            file = files.keep(about, done.file, at=now()) if done.file else None
            led_to = (done.write(file) if done.write else None) or done.url
            queue.finish(self._id, at=now(), text=done.text, file=file, led_to=led_to)


def run_apart(job_id: int, claim: str) -> None:
    """Run a job in this process, which was made for it: bounded, and gone when its worker is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    be_patient()
    with application().app_context():
        _bound(kind(db.session.get_one(Job, job_id).kind))
    run(job_id, claim)


def run(job_id: int, claim: str) -> None:
    """Run a job that was taken by this claim, and write how it ended."""
    try:
        _run(job_id, claim)
    except Lost:
        log.warning("job %s is in other hands", job_id)
    except Cancelled:
        with _ending():
            queue.stop(job_id, claim, at=now())
    except (StaleEntry, DBAPIError) as error:
        log.warning("job %s is put back: %s", job_id, type(error).__name__)
        with _ending():
            queue.put_back(job_id, claim, at=now())
    except PrepareError as error:
        _fail(job_id, claim, error)
    except MemoryError:
        _fail(job_id, claim, PrepareError(N_("It takes more memory than a job may have. Ask for less at a time.")))
    except Exception:
        log.exception("job %s failed", job_id)
        _fail(job_id, claim, PrepareError(N_("Something went wrong; nothing was saved. Tell the support.")))


def _run(job_id: int, claim: str) -> None:
    with application().app_context():
        job = db.session.get_one(Job, job_id)
        found, user_id, language = kind(job.kind), job.user_id, job.language
    with _as_asked(found, user_id, language):
        job = db.session.get_one(Job, job_id)
        if job.claim != claim:
            raise Lost(N_("Another worker does this job now."))
        _require_right(job, found)
        held, params = Held(job), dict(job.params)
        held.end(found.run(params, held))


def _as_asked(found: JobKind, user_id: int | None, language: str) -> AbstractContextManager[object]:
    if user_id is None or found.by_system:
        return acting_for_all(language)
    return acting_for(user_id, language)


def _require_right(job: Job, found: JobKind) -> None:
    """A right that was withdrawn after the job was asked for is withdrawn."""
    who = actor.current()
    if who.is_system:
        return
    if job.user is None or job.user.disabled_at or not may(who, found.action, job.organisation):
        raise NotPermitted(N_("Whoever asked for it may no longer do this."))


def _fail(job_id: int, claim: str, error: PrepareError) -> None:
    with _ending():
        job = db.session.get_one(Job, job_id)
        every = error.every if isinstance(error, RuleBroken) else (error,)
        with speaking(job.language):
            queue.fail(job_id, claim, " ".join(one.text() for one in every), at=now())


@contextmanager
def _ending() -> Iterator[None]:
    with application().app_context(), transaction():
        yield


def _bound(found: JobKind) -> None:
    """Bound the memory and the time of the processor that this process may take from now on."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (found.cpu_s, found.cpu_s + 5))
    if sys.platform == "linux":
        most = _taken_bytes() + found.memory_mb * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _taken_bytes() -> int:
    """Memory that this process has taken for itself so far."""
    lines = Path("/proc/self/status").read_text("ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
