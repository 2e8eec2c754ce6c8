"""An article's versions: which came after which, and which statements of one are still in another."""

from collections.abc import Iterable, Iterator, Sequence

from claimtrack.models import Document, Span, Statement, Store, Value
from claimtrack.text import fold


class VersionChange(Value):
    """What a newer version did to an article's statements; ``kept`` are those of the same words in both."""

    place: str
    gone: tuple[Statement, ...]
    new: tuple[Statement, ...]
    kept: tuple[Statement, ...]


class Versions:
    """Which version of an article came after which."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def after(self, document_id: str) -> Iterator[str]:
        """Yields the newer versions of an article, the next one first."""
        seen = {document_id}
        while (document := self._documents.get(document_id)) and document.superseded_by:
            document_id = document.superseded_by
            if document_id in seen:
                return
            seen.add(document_id)
            yield document_id

    def newest(self, document_id: str) -> str:
        """Returns the newest version of an article: itself where there is no other."""
        return (document_id, *self.after(document_id))[-1]

    def has_changed_since(self, document_id: str) -> bool:
        """Does the newest version read differently, white space aside?

        The same bytes are the same article, even if another claimtrack takes another text out of them.
        """
        newest, document = self._documents.get(self.newest(document_id)), self._documents.get(document_id)
        if newest is None or document is None or newest is document:
            return False
        if newest.raw_sha256 is not None and newest.raw_sha256 == document.raw_sha256:
            return False
        return newest.text.split() != document.text.split()

    def place(self, document_id: str) -> str:
        """Returns where a person finds the article."""
        return self._documents[document_id].place


def compare_versions(store: Store, old_id: str, new_id: str) -> VersionChange:
    """Returns what became of the statements of an article with its newer version."""
    old, new = ([s for s in store.statements if s.document_id == id] for id in (old_id, new_id))
    by_words: dict[str, list[list[Statement]]] = {}
    for side, statements in enumerate((old, new)):
        for statement in statements:
            by_words.setdefault(words_of(statement.content), [[], []])[side].append(statement)
    kept = {
        new_side[heir].id
        for old_side, new_side in by_words.values()
        for heir in matched(_starts(old_side), _starts(new_side)).values()
    }
    heirless = {
        old_side[number].id
        for old_side, new_side in by_words.values()
        for number in set(range(len(old_side))) - set(matched(_starts(old_side), _starts(new_side)))
    }
    place = next(document.place for document in store.documents if document.id == new_id)
    return VersionChange(
        place=place,
        gone=tuple(statement for statement in old if statement.id in heirless),
        new=tuple(statement for statement in new if statement.id not in kept),
        kept=tuple(statement for statement in new if statement.id in kept),
    )


def words_of(content: Sequence[Span]) -> str:
    """Returns the words of a statement in a form that is the same in every version."""
    return fold(" ".join(span.text for span in content))


def _starts(statements: Sequence[Statement]) -> list[int]:
    return [statement.content[0].start for statement in statements]


def matched(old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """Returns which of the new places of the same words stands for which of the old ones, by their numbers.

    Places are offsets, ascending. Where there are as many as before, they are so in order, else the
    nearest ones; every place is matched once.
    """
    if len(old) == len(new):
        return {number: number for number in range(len(old))}
    distances = sorted((abs(a - b), i, j) for i, a in enumerate(old) for j, b in enumerate(new))
    found: dict[int, int] = {}
    for _, i, j in distances:
        if i not in found and j not in found.values():
            found[i] = j
    return found
