"""What is uncertain about a possible conflict, told so that a second person knows where to look."""

from collections.abc import Mapping

from claimtrack.models import Conflict, ConflictKind, Document, Kind, Modality, Statement
from claimtrack.notes.phrases import RETRACTED, one_line, standing

LOW_CONFIDENCE = 0.6
"""0.0-1.0; below it lies one statement in eight of news text, those with a speaker far away or unnamed."""

_MANNERS = {
    Modality.POSSIBLE: "said as a possibility",
    Modality.CONDITIONAL: "said under a condition",
    Modality.INTENDED: "said of what is to come",
    Modality.REPORTED: "passed on from somebody else",
    Modality.QUESTION: "asked, not said",
}


def doubts(conflict: Conflict, documents: Mapping[str, Document]) -> list[str]:
    """Returns what a second person should doubt, a fact each; empty where nothing is known to be."""
    sides: dict[str, list[str]] = {}
    for name, statement in (("A", conflict.a), ("B", conflict.b)):
        for doubt in statement_doubts(statement, documents[statement.document_id]):
            sides.setdefault(doubt, []).append(name)
    found = [f"{' and '.join(names)}: {doubt}" for doubt, names in sides.items()]
    if conflict.same_document:
        found.append("both stand in one article: one account of the words, not two")
    elif conflict.independent_sources == 1:
        found.append("both go back to one article: copies are no second source")
    if conflict.kind is ConflictKind.REPORT:
        found.append("the outlets differ about one utterance; the speaker may have said only one of the two")
    if conflict.review.why:
        found.append(f"the ground has changed: {one_line(conflict.review.why)}")
    return found


def statement_doubts(statement: Statement, document: Document) -> list[str]:
    """Returns what is uncertain about who said it, how, when, and about its article."""
    return [*_about_speaker(statement), *_about_words(statement), *_about_article(statement, document)]


def _about_speaker(statement: Statement) -> list[str]:
    found = []
    mention = one_line(statement.mention.text) if statement.mention else ""
    if statement.speaker and not mention:
        found.append("no name stands beside the words; who speaks follows from the text before")
    elif statement.speaker and not _shares_word(mention, one_line(statement.speaker)):
        found.append(f"the speaker is written “{mention}” there")
    if statement.confidence < LOW_CONFIDENCE:
        found.append(f"the attribution is not sure (confidence {statement.confidence:.2f})")
    if statement.reported_by:
        found.append(f"hearsay: as reported by {', then by '.join(map(one_line, statement.reported_by))}")
    if statement.via:
        found.append(f"second hand: by way of {', '.join(map(one_line, statement.via))}")
    return found


def _shares_word(mention: str, name: str) -> bool:
    return bool(set(mention.casefold().split()) & set(name.casefold().split()))


def _about_words(statement: Statement) -> list[str]:
    found = []
    if statement.kind is not Kind.DIRECT:
        share = "partly " if statement.kind is Kind.MIXED else ""
        found.append(f"{share}the article's words, not the speaker's own")
    if statement.modality in _MANNERS:
        found.append(_MANNERS[statement.modality])
    basis = one_line(statement.said_on_basis or "")
    if statement.said_on is None:
        found.append("the day of the words is not known")
    elif basis.startswith("publication date"):
        found.append("no day is given for the words; that of publication stands in")
    elif not basis.startswith("explicit date") or "year from" in basis:
        found.append(f"the day of the words is worked out ({basis or 'basis unknown'})")
    return found


def _about_article(statement: Statement, document: Document) -> list[str]:
    found = []
    if document.retracted:
        found.append(f"the article is {RETRACTED}")
    if standing(statement, document) == "gone":
        found.append("the article has a newer version without these words, or was removed")
    if standing(statement, document) == "rejected":
        found.append("a person rejected the statement as wrongly read")
    if document.modified and document.published and document.modified[:10] > document.published[:10]:
        found.append(f"the article was modified on {one_line(document.modified)[:10]}, after publication")
    origin = document.origin_of(statement.content[0].start, statement.content[-1].end)
    if origin != document.id:
        found.append(f"copied: the words stand in the article {origin} too")
    if not document.publisher:
        found.append("the outlet is not known")
    if not document.published:
        found.append("the day of publication is not known")
    return found
