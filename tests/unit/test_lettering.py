"""Lines are broken where they are full, and nothing of the text is lost."""

import pytest

from claimtrack.notes.lettering import broken, width


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 10, []),
        ("  one \n two ", 10, ["one two"]),
        ("one two", 3, ["one", "two"]),
        ("abcdefgh", 2.6, ["abcd", "efgh"]),
        ("字字字", 2.2, ["字字", "字"]),
    ],
    ids=["nothing", "white space", "words", "a long word", "full width"],
)
def test_lines_hold_what_fits(text, most, lines):
    assert broken(text, most) == lines


@pytest.mark.parametrize("text", ["W" * 50, "the bridge " * 40, "é" * 60, "e\u0301" * 60], ids=repr)
def test_no_line_is_wider_than_it_may_be(text):
    lines = broken(text, 20)
    assert len(lines) > 1
    assert all(width(line) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_letter_wider_than_the_line_stands_alone():
    assert broken("WW", 0.5) == ["W", "W"]
