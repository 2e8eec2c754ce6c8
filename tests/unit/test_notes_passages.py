"""The words around a quotation: whole sentences, the one before and the one after always."""

import pytest
from conftest import make_document, make_statement

from claimtrack.models import Junk
from claimtrack.notes.passages import WHOLE_PARAGRAPH, passage


def around(text: str, words: str = "it rained", longest: int = 300, **given) -> str:
    document = make_document(text, **given)
    start, end = passage(make_statement(document, words), document, longest)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One. Two. She said it rained. Three. Four.", "One. Two. She said it rained. Three. Four."),
        ("Zero. One.\n\nShe said it rained.\n\nTwo. Three.", "One.\n\nShe said it rained.\n\nTwo."),
        ("She said it rained.", "She said it rained."),
        ("it rained", "it rained"),
        ("One.\nTwo. She said it rained. Three.\nFour.", "Two. She said it rained. Three."),
        (
            "If asked. She said it rained, unless it did not.",
            "If asked. She said it rained, unless it did not.",
        ),
    ],
)
def test_sentences_around(text, told):
    assert around(text) == told


def test_only_the_neighbours_are_told_where_little_room_is():
    assert (
        around("One. Two. She said it rained. Three. Four.", longest=0) == "Two. She said it rained. Three."
    )


def test_a_long_neighbour_is_whole():
    neighbour = "Far " * 200 + "away."
    assert (
        around(f"{neighbour} She said it rained. {neighbour}")
        == f"{neighbour} She said it rained. {neighbour}"
    )


def test_what_goes_on_without_end_is_cut():
    told = around("far " * 2000 + "it rained" + " on" * 2000)
    assert len(told) <= 2 * WHOLE_PARAGRAPH + len("it rained")


def test_headline_date_line_and_what_is_no_article_are_left_out():
    text = "It rains\nShe said it rained.\nWrite to us!"
    junk = (Junk(start=text.index("Write"), end=len(text), reason="form"),)
    assert around(text, title="It rains", junk=junk) == "She said it rained."
    assert around("date 2024-03-12\nShe said it rained.", published="2024-03-12") == "She said it rained."
