"""Power cuts, reckoned from what the program asked of the system.

The system calls of a real change are recorded with strace. A cut may come after any of them; then a
file that was not flushed may hold anything, and a name that was not flushed with its folder may still
mean what it meant before. From that follows what the store may be at each moment.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .desk import Desk
from .mishaps import Unavailable

_CALL = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<given>.*)\) += (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,close,mkdir"
GARBAGE = "garbage"


@dataclass
class Disk:
    """What would be left of one file after a power cut now: ``old``, ``new`` or garbage, perhaps several."""

    store: str
    answer: str
    open_files: dict[str, str] = field(default_factory=dict)
    unflushed: set[str] = field(default_factory=set)
    possible: set[str] = field(default_factory=lambda: {"old"})
    wrong: list[str] = field(default_factory=list)
    swapped: bool = False
    acknowledged: bool = False

    def take(self, line: str) -> None:
        """Takes in one system call."""
        call = _CALL.match(line)
        if call is None or int(call["result"]) < 0:
            return
        name, given = call["name"], call["given"]
        texts = _TEXT.findall(given)
        number = given.partition(",")[0].strip()
        if name == "openat" and texts:
            self.open_files[call["result"]] = texts[0]
            if "O_TRUNC" in given and Path(texts[0]).name == self.store:
                self.possible.add(GARBAGE)
        elif name in ("write", "pwrite64"):
            self._write(number, texts)
        elif name in ("fsync", "fdatasync"):
            self._flush(self.open_files.get(number, ""))
        elif name.startswith("rename") and texts and Path(texts[-1]).name == self.store:
            self.swapped = True
            self.possible.add(GARBAGE if Path(texts[0]).name in self.unflushed else "new")
        elif name == "close":
            self.open_files.pop(number, None)
        if GARBAGE in self.possible:
            self.wrong.append(f"the store could be garbage after: {line.strip()[:120]}")

    def _write(self, number: str, texts: list[str]) -> None:
        place = self.open_files.get(number, "")
        if place:
            self.unflushed.add(Path(place).name)
            if Path(place).name == self.store:
                self.possible.add(GARBAGE)
        elif number == "2" and texts and self.answer in texts[0]:
            self.acknowledged = True
            if self.possible != {"new"}:
                self.wrong.append(f"acknowledged while a power cut could leave {sorted(self.possible)}")

    def _flush(self, place: str) -> None:
        self.unflushed.discard(Path(place).name)
        if self.swapped and Path(place).is_dir() and "new" in self.possible:
            self.possible = {"new"}


def recorded(desk: Desk, arguments: tuple[str, ...], folder: Path) -> list[str]:
    """Returns the system calls of a command, one a line."""
    if shutil.which("strace") is None:
        raise Unavailable("recording system calls needs strace")
    trace = folder / "trace"
    words = ["strace", "-f", "-s", "300", "-e", f"trace={CALLS}", "-o", str(trace)]
    done = subprocess.run(
        [*words, *desk.command(arguments)], cwd=desk.folder, capture_output=True, text=True, timeout=900
    )
    if done.returncode != 0:
        raise Unavailable(f"strace does not run here: {done.stderr[-300:]}")
    return whole_calls(trace.read_text(encoding="utf-8", errors="replace").splitlines())


def whole_calls(lines: list[str]) -> list[str]:
    """Returns the calls as they ended, those in one piece that another thread cut in two."""
    begun: dict[str, str] = {}
    whole = []
    for line in lines:
        thread, _, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>").rstrip()
        elif rest.startswith("<... "):
            whole.append(f"{thread} {begun.pop(thread, '')}{rest.partition('resumed>')[2]}")
        else:
            whole.append(line)
    return whole


def power_cuts(folder: Path, actions: tuple[str, ...] = ("alias", "ingest")) -> list[str]:
    """Returns what is wrong with a JSON store after a power cut at any moment of a change."""
    desk = Desk(folder / "power", "claims.json").open()
    wrong: list[str] = []
    for action in actions:
        answer = "is another name" if action == "alias" else "next: claimtrack"
        disk = Disk(desk.store_path.name, answer)
        for line in recorded(desk, desk.step(action).arguments, folder):
            disk.take(line)
        wrong.extend(f"{action}: {fault}" for fault in disk.wrong)
        if not (disk.swapped and disk.acknowledged):
            wrong.append(f"{action}: the change was not seen in its system calls")
    return wrong


def log_cuts(folder: Path) -> list[str]:
    """Returns what is wrong with claims.db: what was written must be flushed before it is acknowledged."""
    desk = Desk(folder / "power-db", "claims.db").open()
    names: dict[str, str] = {}
    unflushed: set[str] = set()
    acknowledged, wrong = False, []
    for line in recorded(desk, desk.step("alias").arguments, folder):
        call = _CALL.match(line)
        if call is None or int(call["result"]) < 0:
            continue
        number, texts = call["given"].partition(",")[0].strip(), _TEXT.findall(call["given"])
        place = names.get(number, "")
        if call["name"] == "openat" and texts:
            names[call["result"]] = Path(texts[0]).name
        elif call["name"] in ("write", "pwrite64") and place in ("claims.db", "claims.db-wal"):
            unflushed.add(place)
        elif call["name"] in ("fsync", "fdatasync", "unlink"):
            unflushed.discard(place or Path(texts[0] if texts else "").name)
        elif number == "2" and texts and "is another name" in texts[0]:
            acknowledged = True
            wrong.extend(f"acknowledged before {name} was flushed" for name in sorted(unflushed))
    return wrong if acknowledged else [*wrong, "the change was not seen in its system calls"]
