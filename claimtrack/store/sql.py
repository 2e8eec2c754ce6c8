"""The tables of a store in SQL, and the statements on them, in words that SQLite and PostgreSQL share.

Every value stands whole, as JSON, in the column ``value``; the other columns are what it is sought and sorted
by. What only one of them knows is in ``sqlite_file`` and ``sqlite_words``, ``postgres_store`` and
``postgres_tables``.
"""

SCHEMA_NUMBER = 1
"""Of the tables below; it stands in the database. What a value may hold is the schema ``claimtrack/1``."""

TABLES = (
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE documents (number {number} PRIMARY KEY, id {text} NOT NULL UNIQUE, place {text} NOT NULL,"
    " superseded_by TEXT, value TEXT NOT NULL)",
    "CREATE INDEX documents_in_order ON documents (place, id)",
    "CREATE INDEX documents_superseded ON documents (superseded_by) WHERE superseded_by IS NOT NULL",
    "CREATE TABLE statements (number {number} PRIMARY KEY, id {text} NOT NULL UNIQUE,"
    " document_id {text} NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED, speaker_id TEXT,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, folded TEXT NOT NULL, value TEXT NOT NULL)",
    "CREATE INDEX statements_in_order ON statements (document_id, first, last, id)",
    "CREATE INDEX statements_of_speaker ON statements (speaker_id)",
    "CREATE TABLE speakers (id {text} PRIMARY KEY, folded {text} NOT NULL, value TEXT NOT NULL)",
    "CREATE TABLE log (number INTEGER PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE origins (document_id {text} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " origin_id TEXT NOT NULL, PRIMARY KEY (document_id, origin_id))",
    "CREATE INDEX origins_of ON origins (origin_id)",
    "CREATE TABLE marks (mark TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (mark, owner))",
    "CREATE INDEX marks_of ON marks (owner)",
)
"""``notes`` says by which rules ``marks`` and words were made; ``origins`` is ``copy_of`` and ``lifted``.

``{number}`` is a whole number that the database counts up itself, ``{text}`` one sorted by code points.
"""

NAMES = ("notes", "marks", "origins", "log", "speakers", "statements", "documents")
"""All tables, those that refer to others first."""

LOG_GROWS = "the log only grows"
"""What the database says to whoever would change or cut the log."""

PUT_DOCUMENT = (
    "INSERT INTO documents (id, place, superseded_by, value) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
    " SET place = excluded.place, superseded_by = excluded.superseded_by, value = excluded.value"
)
PUT_STATEMENT = (
    "INSERT INTO statements (id, document_id, speaker_id, first, last, folded, value)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document_id = excluded.document_id,"
    " speaker_id = excluded.speaker_id, first = excluded.first, last = excluded.last,"
    " folded = excluded.folded, value = excluded.value"
)
PUT_SPEAKER = (
    "INSERT INTO speakers (id, folded, value) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET folded = excluded.folded, value = excluded.value"
)
PUT_NOTE = (
    "INSERT INTO notes (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
ADD_ENTRY = "INSERT INTO log (number, value) VALUES (?, ?)"
ADD_ORIGIN = "INSERT INTO origins (document_id, origin_id) VALUES (?, ?)"
ADD_MARK = "INSERT INTO marks (mark, owner) VALUES (?, ?)"

DOCUMENTS = "SELECT value FROM documents {where} ORDER BY place, id"
STATEMENTS = (
    "SELECT place, documents.id, first, last, statements.id, statements.value"
    " FROM documents JOIN statements ON statements.document_id = documents.id {where}"
    " ORDER BY place, documents.id, first, last, statements.id"
)
SPEAKERS = "SELECT folded, id, value FROM speakers {where} ORDER BY folded, id"
LOG = "SELECT value FROM log ORDER BY number"
SUPERSEDED = "SELECT id, superseded_by FROM documents WHERE superseded_by IS NOT NULL"

AT_ONCE = 500
"""Values in one ``IN (…)``; databases allow some tens of thousands of parameters, old ones 999."""
