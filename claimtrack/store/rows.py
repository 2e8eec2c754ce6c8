"""Values <-> rows of the tables, and what of one store another has, lacks or has otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from claimtrack.errors import StoreError
from claimtrack.models import Document, LogEntry, Speaker, Statement, Store, Value
from claimtrack.text import fold

T = TypeVar("T", Document, Statement, Speaker)
V = TypeVar("V", bound=Value)

Row = tuple[Any, ...]


class Difference(NamedTuple):
    """What makes one store of another: old values that go or are replaced, new ones that come, by id."""

    old_documents: Mapping[str, Document]
    new_documents: Mapping[str, Document]
    old_statements: Mapping[str, Statement]
    new_statements: Mapping[str, Statement]
    old_speakers: Mapping[str, Speaker]
    new_speakers: Mapping[str, Speaker]
    entries: tuple[LogEntry, ...]

    @property
    def is_empty(self) -> bool:
        """Are both stores the same?"""
        return not any(self)


def difference(before: Store, after: Store) -> Difference:
    """Returns what makes ``after`` of ``before``.

    Raises:
        StoreError: The log was cut or changed: it only grows. Or two values have one id.
    """
    if after.log[: len(before.log)] != before.log:
        raise StoreError("the log of a store only grows, and an entry is missing or was changed", _UNCHANGED)
    return Difference(
        *_changed(before.documents, after.documents),
        *_changed(before.statements, after.statements),
        *_changed(before.speakers, after.speakers),
        after.log[len(before.log) :],
    )


_UNCHANGED = "Nothing was changed."


def _changed(before: Iterable[T], after: Iterable[T]) -> tuple[dict[str, T], dict[str, T]]:
    old, new = _by_id(before), _by_id(after)
    same = {name for name, value in new.items() if name in old and (old[name] is value or old[name] == value)}
    return (
        {name: value for name, value in old.items() if name not in same},
        {name: value for name, value in new.items() if name not in same},
    )


def _by_id(values: Iterable[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for value in values:
        if value.id in found:
            raise StoreError(f"cannot write the store: it has {value.id} twice", _UNCHANGED)
        found[value.id] = value
    return found


def document_row(document: Document) -> Row:
    """Returns the columns of ``PUT_DOCUMENT``."""
    return document.id, document.place, document.superseded_by, to_json(document)


def origin_rows(document: Document) -> set[Row]:
    """Returns which documents one has text from."""
    origins = {passage.origin for passage in document.lifted} | ({document.copy_of} - {None})
    return {(document.id, origin) for origin in origins}


def statement_row(statement: Statement) -> Row:
    """Returns the columns of ``PUT_STATEMENT``."""
    first, last = statement.content[0].start, statement.content[-1].end
    name, document, speaker = statement.id, statement.document_id, statement.speaker_id
    return name, document, speaker, first, last, fold(statement.text), to_json(statement)


def speaker_row(speaker: Speaker) -> Row:
    """Returns the columns of ``PUT_SPEAKER``."""
    return speaker.id, fold(speaker.name), to_json(speaker)


def entry_row(entry: LogEntry) -> Row:
    """Returns the columns of ``ADD_ENTRY``."""
    return entry.number, to_json(entry)


def to_json(value: Value) -> str:
    """Returns a value as it also stands in the JSON store.

    Raises:
        StoreError: A text in it is no Unicode, as a terminal may pass on broken bytes.
    """
    try:
        return value.model_dump_json(exclude_defaults=True)
    except PydanticSerializationError as error:
        raise no_text() from error


def no_text() -> StoreError:
    """Returns the error to raise for a text that is no Unicode."""
    return StoreError(
        "cannot write the store: a name or note in it holds bytes that are no text",
        "Type it again in the terminal's own encoding. Nothing was changed.",
    )


def from_json(kind: type[V], raw: str | bytes, table: str) -> V:
    """Returns the value of a row; raises StoreError with what is wrong in it."""
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise StoreError(
            f"a value in the table {table} does not fit: {f'{place}: ' if place else ''}{first['msg']}: "
            f"{raw[:60]!r}",
        ) from error
