"""The words tagged as a source -> what kind of source they are and which name is their head.

"Clinton spokesman Josh Roe" and "Clinton's spokesman, Josh Roe," have the head Josh Roe; "a spokesman
for Clinton" and "the Clinton campaign" do not name Clinton at all.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from claimtrack.lexicon import any_of
from claimtrack.statements.names import Name
from claimtrack.statements.offices import Description, describe, describe_epithet
from claimtrack.statements.wordlists import forms
from claimtrack.text import fold

_CORE_END = re.compile(
    r"\s(?:who|whom|whose|which|that|when|while|of|for|in|at|on|from|with|to|by|about|against|near|inside|outside|"
    r"familiar|close|supporting|backing|opposing|advising|representing|known|including|like|such|as|is|was|has|had|speaking|writing|working|running)\s|\s?[(\[]|\s?@|\s?\|"
)
_APPOSITION = re.compile(r"\s?(?:,|—|–|:|;)\s|\s-\s|,$")
_DETERMINER = re.compile(r"^(?:a|an|the|this|that|these|those)\s+", re.IGNORECASE)
_DEFINITE = re.compile(
    r"^(?:the|this|that|his|her|their|its|our|my|[\w.\-&]+(?: [\w.\-&]+){0,3}(?:['’]s|s['’]))\s",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:one|another|some|several|many|other|others|two|three|four|five|six|both|most|all|any|every|each|few|\d+)\s",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"^(?:a|an|one|another)\s", re.IGNORECASE)
_COORDINATED = re.compile(r",? (?:and|&|nor|or|as well as) |, ")
_ACRONYM_WITHIN = re.compile(r"\s?\([A-Z][\w.\-]{1,12}\)\s[A-Za-z]")
_SIDE_BY_SIDE = re.compile(r"(?:,[^,]{1,40})?,?\s(?:and|&)\s(?P<titles>(?:[\w.'’\-]+\s){0,4})")
_HIMSELF = re.compile(r"\s(?:him|her|it)self\b")
_AND_HIS = re.compile(r"\sand\s(?:his|her|their)\s")
_ALL_OF = re.compile(r"^(?:neither|both|either) ", re.IGNORECASE)
_UNNAMED = re.compile(
    r"\b(?:anonym(?:ous|ously|ity)|not (?:to )?be (?:named|identified|quoted)|(?:un|not )authori[sz]ed to)\b"
)
"""By these words a newspaper says that it does not name its source."""

_MEMBER = re.compile(r"(?i:the) (?:[A-Z][\w'’.\-]*\s){1,3}(?:MP|MEP|MLA|MNA|MPA|MSP|TD)")
"""``the Fianna Fáil TD``: a member of a parliament by his party or seat."""

_DATELINE = re.compile(r"[A-Z][A-Z .,’'\-]{2,30}(?:\([\w /]{2,20}\))?\s?(?:[—–]|-(?=\s))\s?")
"""``BRUSSELS (AP) —`` before the first sentence."""

_LINK = re.compile(r"\s(?:of|for|on)\s(?:the\s|a\s)?")
_LONGEST_PHRASE = 10
"""Words; an unnamed source is shown with no more of its own description."""

_NAMES_AT_MOST = 12
"""Names read within one source; a longer list of names is no single speaker."""


class SourceKind(StrEnum):
    """What the words of a source are; a label is the ``Q`` or ``TB`` of a transcript, a handle ``@name``.

    The marks of bold type are the labels ``Q`` and ``A`` of an interview that has no others.
    """

    NAME = "name"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    DESCRIPTION = "description"
    GROUP = "group"
    LABEL = "label"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A read source.

    ``text`` is the phrase without its article; ``name`` indexes the names of the article, ``whole`` is an
    institution's name with its ``of`` part. A description is ``definite`` ("the minister"), ``fresh``
    ("a minister": somebody not spoken of before) or neither ("officials"); ``institution`` is the head
    noun of "the council".
    """

    kind: SourceKind
    text: str
    name: int | None = None
    whole: str | None = None
    description: Description | None = None
    institution: str | None = None
    definite: bool = False
    fresh: bool = False


def read_source(
    text: str, start: int, end: int, names: Sequence[Name], starts: Sequence[int]
) -> SourcePhrase:
    """Returns the reading of ``text[start:end]``; ``starts`` are the offsets of ``names``."""
    raw = _DATELINE.sub("", text[start:end]) if start == 0 or text[start - 1] == "\n" else text[start:end]
    start = end - len(raw)
    lowers = [fold(w) for w in re.findall(r"[\w'’\-]+", raw)]
    if lowers and all(w in forms("pronouns") for w in lowers) and "people" not in lowers:
        kind = SourceKind.RELATIVE if lowers[-1] in forms("pronouns", "relative") else SourceKind.PRONOUN
        return SourcePhrase(kind, " ".join(lowers))
    if re.fullmatch(r"[A-Z]{1,3}\.?", raw) and text[end : end + 1] in (":", "."):
        return SourcePhrase(SourceKind.LABEL, raw.rstrip("."))
    if raw in ("**", "__"):
        opens = start == 0 or text[start - 1].isspace()
        return SourcePhrase(SourceKind.LABEL, "Q" if opens else "A")
    if raw.startswith("@"):
        return SourcePhrase(SourceKind.HANDLE, raw)
    first = bisect_left(starts, start)
    inside = [i for i in range(first, min(first + _NAMES_AT_MOST, len(names))) if names[i].end <= end]
    phrase = _phrase(raw)
    if _epithet(raw) or _MEMBER.fullmatch(raw):
        return _description_of(raw, phrase)
    if _names_several(raw, [names[i] for i in inside]) or _AND_HIS.search(raw):
        return SourcePhrase(SourceKind.GROUP, " ".join(raw.split()))
    if len(inside) > 1 and _names_two_people(text, names[inside[0]], names[inside[1]], start):
        return SourcePhrase(SourceKind.GROUP, phrase)
    head = _head_name(text, start, end, names, inside)
    if head is not None:
        return SourcePhrase(SourceKind.NAME, phrase, head, _whole(text, names, head, end))
    return _description_of(raw, phrase)


def _description_of(raw: str, phrase: str) -> SourcePhrase:
    core = raw[: next(_pieces(raw), (0, len(raw)))[1]]
    if _NUMBERED.match(raw) and not _INDEFINITE.match(raw):
        return SourcePhrase(SourceKind.GROUP, phrase)
    cut = _CORE_END.search(core, 1)
    head = (core[: cut.start()] if cut else core).split()
    last = fold(head[-1]) if head else ""
    unnamed = bool(_UNNAMED.search(raw))
    institution = (
        last
        if re.match(r"(?:the|this)\s", raw, re.IGNORECASE) and last in forms("organisations", "noun")
        else None
    )
    description = None if re.match(r"one of\s", raw, re.IGNORECASE) else describe(core)
    description = description or _epithet(core)
    return SourcePhrase(
        SourceKind.DESCRIPTION,
        phrase,
        description=description,
        institution=institution,
        definite=bool(_DEFINITE.match(raw)) and description is not None and not unnamed,
        fresh=(bool(_INDEFINITE.match(raw)) or unnamed) and description is not None,
    )


def _epithet(phrase: str) -> Description | None:
    """Returns the reading of "the Belgian" or "the Belgian, who won", which is no name."""
    return describe_epithet(phrase.split(",")[0]) if phrase[:4].lower() == "the " else None


def _phrase(raw: str) -> str:
    """Returns an unnamed source as shown: no article, no relative clause, no apposition."""
    bare = raw.strip(' \t\n,;:—–-"“”.()')
    bare = re.sub(r"^(?:by|according to)\s+|\s?\([A-Z][\w.\-]{1,12}\)(?=\s)", "", bare)
    cut = re.search(r"\s?[,;:(\[—–\n]|\s(?:who|whom|which|that|whose)\s", bare)
    bare = bare[: cut.start()] if cut and cut.start() > 2 else bare
    words = _DETERMINER.sub("", bare).split()
    return " ".join(words[:_LONGEST_PHRASE]).rstrip(",.;:'’\"”")


def _names_several(raw: str, inside: Sequence[Name]) -> bool:
    """Is the source a list of names ("Roe, Doe and Senator Poe", "he and Roe", "neither Roe nor Doe")?"""
    flat = " ".join(raw.split()).rstrip(",")
    if _ALL_OF.match(flat):
        return True
    parts = _COORDINATED.split(flat)
    if len(parts) < 2 or not re.search(r" (?:and|nor|as well as) ", flat):
        return False
    if not any(name.person is not False for name in inside):
        return False
    return all(_is_bare_name(part) for part in parts)


def _is_bare_name(part: str) -> bool:
    """Is it a name with nothing but titles and an article before it, or a pronoun?"""
    words = part.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    if len(words) == 1 and words[0].lower() in forms("pronouns", "male", "female", "plural"):
        return True
    plain = forms("titles", "particle")
    return (
        bool(words)
        and words[-1][0].isupper()
        and all(w[0].isupper() or w in plain or describe(w) for w in words)
    )


def _names_two_people(text: str, first: Name, second: Name, start: int) -> bool:
    """Are two persons named side by side: ``Roe, a baker, and Doe``, not ``Roe, founder and head of Doe``?"""
    between = _SIDE_BY_SIDE.fullmatch(text, first.end, second.start)
    if not between or first.person is False or second.person is False or first.start - start > 60:
        return False
    return not any(w in forms("function_words", "preposition") for w in between["titles"].lower().split())


def _pieces(raw: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches between commas and dashes: a noun phrase and its appositions."""
    at = 0
    for match in _APPOSITION.finditer(raw):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(raw) or at == 0:
        yield at, len(raw)


def _head_name(text: str, start: int, end: int, names: Sequence[Name], inside: Sequence[int]) -> int | None:
    """Returns the name that the phrase is about: in its core, else the apposition that is all name."""
    is_one = _INDEFINITE.match(text[start:end]) is not None
    for number, (left, right) in enumerate(_pieces(text[start:end])):
        left, right = start + left, start + right
        core_end = _core_end(text, left, right, [names[i] for i in inside])
        here = [i for i in inside if left <= names[i].start < core_end]
        if number and not (here and _introduces(text[left : names[here[0]].start], is_one)):
            return None
        for i in reversed(here):
            rest = _HIMSELF.sub("", text[names[i].end : core_end])
            if not rest.strip(" '’s\"”.)"):
                return i
            if _institution_noun(rest) and not _is_firm_there(names[i], rest):
                return i
        if number == 0 and (_is_plural(text[left:core_end]) or number > 1):
            return None
    return None


def _core_end(text: str, left: int, right: int, inside: Sequence[Name]) -> int:
    """Returns where the first preposition or bracket ends a phrase's core, not those in a name or office."""
    offices = list(_office_with_of().finditer(text, left, right))
    for match in _CORE_END.finditer(text, left + 1, right):
        if _ACRONYM_WITHIN.match(text, match.start(), right):
            continue
        if any(office.start() < match.start() < office.end() for office in offices):
            continue
        if not any(name.first <= match.start() < name.end or _leads_to(text, match, name) for name in inside):
            return match.start()
    return right


@cache
def _office_with_of() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(forms('titles', 'with_of'))}\b", re.IGNORECASE)


def _leads_to(text: str, match: re.Match[str], name: Name) -> bool:
    """Is it the "for" of ``Minister for Education Roe``: only the field stands before the name?"""
    return (
        name.departments
        and 0 <= name.start - match.end() < 50
        and not re.search(r"[,;:()]", text[match.end() : name.start])
    )


def _is_plural(core: str) -> bool:
    """Does a plural noun or a number head the phrase, so that names after it are a list?"""
    if _INDEFINITE.match(core):
        return False
    cut = _CORE_END.search(core, 1)
    head = (core[: cut.start()] if cut else core).split()
    last = fold(head[-1]) if head else ""
    plural = last.endswith("s") and describe(last) is None and describe(last[:-1]) is not None
    return plural or bool(_NUMBERED.match(core))


def _introduces(between: str, is_one: bool) -> bool:
    """Are the words before a name in apposition titles, or with ``one of the men, welder Roe`` any nouns?"""
    words = [fold(w).strip(".,()") for w in between.split()]
    if is_one and len(words) < 4 and not any(w in forms("function_words") for w in words):
        return True
    allowed = forms("titles") | forms("place_names", "adjective")
    return all(w in allowed or describe(w) for w in words)


def _whole(text: str, names: Sequence[Name], which: int, end: int) -> str | None:
    """Returns an institution's full name, ``State Bank of Pakistan`` or ``Clinton campaign``; else None."""
    name = names[which]
    following = re.match(r"\s[a-z][\w\- ]*", text[name.end : end])
    if following and not name.possessive and _institution_noun(following[0]):
        return name.text + following[0].rstrip()
    if name.person or (name.person is None and len(name.words) > 1):
        return None
    stop, linked = name.end, False
    while which + 1 < len(names) and names[which + 1].end <= end:
        gap = text[stop : names[which + 1].start]
        if not (_LINK.fullmatch(gap) or (linked and gap == " and ")) or names[which + 1].person:
            break
        which, linked = which + 1, True
        stop = names[which].end
    return text[name.start : stop] if linked else None


def _is_firm_there(name: Name, rest: str) -> bool:
    """Is it ``the Ohio firm``: not the name of a firm but where it is?"""
    place = fold(name.text) in forms("place_names", "place", "adjective", "state")
    return place and fold(rest).strip(" ,.") in forms("organisations", "firm")


def _institution_noun(rest: str) -> bool:
    """Is the rest of the phrase "campaign", "police department": a noun for an institution?"""
    words = fold(rest.rstrip(" ,.;:'’\"”")).split()
    if rest.startswith(("'", "’")) or not 0 < len(words) < 4:
        return False
    return words[-1] in forms("organisations", "noun")
