"""Documents -> their statements, several documents at once, in worker threads.

Threads are enough: four fifths of the time are spent in the tagger, which does not hold Python's lock, and
they share its weights. Which thread reads a document changes nothing about its statements.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Protocol

from claimtrack.conflicts.holding import with_holding
from claimtrack.models import Document, Statement
from claimtrack.statements.attribution import extract_statements

AHEAD = 4
"""Documents that wait for each worker at most: enough to keep it busy, few enough to bound memory."""


def core_count() -> int:
    """Returns how many processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


class Extraction(Protocol):
    """Takes documents; the statements of each come when they are ready."""

    def submit(self, document: Document) -> "Future[list[Statement]]":
        """Returns the document's statements to come; waits while too many documents are waiting."""

    def flush(self) -> None:
        """Sees to it that the statements of all documents so far come without another one."""


class _InThreads:
    """An extraction in this process."""

    def __init__(self, pool: ThreadPoolExecutor, jobs: int) -> None:
        self._pool = pool
        self._room = BoundedSemaphore(jobs * AHEAD)

    def submit(self, document: Document) -> "Future[list[Statement]]":
        """Returns the document's statements to come; waits while too many documents are waiting."""
        self._room.acquire()
        future = self._pool.submit(statements_in, document)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def flush(self) -> None:
        """Does nothing: no document waits for others."""


@contextmanager
def extracting(jobs: int | None = None) -> Iterator[Extraction]:
    """Opens an extraction with so many workers, by default one for each core.

    Documents that still wait when it is left early (an error, Ctrl-C) are dropped.
    """
    count = jobs or core_count()
    pool = ThreadPoolExecutor(count, thread_name_prefix="extract")
    try:
        yield _InThreads(pool, count)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def statements_in(document: Document) -> list[Statement]:
    """Returns the document's statements with polarity and modality."""
    return [with_holding(statement) for statement in extract_statements(document)]
