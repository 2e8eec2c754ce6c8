"""Who speaks in captions: voice tags, ``NAME:``, ``>> NAME:``, ``[Name]``, dashes of a dialogue."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from claimtrack.documents.subtitles.captions import Caption, Line
from claimtrack.lexicon import any_of, load_lexicon

UNKNOWN = "SPEAKER"
"""Label of a turn whose speaker the captions do not name; no name, so nobody is taken for its speaker."""

LONGEST_NAME = 6
"""Words of a label besides what stands in brackets: ``Foreign Secretary of State Jane Roe``."""

CAPITALS = 0.7
"""Share of capitals among letters above which all is written in them, as television does."""

SAMPLE = 1_000
"""Lines looked at for that."""

_CHANGE = re.compile(r"(?<!\s)\s*+>{2,3}\s*")
_DASH = re.compile(r"[-–—‐]\s*(?=[^\W\d_]|[\"“‘'\[(¿])")
_NAMED = re.compile(
    r"([^\W\d_][\w.'’-]*(?:\s+[\w.'’&-]+){0,8}(?:\s*\([^()]{1,40}\)|,\s[\w .'’-]{1,40})?)\s*:(?:\s+|$)"
)
_BRACKET = re.compile(r"[\[(]([^\])]{1,60})[\])]\s*:?\s*")
_SUNG = re.compile(r"[♪♫][^♪♫]{0,500}[♪♫]?")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)\]]*$")
_SMALL = ("of", "the", "and", "de", "van")
_LOST = ("inaudible", "unintelligible", "indistinct", "redacted", "unclear")
"""What a caption says where words are missing: it stays in the text, as the quotation is not whole."""


class Voiced(NamedTuple):
    """Words in a row. ``label`` names who begins to speak here; ``is_turn`` says that somebody does."""

    label: str | None
    is_turn: bool
    words: str
    start: float
    end: float


class _Heard(NamedTuple):
    """A line with what stands at its beginning: a sign that another one speaks, a name."""

    changes: bool
    name: str | None
    line: Line
    words: str


def find_voices(captions: Sequence[Caption]) -> list[Voiced]:
    """Returns the words in order with who speaks; without sounds, songs and the captions' own credits."""
    heard = [(caption, list(_heard(caption.lines))) for caption in captions]
    names = _names([item for _, items in heard for item in items])
    voiced: list[Voiced] = []
    speaker: str | None = None
    is_voice = False
    for caption, items in heard:
        for item in items:
            label, words = _label(item, names)
            words = _spoken(words)
            if not words:
                continue
            ends = is_voice and label is None and bool(_SENTENCE_END.search(voiced[-1].words))
            changes = label != speaker if label else item.changes or ends
            if changes:
                speaker = label or (UNKNOWN if names else None)
            is_voice = item.line.voice is not None or (is_voice and not changes)
            voiced.append(Voiced(speaker if changes else None, changes, words, caption.start, caption.end))
    return voiced


def _heard(lines: Sequence[Line]) -> Iterator[_Heard]:
    """Yields the lines of one caption, cut where another speaker begins."""
    alone: _Heard | None = None
    for line in lines:
        if _credit().match(line.words):
            continue
        for nth, piece in enumerate(_CHANGE.split(line.words)):
            dash = _DASH.match(piece)
            words = piece[dash.end() :] if dash else piece
            changes = nth > 0 or dash is not None
            if alone and words and not changes:
                words, changes = f"{alone.words} {words}", alone.changes
            elif alone:
                yield alone
            alone = None
            named = _NAMED.match(words) or _BRACKET.match(words)
            name = " ".join(named[1].split()) if named else None
            item = _Heard(changes, name, line, words)
            if named and words.endswith(":") and named.end() == len(words):
                alone = item
            elif words:
                yield item
    if alone:
        yield alone


def _names(heard: Sequence[_Heard]) -> frozenset[str]:
    """Returns the names that label turns: of voice tags, after a sign of change, or found to be labels.

    A name in capitals is a label where the rest is not in capitals; another one, if it comes back.
    """
    letters = Counter(c.isupper() for item in heard[:SAMPLE] for c in item.words[:200] if c.isalpha())
    is_loud = letters[True] > CAPITALS * sum(letters.values())
    counts = Counter(item.name for item in heard if item.name)
    found = {item.line.voice for item in heard if item.line.voice}
    certain = {
        item.name
        for item in heard
        if item.words[0] not in "[(" and (item.changes or (not is_loud and (item.name or "").isupper()))
    }
    found.update(name for name in counts if (counts[name] > 1 or name in certain) and _is_name(name))
    return frozenset(name for name in found if name)


def _is_name(text: str) -> bool:
    """Is the text made of capitalised words, and neither a sound nor a label nor ``THE ANSWER IS``?"""
    words = re.split(r"[,(]", text)[0].split()
    folded = {word.casefold() for word in words}
    if not words or len(words) > LONGEST_NAME or folded & {*_LOST, *_forms("captions", "sound")}:
        return False
    if text.casefold() in _forms("labels", "not_a_speaker"):
        return False
    if len(folded & _forms("function_words", "opener")) > 1:
        return False
    return words[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)


def _label(item: _Heard, names: frozenset[str]) -> tuple[str | None, str]:
    """Returns who is named to speak, if anybody, and the words without the name."""
    if item.name in names and item.name != item.line.voice:
        match = _NAMED.match(item.words) or _BRACKET.match(item.words)
        if match and item.words[match.end() :].strip():
            return item.name, item.words[match.end() :]
    return item.line.voice, item.words


def _spoken(words: str) -> str:
    """Returns the words without songs and the sounds in brackets."""
    kept = _BRACKET.sub(lambda match: " " if _is_sound(match[1]) else match[0], _SUNG.sub(" ", words))
    return " ".join(kept.split())


def _is_sound(text: str) -> bool:
    words = {word.strip(".,!").casefold() for word in text.split()}
    return bool(words & _forms("captions", "sound")) and not words & {*_LOST}


@cache
def _forms(lexicon: str, group: str) -> frozenset[str]:
    return load_lexicon(lexicon).forms(group)


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon("captions").forms("credit")) + r"\b", re.IGNORECASE)
