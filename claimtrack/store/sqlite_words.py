"""The words of statements and articles in SQLite's full-text index FTS5, where the build has it.

Where it has not, or a build without it has written the store since, ``said`` looks through all statements and
``written`` gives all articles: the answers are the same, only later.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from claimtrack.models import Document, Statement
from claimtrack.store.interface import Marking
from claimtrack.store.sql import PUT_NOTE
from claimtrack.text import fold

_TABLES = {
    "said": "CREATE VIRTUAL TABLE said USING fts5 (folded, content='', tokenize='trigram')",
    "written": "CREATE VIRTUAL TABLE written USING fts5 (words, content='', detail=none)",
}
"""``said`` has each run of three characters of a statement, ``written`` the words of an article."""

_SHORTEST = 3
"""Characters from which a text can be sought by its runs of three."""

_NOTE = "words"
"""Name of the note that says by which rule both tables were filled; empty where they are behind."""


def index_words(
    connection: sqlite3.Connection,
    marking: Marking,
    documents: tuple[Mapping[str, Document], Mapping[str, Document]],
    statements: tuple[Mapping[str, Statement], Mapping[str, Statement]],
) -> None:
    """Brings both tables up to date with what is new; each pair is what went and what came.

    Called when the new rows are there, and the old ones of the same ids are replaced or still there.
    """


def has_index(connection: sqlite3.Connection, version: str) -> bool:
    """Can the index be asked, and is it filled by this rule?"""
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE,)).fetchone()
    return row is not None and row[0] == version and can_index(connection)


def can_index(connection: sqlite3.Connection) -> bool:
    """Has this SQLite a full-text index that knows runs of three characters?"""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5 (x, tokenize='trigram')")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError:
        return False
    return True
