"""Judged pairs beside the store (``claims.cache``), so that only what is new is judged.

A small SQLite file that may be deleted at any time. Where it cannot be read or written, or is no file of
claimtrack's, the run goes on without; when claimtrack itself has changed, it begins anew.
"""

import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

from claimtrack import __version__

_APPLICATION = 0x636C6D74
"""SQLite's ``application_id`` of our files: "clmt"."""

_PATIENCE = 2.0
"""Seconds to wait for another process; after that this run's judgements are simply not kept."""

_MOST_ENTRIES = 2_000_000
"""A fuller cache begins anew: most of it is about statements that are long gone. About 150 MB."""

_MAKE = "CREATE TABLE IF NOT EXISTS judgements (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


class JudgementCache:
    """Texts by key, read from the file as they are asked for and written in one go by ``save``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new: dict[str, str] = {}
        self._stamp = _stamp()
        self._connection = _open(path, self._stamp)

    def get(self, key: str) -> str | None:
        """Returns what was put there, in this run or in an earlier one; None where nothing was."""
        if key in self._new:
            return self._new[key]
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM judgements WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return None if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Keeps a text until ``save``."""
        self._new[key] = value

    def save(self) -> None:
        """Writes what is new, if that can be done, and closes the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._new and (not self.path.exists() or _is_ours(self.path)):
            with suppress(sqlite3.Error, OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                _write(self.path, self._stamp, self._new)


def _open(path: Path, stamp: int) -> sqlite3.Connection | None:
    """Returns the file for reading; None where there is none that fits this claimtrack."""
    if not _is_ours(path):
        return None
    with suppress(sqlite3.Error, OSError):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        with suppress(sqlite3.Error):
            if _pragma(connection, "user_version") == stamp:
                return connection
        connection.close()
    return None


def _is_ours(path: Path) -> bool:
    """Is this a SQLite file that claimtrack made? The number stands at byte 68 of the header."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:72] == _APPLICATION.to_bytes(4, "big")


def _write(path: Path, stamp: int, new: dict[str, str]) -> None:
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_MAKE)
        (count,) = connection.execute("SELECT count(*) FROM judgements").fetchone()
        if _pragma(connection, "user_version") != stamp or count > _MOST_ENTRIES:
            connection.execute("DELETE FROM judgements")
        connection.executemany("INSERT OR REPLACE INTO judgements VALUES (?, ?)", new.items())
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {stamp}")
        connection.execute("COMMIT")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _stamp() -> int:
    """Returns a number that changes with every file of this package: rules, lexicons, weights."""
    digest = blake2b(__version__.encode(), digest_size=3)
    root = Path(__file__).resolve().parent.parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".onnx", ".txt"):
            state = path.stat()
            digest.update(f"{path.name}\x1f{state.st_size}\x1f{state.st_mtime_ns}\x1e".encode())
    return int.from_bytes(digest.digest(), "big")
