"""Kills the program at random moments of a change, and looks at what is left."""

import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.errors import ClaimtrackError
from claimtrack.models import Store

from .desk import ACTIONS, Desk, Step, faults, leftovers

SERIES = 24
"""Kills on one store; then another is begun, so that each is small and the kills often hit its writing."""

GIVE_UP = 20
"""Faults after which there is nothing more to learn."""


@dataclass
class Tally:
    """What came of the kills. ``wrong`` says in words what must never be."""

    kills: int = 0
    ended_before: int = 0
    by_action: Counter[str] = field(default_factory=Counter)
    while_writing: int = 0
    held: int = 0
    acknowledged: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def kill_often(
    folder: Path, kind: str, kills: int, seed: int, lasting: Mapping[str, float] | None = None
) -> Tally:
    """Returns what came of that many kills on stores of a kind.

    ``lasting`` are the seconds that each change takes; they are measured where they are not given.
    """
    tally, chance, started = Tally(), random.Random(seed), time.monotonic()
    while tally.kills < kills and len(tally.wrong) < GIVE_UP:
        desk = Desk(folder / f"desk-{tally.kills}", kind).open()
        lasting = lasting or {action: _measured(desk, action) for action in ACTIONS}
        _series(desk, min(SERIES, kills - tally.kills), chance, lasting, tally)
    tally.seconds = time.monotonic() - started
    return tally


def _series(
    desk: Desk, kills: int, chance: random.Random, lasting: Mapping[str, float], tally: Tally
) -> None:
    """Kills on one desk; what was found in the store once must stay there."""
    until = tally.kills + kills
    made: list[Step] = []
    while tally.kills < until and len(tally.wrong) < GIVE_UP:
        step = desk.step(chance.choice(ACTIONS))
        before = desk.read()
        process, told = _killed(desk, step, chance, lasting[step.action], tally)
        if _look(desk, step, before, process.returncode == 0 or step.was_acknowledged(told), tally):
            made.append(step)
        if process.returncode == -signal.SIGKILL:
            tally.kills += 1
            tally.by_action[step.action] += 1
        elif process.returncode == 0:
            tally.ended_before += 1
        else:
            tally.wrong.append(f"{step.arguments}: exit code {process.returncode}: {told}")
    _look_at_the_end(desk, made, tally)


def _measured(desk: Desk, action: str) -> float:
    """Returns the seconds that a change takes when nobody kills it."""
    started = time.monotonic()
    desk.run(*desk.step(action).arguments)
    return time.monotonic() - started


def _killed(
    desk: Desk, step: Step, chance: random.Random, lasting: float, tally: Tally
) -> tuple["subprocess.Popen[bytes]", str]:
    """Starts a change and kills it: half the time at any moment, half the time as it begins to write."""
    with tempfile.TemporaryFile() as told:
        at_rest = _state(desk.folder)
        process = desk.start(step.arguments, told)
        if chance.random() < 0.5:
            _wait(process, chance.uniform(0, 1.1 * lasting))
        else:
            while process.poll() is None and _state(desk.folder) == at_rest:
                time.sleep(0.0003)
            tally.while_writing += process.poll() is None
            _wait(process, 0.1 * chance.random() ** 4)
        process.send_signal(signal.SIGKILL)
        process.wait(600)
        told.seek(0)
        return process, told.read().decode(errors="replace")


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _state(folder: Path) -> list[tuple[str, int]]:
    """Returns the files that a change makes or lengthens, but for the lock and the cache."""
    found = []
    for path in folder.iterdir():
        if path.suffix not in (".lock", ".cache", ".txt") and path.is_file():
            try:
                found.append((path.name, path.stat().st_size))
            except FileNotFoundError:
                continue
    return sorted(found)


def _look(desk: Desk, step: Step, before: Store, acknowledged: bool, tally: Tally) -> bool:
    """Notes what is wrong after a kill; returns whether the change is in the store."""
    try:
        store = desk.read()
    except ClaimtrackError as error:
        tally.wrong.append(f"after {step.arguments} the store does not open: {error}")
        return False
    is_in = step.is_in(store)
    tally.held += is_in
    tally.acknowledged += acknowledged
    told = [f"after {step.arguments}: {fault}" for fault in faults(store)]
    if acknowledged and not is_in:
        told.append(f"lost although acknowledged: {step.arguments}")
    if step.is_half_in(store):
        told.append(f"half a change: {step.arguments}")
    if not is_in and store != before:
        told.append(f"another store than before, without the change: {step.arguments}")
    tally.wrong.extend(told)
    return is_in


def _look_at_the_end(desk: Desk, made: list[Step], tally: Tally) -> None:
    """Notes what of a series is gone, and whether the store goes on as if nothing had happened."""
    desk.run(*desk.step("ingest").arguments)
    desk.run("verify")
    store = desk.read()
    tally.wrong.extend(f"gone since: {step.arguments}" for step in made if not step.is_in(store))
    tally.wrong.extend(f"left lying about: {name}" for name in leftovers(desk.folder, desk.store_path.name))
