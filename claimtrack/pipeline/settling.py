"""Documents, statements and the log of decisions -> store: everything that follows from them."""

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.documents.copies import mark_copies
from claimtrack.documents.reading import BY_HAND
from claimtrack.models import Corrections, Document, Speaker, Statement, Store
from claimtrack.pipeline.inheritance import follow
from claimtrack.statements.dates import date_said
from claimtrack.statements.identity import identify
from claimtrack.store.history import NOT_RETRACTED, RETRACTED, Log, fold_log


def settle(documents: Iterable[Document], statements: Iterable[Statement], log: Log) -> Store:
    """Returns the store that documents, their statements and all decisions give, sorted.

    Corrections are applied to what was read, copies are marked, statements dated again where the
    article's date was set, and speakers identified across articles. The order of the arguments
    changes nothing.
    """
    known = tuple(documents)
    said = tuple(statements)
    return settle_among((), known, said, follow(fold_log(log), log, known, said), log)


def settle_among(
    settled_before: Iterable[Document],
    documents: Iterable[Document],
    said: Iterable[Statement],
    corrections: Corrections,
    log: Log,
) -> Store:
    """Returns the store of documents and statements, some of them in ``settled_before``, which stay.

    All are there that have a sentence in common with the documents, and all that is said under a surname
    that stands in the statements.
    """
    known = tuple(documents)
    settled = mark_copies(
        sorted((_corrected(document, corrections) for document in known), key=_document_order)
    )
    by_id = {document.id: document for document in (*settled_before, *settled)}
    before = {document.id: document.published for document in (*by_id.values(), *known)}
    ordered = sorted(
        (_redated(statement, by_id, before) for statement in said),
        key=lambda statement: _statement_order(statement, by_id),
    )
    identified, speakers = _identified(ordered, by_id, corrections)
    return Store(documents=settled, statements=identified, speakers=speakers, log=log)


def _document_order(document: Document) -> tuple[str, str]:
    return document.place, document.id


def _statement_order(
    statement: Statement, documents: Mapping[str, Document]
) -> tuple[str, str, int, int, str]:
    spans = statement.content
    place = documents[statement.document_id].place
    return place, statement.document_id, spans[0].start, spans[-1].end, statement.id


def _corrected(document: Document, corrections: Corrections) -> Document:
    """Returns the document as it was read, with what was given and set by hand.

    It is marked if it was removed or retracted; what was withdrawn is retracted unless a person says no.
    """
    fields = dict(corrections.sources.get(document.id, {}))
    marks = {
        "removed": document.id in corrections.removed,
        "retracted": fields.pop("retracted", RETRACTED if document.withdrawn else NOT_RETRACTED) == RETRACTED,
    }
    values = {**document.given, **fields}
    if "published" in fields:
        values["published_basis"] = BY_HAND
    corrected = document.as_first_read()
    if values:
        corrected = corrected.with_values(values)
    return corrected.model_copy(update=marks)


def _redated(
    statement: Statement, documents: Mapping[str, Document], before: Mapping[str, str | None]
) -> Statement:
    """Returns the statement dated anew where its article's date is not the one it was dated by.

    What is only reported inside another statement has no date of its own.
    """
    document = documents[statement.document_id]
    if document.published == before[document.id] or statement.reported_by:
        return statement
    place = (statement.content[0].start, statement.content[-1].end)
    said_on, basis = date_said(document.text, place, document.published, statement.cue)
    return statement.model_copy(update={"said_on": said_on, "said_on_basis": basis})


def _identified(
    statements: Sequence[Statement], documents: Mapping[str, Document], corrections: Corrections
) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
    """Returns the statements in the same order with their speakers, and the speakers.

    Rejected statements and those of removed articles keep the name that their article gives and
    stand for nobody: a misread name must not become an alias.
    """
    read = [_as_first_read(statement) for statement in statements]
    set_aside = {
        statement.id: statement.model_copy(
            update={
                "speaker": statement.named or statement.speaker,
                "speaker_id": None,
                "rejected": statement.id in corrections.rejected,
            }
        )
        for statement in read
        if statement.id in corrections.rejected or documents[statement.document_id].removed
    }
    usable = [_assigned(statement, corrections) for statement in read if statement.id not in set_aside]
    published = {document.id: document.published for document in documents.values()}
    identified, speakers = identify(usable, corrections, published)
    found = {statement.id: statement for statement in identified} | set_aside
    return tuple(_with_own_name(found[statement.id], statement.named) for statement in read), speakers


def _as_first_read(statement: Statement) -> Statement:
    """Returns the statement as its article alone gives it, but for the speaker of a named one."""
    if statement.described is None:
        return statement.model_copy(update={"rejected": False}) if statement.rejected else statement
    return statement.model_copy(
        update={"speaker": statement.described or None, "described": None, "rejected": False}
    )


def _assigned(statement: Statement, corrections: Corrections) -> Statement:
    """Returns the statement under the name that a person assigned it to."""
    name = corrections.assigned.get(statement.id)
    if name is None:
        return statement
    described = None if statement.named else statement.speaker or ""
    return statement.model_copy(update={"named": name, "described": described})


def _with_own_name(statement: Statement, named: str | None) -> Statement:
    """Returns the statement with the name that its article gives, whomever it was assigned to."""
    return statement if statement.named == named else statement.model_copy(update={"named": named})
