"""Cuts a statement into clauses: what is denied, asked or made a condition in one is not so in the next."""

import re
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.lexical import PhraseBook, forms
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word

_SENTENCE_GAP = re.compile(
    r"(?<![.?!…])[.?!…]++[\"'”’»)\]]*+(?:\s|$)|\n|[,;]?(?<![\"”’'»])[\"”’'»]++\s++[\"“‘«]"
)
"""End of a sentence, or the place where a cue stood between two pieces of a quotation."""

_CLAUSE_GAP = re.compile(r"[;:—–]| - | -- |…")

_LONGEST = 40
"""Words; a longer run without a boundary is cut, so that no clause makes the work quadratic."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One clause's words; ``sentence`` counts sentences, ``opener`` is the conjunction it begins with."""

    words: tuple[Word, ...]
    sentence: int
    opener: str
    question: bool


def cut_clauses(text: str, words: list[Word]) -> list[Stretch]:
    """Returns the clauses in order; sentences end at full stops, clauses also at conjunctions."""
    cuts: list[tuple[int, int, int]] = []
    asked: set[int] = set()
    sentence = start = 0
    for at in range(1, len(words) + 1):
        gap = text[words[at - 1].end : words[at].start] if at < len(words) else text[words[-1].end :]
        ends = at == len(words) or _ends_sentence(words, at, gap)
        if ends or at - start >= _LONGEST or _CLAUSE_GAP.search(gap) or _opens(words, at, gap):
            cuts.append((start, at, sentence))
            start = at
        if ends:
            if "?" in gap:
                asked.add(sentence)
            sentence += 1
    return [_stretch(words[left:right], number, number in asked) for left, right, number in cuts]


def _stretch(words: list[Word], sentence: int, question: bool) -> Stretch:
    opener = words[0].text if words[0].text in forms("clauses", "openers", "after_comma") else ""
    return Stretch(tuple(words), sentence, opener, question)


def _ends_sentence(words: list[Word], at: int, gap: str) -> bool:
    found = _SENTENCE_GAP.search(gap)
    if not found:
        return False
    if not gap.startswith(".") or gap.startswith(("..", ".”", '."', ".'", ".’")):
        return True
    last = words[at - 1].text
    return last not in forms("abbreviations", "before_name", "in_sentence") and not (
        len(last) == 1 and last.isalpha()
    )


def _opens(words: list[Word], at: int, gap: str) -> bool:
    text = words[at].text
    if text in forms("clauses", "openers"):
        return True
    if "," in gap and text in forms("clauses", "after_comma"):
        return True
    return _joined().match([w.stem for w in words[at : at + 2]], 0) is not None


@cache
def _joined() -> PhraseBook:
    return PhraseBook({" ".join(map(stem, f.split())): f for f in forms("clauses", "joined")})
