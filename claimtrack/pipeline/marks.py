"""What articles and statements are found by when others come in: what their settling depends on.

An article is a copy, or not, by the sentences that it shares with others; who a statement's speaker is
depends on all that is said under his surname. So two stores that share no mark are settled as if each were
alone.
"""

from collections.abc import Iterator

from claimtrack import __version__
from claimtrack.documents.fingerprints import digest_text, read_fingerprints
from claimtrack.models import Document, Statement
from claimtrack.statements.spellings import canonical_word, fold_words

_RULE = 1
"""To be raised when a mark, or what settling depends on, changes: stored marks are then made anew."""


STDIN = "-"
"""The place of an article that was read from standard input."""


class Marks:
    """The marking of a store that is read in part; see ``store.interface.Marking``."""

    version = f"{__version__}/{_RULE}"

    def of_document(self, document: Document) -> Iterator[str]:
        """Yields the marks of where an article was read from, of its sentences and of its whole text."""
        yield key_mark(lasting_key(document))
        yield from sentence_marks(document)

    def of_statement(self, statement: Statement) -> Iterator[str]:
        """Yields the mark of the surname in the article; what was assigned to others stands in the log."""
        if surname := surname_of(statement.named):
            yield surname_mark(surname)

    def words_of(self, document: Document) -> frozenset[str]:
        """Returns the words of an article's title and text, without inflections."""
        from claimtrack.pipeline.queries import stems  # whoever only needs a mark need not load it

        return stems(f"{document.title or ''} {document.text}")


def lasting_key(document: Document) -> str:
    """Returns what an article is known by through all its versions.

    Of a fetched page that is its address, whichever crawl it was kept in; of a file its path.
    """
    return (document.url if document.retrieved_at else None) or document.path or STDIN


def key_mark(key: str) -> str:
    """Returns the mark of the articles of a key."""
    return f"at {key}"


def sentence_marks(document: Document) -> Iterator[str]:
    """Yields the marks that an article shares with those that repeat some of it."""
    yield f"text {digest_text(document.text):x}"
    for digest in read_fingerprints(document).digests:
        yield f"sentence {digest:x}"


def surname_of(name: str | None) -> str | None:
    """Returns the last word of a name in the one spelling that stands for all; no name has none."""
    words = fold_words((name or "").split())
    return canonical_word(words[-1]) if words else None


def surname_mark(surname: str) -> str:
    """Returns the mark of what is said under a surname."""
    return f"name {surname}"
