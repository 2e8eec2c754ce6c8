"""A store in SQL that is open, read in part or whole, and what is put into it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol, TypeVar

from claimtrack.models import Document, LogEntry, Speaker, Statement, Store
from claimtrack.store import rows, sql
from claimtrack.store.access import collector_paused
from claimtrack.store.interface import Marking

T = TypeVar("T", bound=str)

_NOTE = "marks"
"""Name of the note that says by which rule the marks were made."""


class Found(Protocol):
    """The rows that a query found."""

    def __iter__(self) -> Iterator[Any]:
        """Yields them."""

    def fetchone(self) -> Any:
        """Returns the next one; None where there is none."""


class Connection(Protocol):
    """An open database as ``sqlite3`` has it, with question marks for values."""

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Found:
        """Runs one statement."""

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """Runs one statement for each row of values."""

    def commit(self) -> None:
        """Ends the transaction; what was written is there for good."""

    def rollback(self) -> None:
        """Ends the transaction; nothing was written."""

    def close(self) -> None:
        """Ends the connection."""


class Words(Protocol):
    """The words of statements and articles as one database seeks them."""

    def said(self, words: str) -> Iterable[str]:
        """Returns the ids of the statements that have these folded words in them."""

    def written(self, words: Iterable[str]) -> Iterable[str]:
        """Returns the ids of documents among which are all with these words."""

    def forget(self, change: rows.Difference) -> None:
        """Takes out what goes; to be called while its rows are there."""

    def learn(self, change: rows.Difference) -> None:
        """Puts in what has come; to be called when its rows are there."""


class SqlShelf:
    """The rows of one connection as values; see ``interface.Shelf``."""

    def __init__(
        self,
        connection: Connection,
        marking: Marking,
        words: Words,
        renew_tables: Callable[[Connection], None],
    ) -> None:
        self._connection = connection
        self._marking = marking
        self._words = words
        self._renew_tables = renew_tables

    def store(self) -> Store:
        """Returns everything."""
        with collector_paused():
            return Store(
                documents=self._documents(),
                statements=self._statements(),
                speakers=self.speakers(),
                log=self.log(),
            )

    def speakers(self, ids: Collection[str] | None = None) -> tuple[Speaker, ...]:
        """Returns the speakers of these ids, or all."""
        parts = _parts(ids) if ids is not None else [([], "")]
        found = chain.from_iterable(
            self._rows(sql.SPEAKERS.format(where=f"WHERE id IN ({marks})" if part else ""), part)
            for part, marks in parts
        )
        return tuple(rows.from_json(Speaker, row[-1], "speakers") for row in sorted(found))

    def log(self) -> tuple[LogEntry, ...]:
        """Returns the whole log."""
        return tuple(rows.from_json(LogEntry, raw, "log") for (raw,) in self._rows(sql.LOG))

    def documents(self, ids: Collection[str]) -> tuple[Document, ...]:
        """Returns the documents of these ids."""
        found = chain.from_iterable(
            self._documents(f"WHERE id IN ({marks})", part) for part, marks in _parts(ids)
        )
        return tuple(sorted(found, key=lambda document: (document.place, document.id)))

    def statements(
        self, speakers: Collection[str] = (), documents: Collection[str] = (), ids: Collection[str] = ()
    ) -> tuple[Statement, ...]:
        """Returns the statements of these speakers, in these documents and of these ids."""
        found: dict[tuple[Any, ...], str] = {}
        for column, wanted in (("speaker_id", speakers), ("document_id", documents), ("statements.id", ids)):
            for part, marks in _parts(wanted):
                query = sql.STATEMENTS.format(where=f"WHERE {column} IN ({marks})")
                found.update((row[:-1], row[-1]) for row in self._rows(query, part))
        with collector_paused():
            return tuple(rows.from_json(Statement, raw, "statements") for _, raw in sorted(found.items()))

    def superseded(self) -> dict[str, str]:
        """Returns the next version of every document that has one."""
        return dict(self._rows(sql.SUPERSEDED))

    def related(self, ids: Collection[str]) -> frozenset[str]:
        """Returns the ids of the documents that have text from these, or that these have text from."""
        origins = self._column("SELECT origin_id FROM origins WHERE {}", "document_id", ids)
        return frozenset(
            (*origins, *self._column("SELECT document_id FROM origins WHERE {}", "origin_id", ids))
        )

    def marked(self, marks: Collection[str]) -> frozenset[str]:
        """Returns the ids of the documents and statements that have one of these marks."""
        return frozenset(self._column("SELECT owner FROM marks WHERE {}", "mark", marks))

    def said(self, words: str) -> frozenset[str]:
        """Returns the ids of the statements that have these folded words in them."""
        return frozenset(self._words.said(words))

    def written(self, words: Iterable[str]) -> frozenset[str]:
        """Returns the ids of documents among which are all with these words."""
        return frozenset(self._words.written(words))

    def put(self, change: rows.Difference) -> None:
        """Makes one store of another in the transaction that is open."""
        self._words.forget(change)
        self._take_out(change)
        self._put_in(change)
        if self.is_marked:
            self._add_marks((*change.new_documents.values(), *change.new_statements.values()))
        self._words.learn(change)

    def mark(self) -> None:
        """Marks everything anew where another rule has marked it, or none."""
        if self.is_marked:
            return
        self._connection.execute("DELETE FROM marks")
        for (raw,) in self._rows("SELECT value FROM documents"):
            self._add_marks((rows.from_json(Document, raw, "documents"),))
        for (raw,) in self._rows("SELECT value FROM statements"):
            self._add_marks((rows.from_json(Statement, raw, "statements"),))
        self._connection.execute(sql.PUT_NOTE, (_NOTE, self._marking.version))

    @property
    def is_marked(self) -> bool:
        """Is everything marked by the rule of today?"""
        row = self._connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE,)).fetchone()
        return row is not None and row[0] == self._marking.version

    def clear(self) -> None:
        """Makes it empty, its log too."""
        self._renew_tables(self._connection)

    def _take_out(self, change: rows.Difference) -> None:
        replaced = (*change.old_statements, *change.old_documents)
        self._many("DELETE FROM marks WHERE owner = ?", zip(replaced))
        self._many("DELETE FROM origins WHERE document_id = ?", zip(change.old_documents))
        for table, old, new in (
            ("statements", change.old_statements, change.new_statements),
            ("documents", change.old_documents, change.new_documents),
            ("speakers", change.old_speakers, change.new_speakers),
        ):
            self._many(f"DELETE FROM {table} WHERE id = ?", zip(name for name in old if name not in new))

    def _put_in(self, change: rows.Difference) -> None:
        documents, statements = change.new_documents.values(), change.new_statements.values()
        self._many(sql.PUT_DOCUMENT, map(rows.document_row, documents))
        self._many(sql.ADD_ORIGIN, chain.from_iterable(map(rows.origin_rows, documents)))
        self._many(sql.PUT_STATEMENT, map(rows.statement_row, statements))
        self._many(sql.PUT_SPEAKER, map(rows.speaker_row, change.new_speakers.values()))
        self._many(sql.ADD_ENTRY, map(rows.entry_row, change.entries))

    def _add_marks(self, values: Iterable[Document | Statement]) -> None:
        for value in values:
            if isinstance(value, Document):
                marks = set(self._marking.of_document(value))
            else:
                marks = set(self._marking.of_statement(value))
            self._many(sql.ADD_MARK, ((mark, value.id) for mark in marks))

    def _documents(self, where: str = "", values: Sequence[str] = ()) -> tuple[Document, ...]:
        found = self._rows(sql.DOCUMENTS.format(where=where), values)
        return tuple(rows.from_json(Document, raw, "documents") for (raw,) in found)

    def _statements(self) -> tuple[Statement, ...]:
        found = self._rows(sql.STATEMENTS.format(where=""))
        return tuple(rows.from_json(Statement, row[-1], "statements") for row in found)

    def _column(self, query: str, column: str, values: Collection[Any]) -> Iterator[Any]:
        """Yields the first column of the rows in which another one has one of many values."""
        for part, marks in _parts(values):
            yield from (row[0] for row in self._rows(query.format(f"{column} IN ({marks})"), part))

    def _rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(query, values))

    def _many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        try:
            self._connection.executemany(statement, values)
        except UnicodeEncodeError as error:
            raise rows.no_text() from error


def _parts(values: Collection[T]) -> Iterator[tuple[list[T], str]]:
    """Yields the values in parts that one query takes, each with its question marks."""
    ordered = sorted(values)
    for start in range(0, len(ordered), sql.AT_ONCE):
        part = ordered[start : start + sql.AT_ONCE]
        yield part, ", ".join("?" * len(part))
