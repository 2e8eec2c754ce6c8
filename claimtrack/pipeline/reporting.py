"""Store and filters -> what the report shows: conflicts, their speakers, a bounded choice of the rest."""

from collections.abc import Sequence

from claimtrack.conflicts.memory import Memory
from claimtrack.models import Conflict, Document, Speaker, Statement, Store
from claimtrack.notes.offices import offices_seen
from claimtrack.notes.page.content import Content, Holdings, Person
from claimtrack.pipeline.comparable import comparable_statements
from claimtrack.pipeline.names import find_speaker
from claimtrack.pipeline.queries import ConflictQuery, StatementQuery, find_conflicts, find_statements
from claimtrack.pipeline.subjects import find_subjects
from claimtrack.settings import Settings
from claimtrack.text import fold

MOST_SPEAKERS = 40
"""Speakers in a store up to which all of them are shown; in a larger one those with a conflict."""


def report_content(
    store: Store, query: ConflictQuery, settings: Settings, digest: str, memory: Memory | None = None
) -> Content:
    """Returns all that the page shows; ``digest`` is that of the store's file.

    Of a speaker without a conflict, statements are shown where he is asked for by name or where the
    store has few speakers.

    Raises:
        NotFoundError: The speaker is unknown or not the only one of that name.
    """
    report = find_conflicts(store, query, settings, memory)
    speakers = {speaker.id: speaker for speaker in store.speakers}
    by_speaker: dict[str, list[Conflict]] = {}
    for conflict in report.conflicts:
        key = conflict.a.speaker_id or ""
        by_speaker.setdefault(key, []).append(conflict)
        speakers.setdefault(key, Speaker(id=key, name=conflict.speaker))
    if query.speaker is not None:
        wanted = {find_speaker(store, query.speaker)[0].id}
    else:
        wanted = set(speakers) if len(speakers) <= MOST_SPEAKERS else set(by_speaker)
    documents = {document.id: document for document in store.documents}
    said = _said(store, wanted, query, settings)
    people = [
        _person(speakers[key], said.get(key, []), by_speaker.get(key, []), documents)
        for key in sorted(wanted, key=lambda key: (fold(speakers[key].name), key))
        if said.get(key) or key in by_speaker
    ]
    shown = {s.document_id for p in people for subject in p.subjects for s in subject.statements}
    return Content(
        holdings=_holdings(store, digest),
        people=tuple(people),
        documents={key: document for key, document in documents.items() if key in shown},
        unshown_count=len(speakers) - len(people),
        filters=_filters(query, settings),
        notes=report.notes,
    )


def _said(
    store: Store, speakers: set[str], query: ConflictQuery, settings: Settings
) -> dict[str, list[Statement]]:
    """Returns by speaker each utterance once, of the time and subject asked for."""
    theirs = store.model_copy(
        update={"statements": tuple(s for s in store.statements if s.speaker_id in speakers)}
    )
    distinct = store.model_copy(update={"statements": comparable_statements(theirs, settings)})
    asked = StatementQuery(about=query.about, since=query.since, until=query.until)
    said: dict[str, list[Statement]] = {}
    for statement in find_statements(distinct, asked)[0]:
        said.setdefault(statement.speaker_id or "", []).append(statement)
    return said


def _person(
    speaker: Speaker,
    statements: Sequence[Statement],
    conflicts: Sequence[Conflict],
    documents: dict[str, Document],
) -> Person:
    sides = [side for conflict in conflicts for side in (conflict.a, conflict.b)]
    known = {statement.id: statement for statement in (*statements, *sides)}
    return Person(
        speaker=speaker,
        statement_count=len(known),
        article_count=len({statement.document_id for statement in known.values()}),
        offices=offices_seen(known.values(), documents),
        subjects=find_subjects(speaker.name, statements, conflicts, documents),
    )


def _holdings(store: Store, digest: str) -> Holdings:
    documents = {d.id: d for d in store.documents if not (d.removed or d.superseded_by)}
    standing = [s for s in store.statements if s.document_id in documents and not s.rejected]
    return Holdings(
        digest=digest,
        article_count=len(documents),
        statement_count=len(standing),
        speaker_count=len({s.speaker_id for s in standing if s.speaker_id}),
        newest_article=max((d.published for d in documents.values() if d.published), default=None),
        newest_decision=max((entry.at for entry in store.log), default=None),
    )


def _filters(query: ConflictQuery, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Returns the options that were given, as they are typed."""
    given = {
        name: value
        for name, value in query.model_dump(exclude_none=True).items()
        if value != ConflictQuery.model_fields[name].default
    }
    given["min_score"] = query.min_score
    return tuple(
        (f"--{name.replace('_', '-')}", "" if value is True else str(value)) for name, value in given.items()
    )
