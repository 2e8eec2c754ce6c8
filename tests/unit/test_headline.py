import pytest

from claimtrack.documents.headline import find_title, markdown_title
from claimtrack.text import paragraph_spans

BODY = "\nFarm minister Lena Orth has said that the dam will be built next year.\nShe spoke on Monday.\n"


def title_of(text):
    return find_title(text, paragraph_spans(text))


@pytest.mark.parametrize(
    "line",
    [
        "Minister rules out new dam",
        "Farmers Welcome U.S. Help on Water",
        "Envoy meets leaders of U.S.",
        "‘We were lied to’, say families",
        "What happened at the dam?",
        "Dam row: minister hits back",
        "Lake Talks | Key Points",
        "Minister Rules Out New Dam After Talks.",
        "Minister: ‘I did not threaten. I described’",
    ],
)
def test_a_headline_is_the_title(line):
    assert title_of(line + BODY) == line


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The dam will be built next year.", id="a sentence"),
        pytest.param("Farm Minister Lena Orth went there with five others from Kalbar.", id="with names"),
        pytest.param("The dam will be built. Work starts soon", id="two sentences"),
        pytest.param("- Minister rules out dam", id="bullet"),
        pytest.param("• Minister rules out dam", id="round bullet"),
        pytest.param("1. Minister rules out dam", id="numbered"),
        pytest.param("Key points of the day:", id="colon at the end"),
        pytest.param("“The dam will be built,”", id="comma at the end"),
        pytest.param("12 34", id="no letters"),
        pytest.param("word " * 60, id="too long"),
    ],
)
def test_other_first_lines_are_not(line):
    assert title_of(line + BODY) is None


def test_a_section_name_stands_before_the_headline():
    assert title_of("World\nMinister rules out dam" + BODY) == "Minister rules out dam"


def test_a_single_line_is_no_title():
    assert title_of("Minister rules out dam") is None


def test_a_turn_of_a_transcript_is_none():
    text = "ORTH: You said that it was built\nBERG: I did not say that\nORTH: I saw you say it\n"
    assert title_of(text) is None


def test_text_broken_at_a_fixed_width_begins_with_no_title():
    text = (
        "Farm minister Lena Orth has said that the\ndam will be built soon, and that the\nmoney is there.\n"
    )
    assert title_of(text) is None


def test_a_headline_may_stand_above_broken_text():
    text = (
        "Minister rules out dam\n\nFarm minister Lena Orth has said\nthe dam is off, and the\nmoney gone.\n"
    )
    assert title_of(text) == "Minister rules out dam"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n# The **dam** row #\n\ntext", "The dam row"),
        ("The dam row\n===========\ntext", "The dam row"),
        ("## Only a part\n\ntext", None),
        ("# \ntext", None),
        ("===\ntext", None),
        ("The dam row\n\n===\ntext", None),
    ],
)
def test_first_heading_of_markdown(text, title):
    assert markdown_title(text, paragraph_spans(text)) == title
