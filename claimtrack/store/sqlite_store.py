"""The store as one SQLite file; the writer holds the same lock as with the JSON store."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from claimtrack.store.access import LOCK_PATIENCE, FilePlace, held_alone
from claimtrack.store.interface import Marking
from claimtrack.store.sql_shelf import Connection, SqlShelf
from claimtrack.store.sql_store import SqlStore
from claimtrack.store.sqlite_file import new_file, open_to_read, open_to_write, renew_tables, telling
from claimtrack.store.sqlite_words import SqliteWords


class SqliteStore(FilePlace, SqlStore):
    """A store file that may not exist yet; ``marking`` says what its content is found by."""

    def __init__(self, path: Path, marking: Marking, patience: float = LOCK_PATIENCE) -> None:
        super().__init__(path)
        self.marking = marking
        self.patience = patience

    def open_to_read(self) -> Connection:
        """Returns the file's content as of now; raises StoreError."""
        return open_to_read(self.path, self.patience)

    @contextmanager
    def held(self) -> "Iterator[_Writer]":
        """Holds the file alone; raises StoreError."""
        with held_alone(self.path, self.patience) as target:
            yield _Writer(target, self.patience)

    def telling(self, *, writing: bool) -> AbstractContextManager[None]:
        """Turns what SQLite complains of into what, where and how to go on."""
        return telling(self.path, writing=writing)

    def shelf(self, connection: Connection) -> SqlShelf:
        """Returns the rows of a connection as values."""
        return SqlShelf(connection, self.marking, SqliteWords(connection, self.marking), renew_tables)


class _Writer:
    """The file behind the path, while nobody else writes it."""

    def __init__(self, target: Path, patience: float) -> None:
        self._target = target
        self._patience = patience

    def open(self) -> sqlite3.Connection | None:
        """Returns the file's content in a transaction; None where there is no file."""
        return open_to_write(self._target, self._patience) if self._target.exists() else None

    def make(self) -> AbstractContextManager[sqlite3.Connection]:
        """Gives an empty file to fill, put in place when that went well."""
        return new_file(self._target)

    def begin(self, connection: Connection) -> None:
        """Begins the next transaction."""
        connection.execute("BEGIN IMMEDIATE")

    def end(self, connection: Connection) -> None:
        """Leaves one file, with no write-ahead log beside it unless somebody reads: nobody waits for him."""
        with suppress(sqlite3.Error):
            connection.rollback()
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
