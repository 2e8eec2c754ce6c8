"""Which statements may be compared, and what people decided about a pair of them."""

from collections.abc import Iterator, Mapping

from claimtrack.models import Conflict, Document, Review, ReviewStatus, Statement, Store
from claimtrack.pipeline.elsewhere import PlaceFinder, is_standing, with_other_places
from claimtrack.pipeline.utterances import find_utterances
from claimtrack.settings import Settings

UNREVIEWED = Review()


def comparable_statements(store: Store, settings: Settings) -> tuple[Statement, ...]:
    """Returns the statements of known speakers that stand today, each utterance once, with its places.

    Left out: rejected ones, those of removed and superseded articles, those below
    ``min_confidence``, and of an utterance in several places all but the fullest wording, of equal
    ones the original's; what only a copy has stays.
    """
    documents = {document.id: document for document in store.documents}
    standing = [statement for statement in store.statements if is_standing(statement, documents)]
    usable = [s for s in standing if s.speaker_id is not None and s.confidence >= settings.min_confidence]
    finder = PlaceFinder(standing, documents)
    chosen: dict[str, Statement] = {}
    for utterance in find_utterances(usable, documents):
        chosen[utterance.chosen.id] = with_other_places(utterance.chosen, finder.places(utterance))
    return tuple(chosen[statement.id] for statement in usable if statement.id in chosen)


def review_of(conflict: Conflict, reviews: Mapping[str, Review], documents: Mapping[str, Document]) -> Review:
    """Returns the review of a conflict, or of the first pair folded into it that has one.

    A pair of the same two utterances that was reviewed in other articles counts too; what somebody else
    said of such a pair is among the ``others``. The review is stale where the conflict rests on a retracted
    article, unless the pair was dismissed: nothing rests on it.
    """
    names = (conflict.id, *conflict.also, *ids_elsewhere(conflict)) if reviews else ()
    found = [reviews[name] for name in dict.fromkeys(names) if name in reviews]
    decided = [review for review in found if review.decision]
    review = next(iter((*decided, *found)), UNREVIEWED)
    for other in found:
        review = review.with_others_of(other)
    if review.status is not ReviewStatus.DISMISSED:
        for place in sorted({d.place for d in _articles(conflict, documents) if d.retracted}):
            review = review.as_stale(f"{place} was retracted")
    return review


def _articles(conflict: Conflict, documents: Mapping[str, Document]) -> list[Document]:
    return [documents[side.document_id] for side in (conflict.a, conflict.b)]


def ids_elsewhere(conflict: Conflict) -> Iterator[str]:
    """Yields the ids that the conflict has, or would have, between other places of its utterances."""
    for first in _ids(conflict.a):
        for second in _ids(conflict.b):
            yield Conflict.make_id(first, second)


def _ids(statement: Statement) -> Iterator[str]:
    yield statement.id
    yield from (place.statement_id for place in statement.also_in if place.statement_id)
