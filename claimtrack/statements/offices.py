"""What an article says a name is: offices, professions and kinships beside it.

Five places tell: the title before the name ("Senator Roe"), the words before it ("White House
spokesman Roe"), an apposition after it ("Roe, a White House spokesman,") or before it ("the party's
spokesman, Roe,"), and a plain statement ("Roe is a spokesman").
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.names import Name
from claimtrack.statements.wordlists import fold_word, forms, roles
from claimtrack.text import fold

_ABBREVIATED = r"(?<=\b[A-Z])\.|(?<=\.[A-Z])\.|(?<=\b(?:Mr|Dr))\.|(?<=\b(?:Mrs|Sen|Gov|Rep|Gen))\."
_PIECE = rf"(?:[^,.;:—–()\"“”\n]|{_ABBREVIATED}){{3,120}}"
_AFTER = re.compile(
    r"(?:['’]s)?(?:\s?\([^()]{1,40}\))?\s?[,—–]\s?(?:\d{1,2},\s)?"
    rf"(?:who\s(?:is|was|has\sbeen|serves?\sas|served\sas)\s)?(?P<chunk>{_PIECE})"
)
_COPULA = re.compile(rf"\s(?:is|was|became)\s(?P<chunk>(?:a|an|the|one\sof)\s{_PIECE})")
_CLAUSE_REACH = 90
"""Characters before a name within which an apposition to it begins."""

_WITH_FIELD = re.compile(
    r"(?P<before>(?:[\w’'\-]+\s){0,4})(?P<office>[\w\-]+\s(?:of|for)\s(?:the\s)?[\w ,&]{2,50})$"
)
_AGE = re.compile(r"\d{1,3}-year-old")
_RETIRED = frozenset({"retd", "retired", "rtd", "r"})
_BEGINS_PHRASE = re.compile(
    r"(?<!\bof)(?<!\bfor)(?<!\bin)(?:^|\s)(?:the|his|her|its|their|our|a|an)\s|['’]s\s", re.IGNORECASE
)
_BALLOT = re.compile(r"\s\((?P<party>[RDI])[-–—\s](?P<place>[A-Z][\w.]{1,6})\)")
_HEAD_ENDS = re.compile(
    r"\s(?:of|for|at|in|on|to|from|with|who|whom|whose|which|that|and|or|by|since|under|between|during|behind|"
    r"representing|based|known|running|leading|overseeing|covering|speciali[sz]ing|is|was|has|had|said|says|told)\s"
)
_CLAUSE = re.compile(r"^(?:[^,]*?\s)?(?:said|says|told|is|was|has|had|will|would|were|are|have)\s")
_COMPLEMENT = re.compile(r"\s(?:of|for|at|to)\s(?:the\s)?(?P<words>\S+(?:\s\S+){0,5})")
_LEADING = re.compile(
    r"^(?:(?:and|as|also|once|now|then|himself|herself)\s)*(?:(?:a|an|the|his|her|its|their|our|my|one\sof)\s)?",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(r"^.*(?:['’]s|s['’])\s")


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase for somebody: its head noun and the folded words that narrow it down.

    "the former Wisconsin governor" has the head "governor" and the modifiers "former", "wisconsin";
    ``text`` shows it in reading order.
    """

    head: str
    modifiers: tuple[str, ...]
    text: str


def is_role(word: str) -> bool:
    """Does the word name a person by what he or she is?"""
    return word in roles()


def describe_epithet(phrase: str) -> Description | None:
    """Returns the description in "the Belgian", "the 58-year-old": where from, or how old, somebody is."""
    words = _LEADING.sub("", " ".join(phrase.split())).rstrip(",")
    return Description(fold(words), (), words) if _is_origin_or_age(fold(words)) else None


def is_epithet(head: str) -> bool:
    """Is it a noun by which newspapers take up somebody whom they have described otherwise before?"""
    return head in forms("roles", "epithet") or _is_origin_or_age(head)


def _is_origin_or_age(head: str) -> bool:
    by_rule = head.endswith(("an", "i")) and head in forms("place_names", "adjective")
    return by_rule or head in forms("place_names", "inhabitant") or _AGE.fullmatch(head) is not None


def role_gender(head: str) -> str | None:
    """Returns "m" or "f" where the noun itself tells."""
    if head in forms("roles", "male") or head in forms("titles", "courtesy_male"):
        return "m"
    return "f" if head in forms("roles", "female") or head in forms("titles", "courtesy_female") else None


def same_role(said: str, known: str) -> bool:
    """May the head noun ``said`` take up a person described as ``known``: itself or a wider word?"""
    return said == known or known in _wider().get(said, ()) or known.endswith(f" {said}")


@cache
def _wider() -> Mapping[str, tuple[str, ...]]:
    return load_lexicon("roles")["wider"].variants


def describe(phrase: str) -> Description | None:
    """Returns the description in a noun phrase: the last word before a preposition is its head.

    None where the head names no person by role.
    """
    bare = _LEADING.sub("", " ".join(phrase.split()))
    end = _HEAD_ENDS.search(f"{bare} ")
    main = _POSSESSOR.sub("", bare[: end.start()] if end else bare)
    words = [w.strip("'\"“”‘’,.") for w in main.split()]
    while len(words) > 1 and words[-1].lower() in forms("function_words", "calendar"):
        words.pop()
    folded = [role_word(w) for w in words]
    size = _head_size(folded)
    if not size and words and words[-1].isupper() and folded[-1] in forms("titles", "post"):
        size = 1
    if not size:
        return None
    complement = _COMPLEMENT.match(bare, end.start()) if end else None
    tail = complement["words"].split() if complement else []
    for i, word in enumerate(tail):
        if word.lower() in forms("function_words", "opener") or word.endswith((",", ".")):
            tail = tail[:i]
            break
    narrowing = tuple(folded[:-size]) + tuple(fold(w) for w in tail)
    shown = [
        *map(_plain, words),
        *(complement[0].split()[: -len(complement["words"].split())] if tail and complement else []),
        *map(_plain, tail),
    ]
    return Description(" ".join(folded[-size:]), narrowing, " ".join(shown))


def _plain(word: str) -> str:
    """Returns the word in lower case where its capital only comes from standing before a name."""
    low = role_word(word) if word[:1].isupper() else fold(word)
    known = low in forms("titles") or low in roles()
    return low if known and not word.isupper() else word


def role_word(word: str) -> str:
    """Returns the folded word, an abbreviated rank or office in full: ``Sen.`` is a senator."""
    low = fold_word(word)
    return _abbreviated().get(low, low)


@cache
def _abbreviated() -> dict[str, str]:
    return {s: full for full, shorts in load_lexicon("titles")["short"].variants.items() for s in shorts}


def _head_size(folded: Sequence[str]) -> int:
    """Returns how many last words are the head: 2 for ``attorney general``, 0 where there is none."""
    if len(folded) > 1 and " ".join(folded[-2:]) in forms("titles", "compound"):
        return 2
    return 1 if folded and is_role(folded[-1]) else 0


def descriptions_of(text: str, name: Name) -> list[Description]:
    """Returns what the words around one occurrence of a name say he or she is."""
    found = _from_titles(name)
    phrases: list[str] = []
    if not any(is_role(t) for t in name.title_words):
        field = (
            _WITH_FIELD.search(text[max(0, name.start - 90) : name.start].rstrip())
            if name.departments
            else None
        )
        if field:
            phrases.append(" ".join([*_noun_phrase_end(field["before"].split()), field["office"]]))
        if text.endswith(", ", 0, name.first):
            phrases.append(_noun_phrase_before(text, name.first - 2))
        phrases.append(_chunk_before(name))
    after = _AFTER.match(text, name.end, name.end + 240)
    if after and not _CLAUSE.search(f"{after['chunk']} "):
        phrases.append(after["chunk"])
    ballot = _BALLOT.match(text, name.end)
    if ballot:
        found.append(_from_ballot(ballot["party"], ballot["place"]))
    copula = _COPULA.match(text, name.end, name.end + 160)
    if copula:
        phrases.append(copula["chunk"])
    found.extend(d for d in map(describe, phrases) if d)
    return found


def _from_titles(name: Name) -> list[Description]:
    """Returns each office in the run before the name: ``MNA Dr`` are two, ``Attorney General`` is one."""
    words = [*_chunk_before(name).split(), *name.titles] if name.titles else []
    retired = ("retired",) if any(fold_word(w) in _RETIRED for w in words) else ()
    words = [w for w in words if fold_word(w) not in _RETIRED]
    found: list[Description] = []
    begin = 0
    for i, word in enumerate(words):
        if i < begin or not _ends_office(words, i):
            continue
        size = _head_size([role_word(w) for w in words[begin : i + 1]]) or 1
        stop = i + 1
        if word.isupper() and fold_word(word) in forms("titles", "post"):
            while stop < len(words) and words[stop].isupper():
                stop += 1
        head = " ".join(role_word(w) for w in words[i + 1 - size : i + 1])
        others = (*retired, *words[begin : i + 1 - size], *words[i + 1 : stop])
        shown = " ".join(map(_plain, words[begin:stop]))
        found.append(Description(head, tuple(map(role_word, others)), shown))
        begin = stop
    return found


def _ends_office(words: Sequence[str], i: int) -> bool:
    """Does an office end here: not the ``Lt`` of ``Lt Gen``, nor the ``Attorney`` of ``Attorney General``?"""
    low, following = role_word(words[i]), role_word(words[i + 1]) if i + 1 < len(words) else ""
    post = words[i].isupper() and low in forms("titles", "post")
    if not (is_role(low) or post or low in _profession_titles()):
        return False
    if low in ("lieutenant", "major", "sergeant", "detective", "brigadier") and following in forms(
        "titles", "rank"
    ):
        return False
    if low in ("deputy", "assistant", "associate", "vice", "additional") and following:
        return False
    return f"{low} {following}" not in forms("titles", "compound")


@cache
def _profession_titles() -> frozenset[str]:
    """Returns the courtesies that tell a profession: ``Dr``, ``Prof``, which "the surgeon" may take up."""
    taken_up = {w for words in _wider().values() for w in words}
    return frozenset(forms("titles", "courtesy") & taken_up)


def _from_ballot(party: str, place: str) -> Description:
    """Returns the party and state of ``(R-Ky.)``, as American papers put them after a name."""
    noun = {"R": "republican", "D": "democrat", "I": "independent"}[party]
    short = fold_word(place)
    states = load_lexicon("place_names")["state"].variants
    state = next((name for name, others in states.items() if short in others), short)
    return Description(noun, (state,), f"{noun} of {state.title()}")


def _chunk_before(name: Name) -> str:
    """Returns the modifiers and the role right before: ``British-American journalist``."""
    chunk = _noun_phrase_end(name.before)
    return " ".join(chunk) if name.titles or (chunk and is_role(fold(chunk[-1]))) else ""


def _noun_phrase_end(words: Sequence[str]) -> list[str]:
    """Returns the last words that belong to one noun phrase: no article, preposition, possessive, number."""
    stop = forms("function_words", "opener", "preposition")
    chunk: list[str] = []
    for word in reversed(words):
        low = fold(word)
        ends = low in stop and low not in forms("titles", "modifier")
        if ends or low.endswith(("'s", "s'")) or any(c.isdigit() for c in low):
            break
        chunk.append(word)
    return chunk[::-1]


def _noun_phrase_before(text: str, end: int) -> str:
    """Returns the end of the clause before a comma from its last article or possessive on."""
    chunk = text[max(0, end - _CLAUSE_REACH) : end]
    chunk = chunk[max(chunk.rfind(mark) for mark in ',.;:—–()"“”\n') + 1 :]
    found = list(_BEGINS_PHRASE.finditer(chunk))
    return chunk[found[-1].end() :] if found else ""
