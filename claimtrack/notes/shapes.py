"""What the records of ``tables`` look like: the keys and their types, as ``claimtrack schema`` tells them.

A record is never made of these; tests hold every command's output against them. Keys without a default
are always there.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from claimtrack.models import (
    ConflictKind,
    Judgement,
    Kind,
    Modality,
    Polarity,
    Review,
    ReviewStatus,
    Signal,
    Span,
    Speaker,
    Store,
    Value,
)
from claimtrack.notes.offices import OfficeSeen

Standing = Literal["current", "gone", "rejected"]


class SourceRecord(Value):
    """One article without its text, as every statement has it."""

    id: str
    path: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    sha256: str
    modified: str | None
    retrieved_at: str | None
    archive_url: str | None
    raw_sha256: str | None
    retracted: bool


class PlaceRecord(Value):
    """Where else an utterance stands."""

    id: str | None
    document: str
    path: str | None
    url: str | None
    publisher: str | None
    published: str | None
    start: int
    end: int
    content: tuple[Span, ...]


class StatementRecord(Value):
    """One statement: `statements`, `extract`."""

    id: str
    speaker: str | None
    speaker_id: str | None
    mention: Span | None
    cue: Span | None
    content: tuple[Span, ...] = Field(min_length=1)
    text: str
    kind: Kind
    polarity: Polarity
    modality: Modality
    reported_by: tuple[str, ...]
    via: tuple[str, ...]
    said_on: str | None
    said_on_basis: str | None
    document: SourceRecord
    context: Span
    confidence: float = Field(ge=0, le=1)
    status: Standing
    page: int | None
    also_in: tuple[PlaceRecord, ...]


class ReviewRecord(Review):
    """What people have decided about a conflict; what is not known is left out."""

    status: ReviewStatus
    others: "tuple[ReviewRecord, ...]" = ()
    disputed: Literal[True] = True


class ConflictRecord(Value):
    """One possible conflict: `contradictions`."""

    id: str
    speaker: str
    score: float = Field(ge=0, le=1)
    kind: ConflictKind
    signals: tuple[Signal, ...]
    a: StatementRecord
    b: StatementRecord
    also: tuple[str, ...]
    same_document: bool
    days_apart: int | None
    independent_sources: int = Field(ge=1)
    review: ReviewRecord


class PairRecord(Judgement):
    """One judged pair: `compare`."""

    id: str | int | None
    score: float = Field(ge=0, le=1)
    signals: tuple[Signal, ...]


class SpeakerRecord(Speaker):
    """One speaker: `speakers`."""

    aliases: tuple[str, ...]
    offices: tuple[str, ...]
    statement_count: int = Field(ge=0)
    document_count: int = Field(ge=0)
    offices_seen: tuple[OfficeSeen, ...]
    first_published: str | None = None
    last_published: str | None = None


class PartyRecord(Value):
    """One of two speakers that may be one."""

    id: str
    name: str
    offices: tuple[str, ...]
    statement_count: int = Field(ge=0)


class SuggestionRecord(Value):
    """Two speakers that may be one: `speakers suggest`."""

    speakers: tuple[PartyRecord, PartyRecord]
    points: float
    supports: tuple[str, ...]
    against: tuple[str, ...]


class LiftedRecord(Value):
    """A passage that an older article has too."""

    start: int
    end: int
    origin: str
    origin_start: int
    origin_end: int


class ArticleRecord(SourceRecord):
    """One article: `sources`."""

    author: str | None
    published_basis: str | None
    language: str
    analysed: bool
    copy_of: str | None
    lifted: tuple[LiftedRecord, ...]
    superseded_by: str | None
    removed: bool
    as_read: dict[str, str | None]
    statement_count: int = Field(ge=0)


class DifferenceRecord(Value):
    """Words that stayed, went or came."""

    edit: Literal["same", "gone", "new"]
    text: str


class WordingRecord(Value):
    """A quotation that is not as it was."""

    id: str
    speaker: str | None
    text: str
    content: tuple[Span, ...]
    status: Literal["unchanged", "moved", "changed", "gone"] | None
    faults: tuple[str, ...]
    now: tuple[Span, ...]
    differences: tuple[DifferenceRecord, ...]


class VerifiedRecord(Value):
    """One article and what has become of it: `verify`."""

    document: SourceRecord
    status: Literal["unchanged", "changed", "missing", "unreadable", "other reading", "not compared"]
    detail: str | None
    faults: tuple[str, ...]
    statement_count: int = Field(ge=0)
    counts: dict[Literal["unchanged", "moved", "changed", "gone"], int]
    statements: tuple[WordingRecord, ...]


class OpposedRecord(Value):
    """A conflict as one of its statements has it: `side` is this one, `other` the opposed one."""

    id: str
    score: float = Field(ge=0, le=1)
    kind: ConflictKind
    signals: tuple[Signal, ...]
    also: tuple[str, ...]
    same_document: bool
    days_apart: int | None
    independent_sources: int = Field(ge=1)
    review: ReviewRecord
    side: Literal["a", "b"]
    with_: int = Field(alias="with", ge=1)
    other: StatementRecord


class TimelineRecord(Value):
    """One row of a timeline: `timeline`."""

    number: int = Field(ge=1)
    speaker: str
    said_on: str | None
    said_on_basis: str | None
    said_in: str | None
    other_side: bool
    statement: StatementRecord
    article_count: int = Field(ge=1)
    conflicts: tuple[OpposedRecord, ...]


class ReviewLine(Value):
    """One review as it is passed on: `review --export`, `review --import`."""

    id: str
    status: Literal["confirmed", "dismissed", "unsure", "unreviewed"] | None = None
    by: str | None = None
    at: str | None = None
    note: str | None = None
    contacted: str | None = None
    response: str | None = None
    a: str | None = None
    a_document: str | None = None
    a_place: str | None = None
    a_newest_document: str | None = None
    b: str | None = None
    b_document: str | None = None
    b_place: str | None = None
    b_newest_document: str | None = None


class AlikeRecord(Value):
    """Two names that may be one person's."""

    names: tuple[str, str]
    evidence: str


class StatusRecord(Value):
    """What a store holds: `status`. The other keys are counts."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int] = Field(init=False)

    store: str
    may_be_one: tuple[AlikeRecord, ...]


class StoreFile(Store):
    """The store: `data/claims.json`. Keys that hold their default are left out."""

    schema_: Literal["claimtrack/1"] = Field(alias="schema")
