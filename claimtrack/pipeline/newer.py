"""Which articles a decision is about, and which are newer versions of which, without reading the articles."""

from collections.abc import Iterable, Mapping

from claimtrack.models import Action, LogEntry


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
