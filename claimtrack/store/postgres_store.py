"""The store as a database of a PostgreSQL server, which the people of a desk share.

One process writes at a time: it holds an advisory lock of the server, which ends with its connection.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from claimtrack.errors import StoreError
from claimtrack.store.access import LOCK_PATIENCE, ServerPlace, held_too_long, unwritable
from claimtrack.store.interface import Marking
from claimtrack.store.postgres_tables import SCHEMA, TABLES_NOTE, PostgresWords, make_tables, renew_tables
from claimtrack.store.sql import SCHEMA_NUMBER
from claimtrack.store.sql_shelf import Connection, Found, SqlShelf
from claimtrack.store.sql_store import SqlStore

if TYPE_CHECKING:
    import psycopg

_LOCK = 0x636C6D73
"""Number of the advisory lock that a writer holds: "clms"."""

_TO_CONNECT = 10
"""Seconds to wait for a server that does not answer."""

_NO_PATIENCE = 2
"""Seconds to wait where a person waits for a key; fewer cannot be asked for."""

_ANOTHER = "Name another store with --store. Nothing was changed."

_DIGEST = """
WITH found (each) AS (
  SELECT 'd' || md5(value) FROM documents UNION ALL SELECT 's' || md5(value) FROM statements
  UNION ALL SELECT 'p' || md5(value) FROM speakers UNION ALL SELECT 'l' || md5(value) FROM log
)
SELECT encode(sha256(coalesce(string_agg(each, ',' ORDER BY each COLLATE "C"), '')::bytea), 'hex') FROM found
"""


class PostgresStore(ServerPlace, SqlStore):
    """A database that may hold no store yet; ``marking`` says what its content is found by."""

    def __init__(self, address: str, marking: Marking, patience: float = LOCK_PATIENCE) -> None:
        super().__init__(address)
        self.marking = marking
        self.patience = patience

    @property
    def exists(self) -> bool:
        """Are there tables of ours? Raises StoreError where the server cannot be asked."""
        with self.telling(writing=False), closing(_connect(self.address)) as connection:
            return _has_tables(connection)

    def digest(self) -> str:
        """Returns a SHA-256 of all values; empty where there is no store."""
        with self.telling(writing=False), closing(_connect(self.address)) as connection:
            return str(connection.execute(_DIGEST).fetchone()[0]) if _has_tables(connection) else ""

    def open_to_read(self) -> Connection:
        """Returns the content as of now; it stays as it is while others write."""
        with self.telling(writing=False):
            connection = _connect(self.address)
            try:
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                self._check_tables(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def held(self) -> "Iterator[_Writer]":
        """Holds the database alone; raises StoreError where another process held it all the time."""
        with self.telling(writing=True):
            connection = _connect(self.address)
        with closing(connection):
            with self.telling(writing=True):
                connection.execute(f"SET lock_timeout = {max(1, round(self.patience * 1000))}")
                connection.execute(f"SELECT pg_advisory_lock({_LOCK})")
                if _has_tables(connection):
                    self._check_tables(connection)
            yield _Writer(connection)

    def telling(self, *, writing: bool) -> AbstractContextManager[None]:
        """Turns what the server complains of into what, where and how to go on."""
        return _telling(self, self.patience, writing=writing)

    def shelf(self, connection: Connection) -> SqlShelf:
        """Returns the rows of a connection as values."""
        return SqlShelf(connection, self.marking, PostgresWords(connection, self.marking), renew_tables)

    def _check_tables(self, connection: Connection) -> None:
        row = connection.execute("SELECT value FROM notes WHERE name = ?", (TABLES_NOTE,)).fetchone()
        made = row[0] if row else "unknown"
        if made != str(SCHEMA_NUMBER):
            raise StoreError(
                f"the store {self.name} was written by a newer claimtrack (tables {made}, known here: "
                f"{SCHEMA_NUMBER})",
                f"Update claimtrack, or name another store with --store. {_ANOTHER}",
            )


class _Writer:
    """The database on the one connection that holds the lock."""

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection

    def open(self) -> Connection | None:
        """Returns it in a transaction; None where there are no tables yet."""
        if not _has_tables(self._connection):
            return None
        self.begin(self._connection)
        return self._connection

    @contextmanager
    def make(self) -> Iterator[Connection]:
        """Gives new tables to fill, all in one transaction."""
        self.begin(self._connection)
        try:
            make_tables(self._connection)
            yield self._connection
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise

    def begin(self, connection: Connection) -> None:
        """Begins the next transaction."""
        connection.execute("BEGIN")

    def end(self, connection: Connection) -> None:
        """Forgets what was not saved; the lock goes when the connection is closed."""
        connection.rollback()


class _Connection:
    """A connection that is spoken to as SQLite's: question marks for values, transactions begun by hand."""

    def __init__(self, raw: "psycopg.Connection") -> None:
        self._raw = raw

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Found:
        """Runs one statement."""
        return self._raw.execute(_spoken(query), _clean(values) or None)

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> None:
        """Runs one statement for each row of values."""
        with self._raw.cursor() as cursor:
            cursor.executemany(_spoken(query), map(_clean, values))

    def commit(self) -> None:
        """Ends the transaction; what was written is there for good."""
        self._raw.commit()

    def rollback(self) -> None:
        """Ends the transaction, if the server can still be reached."""
        with suppress(_driver().Error):
            self._raw.rollback()

    def close(self) -> None:
        """Ends the connection, and with it the lock."""
        self._raw.close()


def plain_values(address: str, table: str) -> Iterator[dict[str, Any]]:
    """Yields the values in a table as they are written, unchecked; raises StoreError."""
    with (
        _telling(ServerPlace(address), _NO_PATIENCE, writing=False),
        closing(_connect(address, _NO_PATIENCE)) as connection,
    ):
        for (raw,) in connection.execute(f"SELECT value FROM {table}"):
            yield json.loads(raw)


@contextmanager
def _telling(place: ServerPlace, patience: float, *, writing: bool) -> Iterator[None]:
    """Turns what the server complains of into what, where and how to go on."""
    driver = _driver()
    try:
        yield
    except driver.errors.LockNotAvailable as error:
        raise held_too_long(place.name, patience) from error
    except driver.Error as error:
        raise _told(place.name, error, writing) from error


def _told(name: str, error: "psycopg.Error", writing: bool) -> StoreError:
    reason = " ".join((error.diag.message_primary or str(error)).split())
    if error.sqlstate is None:
        hint = "Start the server, or correct the address. Passwords may stand in PGPASSWORD or ~/.pgpass."
        return StoreError(f"cannot reach the store {name}: {reason}", hint)
    if writing:
        return unwritable(name, reason)
    return StoreError(f"cannot read the store {name}: {reason}", _ANOTHER)


def _connect(address: str, patience: int = _TO_CONNECT) -> _Connection:
    driver = _driver()
    raw = driver.connect(
        address,
        autocommit=True,
        connect_timeout=patience,
        application_name="claimtrack",
        client_encoding="utf8",
    )
    raw.execute(f"SET search_path = {SCHEMA}")
    return _Connection(raw)


def _has_tables(connection: Connection) -> bool:
    return connection.execute(f"SELECT to_regclass('{SCHEMA}.notes')").fetchone()[0] is not None


def _spoken(query: str) -> bytes:
    return query.replace("?", "%s").encode()


def _clean(values: Sequence[Any]) -> tuple[Any, ...]:
    """Returns the values without the character U+0000, which PostgreSQL takes in no text.

    It can only stand in what is sought and sorted by: in JSON it is written as an escape.
    """
    return tuple(value.replace("\0", " ") if isinstance(value, str) else value for value in values)


def _driver() -> Any:
    """Returns psycopg, loaded when it is first needed; raises StoreError where it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(
            "a store on a PostgreSQL server needs psycopg", "Install it: pip install 'claimtrack[postgres]'"
        ) from error
    return psycopg
