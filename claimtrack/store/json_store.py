"""The store as one JSON file: read whole, written whole, swapped in at once.

Reading takes no lock: the file is only ever replaced, so a reader sees the old or the new one. A
writer holds an operating system's lock on ``<store>.lock``, which ends with its process.
"""

import gc
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_core import PydanticSerializationError

from claimtrack.errors import StoreError
from claimtrack.models import Document, LogEntry, Speaker, Statement, Store, Value
from claimtrack.store.damage import describe_damage

SCHEMA: Literal["claimtrack/1"] = "claimtrack/1"

LOCK_PATIENCE = 300.0
"""Seconds to wait for another claimtrack that writes: longer than a large folder takes to read in."""

_SWAP_PATIENCE = 2.0
"""Seconds to retry the swap: on Windows it is refused while another process has the file open."""


class _StoreFile(Value):
    """The file as written: the store under its schema. Fields at their default are left out."""

    schema_: Literal["claimtrack/1"] = Field(alias="schema")
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    log: tuple[LogEntry, ...] = ()


class JsonStore:
    """A store file that may not exist yet."""

    def __init__(self, path: Path, patience: float = LOCK_PATIENCE) -> None:
        self.path = path
        self.patience = patience

    @property
    def exists(self) -> bool:
        """Is there anything at the store's path?"""
        return self.path.exists()

    def read(self) -> Store:
        """Returns what the file holds; an empty store where there is none.

        Raises:
            StoreError: It cannot be read, is damaged, or was written by a newer claimtrack.
        """
        raw = self._read_bytes()
        return Store() if raw is None else parse_store(raw, self.path)

    @contextmanager
    def change(self) -> "Iterator[Change]":
        """Holds the store alone while its content is read, changed and saved.

        Raises:
            StoreError: As ``read``; or another process held the lock all the time.
        """
        target = Path(os.path.realpath(self.path))
        if target.exists() and not target.is_file():
            what = "a folder" if target.is_dir() else "no ordinary file"
            raise StoreError(f"the store {self.path} is {what}", "Name a file, such as data/claims.json.")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        with self._locked(target):
            yield Change(self, target, self.read())

    @contextmanager
    def _locked(self, target: Path) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(f"{target}.lock", timeout=self.patience, is_singleton=False)
        try:
            with open(lock.lock_file, "ab"):  # where it cannot be made, filelock would wait for it
                pass
            lock.acquire()
        except Timeout as error:
            raise StoreError(
                f"another claimtrack has been writing {self.path} for {self.patience:.0f} seconds",
                "Wait until it is done, or end it, and try again.",
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def _read_bytes(self) -> bytes | None:
        another = "Name another one with --store."
        try:
            if self.path.exists() and not self.path.is_file():
                what = "a folder" if self.path.is_dir() else "no ordinary file"
                raise StoreError(f"the store {self.path} is {what}", another)
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"cannot read the store {self.path}: {error.strerror}", another) from error

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot write the store {self.path}: {error.strerror or error}",
            "Nothing in it was changed. Free space or permit writing there, or name another with --store.",
        )

    def _replace(self, target: Path, raw: bytes) -> None:
        """Writes beside the target, flushes to disk, then swaps; the old file stays until then."""
        temporary = target.with_name(f".{target.name}.new")
        try:
            temporary.unlink(missing_ok=True)
            with temporary.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            _swap(temporary, target)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        _flush_folder(target.parent)


class Change:
    """The store while this process alone may write it."""

    def __init__(self, owner: JsonStore, target: Path, store: Store) -> None:
        self.store = store
        self._owner = owner
        self._target = target

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


def open_store(path: Path) -> JsonStore:
    """Returns the store at a path; nothing is read or made yet."""
    return JsonStore(path)


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
        with _collector_paused():
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


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Holds the garbage collector: it would walk all new values again and again, five times the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _swap(temporary: Path, target: Path) -> None:
    until = time.monotonic() + _SWAP_PATIENCE
    while True:
        try:
            os.replace(temporary, target)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _flush_folder(folder: Path) -> None:
    """Makes the swap last through a power cut, where the system can flush a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
