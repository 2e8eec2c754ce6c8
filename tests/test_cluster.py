"""``ingest --cluster``: the same bytes as without, whatever dies in the middle."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_cli import Desk, desk  # noqa: F401

from claimtrack.pipeline import shards
from claimtrack.pipeline.shards import ShardFolder

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason='dask is not installed: pip install "claimtrack[dask]"'
)

ARTICLES = 12
SHARDS = 6
PATIENCE = 300.0
"""Seconds until a process that does not come is a failure: a busy machine takes its time."""

LENGTH = 24
"""Paragraphs of an article: enough that the others are still being read when the first are done."""


def text_of(number: int) -> str:
    return (
        f"Ferry {number} delayed\ndate 2024-03-{number + 1:02}\n\n"
        f"Transport Minister Ada Lomax said on Monday that ferry {number} was operated from Karachi.\n\n"
        + f"“The toll will be {number + 2} pounds,” Lomax told reporters. Nobody else spoke.\n\n" * LENGTH
        + "Harbour master Tom Reed denied that the pumps had failed.\n"
    )


@pytest.fixture
def articles(desk) -> Desk:  # noqa: F811
    for number in range(ARTICLES):
        desk.write(f"news/{number:02}.txt", text_of(number))
    return desk


@pytest.fixture(scope="module")
def serial(tmp_path_factory) -> bytes:
    """The store's bytes as a run without a cluster writes them."""
    folder = tmp_path_factory.mktemp("serial")
    (folder / "news").mkdir()
    for number in range(ARTICLES):
        (folder / "news" / f"{number:02}.txt").write_text(text_of(number), encoding="utf-8", newline="\n")
    command = ("ingest", "news", "--store", "claims.json", "-q", "--jobs", "1")
    subprocess.run([sys.executable, "-m", "claimtrack", *command], cwd=folder, check=True)
    return (folder / "claims.json").read_bytes()


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    """Two articles a shard: six of them."""
    monkeypatch.setattr(shards, "MOST_ARTICLES", 2)


class Cluster:
    """A scheduler and two workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        place = folder / "scheduler.json"
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))
        self.scheduler = self._start("scheduler", "--no-dashboard", *where)
        wait_until(lambda: place.exists() and place.stat().st_size > 0)
        self.address = json.loads(place.read_text(encoding="utf-8"))["address"]
        self.workers = [self.add_worker() for _ in range(2)]

    def add_worker(self) -> "subprocess.Popen[bytes]":
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def _start(self, *words: str) -> "subprocess.Popen[bytes]":
        log = self._folder / "log.txt"
        with log.open("ab") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words], cwd=self._folder, stdout=stream, stderr=stream
            )
        self._processes.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def shard_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl")) if folder.exists() else []


@pytest.fixture
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


KILLED_CLIENT = """
import os, signal
from claimtrack.cli.app import main
from claimtrack.pipeline import shards
shards.MOST_ARTICLES = 2
write, written = shards.ShardFolder.write, []
def write_and_die(folder, shard, content):
    write(folder, shard, content)
    written.append(shard)
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
shards.ShardFolder.write = write_and_die
main()
"""


def killed_client(folder: Path, kept: Path, *command: str) -> dict[Path, int]:
    """Runs a command that is killed when it has finished two shards; returns these files and their times."""
    client = subprocess.run([sys.executable, "-c", KILLED_CLIENT, *command], cwd=folder)
    assert client.returncode == -signal.SIGKILL
    return {path: path.stat().st_mtime_ns for path in shard_files(kept)}


@pytest.fixture
def after_a_shard(monkeypatch) -> Callable[[Callable[[], None]], None]:
    """Takes what is to happen as soon as this process has written its first shard file."""

    def set_up(happens: Callable[[], None]) -> None:
        write = ShardFolder.write

        def write_once(folder: ShardFolder, shard: shards.Shard, content: bytes) -> None:
            monkeypatch.setattr(ShardFolder, "write", write)
            write(folder, shard, content)
            happens()

        monkeypatch.setattr(ShardFolder, "write", write_once)

    return set_up


def end(*processes: "subprocess.Popen[bytes]") -> None:
    for process in processes:
        process.kill()
        process.wait()


@needs_dask
def test_a_killed_client_and_then_a_killed_worker_change_nothing(articles, cluster, serial, after_a_shard):
    folder = articles.folder / "kept"
    command = ("ingest", "news", "--cluster", cluster.address, "--shards", "kept")
    finished = killed_client(articles.folder, folder, *command)
    assert len(finished) == 2
    assert not articles.store.exists()
    after_a_shard(lambda: end(cluster.workers[0]))
    told = articles.run(*command, "-v").stderr
    assert cluster.workers[0].poll() is not None
    assert cluster.workers[1].poll() is None
    assert articles.store.read_bytes() == serial
    assert f"shards: {SHARDS - 2} done, 2 were finished before" in told
    times = {path: path.stat().st_mtime_ns for path in shard_files(folder)}
    assert times.items() >= finished.items()
    assert len(times) == SHARDS


@needs_dask
def test_processes_of_this_machine_give_the_same_and_leave_nothing(articles, serial):
    told = articles.run("ingest", "news", "--cluster", "local", "--jobs", "1", "-v").stderr
    assert articles.store.read_bytes() == serial
    assert f"shards: {SHARDS} done, 0 were finished before" in told
    assert not (articles.folder / "data" / "claims.shards").exists()


@needs_dask
def test_a_lost_scheduler_is_said_and_the_finished_shards_stay(articles, cluster, after_a_shard):
    after_a_shard(lambda: end(cluster.scheduler))
    told = articles.run("ingest", "news", "--cluster", cluster.address, code=3).stderr
    assert "error: the connection to the cluster was lost. Run the same command again" in told
    assert shard_files(articles.folder / "data" / "claims.shards")
    assert not articles.store.exists()


@needs_dask
def test_a_cluster_without_workers_is_given_up(articles, cluster, monkeypatch):
    monkeypatch.setattr("claimtrack.pipeline.cluster.WORKERLESS", 3.0)
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    told = articles.run("ingest", "news", "--cluster", cluster.address, code=3).stderr
    assert "error: the cluster has had no workers for 3 seconds. Start some: dask worker tcp://" in told


@needs_dask
def test_workers_that_all_die_in_the_middle_are_missed(articles, cluster, monkeypatch, after_a_shard):
    monkeypatch.setattr("claimtrack.pipeline.cluster.WORKERLESS", 3.0)
    monkeypatch.setattr("claimtrack.pipeline.cluster.FETCHING", 20.0)
    after_a_shard(lambda: end(*cluster.workers))
    told = articles.run("ingest", "news", "--cluster", cluster.address, code=3).stderr
    # What is said depends on whether a shard that died with its worker had been reported done before.
    missed = "error: the cluster has had no workers for 3 seconds"
    silent = "error: a worker of the cluster has not answered for 20 seconds"
    assert missed in told or silent in told
    assert shard_files(articles.folder / "data" / "claims.shards")


@needs_dask
def test_workers_that_do_not_answer_are_given_up(articles, cluster, monkeypatch):
    import distributed

    monkeypatch.setattr("claimtrack.pipeline.cluster.FETCHING", 2.0)
    with distributed.Client(cluster.address) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
    for worker in cluster.workers:
        worker.send_signal(signal.SIGSTOP)
    told = articles.run("ingest", "news", "--cluster", cluster.address, code=3).stderr
    assert "error: a worker of the cluster has not answered for 2 seconds" in told
    assert not articles.store.exists()


@needs_dask
def test_nobody_at_the_address_is_an_error(articles, monkeypatch):
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        told = articles.run("ingest", "news", "--cluster", "tcp://127.0.0.1:9", code=3).stderr
    assert "error: no Dask scheduler answers at tcp://127.0.0.1:9" in told
    assert not (articles.folder / "data").exists()


def test_without_dask_the_command_to_install_it_is_named(articles, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = articles.run("ingest", "news", "--cluster", "local", code=3).stderr
    assert 'error: a cluster needs dask, which is not installed. pip install "claimtrack[dask]"' in told
    assert not (articles.folder / "data").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(("--cluster", "here"), "tcp://HOST:PORT", id="no address"),
        pytest.param(("--cluster", "tcp://host"), "tcp://HOST:PORT", id="no port"),
        pytest.param(("--cluster", "tcp://host:1", "--jobs", "2"), "--jobs", id="jobs of a cluster"),
        pytest.param(("--shards", "kept"), "only a run with --cluster", id="shards of no cluster"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(articles, options, told):
    result = articles.run("ingest", "news", *options, code=2)
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert sorted(path.name for path in articles.folder.iterdir()) == ["news"]
