"""The words of statements and articles in SQLite's full-text index FTS5, where the build has it.

Where it has not, or a build without it has written the store since, ``said`` looks through all statements and
``written`` gives all articles: what is sought is found all the same, only later.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.models import Document, Statement
from claimtrack.store.interface import Marking
from claimtrack.store.rows import Difference, from_json
from claimtrack.store.sql import PUT_NOTE
from claimtrack.store.sql_shelf import Connection
from claimtrack.text import fold

_TABLES = {
    "said": "CREATE VIRTUAL TABLE said USING fts5 (words, content='', tokenize='trigram')",
    "written": "CREATE VIRTUAL TABLE written USING fts5 (words, content='', detail=none)",
}
"""``said`` has each run of three characters of a statement, ``written`` the words of an article."""

_SHORTEST = 3
"""Characters from which a text can be sought by its runs of three."""

_NOTE = "words"
"""Name of the note that says by which rule both tables were filled; empty where they are behind."""

_PLAIN = re.compile(r"[a-z0-9]+")
"""Words that the index surely does not cut up; others are looked for in what the rest of them finds."""

Numbered = tuple[int, str]
"""Number of a row and its words."""


class SqliteWords:
    """The full-text index of an open store."""

    def __init__(self, connection: Connection, marking: Marking) -> None:
        self._connection = connection
        self._marking = marking

    @property
    def _is_ready(self) -> bool:
        row = self._connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE,)).fetchone()
        return row is not None and row[0] == self._marking.version and _can_ask(self._connection)

    def said(self, words: str) -> Iterator[str]:
        """Yields the ids of the statements that have these folded words in them."""
        if self._is_ready and len(words) >= _SHORTEST:
            sought, found = _quoted(words), "number IN (SELECT rowid FROM said WHERE said MATCH ?)"
        else:
            sought, found = words, "instr(folded, ?) > 0"
        yield from (
            row[0] for row in self._connection.execute(f"SELECT id FROM statements WHERE {found}", (sought,))
        )

    def written(self, words: Iterable[str]) -> Iterator[str]:
        """Yields the ids of documents among which are all with these words, as ``Marking`` cuts them."""
        plain = [_quoted(word) for word in words if _PLAIN.fullmatch(word)]
        if self._is_ready and plain:
            found, sought = (
                " WHERE number IN (SELECT rowid FROM written WHERE written MATCH ?)",
                [" ".join(plain)],
            )
        else:
            found, sought = "", []
        yield from (row[0] for row in self._connection.execute(f"SELECT id FROM documents{found}", sought))

    def forget(self, change: Difference) -> None:
        """Takes out what goes; to be called while its rows are there."""
        if self._is_ready:
            gone = [s for s in change.old_statements.values() if not _same_words(s, change.new_statements)]
            self._delete("said", self._numbered("statements", {s.id: fold(s.text) for s in gone}))
            documents = change.old_documents.values()
            self._delete("written", self._numbered("documents", {d.id: self._words(d) for d in documents}))

    def learn(self, change: Difference) -> None:
        """Puts in what has come; to be called when its rows are there. A stale index is made anew."""
        if self._is_ready:
            come = [s for s in change.new_statements.values() if not _same_words(s, change.old_statements)]
            self._insert("said", self._numbered("statements", {s.id: fold(s.text) for s in come}))
            documents = change.new_documents.values()
            self._insert("written", self._numbered("documents", {d.id: self._words(d) for d in documents}))
        elif _can_index(self._connection):
            self._fill()
        else:
            self._connection.execute(PUT_NOTE, (_NOTE, ""))

    def _fill(self) -> None:
        for name, statement in _TABLES.items():
            self._connection.execute(f"DROP TABLE IF EXISTS {name}")
            self._connection.execute(statement)
        self._insert("said", self._connection.execute("SELECT number, folded FROM statements"))
        documents = self._connection.execute("SELECT number, value FROM documents")
        self._insert(
            "written", ((n, self._words(from_json(Document, raw, "documents"))) for n, raw in documents)
        )
        self._connection.execute(PUT_NOTE, (_NOTE, self._marking.version))

    def _words(self, document: Document) -> str:
        return " ".join(self._marking.words_of(document))

    def _numbered(self, table: str, words: Mapping[str, str]) -> Iterator[Numbered]:
        for name, text in words.items():
            row = self._connection.execute(f"SELECT number FROM {table} WHERE id = ?", (name,)).fetchone()
            yield row[0], text

    def _insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", rows)

    def _delete(self, table: str, rows: Iterable[Numbered]) -> None:
        """Takes rows out of a table that keeps no texts, which is told what stood there."""
        self._connection.executemany(
            f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", rows
        )


def _same_words(statement: Statement, others: Mapping[str, Statement]) -> bool:
    other = others.get(statement.id)
    return other is not None and other.text == statement.text


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _can_ask(connection: Connection) -> bool:
    """Can this SQLite read the index that is there? A file may come from a machine with another one."""
    try:
        connection.execute("SELECT 1 FROM said, written LIMIT 0")
    except sqlite3.OperationalError:
        return False
    return True


def _can_index(connection: Connection) -> bool:
    """Has this SQLite a full-text index that knows runs of three characters?"""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5 (x, tokenize='trigram')")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError:
        return False
    return True
