"""What a question needs of a store that is too large to be read whole: a smaller store of the same answer."""

from collections.abc import Collection, Mapping

from claimtrack.models import Speaker, Store
from claimtrack.pipeline.names import find_speaker
from claimtrack.pipeline.newer import documents_of, with_newer
from claimtrack.pipeline.queries import StatementQuery, stems
from claimtrack.store.history import Log, standing_entries
from claimtrack.store.interface import Choose, Shelf
from claimtrack.text import fold


def part_of_speaker(typed: str) -> Choose:
    """Returns what takes from a store all that tells of one speaker, by the name as it was typed.

    Raises:
        NotFoundError: When it is called: the speaker is unknown or not the only one of that name.
    """

    def choose(shelf: Shelf) -> Store:
        speakers = shelf.speakers()
        speaker, _ = find_speaker(Store(speakers=speakers), typed)
        return _part(shelf, speakers, {speaker.id}, ())

    return choose


def part_of_statements(query: StatementQuery) -> Choose | None:
    """Returns what takes from a store all that a search for statements needs; None where it needs everything.

    Statements without a date that are left out are counted whatever they are about.
    """
    if query.speaker is not None:
        return part_of_speaker(query.speaker)
    about = query.about if stems(query.about or "") and not (query.since or query.until) else None
    return None if query.search is None and about is None else part_of_search(query.search, about)


def part_of_search(search: str | None, about: str | None) -> Choose:
    """Returns what takes from a store all statements with some words, or on a subject, and who says them."""

    def choose(shelf: Shelf) -> Store:
        found: set[str] = set()
        if search is not None:
            found.update(statement.id for statement in shelf.statements(ids=shelf.said(fold(search))))
        if about is not None and (words := stems(about)):
            there = {s.id for s in shelf.statements(documents=shelf.written(words))}
            found = found & there if search is not None else there
        statements = shelf.statements(ids=found)
        speakers = {s.speaker_id for s in statements if s.speaker_id}
        return _part(shelf, shelf.speakers(), speakers, found)

    return choose


def _part(
    shelf: Shelf, speakers: tuple[Speaker, ...], wanted: Collection[str], statements: Collection[str]
) -> Store:
    """Returns what all statements of some speakers, and some statements, need to be told in full.

    That is their articles, those that repeat them or that they repeat, with all that stands there, and what
    reviews rest on that are of their articles.
    """
    own = {s.document_id for s in shelf.statements(speakers=wanted, ids=statements)}
    log, newer = shelf.log(), shelf.superseded()
    near = shelf.related(own)
    near |= shelf.related(near)
    around = near | _reviewed(log, own | near, newer)
    told = shelf.statements(speakers=wanted, documents=around, ids=statements)
    documents = {statement.document_id for statement in told}
    return Store(
        documents=shelf.documents(documents | around),
        statements=told,
        speakers=speakers,
        log=log,
    )


def _reviewed(log: Log, documents: Collection[str], newer: Mapping[str, str]) -> set[str]:
    """Returns the articles, in all versions since, of the decisions that touch some articles."""
    found: set[str] = set()
    for entry in standing_entries(log):
        there = with_newer(documents_of(entry), newer)
        if not there.isdisjoint(documents):
            found |= there
    return found
