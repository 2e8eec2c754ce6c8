"""The store as one SQLite file: read whole or in part, and only what has changed is written.

Readers see the store as it was when they began, whoever writes. The writer holds the same lock as with the
JSON store. A change is one transaction: it is there as a whole and on the disk, or not at all.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from claimtrack.errors import StoreError
from claimtrack.models import Store
from claimtrack.store.access import LOCK_PATIENCE, held_alone
from claimtrack.store.interface import Choose, Marking, Shelf
from claimtrack.store.rows import difference
from claimtrack.store.sqlite_file import new_file, open_to_read, open_to_write, telling
from claimtrack.store.sqlite_shelf import SqliteShelf


class SqliteStore:
    """A store file that may not exist yet; ``marking`` says what its content is found by."""

    def __init__(self, path: Path, marking: Marking, patience: float = LOCK_PATIENCE) -> None:
        self.path = path
        self.marking = marking
        self.patience = patience

    @property
    def exists(self) -> bool:
        """Is there anything at the store's path?"""
        return self.path.exists()

    def read(self) -> Store:
        """Returns what the file holds; an empty store where there is none.

        Raises:
            StoreError: It cannot be read, is damaged, or was written by a newer claimtrack.
        """
        with self._open() as shelf:
            return Store() if shelf is None else shelf.store()

    def read_part(self, choose: Choose) -> Store:
        """Returns what ``choose`` takes from the file; raises as ``read``."""
        with self._open() as shelf:
            return Store() if shelf is None else choose(shelf)

    @contextmanager
    def _open(self) -> Iterator[SqliteShelf | None]:
        if not self.exists:
            yield None
            return
        connection = open_to_read(self.path, self.patience)
        with closing(connection), telling(self.path, writing=False), _naming(self.path):
            yield SqliteShelf(connection, self.marking)

    @contextmanager
    def change(self) -> "Iterator[SqliteChange]":
        """Holds the store alone while its content is read, changed and saved.

        Raises:
            StoreError: As ``read``; or another process held the lock all the time.
        """
        with held_alone(self.path, self.patience) as target:
            change = SqliteChange(self, target)
            try:
                yield change
            finally:
                change.close()


class SqliteChange:
    """The store while this process alone may write it."""

    def __init__(self, owner: SqliteStore, target: Path) -> None:
        self._owner = owner
        self._target = target
        self._store: Store | None = None
        self._connection = self._open() if target.exists() else None

    def _open(self) -> sqlite3.Connection:
        return open_to_write(self._target, self._owner.patience)

    @property
    def store(self) -> Store:
        """All that it holds, read when it is first asked for."""
        if self._store is None:
            with self._reading() as shelf:
                self._store = Store() if shelf is None else shelf.store()
        return self._store

    @property
    def shelf(self) -> Shelf | None:
        """What it holds; None where there is nothing yet, or it was settled by another claimtrack."""
        with self._reading() as shelf:
            return shelf if shelf is not None and shelf.is_marked else None

    def mark(self) -> None:
        """Marks everything that is stored, unless it is marked."""
        if self._connection is not None:
            with self._writing(self._connection) as shelf:
                shelf.mark()

    def save(self, store: Store) -> None:
        """Puts ``store`` in the place of what the file holds; makes no file of nothing.

        Raises:
            StoreError: It cannot be written, or its log was cut; the file is as it was.
        """
        self._put(self.store, store)
        self._store = store

    def save_part(self, before: Store, after: Store) -> None:
        """Puts one part in the place of another; what is not in ``before`` must not be in the store.

        Raises:
            StoreError: It cannot be written; the file is as it was.
        """
        self._store = None
        self._put(before, after)

    def replace(self, store: Store) -> None:
        """Puts ``store`` in the place of all, also of the log."""
        if self._connection is None:
            self.save(store)
            return
        with self._writing(self._connection) as shelf:
            shelf.clear()
            shelf.put(difference(Store(), store))
        self._store = store

    def close(self) -> None:
        """Lets go of the file; what was not saved is forgotten."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.close()
            self._connection = None

    def _put(self, before: Store, after: Store) -> None:
        change = difference(before, after)
        if change.is_empty:
            return
        if self._connection is not None:
            with self._writing(self._connection) as shelf:
                shelf.put(change)
            return
        with telling(self._owner.path, writing=True), new_file(self._target) as connection:
            SqliteShelf(connection, self._owner.marking).put(change)
        self._connection = self._open()

    @contextmanager
    def _reading(self) -> Iterator[SqliteShelf | None]:
        with telling(self._owner.path, writing=False), _naming(self._owner.path):
            connection = self._connection
            yield None if connection is None else SqliteShelf(connection, self._owner.marking)

    @contextmanager
    def _writing(self, connection: sqlite3.Connection) -> Iterator[SqliteShelf]:
        """Gives the shelf to write on; what was written is there for good, or not at all."""
        with telling(self._owner.path, writing=True), _naming(self._owner.path):
            try:
                yield SqliteShelf(connection, self._owner.marking)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                connection.execute("BEGIN IMMEDIATE")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Says of which file an error tells that was found in one of its values."""
    try:
        yield
    except StoreError as error:
        if str(path) in error.message or error.hint:
            raise
        hint = "The file was left as it is. Restore the previous one."
        raise StoreError(f"cannot read the store {path}: {error.message}", hint) from error
