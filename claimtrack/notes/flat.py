"""Statements and conflicts as flat rows, a line at a time: CSV and JSON Lines for spreadsheets and databases.

The rows are those of ``tables``; docs/exports.md says what each column holds.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.models import Conflict, Document, Statement
from claimtrack.notes.rows import ConflictRow, StatementRow
from claimtrack.notes.tables import (
    Record,
    cell,
    conflict_row,
    escape_json,
    statement_record,
    statement_row,
)

STATEMENT_COLUMNS = tuple(StatementRow.model_fields)
CONFLICT_COLUMNS = tuple(ConflictRow.model_fields)
"""The columns in order, for a table that has no rows yet."""

Documents = Mapping[str, Document]


def statement_rows(statements: Iterable[Statement], documents: Documents) -> Iterator[Record]:
    """Yields one row per statement."""
    for statement in statements:
        yield statement_row(statement_record(statement, documents[statement.document_id]))


def conflict_rows(conflicts: Iterable[Conflict], documents: Documents) -> Iterator[Record]:
    """Yields one row per conflict, both sides spelled out."""
    for conflict in conflicts:
        yield conflict_row(conflict, documents)


def csv_lines(rows: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    """Yields a head line and one record per row, as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    yield _take(out)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])
        yield _take(out)


def _take(out: io.StringIO) -> str:
    """Returns what was written so far and empties the stream."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def jsonl_lines(rows: Iterable[Record]) -> Iterator[str]:
    """Yields one JSON object per row, with the words as they are."""
    for row in rows:
        yield escape_json(json.dumps(row, ensure_ascii=False)) + "\n"
