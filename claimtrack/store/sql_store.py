"""A store in SQL, whatever database holds it: read whole or in part, and only what has changed is written.

Readers see the store as it was when they began, whoever writes. One process writes at a time. A change is one
transaction: it is there as a whole and on the disk, or not at all.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from typing import Protocol

from claimtrack.errors import ClaimtrackError, StoreError
from claimtrack.models import Store
from claimtrack.store.interface import Choose, Marking, Shelf
from claimtrack.store.rows import difference
from claimtrack.store.sql_shelf import Connection, SqlShelf


class Writer(Protocol):
    """A database that this process alone may write."""

    def open(self) -> Connection | None:
        """Returns it with a transaction begun; None where there is no store in it yet."""

    def make(self) -> AbstractContextManager[Connection]:
        """Gives a new store's tables to fill; they are there for good when that went well."""

    def begin(self, connection: Connection) -> None:
        """Begins the next transaction."""

    def end(self, connection: Connection) -> None:
        """Closes the connection; what was not saved is forgotten."""


class SqlStore(ABC):
    """A store that may not exist yet; ``marking`` says what its content is found by."""

    marking: Marking

    @property
    @abstractmethod
    def name(self) -> str:
        """The store as people are told of it."""

    @property
    @abstractmethod
    def exists(self) -> bool:
        """Is there a store?"""

    @abstractmethod
    def open_to_read(self) -> Connection:
        """Returns the content as of now; it stays as it is while others write. Raises StoreError."""

    @abstractmethod
    def held(self) -> AbstractContextManager[Writer]:
        """Holds the database alone; raises StoreError where another process held it all the time."""

    @abstractmethod
    def telling(self, *, writing: bool) -> AbstractContextManager[None]:
        """Turns what the database complains of into what, where and how to go on."""

    @abstractmethod
    def shelf(self, connection: Connection) -> SqlShelf:
        """Returns the rows of a connection as values."""

    def read(self) -> Store:
        """Returns all that it holds; an empty store where there is none.

        Raises:
            StoreError: It cannot be read, is damaged, or was written by a newer claimtrack.
        """
        with self._reading() as shelf:
            return Store() if shelf is None else shelf.store()

    def read_part(self, choose: Choose) -> Store:
        """Returns what ``choose`` takes from it; raises as ``read``."""
        with self._reading() as shelf:
            return Store() if shelf is None else choose(shelf)

    @contextmanager
    def change(self) -> "Iterator[SqlChange]":
        """Holds the store alone while its content is read, changed and saved.

        Raises:
            StoreError: As ``read``; or another process held it all the time.
        """
        with self.held() as writer:
            change = SqlChange(self, writer)
            try:
                yield change
            finally:
                change.close()

    @contextmanager
    def complaining(self, *, writing: bool) -> Iterator[None]:
        """Says of every error which store it is about."""
        with self.telling(writing=writing), _naming(self.name):
            yield

    @contextmanager
    def _reading(self) -> Iterator[SqlShelf | None]:
        if not self.exists:
            yield None
            return
        with closing(self.open_to_read()) as connection, self.complaining(writing=False):
            yield self.shelf(connection)


class SqlChange:
    """The store while this process alone may write it."""

    def __init__(self, owner: SqlStore, writer: Writer) -> None:
        self._owner = owner
        self._writer = writer
        self._store: Store | None = None
        self._connection = writer.open()

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
        """Puts ``store`` in the place of what is stored; makes no store of nothing.

        Raises:
            StoreError: It cannot be written, or its log was cut; the store is as it was.
        """
        self._put(self.store, store)
        self._store = store

    def save_part(self, before: Store, after: Store) -> None:
        """Puts one part in the place of another; what is not in ``before`` must not be in the store.

        Raises:
            StoreError: It cannot be written; the store is as it was.
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
        """Lets go of the database; what was not saved is forgotten."""
        if self._connection is not None:
            with suppress(ClaimtrackError), self._owner.telling(writing=True):
                self._writer.end(self._connection)
            self._connection = None

    def _put(self, before: Store, after: Store) -> None:
        change = difference(before, after)
        if change.is_empty:
            return
        if self._connection is not None:
            with self._writing(self._connection) as shelf:
                shelf.put(change)
            return
        with self._owner.telling(writing=True), self._writer.make() as connection:
            self._owner.shelf(connection).put(change)
        self._connection = self._writer.open()

    @contextmanager
    def _reading(self) -> Iterator[SqlShelf | None]:
        with self._owner.complaining(writing=False):
            connection = self._connection
            yield None if connection is None else self._owner.shelf(connection)

    @contextmanager
    def _writing(self, connection: Connection) -> Iterator[SqlShelf]:
        """Gives the shelf to write on; what was written is there for good, or not at all."""
        with self._owner.complaining(writing=True):
            try:
                yield self._owner.shelf(connection)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                self._writer.begin(connection)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Says of which store an error tells that was found in one of its values."""
    try:
        yield
    except StoreError as error:
        if name in error.message or error.hint:
            raise
        hint = "It was left as it is. Restore the previous one."
        raise StoreError(f"cannot read the store {name}: {error.message}", hint) from error
