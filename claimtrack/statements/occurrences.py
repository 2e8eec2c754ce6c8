"""The places of an article that stand for somebody: names, pronouns, descriptions."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import any_of
from claimtrack.statements.offices import Description, describe, descriptions_of
from claimtrack.statements.people import Cast
from claimtrack.statements.wordlists import forms

_DEFINITE = re.compile(r"\b[Tt]he\s(?=\w)")
_PLAIN_WORD = re.compile(r"[\w\-]+")
_REACH = 60
"""Characters after "the" within which a description's noun is looked for: five longer words."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place that stands for somebody: ``choices`` are parties; a pronoun has ``gender``, not choices.

    A ``fresh`` description ("a spokesman") brings in somebody new, shown as ``shown``; ``said`` is what
    the words around the name tell of its bearer. ``objective`` pronouns ("him") cannot mean the subject,
    ``barred`` are parties it cannot mean either, ``talked_of`` those named in the words it is the source of:
    few speak of themselves by name. ``speaking`` where it is the source of a statement.
    """

    start: int
    end: int
    choices: tuple[int, ...] = ()
    gender: str | None = None
    description: Description | None = None
    possessive: bool = False
    objective: bool = False
    barred: frozenset[int] = frozenset()
    talked_of: frozenset[int] = frozenset()
    speaking: bool = False
    fresh: bool = False
    shown: str = ""
    said: tuple[Description, ...] = ()


def find_occurrences(text: str, cast: Cast) -> list[Occurrence]:
    """Returns the names, third-person singular pronouns and definite descriptions of an article."""
    return [*_names(text, cast), *_pronouns(text), *_descriptions(text, cast)]


def _names(text: str, cast: Cast) -> Iterator[Occurrence]:
    for name, fits in zip(cast.names, cast.choices, strict=True):
        if fits:
            said = tuple(descriptions_of(text, name)) if len(fits) > 1 else ()
            yield Occurrence(name.start, name.end, fits, possessive=name.possessive, said=said)


def _pronouns(text: str) -> Iterator[Occurrence]:
    for match in _third_person().finditer(text):
        word = match[0].lower()
        before_noun = (
            text[match.end() : match.end() + 1] == " " and text[match.end() + 1 : match.end() + 2].isalnum()
        )
        possessive = word == "his" or (word == "her" and before_noun)
        yield Occurrence(
            match.start(),
            match.end(),
            gender="m" if word in forms("pronouns", "male") else "f",
            possessive=possessive,
            objective=word in ("him", "her") and not possessive,
        )


def _descriptions(text: str, cast: Cast) -> Iterator[Occurrence]:
    starts = [name.start for name in cast.names]
    for match in _DEFINITE.finditer(text):
        end = _role_end(text, match.end())
        nearest = bisect_left(starts, match.start())
        if end is None or (nearest < len(starts) and starts[nearest] < end + 2):
            continue
        description = describe(text[match.start() : end])
        if description:
            possessive = text[end : end + 1] in ("'", "’")
            yield Occurrence(match.start(), end, description=description, possessive=possessive)


def _role_end(text: str, at: int) -> int | None:
    """Returns where the first role noun after "the" ends, if no further noun of the phrase follows."""
    last = at
    for match in _PLAIN_WORD.finditer(text, at, at + _REACH):
        if match.start() > at and text[last : match.start()] not in (" ", ". "):
            return None
        if match.start() > at and match[0].lower() in forms("function_words", "opener"):
            return None
        last = match.end()
        if describe(match[0]):
            following = _PLAIN_WORD.match(text, last + 1)
            if not (following and (describe(following[0]) or following[0][0].isupper())):
                return last
    return None


@cache
def _third_person() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(forms('pronouns', 'male', 'female'))}\b", re.IGNORECASE)
