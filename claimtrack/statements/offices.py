"""What an article says a name is: offices, professions and kinships beside it.

Three places tell: the words right before the name ("White House spokesman Roe"), an apposition after
it ("Roe, a White House spokesman,") and one before it ("the party's spokesman, Roe,").
"""

import re
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.names import Name
from claimtrack.text import fold

_AFTER = re.compile(
    r"(?:\s?\([^()]{1,40}\))?\s?[,—–]\s?(?:\d{1,2},\s)?(?:(?:who|which)\s(?:is|was|has\sbeen|serves?\sas)\s)?"
    r"(?P<chunk>[^,.;:—–()\"“”\n]{3,120})"
)
_COPULA = re.compile(r"\s(?:is|was|became)\s(?P<chunk>(?:a|an|the|one\sof)\s[^,.;:—–()\"“”\n]{3,90})")
_BEFORE = re.compile(r"(?P<chunk>[^,.;:—–()\"“”\n]{3,90}),\s$")
_HEAD_ENDS = re.compile(
    r"\s(?:of|for|at|in|on|to|from|with|who|whom|whose|which|that|and|or|by|since|under|between|during|behind|"
    r"representing|based|known|running|leading|overseeing|covering|specializing|specialising|is|was|has|had|said|says)\s"
)
_LEADING = re.compile(r"^(?:(?:and|as|also|once|now|then|himself|herself)\s)*(?:(?:a|an|the|his|her|its|their|our|my|one\sof)\s)?", re.I)
_DETERMINED = re.compile(r"^(?:a|an|the|his|her|its|their|our|one\sof)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase for somebody: its head noun, the folded words before the head, what it belongs to.

    "the former Wisconsin governor" has the head "governor" and the modifiers "former", "wisconsin".
    """

    head: str
    modifiers: tuple[str, ...]

    @property
    def text(self) -> str:
        """Returns modifiers and head as one phrase."""
        return " ".join((*self.modifiers, self.head))


def is_role(word: str) -> bool:
    """Does the word name a person by what he or she is?"""
    return word in _forms("roles", "male", "female", "neutral") or word in _forms("titles", "office")


def role_gender(word: str) -> str | None:
    """Returns "m" or "f" where the noun itself tells."""
    if word in _forms("roles", "male"):
        return "m"
    return "f" if word in _forms("roles", "female") else None


def describe(phrase: str) -> Description | None:
    """Returns the description in a noun phrase: the last word before a preposition is its head.

    None where the head names no person by role.
    """
    bare = _LEADING.sub("", " ".join(phrase.split()))
    end = _HEAD_ENDS.search(bare + " ")
    words = [w.strip("'\"“”‘’") for w in (bare[: end.start()] if end else bare).split()]
    words = [fold(re.sub(r"['’]s$", "", w)).replace(".", "") for w in words]
    while words and not is_role(words[-1]) and len(words) > 1 and words[-1] in _forms("function_words", "calendar"):
        words.pop()
    if end and words and bare[end.start() :].lower().startswith((" of state", " of staff", " of the opposition")):
        words.append(bare[end.start() :].split()[0].lower() + " " + bare[end.start() :].split()[-1 if len(bare[end.start() :].split()) < 3 else 1].lower())
        head = " ".join(words[-2:])
        return Description(head, tuple(words[:-2])) if is_role(words[-2]) else None
    if not words or not is_role(words[-1]):
        return None
    return Description(words[-1], tuple(words[:-1]))


def descriptions_of(text: str, name: Name) -> list[Description]:
    """Returns what the words around one occurrence of a name say he or she is, the nearest first."""
    phrases: list[str] = []
    if name.titles:
        phrases.append(" ".join(name.titles))
    chunk = _chunk_before(name)
    if chunk:
        phrases.append(f"{chunk} {phrases.pop()}" if name.titles else chunk)
    after = _AFTER.match(text, name.end, name.end + 240)
    if after and _is_apposition(text, after):
        phrases.append(after["chunk"])
    copula = _COPULA.match(text, name.end, name.end + 160)
    if copula:
        phrases.append(copula["chunk"])
    before = _BEFORE.search(text[max(0, name.start - 120) : name.start])
    if before and not name.titles:
        phrases.append(_last_noun_phrase(before["chunk"]))
    found = [describe(phrase) for phrase in phrases if phrase]
    return [d for d in found if d]


def _is_apposition(text: str, match: re.Match[str]) -> bool:
    """An article, a possessive or a bare role begins it, and no verb form of a clause."""
    chunk = match["chunk"].strip()
    return bool(_DETERMINED.match(chunk)) or describe(chunk) is not None


def _chunk_before(name: Name) -> str:
    """Returns the modifiers and the role right before: ``British-American journalist``."""
    stop = _forms("function_words", "opener", "preposition") - _forms("titles", "modifier")
    chunk: list[str] = []
    for word in reversed(name.before):
        if word in stop or word.endswith("'s") or (not chunk and not name.titles and not is_role(word)):
            break
        chunk.append(word)
    return " ".join(reversed(chunk))


def _last_noun_phrase(chunk: str) -> str:
    """Returns the end of a clause from its last article or possessive on."""
    found = list(re.finditer(r"(?:^|\s)(?:the|his|her|its|their|our|a|an)\s|['’]s\s", chunk, re.IGNORECASE))
    return chunk[found[-1].end() :] if found else ""


@cache
def _forms(lexicon: str, *groups: str) -> frozenset[str]:
    return load_lexicon(lexicon).forms(*groups)
