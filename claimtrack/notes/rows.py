"""The flat rows of ``claimtrack export``: the columns in order, as ``tables`` makes them.

docs/exports.md says what each of them holds.
"""

from typing import Any

from pydantic import Field, create_model

from claimtrack.models import ConflictKind, Kind, Modality, Polarity, ReviewStatus, Value
from claimtrack.notes.shapes import Standing


class StatementRow(Value):
    """One statement in a row: `export statements`."""

    id: str
    speaker: str | None
    mention: str | None
    cue: str | None
    text: str
    kind: Kind
    polarity: Polarity
    modality: Modality
    reported_by: str
    via: str
    said_on: str | None
    said_on_basis: str | None
    title: str | None
    publisher: str | None
    published: str | None
    path: str | None
    url: str | None
    start: int
    end: int
    context: str
    confidence: float = Field(ge=0, le=1)
    status: Standing
    speaker_id: str | None
    document_id: str
    sha256: str
    page: int | None
    modified: str | None
    retrieved_at: str | None
    archive_url: str | None
    raw_sha256: str | None
    retracted: bool
    also_in: str
    places: str


_SHARED = ("speaker", "speaker_id")
"""Columns of a statement that are the same on both sides of a conflict."""


class _Head(Value):
    id: str
    speaker: str
    speaker_id: str | None
    review: ReviewStatus
    score: float = Field(ge=0, le=1)
    kind: ConflictKind
    reason: str


class _Tail(Value):
    also: str
    same_document: bool
    days_apart: int | None
    independent_sources: int
    reviewed_by: str | None
    reviewed_at: str | None
    review_note: str | None
    disputed: bool
    contacted: str | None
    response: str | None
    review_was: ReviewStatus | None
    review_why: str | None
    other_reviews: str


def _columns(row: type[Value], side: str = "") -> dict[str, Any]:
    """Returns a row's columns as a new class takes them, their names behind the side they belong to."""
    left_out = _SHARED if side else ()
    return {
        side + name: (field.annotation, field)
        for name, field in row.model_fields.items()
        if name not in left_out
    }


ConflictRow = create_model(
    "ConflictRow",
    __base__=Value,
    __doc__="One possible conflict in a row: `export conflicts`.",
    **_columns(_Head),
    **_columns(StatementRow, "a_"),
    a_line=(int, ...),
    **_columns(StatementRow, "b_"),
    b_line=(int, ...),
    **_columns(_Tail),
)
