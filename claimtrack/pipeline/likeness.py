"""How two names are alike that no rule joins, and whether a text writes a name."""

import re
from collections.abc import Callable, Sequence

from claimtrack.models import Speaker, Value
from claimtrack.similarity import spelling_distance
from claimtrack.statements.spellings import fold_words, generation, given_names_fit, surnames_fit
from claimtrack.statements.wordlists import forms, is_given_name
from claimtrack.text import fold

SLIP = 1
"""Letters by which two words may differ to be worth a suggestion; they are never joined for it."""

_LONGEST_ACRONYM = 6
"""Letters of an acronym; longer ones are words in capitals."""

_WORD = re.compile(r"[^\W_]+")


class Likeness(Value):
    """A way in which two names are alike: what to tell, and how much it is worth.

    ``is_bare``: one is only the other's surname. ``is_shorter``: one says less than the other, so that an
    article that writes the fuller one too tells something. ``is_longer_title``: one has words before the
    other's whole name. ``is_slip``: they differ in a letter. ``is_same_letters``: they do not even so.
    """

    told: str
    points: float
    is_bare: bool = False
    is_shorter: bool = False
    is_longer_title: bool = False
    is_slip: bool = False
    is_same_letters: bool = False


Words = tuple[str, ...]
Rule = Callable[[Words, Words, Speaker, Speaker], Likeness | None]
"""Takes the folded words of the fuller and the shorter name, and both speakers."""


def likeness(full: Speaker, short: Speaker) -> Likeness | None:
    """Returns how two names are alike, ``short`` having fewer or as many words; None where they are not."""
    a, b = fold_words(full.name.split()), fold_words(short.name.split())
    if generation(full.name.split()) != generation(short.name.split()) or _is_paper(a) or _is_paper(b):
        return None
    return next((found for rule in _RULES if (found := rule(a, b, full, short))), None)


def letters_of(words: Words) -> str:
    """Returns the letters and digits of folded words without what stands between them."""
    return "".join(_WORD.findall(" ".join(words)))


def initials_of(words: Words) -> str:
    """Returns the first letters of the words, small ones such as "of" left out."""
    small = forms("function_words")
    return "".join(word[0] for word in _WORD.findall(" ".join(words)) if word not in small)


def _same_letters(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Are they one name but for spaces, hyphens and dots (Sun-Times, Sun Times)?"""
    if a == b or letters_of(a) != letters_of(b):
        return None
    return Likeness(told="one name but for spaces and marks", points=4.0, is_same_letters=True)


def _words_before(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Does the fuller name only put words before the whole other (Fox News host Ann Roe)?"""
    if len(b) < 2 or len(a) <= len(b) or a[-len(b) :] != b or _is_body(b):
        return None
    told = f"{full.name} ends in {short.name}"
    return Likeness(told=told, points=3.0, is_shorter=True, is_longer_title=True)


def _fitting_names(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Do initials, nicknames or middle names fit (J. Roe, Jane Roe)?"""
    if len(b) < 2 or _is_body(a) or not surnames_fit(a[-1], b[-1]) or not given_names_fit(a[:-1], b[:-1]):
        return None
    if min(len(a[0]), len(b[0])) == 1:
        return Likeness(told="an initial that fits", points=0.5, is_shorter=True)
    if not given_names_fit(a[:1], b[:1]) and len(a[1]) == 1:
        return None  # Mark Roe need not be James M. Roe
    return Likeness(told="given names that fit", points=1.5, is_shorter=True)


def _bare_surname(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Is the shorter one the surname of a person, not a given name, a place or a body?"""
    if len(b) != 1 or len(a) < 2 or not surnames_fit(a[-1], b[-1]) or _is_body(a) or _is_body(b):
        return None
    is_person = is_given_name(a[0]) or full.offices or short.offices
    if not is_person or is_given_name(b[0]) or b[0] in forms("place_names"):
        return None
    return Likeness(told="one surname", points=-2.0, is_bare=True, is_shorter=True)


def _one_slip(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Do two full names differ in one letter of a longer word, not its first?

    In a surname a letter makes another person more often than in a given name.
    """
    if not len(a) == len(b) > 1:
        return None
    unlike = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(unlike) != 1 or spelling_distance(*unlike[0], SLIP) != SLIP or min(map(len, unlike[0])) < 3:
        return None
    in_surname = a[-1] != b[-1]
    return Likeness(told="one letter apart", points=-0.5 if in_surname else 1.0, is_slip=True)


def _acronym(a: Words, b: Words, full: Speaker, short: Speaker) -> Likeness | None:
    """Is the shorter one the first letters of the other's words (ISPR, Inter Services Public Relations)?"""
    letters = short.name.replace(".", "")
    if len(b) != 1 or len(a) < 3 or not letters.isupper() or not 2 < len(letters) <= _LONGEST_ACRONYM:
        return None
    if initials_of(a) != letters.lower():
        return None
    told = f"{letters} is {full.name} in first letters"
    return Likeness(told=told, points=-0.5, is_shorter=True)


_RULES: Sequence[Rule] = (_same_letters, _words_before, _fitting_names, _bare_surname, _one_slip, _acronym)


def _is_body(words: Sequence[str]) -> bool:
    """Is it the name of a body, not a person's?"""
    return words[-1] in forms("organisations") or words[0] in forms("function_words", "opener")


def _is_paper(words: Sequence[str]) -> bool:
    """Is it something written or counted: a poll, a report?"""
    return words[-1] in forms("organisations", "document")


def is_named_in(speaker: Speaker, folded_text: str) -> bool:
    """Does a folded text write the speaker's name in full, in any known form of two words or more?"""
    names = (fold(name) for name in (speaker.name, *speaker.aliases) if len(name.split()) > 1)
    return any(re.search(rf"\b{re.escape(name)}\b", folded_text) for name in names if name in folded_text)
