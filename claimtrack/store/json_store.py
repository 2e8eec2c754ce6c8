"""The store as one JSON file: read whole, written whole, swapped in at once.

Reading takes no lock: the file is only ever replaced, so a reader sees the old or the new one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_core import PydanticSerializationError

from claimtrack.errors import StoreError
from claimtrack.models import Document, LogEntry, Speaker, Statement, Store, Value
from claimtrack.store.access import (
    LOCK_PATIENCE,
    FilePlace,
    check_is_file,
    collector_paused,
    held_alone,
    put_in_place,
    unwritable,
)
from claimtrack.store.damage import describe_damage
from claimtrack.store.interface import Choose

SCHEMA: Literal["claimtrack/1"] = "claimtrack/1"


class _StoreFile(Value):
    """The file as written: the store under its schema. Fields at their default are left out."""

    schema_: Literal["claimtrack/1"] = Field(alias="schema")
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    log: tuple[LogEntry, ...] = ()


class JsonStore(FilePlace):
    """A store file that may not exist yet."""

    def __init__(self, path: Path, patience: float = LOCK_PATIENCE) -> None:
        super().__init__(path)
        self.patience = patience

    def read(self) -> Store:
        """Returns what the file holds; an empty store where there is none.

        Raises:
            StoreError: It cannot be read, is damaged, or was written by a newer claimtrack.
        """
        raw = self._read_bytes()
        return Store() if raw is None else parse_store(raw, self.path)

    def read_part(self, choose: Choose) -> Store:
        """Returns all that the file holds: it is only read whole."""
        return self.read()

    @contextmanager
    def change(self) -> "Iterator[JsonChange]":
        """Holds the store alone while its content is read, changed and saved.

        Raises:
            StoreError: As ``read``; or another process held the lock all the time.
        """
        with held_alone(self.path, self.patience) as target:
            yield JsonChange(self, target, self.read())

    def _read_bytes(self) -> bytes | None:
        another = "Name another one with --store."
        try:
            check_is_file(self.path, another)
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"cannot read the store {self.path}: {error.strerror}", another) from error

    def _replace(self, target: Path, raw: bytes) -> None:
        """Writes beside the target, flushes to disk, then swaps; the old file stays until then."""
        temporary = target.with_name(f".{target.name}.new")
        try:
            temporary.unlink(missing_ok=True)
            with temporary.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(temporary, target)
        except OSError as error:
            raise unwritable(self.path, error.strerror or str(error)) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class JsonChange:
    """The store while this process alone may write it."""

    def __init__(self, owner: JsonStore, target: Path, store: Store) -> None:
        self.store = store
        self._owner = owner
        self._target = target

    @property
    def shelf(self) -> None:
        """Nothing: the file is only read whole."""

    def save_part(self, before: Store, after: Store) -> None:
        """Cannot be asked for, as there is no shelf."""
        raise NotImplementedError

    def mark(self) -> None:
        """Does nothing: marks are for what is read in part."""

    def replace(self, store: Store) -> None:
        """Puts ``store`` in place of the file, also another log."""
        self.save(store)

    def save(self, store: Store) -> None:
        """Puts ``store`` in place of the file; leaves a file of the same content alone, and none empty.

        Raises:
            StoreError: It cannot be written; the old file is as it was.
        """
        raw = format_store(store)
        before = self._owner._read_bytes()
        if raw != before and not (before is None and store == Store()):
            self._owner._replace(self._target, raw)
        self.store = store


def format_store(store: Store) -> bytes:
    """Returns the store file's bytes: the same for the same store.

    Raises:
        StoreError: A text in it is no Unicode, as a terminal may pass on broken bytes.
    """
    file = _StoreFile(
        schema=SCHEMA,
        documents=store.documents,
        statements=store.statements,
        speakers=store.speakers,
        log=store.log,
    )
    try:
        text = file.model_dump_json(indent=2, by_alias=True, exclude_defaults=True)
    except PydanticSerializationError as error:
        raise StoreError(
            "cannot write the store: a name or note in it holds bytes that are no text",
            "Type it again in the terminal's own encoding. Nothing was changed.",
        ) from error
    return (text + "\n").encode("utf-8")


def parse_store(raw: bytes, path: Path) -> Store:
    """Returns the store in a file's bytes; raises StoreError with what is wrong, where, and a way on."""
    try:
        with collector_paused():
            file = _StoreFile.model_validate_json(raw)
    except ValidationError as error:
        raise describe_damage(path, raw, error, SCHEMA) from error
    store = Store(documents=file.documents, statements=file.statements, speakers=file.speakers, log=file.log)
    _check_references(store, path)
    return store


def _check_references(store: Store, path: Path) -> None:
    known = {document.id for document in store.documents}
    for statement in store.statements:
        if statement.document_id not in known:
            raise StoreError(
                f"cannot use the store {path}: the statement {statement.id} stands in the document "
                f"{statement.document_id}, which is not there",
                "Restore the previous file; it was left as it is.",
            )
