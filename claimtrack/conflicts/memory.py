"""What was judged before, by content: keys and values of a memory that outlasts a run.

A pair is known by both readings, a speaker by all of his statements. What is stored is text; whoever keeps
it (``store/judgement_cache.py``) forgets everything when claimtrack itself has changed.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Protocol

from claimtrack.models import Judgement, PairCounts, Value
from claimtrack.settings import Settings

_NO_CONFLICT = "-"
"""Stands for a judgement that shows nothing: nearly all of them."""


class Memory(Protocol):
    """Texts by key."""

    def get(self, key: str) -> str | None:
        """Returns what was put there; None where nothing was."""

    def put(self, key: str, value: str) -> None:
        """Keeps a text, for this run and perhaps for later ones."""


class NoMemory:
    """Keeps nothing."""

    def get(self, key: str) -> str | None:
        """Returns None."""
        return None

    def put(self, key: str, value: str) -> None:
        """Does nothing."""


class KnownConflict(Value):
    """A conflict by the ids of its statements, earlier first."""

    a: str
    b: str
    judgement: Judgement
    also: tuple[str, ...]


class KnownSpeaker(Value):
    """Everything found among the statements of one speaker."""

    conflicts: tuple[KnownConflict, ...]
    counts: PairCounts


def key_of(kind: str, settings: Settings, parts: Iterable[str]) -> str:
    """Returns the key of a pair or of a speaker's statements under these settings."""
    digest = blake2b(f"{kind}\x1e{settings.min_score}\x1e{settings.min_confidence}".encode(), digest_size=16)
    for part in parts:
        digest.update(b"\x1f" + part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def recall_judgement(memory: Memory, key: str) -> tuple[bool, Judgement | None]:
    """Returns whether the pair was judged, and the judgement if it was a conflict."""
    text = memory.get(key)
    if text is None or text == _NO_CONFLICT:
        return text is not None, None
    return True, Judgement.model_validate_json(text)


def keep_judgement(memory: Memory, key: str, judgement: Judgement | None) -> None:
    """Keeps the judgement of a pair; None where it is no conflict."""
    memory.put(key, _NO_CONFLICT if judgement is None else judgement.model_dump_json())


def recall_speaker(memory: Memory, key: str) -> KnownSpeaker | None:
    """Returns what was found among these very statements; None where they are not known."""
    text = memory.get(key)
    return None if text is None else KnownSpeaker.model_validate_json(text)


def keep_speaker(memory: Memory, key: str, known: KnownSpeaker) -> None:
    """Keeps what was found among a speaker's statements."""
    memory.put(key, known.model_dump_json())
