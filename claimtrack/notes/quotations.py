"""Statements as schema.org Quotations, and a named person's confirmation as a ClaimReview."""

from collections.abc import Mapping

from claimtrack.models import Conflict, ConflictKind, Document, ReviewStatus, Statement, digest_id
from claimtrack.notes.nodes import (
    INNER_ANNOTATION_CONTEXT,
    INNER_SCHEMA_ORG_CONTEXT,
    Article,
    Claim,
    ClaimReview,
    Origin,
    Outlet,
    Party,
    PartyType,
    Quotation,
    Rating,
    Reviewer,
)
from claimtrack.notes.phrases import page_number, standing, verbatim
from claimtrack.notes.selectors import targets_of, timestamp, urn, web_address
from claimtrack.text import context_span

Documents = Mapping[str, Document]
PartyTypes = Mapping[str, PartyType]
"""What a speaker is, by his id, where his name tells."""

PUBLICATION_DATE = "publication date"
"""How a basis begins that is no more than the article's own date; that is not passed on as the words'."""


def quotation(
    statement: Statement, document: Document, types: PartyTypes, *, within_annotations: bool = False
) -> Quotation:
    """Returns a statement; beside an annotation of it, its places are left to the annotation's targets."""
    first, last = statement.content[0], statement.content[-1]
    start, end = context_span(document.text, first.start, last.end)
    is_known = not (statement.said_on_basis or PUBLICATION_DATE).startswith(PUBLICATION_DATE)
    state = standing(statement, document)
    return Quotation(
        context=INNER_SCHEMA_ORG_CONTEXT if within_annotations else None,
        id=urn(statement.id),
        text=statement.text,
        spoken_by_character=_speaker(statement, types),
        date_created=statement.said_on if is_known else None,
        is_part_of=article(document),
        is_based_on=tuple(Origin(publisher=Outlet(name=name)) for name in statement.via) or None,
        ct_said_on_basis=statement.said_on_basis,
        ct_kind=statement.kind,
        ct_polarity=statement.polarity,
        ct_modality=statement.modality,
        ct_cue=statement.cue.text if statement.cue else None,
        ct_mention=statement.mention.text if statement.mention else None,
        ct_reported_by=statement.reported_by or None,
        ct_context=document.text[start:end],
        ct_page=page_number(document, first),
        ct_confidence=statement.confidence,
        ct_status=None if state == "current" else state,
        ct_also_in=_also_in(statement),
        ct_place=None
        if within_annotations
        else targets_of(statement, document, context=INNER_ANNOTATION_CONTEXT),
    )


def _speaker(statement: Statement, types: PartyTypes) -> Party | None:
    """Returns who speaks; unnamed sources are told in the article's words and have no name to refer to."""
    if statement.speaker is None:
        return None
    if statement.speaker_id is None:
        return Party(name=statement.speaker)
    known = statement.speaker_id
    return Party(id=urn(known), type=types.get(known), name=statement.speaker)


def _also_in(statement: Statement) -> tuple[str, ...] | None:
    places = dict.fromkeys(web_address(place.url) or urn(place.document_id) for place in statement.also_in)
    return tuple(places) or None


def article(document: Document) -> Article:
    """Returns what is known of an article; its text stays in the store."""
    return Article(
        id=urn(document.id),
        url=web_address(document.url),
        headline=document.title,
        author=Party(name=document.author) if document.author else None,
        publisher=Outlet(name=document.publisher) if document.publisher else None,
        date_published=document.published,
        date_modified=document.modified,
        archived_at=web_address(document.archive_url),
        in_language=document.language,
        ct_path=document.path,
        ct_text_sha256=document.sha256,
        ct_raw_sha256=document.raw_sha256,
        ct_retracted=True if document.retracted else None,
    )


def claim_review(conflict: Conflict, documents: Documents, types: PartyTypes) -> ClaimReview | None:
    """Returns a named person's confirmation of a conflict; None where there is none that stands alone.

    None too where another reviewer decided otherwise, where an article has changed since, and where
    outlets differ on one utterance: that is no claim of the speaker's.
    """
    review = conflict.review
    name = (review.by or "").strip()
    is_rated = review.status is ReviewStatus.CONFIRMED and not review.is_disputed
    if not (name and is_rated) or conflict.kind is ConflictKind.REPORT:
        return None
    articles = [article(documents[side.document_id]) for side in (conflict.a, conflict.b)]
    dates = [documents[side.document_id].published for side in (conflict.a, conflict.b)]
    earlier = dates[0] is not None and dates[1] is not None and dates[0] < dates[1]
    words = f"{verbatim(conflict.a)} / {verbatim(conflict.b)}"
    return ClaimReview(
        context=INNER_SCHEMA_ORG_CONTEXT,
        id=urn(digest_id("cr", conflict.id, name, review.at or "")),
        claim_reviewed=words,
        item_reviewed=Claim(
            text=words,
            author=_speaker(conflict.a, types) or Party(name=conflict.speaker),
            appearance=tuple({each.id: each for each in articles}.values()),
            first_appearance=articles[0] if earlier else None,
        ),
        author=Reviewer(name=name),
        date_created=timestamp(review.at),
        review_rating=Rating(rating_explanation=review.note),
        is_based_on=urn(conflict.id),
    )
