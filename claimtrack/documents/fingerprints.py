"""The sentences of an article as digests with their places: equal sentences, equal digests.

Sentences are cut coarsely, after any full stop: only that copies are cut alike matters. Letter case,
punctuation, quotation marks and white space make no difference.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from claimtrack.models import Document
from claimtrack.text import unwrapped

SENTENCE_WORDS = 6
"""Words from which a sentence tells an article from others; "He did not elaborate." stands in many."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|[\n\r]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """An article's long enough sentences in order: digest, offsets in the text, number of words.

    Held as arrays of machine words, so that those of ten thousand articles take a few megabytes.
    """

    digests: "array[int]"
    starts: "array[int]"
    ends: "array[int]"
    words: "array[int]"

    def __len__(self) -> int:
        return len(self.digests)


def read_fingerprints(document: Document) -> Fingerprints:
    """Returns the fingerprints of a document's sentences, junk left out."""
    found = Fingerprints(array("Q"), array("I"), array("I"), array("I"))
    for start, end in _sentences(document):
        words = _WORD.findall(document.text[start:end].casefold())
        if len(words) >= SENTENCE_WORDS:
            found.digests.append(digest_words(words))
            found.starts.append(start)
            found.ends.append(end)
            found.words.append(len(words))
    return found


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    text, at = unwrapped(document.text), 0
    for stop, next_at in (*((junk.start, junk.end) for junk in document.junk), (len(text), len(text))):
        for match in _SENTENCE_END.finditer(text, at, stop):
            yield at, match.start() + len(match[0].rstrip())
            at = match.end()
        yield at, stop
        at = next_at


def digest_text(text: str) -> int:
    """Returns the digest of all words of a text."""
    return digest_words(_WORD.findall(text.casefold()))


def digest_words(words: list[str]) -> int:
    """Returns 64 bits that depend on the words alone, the same on every machine."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")
