"""Waiting for what must come, and bounds on work that hold on a slow and busy machine as well."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 300.0
"""Seconds until what does not come is a failure: a busy machine takes its time."""


def wait_until(is_so: Callable[[], bool], what: str = "it did not come", pause: float = 0.01) -> None:
    """Returns as soon as something is so."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(pause)


def wait_until_asleep(process: int) -> None:
    """Waits until a process waits: a signal between a prompt and the reading is lost in Python.

    What the system says of a process is asked for where there is ``/proc``.
    """
    state = Path(f"/proc/{process}/stat")
    if not state.exists():
        time.sleep(0.3)
        return
    asleep = 0

    def sleeps() -> bool:
        nonlocal asleep
        asleep = asleep + 1 if state.read_text().rpartition(")")[2].split()[0] in "SZ" else 0
        return asleep >= 5

    wait_until(sleeps, "it never waits")


def spends_less(seconds: float, work: Callable[[], object], tries: int = 3) -> bool:
    """Does some work take less processor time than that, in one of a few tries at least?

    Its own processes are counted, other programs are not.
    """

    def spent() -> float:
        started = sum(os.times()[:4])
        work()
        return sum(os.times()[:4]) - started

    return any(spent() < seconds for _ in range(tries))
