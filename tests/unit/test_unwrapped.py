"""Lines broken at a width: which run on, and that nothing moves."""

import textwrap

import pytest

from claimtrack.text import context_span, paragraph_spans, unwrapped

LONG = (
    "The Harrow reservoir will be full again by spring and no household in the valley will have its water "
    "cut off this winter, Water Minister Rosalind Teague said on Tuesday, as engineers disagreed."
)
OTHER = (
    "“If the rain is average, we will have to begin in December,” Daniel Okafor said. He added that leaks in "
    "the old main accounted for almost a fifth of the loss, and that every week of waiting cost four million."
)


def paragraphs(text):
    shown = unwrapped(text)
    return [" ".join(shown[start:end].split()) for start, end in paragraph_spans(shown)]


def wrapped(*texts, width=72, between="\n\n", indent=""):
    return between.join(textwrap.fill(text, width, initial_indent=indent) for text in texts)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(wrapped(LONG, OTHER), id="empty lines between"),
        pytest.param(wrapped(LONG, OTHER, between="\n", indent="   "), id="paragraphs stand in"),
        pytest.param(wrapped(LONG, OTHER, between="\n\n", width=90), id="wide"),
        pytest.param(wrapped(LONG, OTHER).replace("\n", "\r\n"), id="Windows"),
        pytest.param(wrapped(LONG, OTHER).replace("\n\n", "\n \t\n"), id="spaces on the empty line"),
    ],
)
def test_broken_paragraphs_are_whole_again(text):
    assert paragraphs(text) == [LONG, OTHER]
    assert len(unwrapped(text)) == len(text)
    assert "".join(unwrapped(text).split()) == "".join(text.split())


def test_lines_of_uneven_length_run_on_within_a_sentence():
    words = LONG.split()
    lines = [" ".join(words[at : at + 9 + at % 4]) for at in (0,)]
    at = len(lines[0].split())
    while at < len(words):
        lines.append(" ".join(words[at : at + 8 + at % 3]))
        at += 8 + at % 3
    assert paragraphs("\n".join(lines)) == [LONG]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{LONG}\n{OTHER}\n", id="a line each"),
        pytest.param(
            "Minister promises water for all towns in the valley\n"
            "Hospital will not close, says the health chief\n"
            "Bridge toll to rise by a third from next January\n"
            "Schools in the north open a week late again\n",
            id="headlines",
        ),
        pytest.param(
            "\n".join(f"- the {word} of the town was closed for the whole of the month" for word in "abcdef"),
            id="bullets",
        ),
        pytest.param(
            "The water rose above the weir,\nthe willows bent and broke,\nand no one in the town could hear\n"
            "a single word we spoke,",
            id="verse",
        ),
        pytest.param("", id="nothing"),
        pytest.param("\n\n \n", id="white space"),
    ],
)
def test_whole_lines_stay(text):
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "following",
    [
        "OKAFOR: We will have to begin sooner, and then we will have to be honest.",
        "- the pressure is lowered in the second week of December in all of them",
        "> the pressure is lowered in the second week of December in all of them",
        "   The pressure is lowered in the second week of December in all of them",
    ],
    ids=["turn", "bullet", "quoted", "stands in"],
)
def test_what_begins_a_line_of_its_own_stays_there(following):
    full = textwrap.fill(LONG, 72).split("\n")
    text = "\n".join(
        [*full[:-1], "Nobody in the valley was told of this by the company or the board today.", following]
    )
    assert "\n" + following in unwrapped(text)


def test_a_headline_of_one_line_is_none_of_the_text_below():
    headline = "Hospital in Kelbrook ‘will not close’, regional health chief insists"
    text = f"{headline}\n{wrapped('KELBROOK — ' + LONG)}"
    assert paragraphs(text)[0] == headline


def test_front_matter_and_headings_keep_their_lines():
    heading = "# Hospital in Kelbrook will not close, regional health chief insists"
    text = f"{heading}\nbut nobody believes it\n\n{wrapped(LONG, OTHER)}"
    assert paragraphs(text)[1] == "but nobody believes it"


def test_the_context_of_a_place_is_its_whole_paragraph():
    text = wrapped(LONG, OTHER)
    start = text.index("“If the rain")
    assert text[slice(*context_span(text, start + 5, start + 9))] == textwrap.fill(OTHER, 72)
