"""Facts in words: places, dates, doubts, and text that cannot steer a terminal."""

import pytest
from conftest import find_span, make_document, make_statement

from claimtrack.models import Kind
from claimtrack.notes import phrases


@pytest.mark.parametrize(
    ("path", "url", "expected"),
    [
        pytest.param("a/one.txt", None, "a/one.txt:3", id="text file"),
        pytest.param("a/one.txt", "https://x.example/1", "a/one.txt:3", id="text file that names its page"),
        pytest.param("one.html", None, "one.html, paragraph 2", id="saved page"),
        pytest.param(None, "https://x.example/1", "https://x.example/1, paragraph 2", id="fetched page"),
        pytest.param("-", None, "standard input:3", id="standard input"),
    ],
)
def test_a_place_is_one_that_a_person_can_find(path, url, expected):
    document = make_document("One.\n\nShe said it rained.", path, url=url)
    assert phrases.file_place(document, find_span(document, "it rained")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\x9b2Jb", "a\ufffd2Jb"),
        ("a\x08\x07b", "a\ufffd\ufffdb"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("a\r\nb\tc", "a \nb\tc"),
        (
            "zwnj\u200cstays, emoji \U0001f469\u200d\U0001f680 too",
            "zwnj\u200cstays, emoji \U0001f469\u200d\U0001f680 too",
        ),
    ],
)
def test_steering_characters_are_replaced_one_to_one(text, expected):
    assert phrases.visible(text) == expected
    assert len(phrases.visible(text)) == len(text)


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("“It rained,”", Kind.DIRECT, "“It rained,”"),
        ("It rained", Kind.DIRECT, "“It rained”"),
        ("'It rained'", Kind.DIRECT, "'It rained'"),
        ("it rained", Kind.INDIRECT, "it rained"),
        ("it “rained”", Kind.MIXED, "it “rained”"),
    ],
)
def test_only_direct_speech_gets_marks(words, kind, expected):
    document = make_document(f"Lomax: {words}")
    assert phrases.verbatim(make_statement(document, words, kind=kind)) == expected


def test_a_date_has_its_basis():
    document = make_document("She said it rained.")
    known = make_statement(document, "it rained", said_on="2024-03", said_on_basis="“in March”")
    assert phrases.date_said(known) == "said 2024-03 (“in March”)"
    assert phrases.date_said(make_statement(document, "it rained")) == "date said unknown"


def test_ranges_that_touch_are_one():
    assert phrases.joined([(5, 7), (1, 3), (3, 4), (6, 9)]) == [(1, 4), (5, 9)]
