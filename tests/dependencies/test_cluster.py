"""A real Dask cluster of two workers on this machine: the same bits, also when a worker dies in the middle."""

import random
from concurrent.futures import CancelledError
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from dependencies import cluster, sweeping, tracing, uncertainty
from dependencies.analysing import keeping, keystones, sampling
from dependencies.analysing.view import view
from dependencies.cascade import Outage
from dependencies.cluster import Cluster, ClusterFailed
from dependencies.graph import build
from dependencies.network import Network
from dependencies.plain import Plain
from dependencies.uncertainty import Case, Effort, sample
from dependencies.workers import Here
from prepare.actor import EVERYTHING
from prepare.texts import speaking
from prepare.vocabulary import Criticality
from tests.dependencies import clusters, jobs
from tests.dependencies.cases import draw_case
from tests.dependencies.test_sweeping import drawn
from tests.dependencies.test_sweeping import same as same_sweep
from tests.dependencies.test_uncertainty import asking
from tests.dependencies.test_uncertainty import same as same_sample

EFFORT = Effort(draws=12, seed=5, tried=3, forced=6)


def quiet(*_told):
    """Nobody listens."""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Two workers, for all tests that leave them alive."""
    with clusters.cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture
def reached(running):
    with Cluster(running.address) as found:
        found._client.wait_for_workers(2, timeout=20)
        yield found


@pytest.fixture(autouse=True)
def many_pieces(monkeypatch):
    """Even small work goes out in many pieces, and errors are told in English."""
    monkeypatch.setattr(sweeping, "CHUNK_S", 1e-4)
    monkeypatch.setattr(uncertainty, "CHUNK_S", 1e-4)
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def question():
    dice = random.Random(11)  # noqa: S311 - reproducible cases
    functions, needs = draw_case(dice, largest=60)
    vital = [replace(function, criticality=Criticality.K2) for function in functions]
    asked = asking(Network(build(vital, needs)), (0, 0, 300), (1, 60, 500), seed=5)
    return replace(asked, cases=(asked.cases[0], Case(2, (Outage(3, 0, 90),))))


def test_sweep_and_drawing_are_those_of_this_machine_bit_for_bit(reached, question):
    packed, wanted = drawn(7, largest=90)
    sources = range(packed.functions)

    swept = sweeping.sweep(packed, sources, 500, wanted, workers=reached, ready=quiet)

    assert same_sweep(swept, Plain(packed).sweep(sources, 500, wanted))
    assert same_sample(sample(question, EFFORT, reached, quiet), sample(question, EFFORT, Here(), quiet))


def test_the_graph_is_sent_once_and_both_workers_work_on_it(reached):
    shared, told = jobs.load(7), []

    first = reached.map(jobs.names_engine, shared, range(30), lambda *ready: told.append(ready))
    sent = dict(reached._sent)
    again = reached.map(jobs.names_engine, shared, range(30), quiet)

    assert reached._sent == sent
    assert len(sent) == 1
    assert len(set(first)) == 2  # one engine for each of two workers with one thread
    assert set(again) == set(first)  # and the same for the next piece of work
    assert told[-1] == (30, 30)
    reached.map(jobs.add, jobs.load(8), [1], quiet)
    assert len(reached._sent) == 2


def test_a_piece_that_fails_ends_the_work_and_the_cluster_lives_on(reached):
    with pytest.raises(ZeroDivisionError):
        reached.map(jobs.breaks, jobs.load(), range(9), quiet)

    assert reached.map(jobs.add, jobs.load(1), range(9), quiet) == list(range(1, 10))


def test_whoever_interrupts_takes_the_work_back(reached):
    def interrupt(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reached.map(jobs.slowly, jobs.load(), range(500), interrupt)

    assert reached.map(jobs.add, jobs.load(1), [1], quiet) == [2]


def test_what_was_sent_is_sent_again_when_it_was_lost(reached):
    shared = jobs.load(9)
    reached.map(jobs.add, shared, [1], quiet)
    (key,) = (key for key, sent in reached._sent.items())
    reached._sent[key].cancel()

    assert reached.map(jobs.add, shared, range(5), quiet) == [9, 10, 11, 12, 13]


def test_a_graph_that_no_worker_can_hold_is_refused(reached, monkeypatch):
    monkeypatch.setattr(cluster, "ROOM", 10**12)

    with pytest.raises(ClusterFailed, match=r"needs \d+ MB on a worker"):
        reached.map(jobs.add, jobs.load(), [1], quiet)


def test_other_versions_and_other_code_are_refused(running, monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "HERE", tmp_path)
    with pytest.raises(ClusterFailed, match="another version of prepare"), Cluster(running.address):
        pass
    monkeypatch.setattr(cluster, "versions", lambda told: str(id(told)))
    with pytest.raises(ClusterFailed, match="Install the same versions"), Cluster(running.address):
        pass


def test_a_worker_that_cannot_import_prepare_is_told(running, monkeypatch):
    monkeypatch.setattr(cluster, "fingerprint", jobs.not_there)

    with pytest.raises(ClusterFailed, match="not installed on the workers"), Cluster(running.address):
        pass


def test_a_worker_dies_in_the_middle_and_the_results_are_the_same(tmp_path, question):
    expected = sample(question, EFFORT, Here(), quiet)
    with clusters.cluster(tmp_path) as started, Cluster(started.address) as found:
        found._client.wait_for_workers(2, timeout=20)
        victim, told = started.processes[1], []

        def kill(_done, _of):
            told.append(victim.poll())
            if len(told) == 4:
                clusters.lose(victim)

        assert found.map(jobs.slowly, jobs.load(1), range(60), kill) == list(range(1, 61))
        assert victim.wait(5) < 0
        assert len(told) == 60
        # the one that is left goes on, with what was sent to both
        assert same_sample(sample(question, EFFORT, found, quiet), expected)

        found.patience_s = 0.5
        last = started.processes[2]
        with pytest.raises(ClusterFailed, match="No worker is left"):  # after what was sent went with the worker
            found.map(jobs.slowly, jobs.load(1), range(200), lambda *_: clusters.lose(last))


def test_without_a_worker_or_a_scheduler_it_is_told(tmp_path):
    with clusters.cluster(tmp_path, workers=0) as started:
        with pytest.raises(ClusterFailed, match="no workers"), Cluster(started.address, patience_s=0.2):
            pass
        address = started.address
    with pytest.raises(ClusterFailed, match="No scheduler answers"), Cluster(address, connect_s=0.5):
        pass


@pytest.mark.parametrize(
    "address", ["", "somewhere", "http://10.0.0.5:8786", "tcp://10.0.0.5", "inproc://1", "tcp://a:1/x"]
)
def test_only_an_address_that_was_given_in_full_is_used(address):
    with pytest.raises(ClusterFailed, match="looks like tcp"):
        Cluster(address)


def test_tls_without_certificates_is_told():
    with pytest.raises(ClusterFailed, match="certificates"), Cluster("tls://127.0.0.1:1"):
        pass


def test_without_the_library_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)

    with pytest.raises(ClusterFailed, match="pip install"), Cluster("tcp://127.0.0.1:1"):
        pass


class Piece:
    """A piece of work that comes back at once, with an error or without having been done."""

    def __init__(self, status, error):
        self.status, self.error = status, error

    def add_done_callback(self, call):
        """It is done."""
        call(self)

    def result(self):
        """What became of it."""
        raise self.error


class Never(Piece):
    """A piece of which nobody hears again."""

    def add_done_callback(self, call):
        """It is not done."""


class Broken:
    """A client whose pieces all come back like this."""

    def __init__(self, status, error=None):
        self.status, self.futures, self.error = "running", status, error

    def scheduler_info(self, n_workers):
        """There is a worker."""
        return {"workers": {"one": {"memory_limit": 10**12}}}

    def scatter(self, load, **_how):
        """It is sent."""
        return SimpleNamespace(status="finished")

    def submit(self, *_what, **_how):
        """It is handed out."""
        return Piece(self.futures, self.error)

    def cancel(self, futures, **_how):
        """Nothing is there to be taken back."""


def on(client):
    found = Cluster("tcp://127.0.0.1:1", patience_s=0.01)
    found._client = client
    return found


def test_workers_that_are_lost_again_and_again_are_told():
    with pytest.raises(ClusterFailed, match="again and again"):
        on(Broken("lost", CancelledError())).map(jobs.add, jobs.load(), [1], quiet)


def test_a_piece_that_takes_workers_down_is_told():
    error = cluster.dask().KilledWorker("piece", None, 3)

    with pytest.raises(ClusterFailed, match="same piece of work"):
        on(Broken("error", error)).map(jobs.add, jobs.load(), [1], quiet)


def test_pieces_of_which_nobody_hears_again_end_when_no_worker_is_left(monkeypatch):
    client, asked = Broken("pending"), []
    monkeypatch.setattr(Broken, "submit", lambda self, *_, **__: Never("pending", None))

    def info(n_workers):
        asked.append(n_workers)
        return {"workers": {"one": {"memory_limit": 10**12}} if len(asked) < 4 else {}}

    monkeypatch.setattr(client, "scheduler_info", info)

    with pytest.raises(ClusterFailed, match="No worker is left"):
        on(client).map(jobs.add, jobs.load(), [1], quiet)
    assert len(asked) == 4  # as long as somebody is there, it waits


def test_without_anybody_to_send_it_to_it_is_told(monkeypatch):
    def nobody(self, load, **_how):
        raise TimeoutError

    monkeypatch.setattr(Broken, "scatter", nobody)

    with pytest.raises(ClusterFailed, match="No worker is left"):
        on(Broken("pending")).map(jobs.add, jobs.load(), [1], quiet)


def test_a_connection_that_is_lost_is_told(monkeypatch):
    client = Broken("finished")
    client.status = "closed"
    monkeypatch.setattr(Broken, "submit", lambda self, *_, **__: Never("pending", None))

    with pytest.raises(ClusterFailed, match="connection"):
        on(client).map(jobs.add, jobs.load(), [1], quiet)


def test_a_thread_makes_an_engine_anew_for_another_graph_only():
    first, again = (cluster.at_work(jobs.names_engine, jobs.load(), "one", 0) for _ in range(2))
    kept = cluster._own.kept
    cluster.at_work(jobs.names_engine, jobs.load(), "two", 0)

    assert first == again
    assert cluster._own.kept[1] is not kept[1]


def test_a_load_weighs_what_the_arrays_of_its_graph_weigh():
    packed = jobs.load().packed

    assert cluster.weight(jobs.load()) > packed.ids.nbytes + packed.need.nbytes


def test_commands_on_a_cluster_print_what_they_print_without(running, demo, tmp_path):
    with Cluster(running.address) as found:
        now = tracing.loaded()
        shared = sweeping.Shared(now.packed, found, quiet)
        seen = view(EVERYTHING)
        told = []
        for engine in (None, shared):
            keeping._kept.clear()
            told.append([one.as_json() for one in keystones.every(seen, on=date(2026, 1, 1), engine=engine)])
        drawn = [sampling.by_command(EFFORT, ["S4"], who, quiet, tmp_path) for who in (found, Here())]

    assert told[0] == told[1]
    assert [{**sampling.as_json(one), "engine": ""} for one in drawn[:1]] == [
        {**sampling.as_json(one), "engine": ""} for one in drawn[1:]
    ]
