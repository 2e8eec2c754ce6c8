"""Frozen values that flow through the rooms; ``CONTRACT`` names are the field names.

All offsets are Unicode code points into ``Document.text``, end exclusive. Probabilities and scores
are 0.0-1.0, dates ISO 8601 (``YYYY-MM-DD``, or ``YYYY-MM`` and ``YYYY`` where no more is known).
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class Value(BaseModel):
    """Base of every value: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def digest_id(prefix: str, *parts: str) -> str:
    """Returns ``prefix-`` and 12 hexadecimal digits that depend on the parts alone."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:12]}"


class Kind(StrEnum):
    """How much of a statement's content stands in quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """Whether the speaker affirms or denies the content."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How the speaker holds the content."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    INTENDED = "intended"
    REPORTED = "reported"
    QUESTION = "question"


class SignalType(StrEnum):
    """Kinds of opposition between two claims."""

    NEGATION = "negation"
    ANTONYM = "antonym"
    NUMBER = "number"
    VALUE = "value"
    DATE = "date"
    DENIAL = "denial"
    STANCE = "stance"
    INFERENCE = "inference"


class ConflictKind(StrEnum):
    """What a conflict is: both cannot hold, the position moved, or outlets differ on one utterance."""

    CONTRADICTION = "contradiction"
    CHANGE = "change"
    REPORT = "report"


class Label(StrEnum):
    """The three-way judgement of a pair, as in natural language inference."""

    CONTRADICTION = "contradiction"
    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"


class ReviewStatus(StrEnum):
    """What a named person decided about a conflict; stale is what has lost its ground since."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNSURE = "unsure"
    STALE = "stale"


class Action(StrEnum):
    """What a person did to the store; every one can be undone."""

    ALIAS = "alias"
    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    ASSIGN = "assign"
    SET = "set"
    REMOVE = "remove"
    REVIEW = "review"
    UNDO = "undo"


class Span(Value):
    """A half-open stretch of a document's text and exactly that text."""

    start: int
    end: int
    text: str

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} does not fit its text {self.text[:40]!r}")
        return self

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Self:
        """Returns the span ``text[start:end]``."""
        return cls(start=start, end=end, text=text[start:end])


class Junk(Value):
    """A stretch of a document that is not the article (comment form, spam, caption credit ...)."""

    start: int
    end: int
    reason: str


class Passage(Value):
    """A stretch of a document that an older one has too; the last two offsets count in ``origin``.

    ``origin`` is the id of an article that is no copy itself.
    """

    start: int
    end: int
    origin: str
    origin_start: int
    origin_end: int


class Document(Value):
    """One article as it was read: frozen evidence.

    ``sha256`` is of the text encoded as UTF-8, ``raw_sha256`` of the bytes that it was read from.
    ``pages`` are the offsets at which printed pages begin. ``junk`` is in text order and does not
    overlap. ``analysed`` is false where the article is not in English. ``retracted`` says that the
    outlet withdrew it, ``withdrawn`` that the file it was read from says so. ``fields`` are the names that
    a person gave to the fields of JSON records (``--map``). ``superseded_by`` names the newer version of the
    same place, ``copy_of`` the document whose text this one repeats; ``lifted`` are passages from others, in
    text order. ``given`` are the values that a person gave when it was read, ``as_read`` keeps what was read
    where a person replaced it, both by field name.
    """

    id: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: str | None = None
    modified: str | None = None
    archive_url: str | None = None
    retrieved_at: str | None = None
    language: str = "en"
    analysed: bool = True
    sha256: str
    raw_sha256: str | None = None
    text: str
    pages: tuple[int, ...] = ()
    junk: tuple[Junk, ...] = ()
    extractor: str = ""
    copy_of: str | None = None
    lifted: tuple[Passage, ...] = ()
    superseded_by: str | None = None
    removed: bool = False
    retracted: bool = False
    withdrawn: bool = False
    fields: dict[str, str] = {}
    given: dict[str, str | None] = {}
    as_read: dict[str, str | None] = {}

    @property
    def place(self) -> str:
        """Returns the URL or else the path: where a person finds the article."""
        return self.url or self.path or "-"

    @property
    def seniority(self) -> tuple[bool, str, str]:
        """Returns what sorts an origin before its copies: the earliest published, else the first by id."""
        return self.published is None, self.published or "", self.id

    def origin_of(self, start: int, end: int) -> str:
        """Returns the id of the article that had ``text[start:end]`` first, as far as known."""
        for passage in self.lifted:
            if passage.start <= start and end <= passage.end:
                return passage.origin
        return self.copy_of or self.id

    def with_values(self, values: Mapping[str, str | None]) -> Self:
        """Returns the document with fields set by a person; what was read stays in ``as_read``."""
        read = {field: getattr(self, field) for field in values}
        return self.model_copy(update={**values, "as_read": {**read, **self.as_read}})

    def as_first_read(self) -> Self:
        """Returns the document as it was read, without what a person set since."""
        return self.model_copy(update={**self.as_read, "as_read": {}})

    @staticmethod
    def make_id(sha256: str, place: str) -> str:
        """Returns the id that the text's digest and the place it was read from give."""
        return digest_id("doc", sha256, place)


class Place(Value):
    """Where else an utterance stands, word for word as ``content`` has it there.

    ``statement_id`` is that of the attribution there, ``None`` where the words stand without one. The
    other fields are those of the document.
    """

    document_id: str
    statement_id: str | None = None
    path: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    content: tuple[Span, ...]


class Statement(Value):
    """One attribution: who said what, word for word, and where.

    ``named`` is the name the article itself resolves to; ``speaker`` the name of the person it
    stands for across all articles, or an unnamed source's own words, which ``described`` keeps where a
    person has assigned the statement to somebody (empty where the article had none). ``speaker_id``
    is null for unnamed sources ("officials"), which are never compared with each other. ``content``
    is in text order. ``also_in`` are the other places of the same utterance, the earliest published
    first; they are found anew when they are asked for, and not stored.
    """

    id: str
    document_id: str
    speaker: str | None = None
    speaker_id: str | None = None
    named: str | None = None
    described: str | None = None
    office: str | None = None
    mention: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    kind: Kind
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    reported_by: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    said_on: str | None = None
    said_on_basis: str | None = None
    confidence: float
    rejected: bool = False
    also_in: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """Returns the content pieces joined with `` … ``."""
        return JOINER.join(span.text for span in self.content)

    @staticmethod
    def make_id(document_id: str, content: tuple[Span, ...]) -> str:
        """Returns the id that the document and the content's places give."""
        return digest_id("st", document_id, *(f"{s.start}-{s.end}" for s in content))


JOINER = " … "
"""Stands between the pieces of a content that its cue interrupts."""


class Speaker(Value):
    """One person or institution across all articles; ``aliases`` sorted, without ``name``."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


class Signal(Value):
    """One reason why two claims may conflict, with the words on both sides."""

    type: SignalType
    detail: str
    a: Span
    b: Span


class Judgement(Value):
    """What the comparer says of one pair; offsets of ``signals`` count in each side's text."""

    label: Label
    kind: ConflictKind | None
    score: float
    signals: tuple[Signal, ...] = ()


class Review(Value):
    """What people have decided about a conflict: the latest decision, and in ``others`` everybody else's.

    ``note`` is the reviewer's own. Where an article has changed since or was retracted, ``status`` is
    stale, ``was`` the decision (None without one) and ``why`` says what happened. ``contacted`` is the day
    on which the speaker was asked, ``response`` what came back, whoever of the reviewers asked. ``others``
    holds the latest decision or note of every other reviewer, the newest first.
    """

    status: ReviewStatus = ReviewStatus.UNREVIEWED
    by: str | None = None
    at: str | None = None
    note: str | None = None
    was: ReviewStatus | None = None
    why: str | None = None
    contacted: str | None = None
    response: str | None = None
    others: "tuple[Review, ...]" = ()

    @property
    def decision(self) -> ReviewStatus | None:
        """Returns what the reviewer decided, also where it is stale now; None without a decision."""
        if self.status is ReviewStatus.STALE:
            return self.was
        return None if self.status is ReviewStatus.UNREVIEWED else self.status

    @property
    def is_disputed(self) -> bool:
        """Does somebody else's decision, unless it is stale, differ from the latest one?"""
        standing = {other.decision for other in self.others if other.status is not ReviewStatus.STALE}
        return self.decision is not None and not standing <= {self.decision, None}

    def of(self, person: str) -> "Review | None":
        """Returns what one person decided or noted; None where he or she is silent."""
        wanted = person_key(person)
        return next((r for r in (self, *self.others) if r.at and person_key(r.by) == wanted), None)

    def with_others_of(self, review: "Review") -> Self:
        """Returns the review with what people say in another one who are silent in this."""
        more = [r for r in (review, *review.others) if r.at and self.of(r.by or "") is None]
        bare = [r.model_copy(update={"others": (), "contacted": None, "response": None}) for r in more]
        others = sorted((*self.others, *bare), key=lambda other: other.at or "", reverse=True)
        update = {
            "others": tuple(others),
            "contacted": self.contacted or review.contacted,
            "response": self.response or review.response,
        }
        return self.model_copy(update=update)

    def as_stale(self, why: str) -> Self:
        """Returns the review of a conflict that has lost its ground; the decision is kept."""
        reasons = f"{self.why}; {why}" if self.why else why
        return self.model_copy(update={"status": ReviewStatus.STALE, "was": self.decision, "why": reasons})


def person_key(name: str | None) -> str:
    """Returns what is the same for one reviewer however the name is typed, letter case and spaces aside."""
    return " ".join((name or "").casefold().split())


class Conflict(Value):
    """Two statements of one speaker that may not both hold; offsets count in each document."""

    id: str
    speaker: str
    score: float
    kind: ConflictKind
    signals: tuple[Signal, ...]
    a: Statement
    b: Statement
    also: tuple[str, ...] = ()
    same_document: bool
    days_apart: int | None
    independent_sources: int
    review: Review = Review()

    @staticmethod
    def make_id(first: str, second: str) -> str:
        """Returns the id of a pair of statement ids, whichever comes first."""
        return digest_id("cf", *sorted((first, second)))


class LogEntry(Value):
    """One human decision. ``subject`` is what it is about, ``value`` what was said of it."""

    number: int
    at: str
    by: str | None = None
    action: Action
    subject: str
    value: dict[str, str | None] = {}


class Bearer(Value):
    """Whom a name means: all who are so called, or with ``documents`` (ids) who is in these articles."""

    name: str
    documents: tuple[str, ...] = ()


class Identification(Value):
    """What a person decided of two speakers of whom one shares his name with others: are they ``one``?"""

    first: Bearer
    second: Bearer
    one: bool


class Corrections(Value):
    """What all decisions in a log, undone ones left out, amount to.

    ``joined`` and ``separated`` are pairs of names, ``identified`` what was decided of namesakes, in the
    log's order; ``sources`` maps a document's id to the fields set by hand, ``assigned`` a statement's id
    to a speaker's name, ``reviews`` a conflict's id to its review.
    """

    joined: tuple[tuple[str, str], ...] = ()
    separated: tuple[tuple[str, str], ...] = ()
    identified: tuple[Identification, ...] = ()
    rejected: frozenset[str] = frozenset()
    assigned: dict[str, str] = {}
    sources: dict[str, dict[str, str | None]] = {}
    removed: frozenset[str] = frozenset()
    reviews: dict[str, Review] = {}


class ClaimText(Value):
    """One side of a pair to compare: a text and what is known of where it comes from."""

    text: str
    cue: str | None = None
    date: str | None = None
    publisher: str | None = None
    context: str | None = None


class PairCounts(Value):
    """What the comparer looked at: pairs of one speaker, candidates among them, judged, shown, dropped."""

    possible: int = 0
    candidates: int = 0
    judged: int = 0
    flagged: int = 0
    dropped: int = 0


class Store(Value):
    """Everything a store holds, sorted: documents by place and id, statements by document and place."""

    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    log: tuple[LogEntry, ...] = ()
