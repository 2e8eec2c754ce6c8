"""Many processes that change one store at once, and one that died with the lock in its hand."""

import signal
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from .desk import Desk, Step, faults, leftovers, wait_for

PATIENCE = 900.0
"""Seconds after which a process that has not ended counts as stuck."""


@dataclass
class Crowd:
    """What came of a crowd: changes by action that were made and lasted, seconds, and what went wrong."""

    processes: int = 0
    lasted: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def crowd(folder: Path, kind: str, processes: int, changes: int) -> Crowd:
    """Returns what came of processes that each make so many changes, ingests and reviews in turn."""
    desk = Desk(folder / "crowd", kind).open()
    queues = [
        [desk.step("ingest" if (turn + worker) % 2 else "review") for turn in range(changes)]
        for worker in range(processes)
    ]
    came, started = Crowd(processes), time.monotonic()
    workers = [threading.Thread(target=_work, args=(desk, queue, came)) for queue in queues]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    came.seconds = time.monotonic() - started
    _look(desk, [step for queue in queues for step in queue], came)
    return came


def _work(desk: Desk, steps: list[Step], came: Crowd) -> None:
    """Makes changes one after the other, each by a process of its own."""
    for step in steps:
        process = desk.start(step.arguments, subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            told, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            told = "stuck"
        if process.returncode != 0:
            came.wrong.append(f"{step.arguments}: exit code {process.returncode}: {told}")


def _look(desk: Desk, steps: list[Step], came: Crowd) -> None:
    store = desk.read()
    for step in steps:
        if step.is_in(store) and not step.is_half_in(store):
            came.lasted[step.action] += 1
        else:
            came.wrong.append(f"lost: {step.arguments}")
    came.wrong.extend(faults(store))
    came.wrong.extend(f"left lying about: {name}" for name in leftovers(desk.folder, desk.store_path.name))


def dead_holder(folder: Path, kind: str) -> float:
    """Returns the seconds that a change took after a process was killed while it held the store."""
    desk = Desk(folder / "dead", kind).open()
    holder = holding(desk)
    waiting = desk.start(desk.step("review").arguments, subprocess.PIPE)
    try:
        waiting.communicate(timeout=4)
        raise AssertionError("a change was made while another process held the store")
    except subprocess.TimeoutExpired:
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait(PATIENCE)
    started = time.monotonic()
    told, _ = waiting.communicate(timeout=PATIENCE)
    assert waiting.returncode == 0, told
    taken = time.monotonic() - started
    desk.run(*desk.step("alias").arguments)
    return taken


def holding(desk: Desk, **more: Any) -> "subprocess.Popen[bytes]":
    """Returns an ingest that holds the store and waits for its article on standard input."""
    lock = desk.folder / f"{desk.store_path.name}.lock"
    lock.unlink(missing_ok=True)
    streams = {"stdin": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = desk.start(("ingest", "-"), subprocess.PIPE, **streams, **more)
    assert wait_for(lambda: is_held(lock), PATIENCE, 0.05), "the store was never held"
    return process


def is_held(lock: Path) -> bool:
    """Does a process hold a lock?"""
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True
