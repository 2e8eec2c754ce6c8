"""The nodes of the JSON-LD export: W3C Web Annotation and schema.org types, and terms of our own.

A field's name in JSON is its name here in camel case; what begins with ``ct_`` is a term of our own,
``ct:…``. Fields that are ``None`` are left out. The same classes give the JSON Schema of the export.
"""

from typing import Any, Literal

from pydantic import AliasGenerator, ConfigDict, Field

from claimtrack.models import ConflictKind, Kind, Modality, Polarity, ReviewStatus, Value

ANNO = "http://www.w3.org/ns/anno.jsonld"
"""The context of the W3C Web Annotation Data Model."""

SCHEMA_ORG = "https://schema.org"

OWN_TERMS: dict[str, Any] = {
    "ct": "urn:claimtrack:terms#",
    "ct:reportedBy": {"@id": "ct:reportedBy", "@container": "@list"},
    "ct:alsoIn": {"@id": "ct:alsoIn", "@type": "@id"},
}
"""What no standard has a word for; docs/exports.md says what each term means."""

PartyType = Literal["Person", "Organization"]

Context = tuple[str | dict[str, Any] | None, ...]

ANNOTATION_CONTEXT: Context = (ANNO, OWN_TERMS)
SCHEMA_ORG_CONTEXT: Context = (SCHEMA_ORG, OWN_TERMS)
INNER_SCHEMA_ORG_CONTEXT: Context = (None, *SCHEMA_ORG_CONTEXT)
INNER_ANNOTATION_CONTEXT: Context = (None, *ANNOTATION_CONTEXT)
"""Inside a node of the other vocabulary: the outer terms are put away first, as both know a ``name``."""


def _term(field: str) -> str:
    """Returns the field's name in JSON: ``ct_same_document`` is ``ct:sameDocument``."""
    if field in ("context", "graph"):
        return f"@{field}"
    prefix, own, rest = field.partition("ct_")
    first, *others = (rest if own and not prefix else field).split("_")
    return ("ct:" if own and not prefix else "") + first + "".join(word.capitalize() for word in others)


class Node(Value):
    """Base of every node."""

    model_config = ConfigDict(alias_generator=AliasGenerator(serialization_alias=_term))

    def record(self) -> dict[str, Any]:
        """Returns the node as JSON has it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


# --- W3C Web Annotation --------------------------------------------------------------------------


class TextQuoteSelector(Node):
    """The words themselves, and those before and after that make the place the only one."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(Node):
    """Where the words stand: code points of the article's stored text, end exclusive."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class TimeState(Node):
    """When the article was as it is quoted, and where a copy of it is kept."""

    type: Literal["TimeState"] = "TimeState"
    source_date: str | None = None
    cached: str | None = None


class Target(Node):
    """One stretch of an article's text; ``scope`` is the statement that it belongs to.

    ``ct_piece`` counts the pieces of a statement that its cue interrupts, from 1.
    """

    context: Context | None = None
    type: Literal["SpecificResource"] = "SpecificResource"
    source: str
    scope: str
    ct_side: Literal["a", "b"] | None = None
    ct_piece: int | None = None
    ct_text_sha256: str
    selector: tuple[TextQuoteSelector, TextPositionSelector]
    state: TimeState | None = None


class TextualBody(Node):
    """Words of an annotation's own."""

    type: Literal["TextualBody"] = "TextualBody"
    purpose: Literal["describing", "assessing", "commenting"]
    format: Literal["text/plain"] = "text/plain"
    language: str | None = None
    value: str


class Software(Node):
    """The program that made an annotation."""

    type: Literal["Software"] = "Software"
    name: str


class Reviewer(Node):
    """The named person who decided."""

    type: Literal["Person"] = "Person"
    name: str


class Lead(Node):
    """A possible conflict: what a machine found, and no more."""

    id: str
    type: Literal["Annotation"] = "Annotation"
    motivation: Literal["questioning"] = "questioning"
    generator: Software
    body: TextualBody
    ct_kind: ConflictKind
    ct_score: float
    ct_reason: str
    ct_human_status: Literal[ReviewStatus.UNREVIEWED] | None = None
    ct_stale: str | None = None
    ct_same_document: bool
    ct_days_apart: int | None = None
    ct_origins: int
    target: tuple[Target, ...] = Field(min_length=2)


class Assessment(Node):
    """What one named person decided or did about a possible conflict; without a decision it is a comment."""

    id: str
    type: Literal["Annotation"] = "Annotation"
    motivation: Literal["assessing", "commenting"]
    creator: Reviewer
    created: str | None = None
    body: tuple[TextualBody, ...] | None = None
    ct_human_status: ReviewStatus | None = None
    ct_contacted: str | None = None
    ct_response: str | None = None
    target: str


# --- schema.org ----------------------------------------------------------------------------------


class Party(Node):
    """A speaker or author; ``type`` is left out where the name does not tell whether it is a person's."""

    id: str | None = None
    type: PartyType | None = None
    name: str


class Outlet(Node):
    """A publisher, known by its name."""

    type: Literal["Organization"] = "Organization"
    name: str


class Article(Node):
    """One article without its text."""

    id: str
    type: Literal["NewsArticle"] = "NewsArticle"
    url: str | None = None
    headline: str | None = None
    author: Party | None = None
    publisher: Outlet | None = None
    date_published: str | None = None
    date_modified: str | None = None
    archived_at: str | None = None
    in_language: str | None = None
    ct_path: str | None = None
    ct_text_sha256: str | None = None
    ct_raw_sha256: str | None = None
    ct_retracted: Literal[True] | None = None


class Origin(Node):
    """What an outlet has the words from."""

    type: Literal["CreativeWork"] = "CreativeWork"
    publisher: Outlet


class Quotation(Node):
    """One statement, word for word; ``ct_place`` says where it stands."""

    context: Context | None = None
    id: str
    type: Literal["Quotation"] = "Quotation"
    text: str
    spoken_by_character: Party | None = None
    date_created: str | None = None
    is_part_of: Article
    is_based_on: tuple[Origin, ...] | None = None
    ct_said_on_basis: str | None = None
    ct_kind: Kind
    ct_polarity: Polarity
    ct_modality: Modality
    ct_cue: str | None = None
    ct_mention: str | None = None
    ct_reported_by: tuple[str, ...] | None = None
    ct_context: str
    ct_page: int | None = None
    ct_confidence: float
    ct_status: str | None = None
    ct_also_in: tuple[str, ...] | None = None
    ct_place: tuple[Target, ...] | None = None


class Rating(Node):
    """What the person decided, in the one word that was entered; there is no number."""

    type: Literal["Rating"] = "Rating"
    alternate_name: Literal["confirmed"] = "confirmed"
    rating_explanation: str | None = None


class Claim(Node):
    """Both statements of a confirmed conflict, and the articles they stand in."""

    type: Literal["Claim"] = "Claim"
    text: str
    author: Party
    appearance: tuple[Article, ...]
    first_appearance: Article | None = None


class ClaimReview(Node):
    """A named person's confirmation; there is none without such a person."""

    context: Context
    id: str
    type: Literal["ClaimReview"] = "ClaimReview"
    claim_reviewed: str
    item_reviewed: Claim
    author: Reviewer
    date_created: str | None = None
    review_rating: Rating
    is_based_on: str


# --- the files -----------------------------------------------------------------------------------


class ConflictGraph(Node):
    """``export conflicts --format jsonld``."""

    context: Context
    graph: tuple[Lead | Assessment | Quotation | ClaimReview, ...]


class StatementGraph(Node):
    """``export statements --format jsonld``."""

    context: Context
    graph: tuple[Quotation, ...]
