"""A store that is open and read in part, and how its articles hang together."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from claimtrack.models import Action, Document, LogEntry, Speaker, Statement


class Shelf(Protocol):
    """An open store, as in ``store.interface``; everything comes in the order of ``Store``."""

    def speakers(self) -> tuple[Speaker, ...]:
        """Returns all speakers."""

    def log(self) -> tuple[LogEntry, ...]:
        """Returns the whole log."""

    def documents(self, ids: Collection[str]) -> tuple[Document, ...]:
        """Returns the documents of these ids."""

    def statements(
        self, speakers: Collection[str] = (), documents: Collection[str] = (), ids: Collection[str] = ()
    ) -> tuple[Statement, ...]:
        """Returns the statements of these speakers, in these documents and of these ids, each once."""

    def superseded(self) -> dict[str, str]:
        """Returns the next version of every document that has one, by ids."""

    def related(self, ids: Collection[str]) -> frozenset[str]:
        """Returns the documents that have text from these, or that these have text from."""

    def marked(self, marks: Collection[str]) -> frozenset[str]:
        """Returns the ids of the documents and statements that have one of these marks."""

    def said(self, words: str) -> frozenset[str]:
        """Returns the ids of the statements that have these folded words, or parts of words, in them."""

    def written(self, words: Iterable[str]) -> frozenset[str]:
        """Returns the ids of documents among which are all that have all of these words."""


def documents_of(entry: LogEntry) -> set[str]:
    """Returns the articles that a decision is about."""
    named = [text for key, text in entry.value.items() if key.endswith("document") and text]
    found = {document for text in named for document in text.split()}
    return found | ({entry.subject} if entry.action in (Action.SET, Action.REMOVE) else set())


def with_newer(documents: Iterable[str], newer: Mapping[str, str]) -> set[str]:
    """Returns articles with all their newer versions."""
    found: set[str] = set()
    for document in documents:
        following: str | None = document
        while following is not None and following not in found:
            found.add(following)
            following = newer.get(following)
    return found
