"""The words tagged as a source -> what kind of source they are and which name is their head.

"Clinton spokesman Josh Roe" and "Clinton's spokesman, Josh Roe," have the head Josh Roe; "a spokesman
for Clinton" and "the Clinton campaign" do not name Clinton at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.names import Name
from claimtrack.statements.offices import Description, describe
from claimtrack.text import fold

_CHUNK_END = re.compile(
    r"\s?[,;:()\[\]—–@|\n]|\s(?:who|whom|whose|which|that|when|while|of|for|in|at|on|from|with|to|by|about|against|"
    r"near|inside|outside|familiar|close|including|like|such|as|is|was|has|had|speaking|writing|working|running)\s"
)
_DETERMINER = re.compile(r"^(?:a|an|the|this|that|these|those)\s+", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|this|that|his|her|their|its|our|my|[\w.\-&]+(?: [\w.\-&]+){0,3}(?:['’]s|s['’]))\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"^(?:a|an|one|another|some|several|many|other|others|two|three|four|five|six|both|most|all|any|every|each)\s", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"(?:['’]s?)?(?:,| and| &|, and)\s(?:the\s)?[\w.' ]{0,24}$")
_OF = re.compile(r"\s(?:of|for|on|and)\s(?:the\s)?")
_LONGEST_PHRASE = 10
"""Words; an unnamed source is shown with no more of its own description."""


class SourceKind(StrEnum):
    """What the words of a source are."""

    NAME = "name"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    DESCRIPTION = "description"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A read source: ``name`` indexes the cast's names; ``text`` is the phrase without its article."""

    kind: SourceKind
    text: str
    name: int | None = None
    whole: str | None = None
    description: Description | None = None
    definite: bool = False


def read_source(text: str, start: int, end: int, names: Sequence[Name], first: int) -> SourcePhrase:
    """Returns the reading of ``text[start:end]``; ``names[first:]`` begin at or after ``start``."""
    raw = text[start:end]
    lowers = [fold(w) for w in re.findall(r"[\w'’\-]+", raw)]
    if lowers and all(w in _pronouns() for w in lowers):
        kind = SourceKind.RELATIVE if lowers[-1] in _pronouns("relative") else SourceKind.PRONOUN
        return SourcePhrase(kind, " ".join(lowers))
    inside = [i for i in range(first, min(first + 12, len(names))) if start <= names[i].start and names[i].end <= end]
    phrase = _phrase(raw)
    if len(inside) > 1 and _is_conjunction(text, names, inside, start, end):
        return SourcePhrase(SourceKind.GROUP, phrase)
    head = _head_name(text, start, end, names, inside)
    if head is not None:
        which, whole = head
        return SourcePhrase(SourceKind.NAME, phrase, which, whole)
    chunk = raw[: _first_cut(raw)]
    return SourcePhrase(
        SourceKind.DESCRIPTION, phrase, None, None, describe(chunk), bool(_DEFINITE.match(chunk + " "))
    )


def _first_cut(raw: str, at: int = 0) -> int:
    match = _CHUNK_END.search(raw + " ", at)
    return match.start() if match else len(raw)


def _phrase(raw: str) -> str:
    """Returns an unnamed source as shown: no article, no relative clause, no apposition."""
    bare = raw.strip(" \t\n,;:—–-\"“”.()")
    bare = re.sub(r"^(?:by|according to)\s+", "", bare)
    cut = re.search(r"\s?[,;:(\[—–\n]|\s(?:who|whom|which|that|whose)\s", bare)
    bare = bare[: cut.start()] if cut and cut.start() > 2 else bare
    bare = _DETERMINER.sub("", bare)
    return " ".join(bare.split()[:_LONGEST_PHRASE]).rstrip(",.;:'’\"”")


def _is_conjunction(text: str, names: Sequence[Name], inside: Sequence[int], start: int, end: int) -> bool:
    """Are two persons named side by side ("Roe and Doe")? An apposition of an institution is none."""
    first, second = names[inside[0]], names[inside[1]]
    between = text[first.end : second.start]
    if first.start - start > 60 or not re.search(r"\b(?:and|&)\s", between) or len(between) > 60:
        return False
    if first.person is False and second.person is False:
        return False
    return bool(re.match(r"(?:,[^,]{1,40},)?\s(?:and|&)\s(?:[\w.'’\-]+\s){0,4}$", between)) and second.person is not False


def _head_name(
    text: str, start: int, end: int, names: Sequence[Name], inside: Sequence[int]
) -> tuple[int, str | None] | None:
    """Returns the name that the phrase is about, with its full text where it is an institution's."""
    if not inside:
        return None
    at = start
    while at < end:
        cut = at + _first_cut(text[at:end])
        cut = min(max(cut, at), end)
        for i in reversed(inside):
            name = names[i]
            if not at <= name.start < max(cut, at + 1):
                continue
            if name.end >= cut - 2 or not text[name.end : cut].strip(" '’s\"”."):
                return i, _whole(text, names, i, end)
            rest = text[name.end : cut]
            if at == start and _is_institution_noun(rest):
                return i, f"{name.text}{_trimmed(rest)}"
            break
        else:
            if at == start and cut < end and text[cut : cut + 1] not in ",—–:" and not text[cut:end].lstrip().startswith(","):
                comma = re.search(r"[,—–]\s", text[cut:end])
                if not comma:
                    return None
                cut += comma.start()
                at = cut + 1
                continue
        comma = re.compile(r"[,—–:]\s").match(text, cut) or re.compile(r"\s?[,—–:]\s").match(text, cut)
        if not comma:
            return None
        at = comma.end()
        begun = [i for i in inside if at <= names[i].start <= at + 40]
        if not begun or not _only_titles(text[at : names[begun[0]].start]):
            return None
    return None


def _only_titles(between: str) -> bool:
    words = [fold(w).rstrip(".") for w in between.split()]
    allowed = load_lexicon("titles").forms() | load_lexicon("place_names").forms("adjective")
    return all(w in allowed for w in words)


def _whole(text: str, names: Sequence[Name], which: int, end: int) -> str | None:
    """Returns an institution's name with its ``of`` part: ``State Bank of Pakistan``."""
    name = names[which]
    if name.person:
        return None
    stop = name.end
    while which + 1 < len(names):
        following = names[which + 1]
        link = _OF.fullmatch(text[stop : following.start])
        if not link or following.end > end or following.person:
            break
        stop, which = following.end, which + 1
    return text[name.start : stop]


def _is_institution_noun(rest: str) -> bool:
    words = fold(_trimmed(rest)).split()
    return bool(words) and len(words) < 4 and words[-1] in load_lexicon("organisations").forms("noun") and not rest.startswith(("'", "’"))


def _trimmed(rest: str) -> str:
    return rest.rstrip(" ,.;:'’\"”")


@cache
def _pronouns(*groups: str) -> frozenset[str]:
    return load_lexicon("pronouns").forms(*groups)


def is_singular(phrase: SourcePhrase, raw: str) -> bool:
    """May the described be one known person: definite, one, no group noun?"""
    return phrase.definite and not _INDEFINITE.match(raw) and phrase.description is not None
