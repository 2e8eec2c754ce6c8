"""Numbers with their units, how exactly they are meant and what they count."""

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.conflicts.lexical import forms, values, variants
from claimtrack.conflicts.words import Word, find_phrases, stem_book

_ROUNDING = 0.03
"""Share by which two figures may differ and still be one figure rounded: 9.9 million and 10 million."""

_ABOUT = 0.15
"""The same where one side says "about" or "nearly"."""

_RATE = " rate"
"""Stands behind the unit of a figure that counts per something."""

_RATES_BEFORE = frozenset({"annual", "yearly", "monthly", "weekly", "daily", "hourly"})
"""Adjectives that make a figure after them a rate: "the annual saving is 700,000 pounds"."""

_LARGE = 1e6
"""Least figure that stands without what it counts only where that is money."""

_AHEAD = 5
"""Words after a figure in which "a day" or "per head" stands."""

_WHOLES = frozenset({"the", "our", "their", "its", "my", "your", "his", "her", "these", "those"})
"""Words after "half" where a whole is named."""

_PARTS = frozenset({"a", "an"})
"""Words after "a quarter of" where a unit is named: "of an hour", "of a century"."""

_BACK = 3
"""Words before a number in which its qualifier stands: "no fewer than 20"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: indices of its words, ``value``, ``unit`` (``""`` where it counts things).

    ``low`` and ``high`` are the bounds that the words leave open; ``counted`` is the key of the noun
    after it, ``""`` where none follows.
    """

    first: int
    last: int
    value: float
    unit: str
    low: float
    high: float
    counted: str
    moved: bool


def find_quantities(words: Sequence[Word]) -> tuple[Quantity, ...]:
    """Returns the quantities of one clause; years and parts of names ("Article 370") are none."""
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        quantity = _read(words, at)
        if quantity:
            found.append(quantity)
            at = quantity.last
        at += 1
    return tuple(found)


def apart(first: Quantity, second: Quantity) -> bool:
    """Returns whether no figure fits both; rounding, bounds and "about" are allowed for."""
    return first.low > second.high or second.low > first.high


def is_money(first: Quantity, second: Quantity) -> bool:
    """Is a large bare figure ("three billion") so much money as the other one gives with its currency?"""
    is_bare = not first.unit and not first.counted and first.value >= _LARGE
    return is_bare and second.unit in forms("quantities", "currencies")


def _read(words: Sequence[Word], at: int) -> Quantity | None:
    return _read_fraction(words, at) or _read_figure(words, at)


def _read_fraction(words: Sequence[Word], at: int) -> Quantity | None:
    """Returns "half the members", "two thirds of them" as percent; "half an hour", "the third" are none."""
    share = values("quantities", "fractions").get(words[at].text)
    if share is None:
        return None
    count = 1.0 if words[at].text == "half" else _numerator(words[at - 1]) if at else None
    after = [word.text for word in words[at + 1 : at + 3]]
    is_part = bool(after) and (
        after[0] in _WHOLES or (after[0] == "of" and after[1:] and after[1] not in _PARTS)
    )
    if count is None or not is_part:
        return None
    first = at if words[at].text == "half" else at - 1
    low, high = _bounds(words, first, share * count)
    return Quantity(first, at, share * count, "percent", low, high, _counted(words, at), False)


def _numerator(word: Word) -> float | None:
    return 1.0 if word.text in ("a", "one") else _number(word)


def _read_figure(words: Sequence[Word], at: int) -> Quantity | None:
    value = _number(words[at])
    if value is None or (at and _names_it(words[at - 1])):
        return None
    last, unit = at, _unit(words[at - 1]) if at else ""
    while last + 1 < len(words) and words[last + 1].text in values("quantities", "multipliers"):
        if words[last + 1].text in ("m", "k", "b") and unit in ("", "year"):
            break
        last += 1
        value *= values("quantities", "multipliers")[words[last].text]
    after = words[last + 1 : last + 3]
    if after and _unit(after[0]) and (len(after) == 1 or _number(after[1]) is None):
        last += 1
        unit = unit or _unit(words[last])
    if not unit and last == at and _is_year(words[at].text, value):
        return None
    first = at - 1 if at and _unit(words[at - 1]) else at
    is_rate = find_phrases(words[last + 1 : last + 1 + _AHEAD], stem_book("quantities", "rates"))
    if is_rate or {word.text for word in words[max(0, first - _AHEAD) : first]} & _RATES_BEFORE:
        unit += _RATE
    low, high = _bounds(words, first, value)
    moved = low > 0 and high < float("inf") and _moved(words, first, last)
    return Quantity(first, last, value, unit, low, high, _counted(words, last), moved)


def _number(word: Word) -> float | None:
    text = word.text.replace(",", "")
    if text and text[0].isdigit() and text[0].isascii():
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        scale = values("quantities", "multipliers").get(text[len(digits) :], 1.0)
        if text[len(digits) :] and scale == 1.0:
            return None
        try:
            return float(digits) * scale
        except ValueError:
            return None
    return values("quantities", "number_words").get(word.text)


def _names_it(before: Word) -> bool:
    """Returns whether a figure after this word is part of a name: "Article 370", "Boeing 737"."""
    return before.text in forms("quantities", "labels") or (before.is_name and not _unit(before))


def _is_year(text: str, value: float) -> bool:
    return len(text) == 4 and 1800 <= value <= 2100


def _unit(word: Word) -> str:
    units = variants("quantities", "units")
    return units.get(word.text) or units.get(word.key.removeprefix("="), "")


def _bounds(words: Sequence[Word], first: int, value: float) -> tuple[float, float]:
    before = words[max(0, first - _BACK) : first]
    slack = _ROUNDING
    for _, last, group in find_phrases(before, stem_book("quantities", "at_least", "at_most", "about")):
        if last == len(before) - 1:
            if group == "at_least":
                return value, float("inf")
            if group == "at_most":
                return 0.0, value
            slack = _ABOUT
    exact = value == int(value) and value < 100 and slack == _ROUNDING
    margin = 0.0 if exact else abs(value) * slack
    return value - margin, value + margin


def _counted(words: Sequence[Word], last: int) -> str:
    for word in words[last + 1 : last + 4]:
        if word.weight > 0 and not word.text[0].isdigit():
            return word.key
        if word.weight == 0 and word.text not in ("of", "the", "more"):
            return ""
    return ""


def _moved(words: Sequence[Word], first: int, last: int) -> bool:
    """Returns whether the figure is a step or a difference between two others, and no state."""
    if first > 0 and words[first - 1].text in forms("quantities", "changes"):
        return True
    return last + 1 < len(words) and words[last + 1].text in forms("quantities", "differences")
