"""Which statements may be compared, and what people decided about a pair of them."""

from collections.abc import Mapping

from claimtrack.models import Conflict, Review, Statement, Store
from claimtrack.settings import Settings
from claimtrack.text import fold

UNREVIEWED = Review()


def comparable_statements(store: Store, settings: Settings) -> tuple[Statement, ...]:
    """Returns the statements of known speakers that stand today, each wording of a copied article once.

    Left out: rejected ones, those of removed and superseded articles, those below
    ``min_confidence``, and in a copy those that its origin has too; what only the copy has stays.
    """
    documents = {document.id: document for document in store.documents}
    usable = [
        statement
        for statement in store.statements
        if statement.speaker_id is not None
        and not statement.rejected
        and statement.confidence >= settings.min_confidence
        and not documents[statement.document_id].removed
        and not documents[statement.document_id].superseded_by
    ]
    copied = {origin for document in store.documents if (origin := document.copy_of)}
    in_origin = {
        (statement.document_id, statement.speaker_id, fold(statement.text))
        for statement in usable
        if statement.document_id in copied
    }
    return tuple(
        statement
        for statement in usable
        if (documents[statement.document_id].copy_of, statement.speaker_id, fold(statement.text))
        not in in_origin
    )


def review_of(conflict: Conflict, reviews: Mapping[str, Review]) -> Review:
    """Returns the review of a conflict, or of the first pair folded into it that has one."""
    for name in (conflict.id, *conflict.also):
        if name in reviews:
            return reviews[name]
    return UNREVIEWED
