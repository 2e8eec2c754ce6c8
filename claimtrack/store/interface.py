"""What every kind of store can do, and how one that is too large to be read whole is read in part."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from claimtrack.models import Document, LogEntry, Speaker, Statement, Store


class Marking(Protocol):
    """What articles and statements are found by when others come in that hang together with them.

    Marks are plain texts that mean nothing to the store; ``version`` changes with the rule that makes them.
    """

    version: str

    def of_document(self, document: Document) -> Iterable[str]:
        """Yields the marks of an article."""

    def of_statement(self, statement: Statement) -> Iterable[str]:
        """Yields the marks of a statement."""

    def words_of(self, document: Document) -> Iterable[str]:
        """Yields the words that an article is sought by."""


class Shelf(Protocol):
    """A store that is open: it gives what it is asked for, all as of one moment.

    Documents, statements and speakers come in the order of ``Store``.
    """

    def speakers(self, ids: Collection[str] | None = None) -> tuple[Speaker, ...]:
        """Returns the speakers of these ids, or all."""

    def log(self) -> tuple[LogEntry, ...]:
        """Returns the whole log."""

    def documents(self, ids: Collection[str]) -> tuple[Document, ...]:
        """Returns the documents of these ids; unknown ones are left out."""

    def statements(
        self, speakers: Collection[str] = (), documents: Collection[str] = (), ids: Collection[str] = ()
    ) -> tuple[Statement, ...]:
        """Returns the statements of these speakers, in these documents and of these ids, each once."""

    def superseded(self) -> dict[str, str]:
        """Returns the next version of every document that has one, by ids."""

    def related(self, ids: Collection[str]) -> frozenset[str]:
        """Returns the ids of the documents that have text from these, or that these have text from."""

    def marked(self, marks: Collection[str]) -> frozenset[str]:
        """Returns the ids of the documents and statements that have one of these marks."""

    def said(self, words: str) -> frozenset[str]:
        """Returns the ids of the statements that have these folded words, or parts of words, in them."""

    def written(self, words: Iterable[str]) -> frozenset[str]:
        """Returns the ids of documents among which are all that have all of these words."""


Choose = Callable[[Shelf], Store]
"""Takes what is needed from an open store; what was taken is a store of its own, only smaller."""


class Change(Protocol):
    """A store while this process alone may write it."""

    @property
    def store(self) -> Store:
        """All that it holds, with what was saved."""

    @property
    def shelf(self) -> Shelf | None:
        """What it holds, to be read in part; None where it is to be read, settled and saved whole."""

    def save(self, store: Store) -> None:
        """Puts ``store`` in the place of what it holds, as a whole or not at all; raises StoreError.

        The log only grows; only ``replace`` puts another one in its place.
        """

    def save_part(self, before: Store, after: Store) -> None:
        """Puts one part in the place of another, where there is a shelf; raises StoreError."""

    def mark(self) -> None:
        """Marks everything that is stored; to be called where all of it was settled by this claimtrack."""

    def replace(self, store: Store) -> None:
        """Puts ``store`` in the place of all that it holds, also of the log; raises StoreError."""


class StoreFile(Protocol):
    """A store that may not exist yet."""

    @property
    def name(self) -> str:
        """The store as people are told of it: its path, or its address without a password."""

    @property
    def exists(self) -> bool:
        """Is there a store, or anything else, where it is to be?"""

    def beside(self, ending: str) -> Path:
        """Returns where something that goes with the store is kept, such as its ``cache``."""

    def is_at(self, path: Path) -> bool:
        """Is this path the store itself?"""

    def digest(self) -> str:
        """Returns a SHA-256 that changes with the content; empty where there is no store."""

    def read(self) -> Store:
        """Returns what it holds; an empty store where there is none; raises StoreError."""

    def read_part(self, choose: Choose) -> Store:
        """Returns at least what ``choose`` takes; all where it can only be read whole; raises StoreError."""

    def change(self) -> AbstractContextManager[Change]:
        """Holds the store alone while its content is read, changed and saved; raises StoreError."""
