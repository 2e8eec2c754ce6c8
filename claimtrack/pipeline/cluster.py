"""Documents -> their statements on a Dask cluster: shards out, atomic shard files in.

Workers hold nothing: each gets articles and returns statements, and this process writes the files. A
worker that dies costs the shards it was at, which another one does again; when this process dies, the next
run finds the finished shards in the folder. Which worker reads an article changes nothing about what it
finds.
"""

import asyncio
import concurrent.futures
import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.errors import ClaimtrackError
from claimtrack.models import Document, Statement
from claimtrack.pipeline.extraction import core_count
from claimtrack.pipeline.shards import (
    Shard,
    ShardFolder,
    Statements,
    ends_shard,
    extract_shard,
    package_digest,
    parse_shard,
)

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Task

LOCAL = "local"
"""In the place of an address: workers on this machine, which end with this process."""

_AHEAD = 2
"""Shards under way for each thread of the cluster: one is read while another waits, so none stands idle."""

_GLANCE = 2.0
"""Seconds to wait for a shard before looking whether there are workers at all."""

WORKERLESS = 60.0
"""Seconds without any worker after which the run is given up: longer than one takes to be started anew."""

FETCHING = 60.0
"""Seconds after which a worker that is to hand over what it has done (1 MB at most) no longer answers."""

_ON = "Run the same command again: shards that are finished are not done again."


@contextmanager
def on_cluster(address: str, folder: Path, jobs: int | None = None) -> "Iterator[ClusterExtraction]":
    """Opens an extraction on the cluster at an address, or on ``jobs`` worker processes of this machine.

    Shard files are kept in ``folder``.

    Raises:
        ClaimtrackError: Dask is not installed, nothing answers there, or it has no claimtrack.
    """
    try:
        import distributed
    except ImportError as error:
        raise ClaimtrackError(
            "a cluster needs dask, which is not installed", 'pip install "claimtrack[dask]"'
        ) from error
    if address != LOCAL:
        with _connected(address) as client:
            yield ClusterExtraction(client, ShardFolder(folder))
        return
    with (
        distributed.LocalCluster(
            n_workers=jobs or core_count(),
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as machine,
        _connected(machine.scheduler_address) as client,
    ):
        yield ClusterExtraction(client, ShardFolder(folder))


@contextmanager
def _connected(address: str) -> "Iterator[Client]":
    """Opens a connection to a scheduler whose workers have claimtrack."""
    from distributed import Client

    try:
        client = Client(address, name="claimtrack")
    except (OSError, ValueError) as error:
        raise ClaimtrackError(
            f"no Dask scheduler answers at {address}",
            "Check the address, and start it there: dask scheduler (docs/scale.md).",
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKERLESS)
        except TimeoutError as error:
            raise _workerless(f"Start some: dask worker {address}") from error
        try:
            client.submit(package_digest, pure=False).result(timeout=FETCHING)
        except TimeoutError as error:
            raise _silent() from error
        except (ImportError, RuntimeError) as error:
            raise ClaimtrackError(
                f"the cluster at {address} cannot run claimtrack: {error}",
                "Install the same claimtrack, with the same Python, on its scheduler and all workers.",
            ) from error
        yield client


class ClusterExtraction:
    """Takes documents; the statements of each come when its shard is finished.

    ``made`` are the digests of shards done now, ``known`` of those that an earlier run had finished.
    """

    def __init__(self, client: "Client", folder: ShardFolder) -> None:
        self.made: list[str] = []
        self.known: list[str] = []
        self._client = client
        self._folder = folder
        self._waiting: dict[str, tuple[Document, Future[list[Statement]]]] = {}
        self._characters = 0
        self._running: dict[Task, tuple[Shard, tuple[Future[list[Statement]], ...]]] = {}
        self._workers_seen = time.monotonic()

    def submit(self, document: Document) -> "Future[list[Statement]]":
        """Returns the document's statements to come; waits while too many shards are under way."""
        if document.id in self._waiting:
            self._send()
        future: Future[list[Statement]] = Future()
        self._waiting[document.id] = document, future
        self._characters += len(document.text)
        if ends_shard([held for held, _ in self._waiting.values()], self._characters):
            self._send()
        return future

    def flush(self) -> None:
        """Waits until the statements of all documents are there."""
        if self._waiting:
            self._send()
        self._wait(at_most=0)

    def remove_files(self) -> None:
        """Removes the shard files that this run has made or used."""
        self._folder.remove([*self.made, *self.known])

    def _send(self) -> None:
        """Gives the waiting documents to the cluster, unless their shard is finished."""
        shard = Shard(tuple(document for document, _ in self._waiting.values()))
        coming = tuple(future for _, future in self._waiting.values())
        self._waiting.clear()
        self._characters = 0
        known = self._folder.read(shard)
        if known is not None:
            self.known.append(shard.digest)
            _fulfil(shard, coming, known)
            return
        with _explained():
            task = self._client.submit(
                extract_shard, shard.raw, package_digest(), key=f"claimtrack-{shard.digest}"
            )
            thread_count = sum(self._client.nthreads().values())
        self._running[task] = shard, coming
        self._wait(at_most=_AHEAD * max(1, thread_count))

    def _wait(self, at_most: int) -> None:
        """Takes in what is finished, and waits for more while more than ``at_most`` shards are running."""
        from distributed import wait

        while True:
            for task in [task for task in self._running if task.done()]:
                self._take(task)
            if len(self._running) <= at_most:
                return
            with _explained(), suppress(TimeoutError):
                wait(list(self._running), timeout=_GLANCE, return_when="FIRST_COMPLETED")
            self._look_for_workers()

    def _take(self, task: "Task") -> None:
        shard, coming = self._running.pop(task)
        with _explained(f" while it had {shard}"):
            content: bytes = task.result(timeout=FETCHING)
        statements = parse_shard(content, shard)
        assert statements is not None
        self._folder.write(shard, content)
        self.made.append(shard.digest)
        _fulfil(shard, coming, statements)

    def _look_for_workers(self) -> None:
        """Raises ClaimtrackError where there has been no worker for too long."""
        with _explained():
            if self._client.nthreads():
                self._workers_seen = time.monotonic()
        if time.monotonic() - self._workers_seen > WORKERLESS:
            raise _workerless(f"Start some. {_ON}")


@contextmanager
def _explained(what: str = "") -> Iterator[None]:
    """Tells in our own words what goes wrong with a cluster; a bug in reading an article stays one."""
    from distributed import KilledWorker

    lost = (asyncio.CancelledError, concurrent.futures.CancelledError, OSError)
    try:
        yield
    except TimeoutError as error:
        raise _silent() from error
    except KilledWorker as error:
        raise ClaimtrackError(
            f"one worker of the cluster after the other died{what}",
            f"An article there may need more memory than a worker has. {_ON}",
        ) from error
    except lost as error:
        raise ClaimtrackError("the connection to the cluster was lost", _ON) from error


def _silent() -> ClaimtrackError:
    return ClaimtrackError(f"a worker of the cluster has not answered for {FETCHING:.0f} seconds", _ON)


def _workerless(hint: str) -> ClaimtrackError:
    return ClaimtrackError(f"the cluster has had no workers for {WORKERLESS:.0f} seconds", hint)


def _fulfil(shard: Shard, coming: "tuple[Future[list[Statement]], ...]", statements: Statements) -> None:
    for document, future in zip(shard.documents, coming, strict=True):
        future.set_result(statements[document.id])
