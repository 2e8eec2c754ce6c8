"""Where else an utterance stands: in the articles of its other statements, and in copies of these."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.conflicts.repeats import read_wording
from claimtrack.models import Document, Place, Span, Statement, Store
from claimtrack.pipeline.utterances import Utterance, find_utterances
from claimtrack.text import fold

FEWEST_WORDS = 5
"""Words from which those of a copy are surely the same ones; "yes" may stand elsewhere in it."""

Documents = Mapping[str, Document]
_WORD = re.compile(r"\w+")

Region = tuple[str, int, int]
"""Id of a document, and the stretch of it that stands in another document too."""


def with_places(statements: Sequence[Statement], store: Store) -> tuple[Statement, ...]:
    """Returns the statements in the order given, each with the other places of its utterance.

    Statements of unnamed sources stay as they are. Rejected ones, and those of removed and
    superseded articles, have no places and are none.
    """
    documents = {document.id: document for document in store.documents}
    standing = [statement for statement in store.statements if is_standing(statement, documents)]
    finder = PlaceFinder(standing, documents)
    speakers = {statement.speaker_id for statement in statements}
    among = [statement for statement in standing if statement.speaker_id in speakers]
    places = {
        statement.id: found
        for utterance in find_utterances(among, documents)
        if len(found := finder.places(utterance)) > 1
        for statement in utterance.statements
    }
    return tuple(with_other_places(statement, places.get(statement.id, ())) for statement in statements)


def with_other_places(statement: Statement, places: Iterable[Place]) -> Statement:
    """Returns the statement with those of its utterance's places that are not its own."""
    others = tuple(place for place in places if place.statement_id != statement.id)
    return statement.model_copy(update={"also_in": others}) if others else statement


def is_standing(statement: Statement, documents: Documents) -> bool:
    """Returns whether a statement is neither rejected nor of an article out of use."""
    document = documents[statement.document_id]
    return not (statement.rejected or document.removed or document.superseded_by)


class PlaceFinder:
    """Finds the places of utterances; ``statements`` are all that stand today."""

    def __init__(self, statements: Iterable[Statement], documents: Documents) -> None:
        self._documents = documents
        self._statements: dict[str, list[Statement]] = {}
        for statement in statements:
            self._statements.setdefault(statement.document_id, []).append(statement)
        self._related = _related_regions(documents.values())

    def places(self, utterance: Utterance) -> tuple[Place, ...]:
        """Returns all places of an utterance, the most senior article's first."""
        places = [self._place(each.document_id, each.content, each.id) for each in utterance.statements]
        places.extend(self._in_repeated_text(utterance))
        return tuple(sorted(places, key=self._order))

    def _order(self, place: Place) -> tuple[tuple[bool, str, str], int]:
        return self._documents[place.document_id].seniority, place.content[0].start

    def _place(self, document_id: str, content: tuple[Span, ...], statement_id: str | None) -> Place:
        document = self._documents[document_id]
        return Place(
            document_id=document_id,
            statement_id=statement_id,
            path=document.path,
            url=document.url,
            publisher=document.publisher,
            published=document.published,
            content=content,
        )

    def _in_repeated_text(self, utterance: Utterance) -> Iterator[Place]:
        """Yields the places in copies and origins where the words stand, but no statement of this speaker.

        None was found there, or that of a shorter name ("Lomax"), which stands for nobody else there.
        """
        seen = {statement.document_id for statement in utterance.statements}
        if len(read_wording(utterance.chosen.text).words) < FEWEST_WORDS:
            return
        for statement in {self._origin(each): each for each in reversed(utterance.statements)}.values():
            for document_id, start, end in self._counterparts(statement):
                content = _find(statement.content, self._documents[document_id].text, start, end)
                if document_id in seen or not content:
                    continue
                there = list(self._standing_at(document_id, content))
                if all(_may_be_one(statement, other) for other in there):
                    seen.add(document_id)
                    same = next((other for other in there if _has_words(content, other)), None)
                    content, name = (same.content, same.id) if same else (content, None)
                    yield self._place(document_id, content, name)

    def _origin(self, statement: Statement) -> str:
        document = self._documents[statement.document_id]
        return document.origin_of(statement.content[0].start, statement.content[-1].end)

    def _counterparts(self, statement: Statement) -> Iterator[Region]:
        """Yields the stretches of other articles that repeat the one in which a statement stands."""
        start, end = statement.content[0].start, statement.content[-1].end
        document = self._documents[statement.document_id]
        origin = self._origin(statement)
        for region_start, region_end, region in self._related.get(document.id, ()):
            if region_start <= start and end <= region_end:
                yield region
        if origin != document.id:
            for _, _, region in self._related.get(origin, ()):
                yield region

    def _standing_at(self, document_id: str, content: Sequence[Span]) -> Iterator[Statement]:
        """Yields the statements of a document that have words of these spans."""
        for statement in self._statements.get(document_id, ()):
            if any(x.start < y.end and y.start < x.end for x in statement.content for y in content):
                yield statement


def _has_words(content: Sequence[Span], statement: Statement) -> bool:
    """Are these the words of the statement, but for marks around them?"""
    words = _WORD.findall(" ".join(span.text for span in content))
    return words == _WORD.findall(statement.text)


def _may_be_one(first: Statement, second: Statement) -> bool:
    """May two speakers in one passage be the same: is a name unknown, or part of the other?"""
    if first.speaker_id is None or second.speaker_id is None:
        return True
    names = [set(fold(statement.speaker or "").split()) for statement in (first, second)]
    return names[0] <= names[1] or names[1] <= names[0]


def _related_regions(documents: Iterable[Document]) -> dict[str, list[tuple[int, int, Region]]]:
    """Returns by document the stretches that stand in other documents too, and where they do."""
    related: dict[str, list[tuple[int, int, Region]]] = {}
    current = {d.id: d for d in documents if not (d.removed or d.superseded_by)}

    def relate(first: Region, second: Region) -> None:
        related.setdefault(first[0], []).append((first[1], first[2], second))
        related.setdefault(second[0], []).append((second[1], second[2], first))

    for document in current.values():
        if document.copy_of in current:
            origin = current[document.copy_of]
            relate((origin.id, 0, len(origin.text)), (document.id, 0, len(document.text)))
        for passage in document.lifted:
            if passage.origin in current:
                there = passage.origin, passage.origin_start, passage.origin_end
                relate(there, (document.id, passage.start, passage.end))
    return related


def _find(content: Sequence[Span], text: str, start: int, end: int) -> tuple[Span, ...]:
    """Returns the same words between two offsets, piece after piece; nothing where one is missing.

    Marks and white space between the words may differ, as copies have other quotation marks.
    """
    found: list[Span] = []
    for piece in content:
        words = r"\W+".join(_WORD.findall(piece.text))
        match = re.compile(rf"\b{words}\b").search(text, start, end) if words else None
        if match is None:
            return ()
        found.append(Span.cut(text, *match.span()))
        start = match.end()
    return tuple(found)
