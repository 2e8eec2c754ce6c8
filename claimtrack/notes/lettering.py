"""How wide words are, by an estimate: a drawing's lines are broken without asking for the reader's font."""

import unicodedata
from collections.abc import Iterator

NARROW, LETTER, CAPITAL, BROAD, FULL = 0.41, 0.64, 0.78, 1.0, 1.06
"""Widths of letters as shares of the font's size: those of DejaVu Sans, the widest of the common fonts."""

STRONG = 1.12
"""How much wider the same letters are in bold."""

_NARROW = frozenset("iljftrI.,;:!'’‘|()[]- ")
_BROAD = frozenset("mwMW@%—…")


def broken(text: str, most: float) -> list[str]:
    """Returns the text in lines of at most a width, in shares of the font's size; white space is single.

    A word that is too long for a line is broken.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for word in _pieces(" ".join(text.split()), most):
        needed = width(word)
        if line and used + NARROW + needed > most:
            lines.append(line)
            line, used = "", 0.0
        line, used = (f"{line} {word}", used + NARROW + needed) if line else (word, needed)
    return [each for each in (*lines, line) if each]


def _pieces(text: str, most: float) -> Iterator[str]:
    """Yields the words, those wider than a line in parts."""
    for word in text.split(" "):
        part, used = "", 0.0
        for letter in word:
            if part and used + width(letter) > most:
                yield part
                part, used = "", 0.0
            part, used = part + letter, used + width(letter)
        yield part


def width(text: str) -> float:
    """Returns how wide a text is, as a share of the font's size."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return NARROW
    if letter in _BROAD:
        return BROAD
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    return LETTER if letter.isascii() and not letter.isupper() else CAPITAL
