"""A full disk, a store that becomes read-only in the middle, a clock that jumps back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from claimtrack.errors import ClaimtrackError

from .crowd import holding
from .desk import ACTIONS, PUMPS, Desk, Step, faults

DISK = 2_000_000
"""Bytes of the small disk: room for the first store, not for two."""


class Unavailable(Exception):
    """What a check needs is not there: the right to mount, or a tool."""


@contextmanager
def small_disk(folder: Path, size: int = DISK) -> Iterator[Path]:
    """Gives a folder on a disk of its own, of that many bytes."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or shutil.which("mount") is None or os.geteuid() != 0:
        raise Unavailable("mounting a small disk needs Linux and root")
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(f"no small disk could be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def set_writable(folder: Path, writable: bool) -> None:
    """Makes a folder and the files in it read-only, or writable again, for root as well."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        folder.chmod(0o755 if writable else 0o555)
        return
    # not the files that SQLite shares as memory: those could not become read-only while they are open
    words = ["chattr", "-i" if writable else "+i", str(folder), *map(str, folder.glob("claims.*[nb]"))]
    if shutil.which("chattr") is None or subprocess.run(words, capture_output=True).returncode:
        raise Unavailable("root writes everywhere, and files cannot be made immutable here")


def full_disk(folder: Path, kind: str, actions: Sequence[str] = ACTIONS) -> list[str]:
    """Returns what is wrong after changes on a disk without room, and after room was made."""
    wrong: list[str] = []
    with small_disk(folder / "disk") as disk:
        desk = Desk(disk, kind).open()
        for action in actions:
            step = desk.step(action)
            before = desk.read()
            filler = _fill(disk)
            process = desk.start(step.arguments, subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            told, _ = process.communicate(timeout=600)
            wrong.extend(_refusal(action, process.returncode, told, ("No space", "full")))
            try:
                desk.read()
            except ClaimtrackError as error:
                wrong.append(f"{action}: unreadable while the disk is full: {error}")
            filler.unlink()
            if desk.read() != before:
                wrong.append(f"{action}: a full disk changed the store")
            wrong.extend(_goes_on(desk, step))
    return wrong


def _fill(disk: Path) -> Path:
    """Writes a file that leaves no block free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def _refusal(what: str, code: int, told: str, words: tuple[str, ...]) -> list[str]:
    """Returns what is wrong with the way in which a change was refused."""
    wrong = []
    if code != 3:
        wrong.append(f"{what}: exit code {code}, not 3: {told}")
    if "Traceback" in told or not any(word in told for word in words):
        wrong.append(f"{what}: not said what is wrong: {told}")
    return wrong


def _goes_on(desk: Desk, step: Step) -> list[str]:
    """Returns what is wrong when the same change is made again, now that it can be."""
    desk.run(*step.arguments)
    store = desk.read()
    wrong = [f"{step.action}: {fault}" for fault in faults(store)]
    if not step.is_in(store):
        wrong.append(f"{step.action}: cannot be made once there is room again")
    return wrong


def read_only_in_the_middle(folder: Path, kind: str) -> list[str]:
    """Returns what is wrong when a store becomes read-only while an ingest is under way.

    The ingest is refused or, where it holds the file open already, made; and nothing between.
    """
    desk = Desk(folder / "desk", kind).open()
    before = desk.read()
    process = holding(desk)
    set_writable(desk.folder, False)
    try:
        article = PUMPS.format(number=1, name="Tom Reed", last="Reed", day=1)
        said, _ = process.communicate(article.encode(), timeout=600)
        told, after = said.decode(), desk.read()
        made = process.returncode == 0 and "-" in {document.path for document in after.documents}
        wrong = [] if made else _refusal("ingest", process.returncode, told, ("permi", "ead-only", "eadonly"))
        if after != before and not made:
            wrong.append("ingest: refused, and yet the store was changed")
        if "Ada Lomax" not in desk.run("speakers", "--format", "jsonl"):
            wrong.append("a read-only store cannot be read")
    finally:
        set_writable(desk.folder, True)
    return wrong + faults(after) + _goes_on(desk, desk.step("review"))


def clock_back(folder: Path, kind: str) -> list[str]:
    """Returns what is wrong when the clock of the machine jumps back by years between two reviews."""
    if shutil.which("faketime") is None:
        raise Unavailable("a clock that jumps needs faketime")
    desk = Desk(folder / "clock", kind).open()
    for day, decision in (("2031-05-01", "--confirm"), ("2024-01-01", "--dismiss")):
        step = desk.step("review")
        words = ["review", desk.conflict, decision, "--note", step.token, "--by", "Nell Gray"]
        command = ["faketime", f"{day} 12:00:00", *desk.command(words)]
        subprocess.run(command, cwd=desk.folder, check=True, capture_output=True, timeout=600)
    store = desk.read()
    wrong = faults(store)
    if not store.log[0].at.startswith("2031"):
        raise Unavailable("faketime turns no clock here")
    if '"dismissed"' not in desk.run("review", "--export"):
        wrong.append("the later decision does not count where its clock is behind")
    desk.run("undo")
    if '"confirmed"' not in desk.run("review", "--export"):
        wrong.append("undo took back another decision than the last")
    return wrong
