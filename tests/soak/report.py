"""docs/reliability.md: what was done to claimtrack and what came of it, in figures."""

import os
import platform
from pathlib import Path

from .desk import ACTIONS
from .kills import Tally
from .noise import BEGINNINGS, Heard
from .run import Found

HEAD = """# What claimtrack withstands

Made by `make soak` (`python -m tests.soak`), which runs the real program as processes; do not edit. A
short form of every check is in the test suite. Run on {machine}.

A change is *acknowledged* when the program has ended with exit code 0 or has printed that it is made. A
store is *whole* when it is exactly what its own articles and its own log of decisions give, with no
number of the log missing.
"""
KILLS = """
## Killed at any moment

`kill -9` at random moments of ingest ({batch} articles), review, alias and merge: half of the kills at
any moment from the start of the process, half just after it began to write.

| store | kills | ingest, review, alias, merge | while writing | acknowledged | lost | half | unreadable |
|---|---|---|---|---|---|---|---|
"""
CROWD = """
## Many at once

{processes} processes start together on one store, each making {changes} changes one after the other,
ingests of {batch} articles and reviews in turn, every one a process of its own. Then one process is
killed while it holds the store and another waits for it.

| store | changes | lasted: ingests, reviews | seconds | errors | the one that waited went on after |
|---|---|---|---|---|---|
"""
MISHAPS = """
## Mishaps

*Full disk*: a disk of two million bytes without a free block, for each kind of change; it must be
refused with exit code 3 and a sentence, the store unchanged, and the same change must succeed once
there is room. *Read-only in the middle*: folder and store become read-only while an ingest waits for its
article. *Clock jumps back*: a review in 2031, the next one in 2024 by the clock; the later one counts,
undo takes back the later one. *Power cut*: the system calls of real changes are recorded with strace,
and after each of them it is reckoned what a disk that drops everything unflushed could hold. That is a
reckoning from POSIX, not a test of a disk: a drive that lies about flushing is not covered.

| store | full disk | read-only in the middle | clock jumps back | power cut |
|---|---|---|---|---|
"""
NOISE = """
## {size:,} random bytes as every input

Random bytes, random printable characters, and random marks of markup, each behind the beginning that
makes its reader take it ({kinds}), as lists of addresses, pairs and reviews, and as a store. Allowed
are exit code 0 and exit code 3 with a sentence.

| input | exit code | processor seconds | memory |
|---|---|---|---|
"""


def write_report(path: Path, found: Found) -> None:
    """Writes the page."""
    size = found.size
    machine = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    parts = [HEAD.format(machine=machine)]
    parts.append(KILLS.format(batch=3) + "".join(_kill_row(k, t) for k, t in sorted(found.kills.items())))
    parts.append(CROWD.format(processes=size.processes, changes=size.changes, batch=3) + _crowd_rows(found))
    parts.append(MISHAPS + "".join(_mishap_row(found, kind) for kind in sorted(found.kills, reverse=True)))
    parts.append(_noise(found))
    wrong = found.wrong()
    parts.append(
        "\nNothing went wrong.\n" if not wrong else "\n## Wrong\n\n" + "\n".join(f"- {w}" for w in wrong)
    )
    path.write_text("".join(parts), encoding="utf-8")


def _kill_row(kind: str, tally: Tally) -> str:
    lost, half, shut = (
        sum(words in line for line in tally.wrong) for words in ("lost", "half", "does not open")
    )
    actions = ", ".join(str(tally.by_action[action]) for action in ACTIONS)
    return (
        f"| {kind} | {tally.kills} | {actions} | {tally.while_writing} | {tally.acknowledged} "
        f"| {lost} | {half} | {shut} |\n"
    )


def _crowd_rows(found: Found) -> str:
    rows = []
    for kind, came in found.crowds.items():
        total = found.size.processes * found.size.changes
        lasted = f"{came.lasted['ingest']}, {came.lasted['review']}"
        times = f"{came.seconds:.0f} | {len(came.wrong)} | {found.dead[kind]:.1f} s"
        rows.append(f"| {kind} | {total} | {lasted} | {times} |\n")
    return "".join(rows)


def _mishap_row(found: Found, kind: str) -> str:
    cells = []
    for what in ("full disk", "read-only in the middle", "clock jumps back", "power cut"):
        if (kind, what) in found.unavailable:
            cells.append(f"not tried: {found.unavailable[kind, what]}")
        else:
            told = found.checks.get((kind, what), ["not tried"])
            cells.append("; ".join(told) or "withstood")
    return f"| {kind} | {' | '.join(cells)} |\n"


def _noise(found: Found) -> str:
    head = NOISE.format(size=found.size.noise, kinds=", ".join(BEGINNINGS))
    return head + "".join(map(_noise_row, found.noise))


def _noise_row(heard: Heard) -> str:
    return f"| {heard.name} | {heard.code} | {heard.seconds:.1f} | {heard.memory / 1e6:.0f} MB |\n"
