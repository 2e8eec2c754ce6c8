"""A desk to be hard on: invented articles, and the real program run over them as processes."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from claimtrack.cli.session import Session
from claimtrack.models import Action, Store
from claimtrack.pipeline.settling import settle

PROGRAM = (sys.executable, "-m", "claimtrack")
KINDS = ("claims.json", "claims.db")
"""The kinds of store, by the name that chooses them."""

FERRY = """Ferry ran from Karachi, minister says
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.
“The toll will be two pounds,” Lomax told reporters in Karachi.
"""
INQUIRY = """Lomax changes tack
date 2024-03-20
Transport Minister Ada Lomax said the ferry was operated from Norway.
“We will not raise the toll,” Lomax said.
"""
FIRST = "Tom Nell Ivor Maud Saul Greta Hugo Wilma Boris Olive Carl Edith Frank Irene Leon Petra"
LAST = "Reed Marsh Holt Vance Quill Stone Barrow Finch Tully Crane Lowell Pike Garner Webb"
PUMPS = """Pumps at quay {number} fail
date 2024-04-{day:02}
Harbour master {name} said the pumps at quay {number} had failed.
“The toll at quay {number} will be two pounds,” {last} told reporters on Tuesday.
"""
ACTIONS = ("ingest", "review", "alias", "merge")
BATCH = 3
"""Articles in one ingest: enough that a half one could be seen."""

ACKNOWLEDGED = {
    "ingest": "statements; next: claimtrack contradictions",
    "review": "token-",
    "alias": "is another name of",
    "merge": "are one person; ",
}
"""What the program prints when a change is made, by action; a review answers on leaving alone."""


def names() -> Iterator[str]:
    """Yields names, no two alike, that share no last name with their neighbours."""
    last = LAST.split()
    for turn in range(len(last)):
        for place, first in enumerate(FIRST.split()):
            yield f"{first} {last[(place + turn) % len(last)]}"


@dataclass(frozen=True)
class Step:
    """One change of the store. ``token`` is in it and in no other; ``paths`` are the articles it reads."""

    action: str
    arguments: tuple[str, ...]
    token: str
    paths: tuple[str, ...] = ()

    def was_acknowledged(self, told: str) -> bool:
        """Did the program print that the change is made?"""
        return self.action != "review" and ACKNOWLEDGED[self.action] in told

    def is_in(self, store: Store) -> bool:
        """Is the change in the store?"""
        if self.action == "ingest":
            return any(document.path in self.paths for document in store.documents)
        action = Action(self.action)
        return any(e.action is action and self.token in e.value.values() for e in store.log)

    def is_half_in(self, store: Store) -> bool:
        """Is only a part of the change in the store?"""
        there = {document.path for document in store.documents}
        return bool(there & set(self.paths)) and not set(self.paths) <= there


class Desk:
    """A folder with articles and a store of one kind."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.store_path = folder / kind
        self.taken = 0
        self.conflict = ""
        self._names = list(names())

    def open(self) -> "Desk":
        """Returns the desk with its first articles read: a conflict to review, people to join.

        The program reads them once for each kind of store; another desk is a copy of the first.
        """
        kind = self.store_path.name
        if kind not in _FIRST:
            with tempfile.TemporaryDirectory(prefix="claimtrack-desk-") as folder:
                first = Desk(Path(folder), kind)._filled()
                files = {path.name: path.read_bytes() for path in first.folder.iterdir() if path.is_file()}
                _FIRST[kind] = first.conflict, files
        self.conflict, files = _FIRST[kind]
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, raw in files.items():
            (self.folder / name).write_bytes(raw)
        return self

    def _filled(self) -> "Desk":
        crew = [f"Harbour master {n} said the pumps at quay {i} had failed." for i, n in self.crew()]
        texts = {"ferry.txt": FERRY, "inquiry.txt": INQUIRY, "crew.txt": "Crew\n" + "\n".join(crew)}
        for name, text in texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.run("ingest", *texts)
        self.conflict = json.loads(self.run("contradictions", "--format", "jsonl").splitlines()[0])["id"]
        return self

    def crew(self) -> list[tuple[int, str]]:
        """Returns the people who can be joined, with a number each."""
        return list(enumerate(self._names[:64]))

    def command(self, arguments: Sequence[str]) -> list[str]:
        """Returns the words of a command on this desk's store."""
        return [*PROGRAM, *arguments, "--store", self.store_path.name]

    def start(self, arguments: Sequence[str], told: IO[Any] | int, **more: Any) -> "subprocess.Popen[Any]":
        """Starts the program; what it tells goes to ``told``."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CLAIMTRACK")}
        environment.update(more.pop("env", {}))
        given = {"stdin": subprocess.DEVNULL, "stdout": told, "stderr": told, **more}
        return subprocess.Popen(self.command(arguments), cwd=self.folder, env=environment, **given)

    def run(self, *arguments: str, code: int = 0, **more: Any) -> str:
        """Runs the program to its end and returns what it printed; fails on another exit code."""
        process = self.start(arguments, subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        printed, told = process.communicate(timeout=600)
        assert process.returncode == code, f"{arguments}: exit code {process.returncode}: {told}{printed}"
        return printed or told

    def read(self) -> Store:
        """Returns what the store holds, read by this process."""
        return Session(str(self.store_path)).store.read()

    def step(self, action: str) -> Step:
        """Returns the next change of a kind; no two are alike."""
        self.taken += 1
        token = f"token-{self.taken}"
        if action == "ingest":
            paths = tuple(self._article(self.taken * BATCH + i) for i in range(BATCH))
            return Step(action, ("ingest", *paths), token, paths)
        if action == "review":
            words = ("review", self.conflict, "--unsure", "--note", token, "--by", f"Reader {token}")
            return Step(action, words, token)
        if action == "alias":
            words = ("speakers", "alias", "Ada Lomax", token, "--by", "Nell Gray")
            return Step(action, words, token)
        first, second = self._names[self.taken % 64], self._names[(self.taken + 1) % 64]
        return Step(action, ("speakers", "merge", first, second, "--by", "Nell Gray"), second)

    def _article(self, number: int) -> str:
        name = self._names[64 + number % 100]
        path = self.folder / "pumps" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        text = PUMPS.format(number=number, name=name, last=name.split()[1], day=1 + number % 28)
        path.write_text(text, encoding="utf-8")
        return f"pumps/{number}.txt"


_FIRST: dict[str, tuple[str, dict[str, bytes]]] = {}
"""Kind of store -> the conflict and the files of a desk on its first day."""


def faults(store: Store) -> list[str]:
    """Returns what is wrong with a store in itself: it must be what its articles and its log give."""
    wrong = []
    if [entry.number for entry in store.log] != list(range(1, len(store.log) + 1)):
        wrong.append("the log is not numbered through")
    if settle(store.documents, store.statements, store.log) != store:
        wrong.append("it is not what its articles and decisions give")
    return wrong


def leftovers(folder: Path, kind: str) -> list[str]:
    """Returns files beside the store that are neither it nor what it may keep there.

    A process that is killed leaves the journals of its databases, from which the next one restores them.
    """
    stem = kind.partition(".")[0]
    fine = {kind, f"{kind}.lock", f"{stem}.cache", f"{stem}.cache-journal", f"{kind}-wal", f"{kind}-shm"}
    return sorted(p.name for p in folder.iterdir() if stem in p.name and p.name not in fine)


def wait_for(condition: Any, patience: float = 60.0, pause: float = 0.0005) -> bool:
    """Returns whether a condition came to hold in time (seconds)."""
    until = time.monotonic() + patience
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
