"""A store's SQLite file: opened for reading or writing, made anew, and what is wrong with it in words."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import StoreError
from claimtrack.store.access import check_is_file, held_too_long, put_in_place, unwritable
from claimtrack.store.sql import LOG_GROWS, NAMES, SCHEMA_NUMBER, TABLES

if TYPE_CHECKING:
    from claimtrack.store.sql_shelf import Connection

_APPLICATION = 0x636C6D73
"""SQLite's ``application_id`` of our files: "clms"."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
"""Bytes before the first page's content; the offsets below are those of SQLite's file format."""

_LEFT = "The file was left as it is."
_RESTORE = f"{_LEFT} Restore the previous one, or name another store with --store."
_ANOTHER = f"Name another store with --store. {_LEFT}"

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)

_NO_PATIENCE = 0.2
"""Seconds to wait where a person waits for a key."""

_NO_SIDE_FILES = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
"""What comes of a folder or a disk in which SQLite cannot make the side files that it reads with."""

_CACHE = f"PRAGMA cache_size = -{64 * 1024}"
"""Memory for pages, in KiB: those of a speaker's statements lie scattered."""


def _is_being_filled(path: Path) -> bool:
    """Are there pages in the log beside the file? A writer puts the first page in before the last ones."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def check_file(path: Path) -> None:
    """Raises StoreError where the file is no store of ours, of a newer program, or cut off."""
    check_is_file(path, "Name another one with --store.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise StoreError(f"cannot read the store {path}: {error.strerror}", _ANOTHER) from error
    if not head:
        raise StoreError(f"cannot read the store {path}: the file is empty", _RESTORE)
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        hint = "A store in JSON has a name that ends in .json."
        raise StoreError(f"cannot read the store {path}: it is no SQLite file", f"{hint} {_RESTORE}")
    if _number(head, 68) != _APPLICATION:
        raise StoreError(f"the file {path} is a SQLite file, but no claimtrack store", _ANOTHER)
    if _number(head, 60) != SCHEMA_NUMBER:
        raise StoreError(
            f"the store {path} was written by a newer claimtrack (tables {_number(head, 60)}, known here: "
            f"{SCHEMA_NUMBER})",
            f"Update claimtrack, or name another store with --store. {_LEFT}",
        )
    page = int.from_bytes(head[16:18], "big")
    whole = _number(head, 28) * (65536 if page == 1 else page)
    if (
        _number(head, 24) == _number(head, 92)
        and size < whole
        and not _is_being_filled(path)
        and path.stat().st_size < whole
    ):
        raise StoreError(f"cannot read the store {path}: the file is cut off", _RESTORE)


def plain_values(path: Path, table: str) -> Iterator[dict[str, Any]]:
    """Yields the values in a table as they are written, unchecked."""
    with telling(path, writing=False), closing(open_to_read(path, _NO_PATIENCE)) as connection:
        for (raw,) in connection.execute(f"SELECT value FROM {table}"):
            yield json.loads(raw)


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "big")


def open_to_read(path: Path, patience: float) -> sqlite3.Connection:
    """Returns the file's content as of now; it stays as it is while others write.

    It is opened as if to write where that is allowed, or SQLite would leave its side files lying about. Where
    they cannot be made, and no writer has made them, the file is read as one that does not change.
    """
    check_file(path)
    with telling(path, writing=False):
        try:
            return _begun(_connect(path, "mode=rw", patience))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NO_SIDE_FILES or _has_unfinished(path):
                raise
        return _begun(_connect(path, "immutable=1", patience))


def _begun(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Returns the connection with its moment fixed; closes it where that fails."""
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(_CACHE)
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM notes").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _has_unfinished(path: Path) -> bool:
    """Is there a write-ahead log with something in it?"""
    with suppress(OSError):
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    return False


def open_to_write(path: Path, patience: float) -> sqlite3.Connection:
    """Returns the file's content with nobody else writing it, in a transaction."""
    check_file(path)
    with telling(path, writing=True):
        connection = _connect(path, "mode=rw", patience)
        try:
            connection.execute(_CACHE)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def _connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)


@contextmanager
def new_file(target: Path) -> Iterator[sqlite3.Connection]:
    """Gives an empty file to fill in a transaction; it is put in place when that went well."""
    temporary = target.with_name(f".{target.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_NUMBER}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN")
            make_tables(connection)
            yield connection
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(temporary, target)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def renew_tables(connection: "Connection") -> None:
    """Makes all tables anew, empty."""
    for name in NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    make_tables(connection)


def make_tables(connection: "Connection") -> None:
    """Makes all tables, empty."""
    for statement in TABLES:
        connection.execute(statement.format(number="INTEGER", text="TEXT"))
    for deed, name in (("UPDATE", "log_is_not_changed"), ("DELETE", "log_is_not_cut")):
        connection.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON log BEGIN SELECT RAISE(ABORT, '{LOG_GROWS}'); END"
        )


@contextmanager
def telling(path: Path, *, writing: bool) -> Iterator[None]:
    """Turns what SQLite and the system complain of into what, where and how to go on."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error, writing) from error
    except OSError as error:
        if writing:
            raise unwritable(path, error.strerror or str(error)) from error
        raise StoreError(f"cannot read the store {path}: {error.strerror}", _ANOTHER) from error


def _told(path: Path, error: sqlite3.Error, writing: bool) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return held_too_long(path, 0)
    if code in _DAMAGED:
        return StoreError(f"cannot read the store {path}: the file is damaged: {error}", _RESTORE)
    if writing:
        return unwritable(path, str(error))
    return StoreError(f"cannot read the store {path}: {error}", _ANOTHER)
