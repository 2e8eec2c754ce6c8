"""Which article had a statement's words first, and whether two articles word one passage differently."""

from collections.abc import Mapping

from claimtrack.conflicts.repeats import have_much_in_common, read_wording
from claimtrack.models import Document, Statement

_REWORDED = 0.6
"""Share, 0.0-1.0, of the shorter statement's words that its reworded version keeps."""


def first_article(statement: Statement, documents: Mapping[str, Document]) -> str:
    """Returns the id of the most senior article with the utterance; a copy stands for its origin.

    ``documents`` are by id and hold those of the statement and of its other places.
    """
    places = [(documents[statement.document_id], statement.content)]
    places.extend((documents[place.document_id], place.content) for place in statement.also_in)
    document, content = min(places, key=lambda place: place[0].seniority)
    return document.origin_of(content[0].start, content[-1].end)


def is_reworded(first: Statement, one: Document, second: Statement, other: Document) -> bool:
    """Returns whether a copy, or a passage with an edited sentence, gives its origin's words otherwise.

    Then neither article has the other one's words, and the outlets differ, not the speaker.
    """
    if one.id == other.id or _origin(first, one) != _origin(second, other):
        return False
    if any(span.text in other.text for span in first.content):
        return False
    if any(span.text in one.text for span in second.content):
        return False
    return have_much_in_common(read_wording(first.text), read_wording(second.text), _REWORDED)


def _origin(statement: Statement, document: Document) -> str:
    return document.origin_of(statement.content[0].start, statement.content[-1].end)
