"""Runs the examples in the pages and writes in what they show; ``--check`` only compares.

A page is worked through from top to bottom, in one empty folder with a copy of ``seeds/``:

- In a ``console`` block every line that begins with ``$ `` is run in a terminal of 80 columns; the lines
  below it are all that it shows.
- In an ``sh`` block every line is run and must end well; what it shows is not in the page.
- A comment above a block says more: ``not run: WHY``; ``keys: [...]`` (JSON) pressed or typed into the
  last command; ``file: NAME`` (the block is written there); ``part: FILE | FROM | TO`` (the block is a
  part of that file, from and to the first lines that begin so).

Figures that a model gives may differ a little on another processor. The clock of decisions is set, and no
progress bar is shown.
"""

import difflib
import json
import os
import re
import select
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PAGES = (
    "README.md",
    "docs/tutorial.md",
    "docs/desk.md",
    "docs/how-it-works.md",
    "docs/exports.md",
    "docs/extending.md",
)

BEFORE = dict.fromkeys(("docs/exports.md", "docs/how-it-works.md"), "claimtrack ingest seeds/")
"""What a page takes for done before its first example."""

WIDTH = 80
"""Columns: what many terminals open with."""

PATIENCE = 300.0
"""Seconds for one command; a loaded machine takes its time."""

TOLERANCE = 0.05
"""By which a figure that a model gives may differ on another processor."""

NOT_OURS = frozenset({"datasette"})
"""Programs in examples that the development packages do not bring."""

_ASKS = "?\u00a0help"
"""What the walk through conflicts shows when it waits for a key."""

_BLOCK = re.compile(
    r"(?:^<!-- (?P<told>[a-z ]+): (?P<value>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)
_FIGURE = re.compile(r"\b[01]\.\d\d\b")

_SHIM = """#!{python}
import datetime, pathlib, sys
from claimtrack.cli import corrections, progress
from rich.progress import Progress
progress.PATIENCE = 1e6  # a bar that comes on a slow machine only is no part of an example
Progress.stop = lambda bar: None  # rich ends a bar with an empty line, also one that never began
clock = pathlib.Path(__file__).with_name("clock")
def now():
    at = datetime.datetime.fromisoformat(clock.read_text()) + datetime.timedelta(minutes=1)
    clock.write_text(at.isoformat())
    return at.isoformat()
corrections.now = now
from claimtrack.cli.app import main
main()
"""


@dataclass(frozen=True)
class Block:
    """A block of a page; ``told`` and ``value`` are the comment above it."""

    kind: str
    body: str
    told: str
    value: str


class ExampleError(Exception):
    """A command of a page did not end well."""


class Desk:
    """A folder with the seeds, and claimtrack with a clock of its own."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "desk"
        self.folder.mkdir()
        shutil.copytree(ROOT / "seeds", self.folder / "seeds")
        programs = scratch / "bin"
        programs.mkdir()
        (programs / "clock").write_text("2026-01-12T09:00:00+00:00")
        (programs / "claimtrack").write_text(_SHIM.format(python=sys.executable), encoding="utf-8")
        (programs / "claimtrack").chmod(0o755)
        kept = {key: os.environ[key] for key in ("HOME", "PATH", "LANG", "LC_ALL") if key in os.environ}
        path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), kept.get("PATH", "")])
        added = {"PATH": path, "TERM": "dumb", "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
        self._environment = {
            **kept,
            **added,
            "PYTHONPATH": str(ROOT),
            "USER": "reporter",
            "LOGNAME": "reporter",
        }

    def run(self, line: str, keys: Sequence[str] = ()) -> str:
        """Returns what the line shows in a terminal; raises ExampleError where it does not end well."""
        import fcntl
        import pty
        import termios

        process, handle = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execvpe("bash", ["bash", "-c", line], self._environment)
        fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, WIDTH, 0, 0))
        shown = self._follow(handle, list(keys), line)
        _, status = os.waitpid(process, 0)
        os.close(handle)
        if os.waitstatus_to_exitcode(status):
            raise ExampleError(f"$ {line}\n{shown}")
        return shown

    def _follow(self, handle: int, keys: list[str], line: str) -> str:
        """Returns all output up to the end, pressing each key once the program waits for it."""
        raw, seen, deadline = b"", 0, time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if select.select([handle], [], [], 0.2)[0]:
                try:
                    more = os.read(handle, 65536)
                except OSError:  # Linux: the other side has been closed
                    more = b""
                if not more:
                    return raw.decode(errors="replace").replace("\r\n", "\n").replace("\a", "")
                raw += more
            elif keys and self._waits(handle, raw[seen:].decode(errors="replace"), keys[0]):
                seen = len(raw)
                os.write(handle, keys.pop(0).encode())
        raise ExampleError(f"$ {line}\ndid not end")

    @staticmethod
    def _waits(handle: int, shown: str, key: str) -> bool:
        """Does the program wait for this line to be typed, or for this key, no longer for whole lines?"""
        import termios

        if len(key) > 1:
            return shown.rstrip("\n").endswith(":\u0020")
        return _ASKS in shown and not termios.tcgetattr(handle)[3] & termios.ICANON


def blocks(text: str) -> Iterator[tuple[re.Match[str], Block]]:
    """Yields every block of a page with its place."""
    for found in _BLOCK.finditer(text):
        told = found["told"] or ""
        yield found, Block(found["kind"], found["body"], told, found["value"] or "")


def worked(text: str, desk: Desk) -> str:
    """Returns the page as it should be; raises ExampleError where an example does not end well."""
    parts, done = [], 0
    for found, block in blocks(text):
        begin, end = found.span("body")
        parts += [text[done:begin], _worked(block, desk)]
        done = end
    return "".join([*parts, text[done:]])


def _worked(block: Block, desk: Desk) -> str:
    if block.told == "not run":
        return block.body
    if block.told == "file":
        (desk.folder / block.value).parent.mkdir(parents=True, exist_ok=True)
        (desk.folder / block.value).write_text(block.body, encoding="utf-8")
    elif block.told == "part":
        return _part(desk.folder, *block.value.split(" | "))
    elif block.kind == "sh":
        for line in block.body.splitlines():
            if line.strip() and line.split()[0] not in NOT_OURS:
                desk.run(line)
    elif block.kind == "console":
        return _session(block, desk)
    return block.body


def _session(block: Block, desk: Desk) -> str:
    lines = [line.removeprefix("$ ") for line in block.body.splitlines() if line.startswith("$ ")]
    keys = json.loads(block.value) if block.told == "keys" else []
    shown = [desk.run(line, keys if line is lines[-1] else ()) for line in lines]
    told = [f"$ {line}\n{_trimmed(text)}" for line, text in zip(lines, shown, strict=True)]
    return "".join(told)


def _trimmed(text: str) -> str:
    """Returns the text without spaces at the ends of lines, and without empty lines around it."""
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def _part(folder: Path, name: str, first: str, last: str) -> str:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    begin = next((n for n, line in enumerate(lines) if line.startswith(first)), None)
    if begin is None:
        raise ExampleError(f"{name} has no line that begins with {first!r}")
    end = next((n for n, line in enumerate(lines) if n > begin and line.startswith(last)), None)
    if end is None:
        raise ExampleError(f"{name} has no line after it that begins with {last!r}")
    return "".join(f"{line}\n" for line in lines[begin : end + 1])


def differences(told: str, found: str) -> str:
    """Returns how two pages differ, figures of models apart; empty where they do not."""
    figures, others = (list(map(float, _FIGURE.findall(text))) for text in (told, found))
    near = len(figures) == len(others) and all(
        abs(a - b) <= TOLERANCE for a, b in zip(figures, others, strict=True)
    )
    if near and _FIGURE.sub("0.00", told) == _FIGURE.sub("0.00", found):
        return ""
    lines = difflib.unified_diff(told.splitlines(), found.splitlines(), "told", "found", lineterm="", n=1)
    return "\n".join(lines)


def check(page: str) -> tuple[str, str]:
    """Returns the page as it should be, and how it differs from that."""
    text = (ROOT / page).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk(Path(scratch))
        if page in BEFORE:
            desk.run(BEFORE[page])
        found = worked(text, desk)
    return found, differences(text, found)


def main() -> None:
    """Brings the pages up to date, or ends with 1 where one is not."""
    stale = []
    for page in [name for name in sys.argv[1:] if not name.startswith("-")] or PAGES:
        found, different = check(page)
        if not different:
            continue
        stale.append(different)
        if "--check" not in sys.argv:
            (ROOT / page).write_text(found, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit("\n".join([*stale, "Run: make docs"]))


if __name__ == "__main__":
    main()
