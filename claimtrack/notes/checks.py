"""Wordings of one quotation set against each other: what stayed, what went, what came, word by word."""

from collections.abc import Iterable

from claimtrack.notes.inline import escape
from claimtrack.notes.phrases import one_line

GONE = ("[-", "-]")
NEW = ("{+", "+}")
"""What went and what came in plain text, as the program wdiff marks it."""

Part = tuple[str, str]
"""``same``, ``gone`` or ``new``, and whole words."""


def plain_differences(parts: Iterable[Part]) -> str:
    """Returns the differences in one line: ``the toll will be [-two-] {+nine+} pounds``."""
    marks = {"gone": GONE, "new": NEW, "same": ("", "")}
    return " ".join(marks[edit][0] + one_line(text) + marks[edit][1] for edit, text in parts)


def quoted_differences(parts: Iterable[Part]) -> str:
    """Returns the differences as a Markdown quotation: what went is struck through, what came is bold."""
    marks = {"gone": "~~", "new": "**", "same": ""}
    return "> " + " ".join(marks[edit] + escape(text) + marks[edit] for edit, text in parts)
