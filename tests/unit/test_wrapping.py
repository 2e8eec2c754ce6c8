import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.documents.wrapping import unwrapped

STORY = (
    'Transport Minister Ada Lomax has ruled out a toll on the harbour bridge. "There will be no toll on this '
    'bridge, not this year and not next," Lomax told reporters in Kalbar. Harbour master Tom Reed said that '
    "the pumps below had failed twice since it was opened, and that nobody had looked after them in May."
)
SECOND = (
    "The ministry said that it would publish a report within the week, on its site and in the paper, for all."
)


@pytest.mark.parametrize("width", [45, 60, 72, 80, 98])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_lines_filled_to_a_width_become_paragraphs(width, end):
    paragraphs = [textwrap.fill(p, width) for p in (STORY, SECOND)]
    text = "\n\n".join(paragraphs).replace("\n", end)
    found = unwrapped(text)
    assert len(found) == len(text)
    assert [" ".join(p.split()) for p in found.split(end * 2)] == [STORY, SECOND]


KEPT = [
    pytest.param("\n".join([STORY, SECOND, STORY]), id="a paragraph a line"),
    pytest.param(
        "Rain fell on the harbour town\nand nobody went out to see.\nThe ferry waited\nat the quay.\n",
        id="verse",
    ),
    pytest.param("- bread and butter\n- milk from the farm\n- eggs, a dozen of them\n- salt\n", id="list"),
    pytest.param(
        "LOMAX: There is no toll on it.\nREED: There was one in spring.\nORTH: I have seen no gate.\n",
        id="turns",
    ),
    pytest.param("One two.\nThree four.\nFive six.\nSeven.\n", id="short sentences"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", KEPT)
def test_other_line_ends_stay(text):
    assert unwrapped(text) == text


def test_labels_and_bullets_in_a_wrapped_text_open_lines():
    turns = ["LOMAX: " + STORY, "REED: " + SECOND, "- " + SECOND]
    text = "\n".join(textwrap.fill(turn, 60) for turn in turns)
    assert [" ".join(line.split()) for line in unwrapped(text).split("\n")] == turns


@given(st.text(alphabet="ab .:-\n\r\t“", max_size=400))
def test_offsets_stay(text):
    found = unwrapped(text)
    assert len(found) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, found, strict=True))
