"""Texts made to keep a pattern busy: reading them ends, and takes a moment."""

import pytest
from conftest import make_document

from claimtrack.documents.fingerprints import read_fingerprints
from claimtrack.documents.junk import find_junk
from claimtrack.documents.language import find_language
from claimtrack.documents.plain import read_markdown, read_plain

LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * LONG, id="a word"),
        pytest.param(" " * LONG + "x", id="spaces"),
        pytest.param("\n" * LONG + "x", id="line ends"),
        pytest.param("(" * LONG, id="brackets"),
        pytest.param("(Photo) . . " * (LONG // 12), id="credits"),
        pytest.param('"' * 10_000, id="quotation marks"),
        pytest.param("“" * 10_000 + " I like your blog, great post", id="opening marks"),
        pytest.param("." * LONG, id="full stops"),
        pytest.param("A" * 100 + " 3 May 2021 foo - x", id="capitals before a date"),
        pytest.param("Published: " + "AB" * 60 + " 3 May 2021 foo", id="capitals beside a date"),
        pytest.param("Published: " + "1" * 100 + " 3 May 2021 foo", id="digits beside a date"),
        pytest.param("---\n" + "a " * LONG + "\n---\n", id="front matter"),
        pytest.param("---\n" + "a" + " " * LONG, id="front matter without end"),
        pytest.param("1 " * LONG, id="numbers"),
        pytest.param("1" + " " * LONG + "May", id="a day far from its month"),
        pytest.param("LEAVE A REPLY\n" * (LONG // 14), id="forms"),
        pytest.param("#" * LONG, id="headings"),
        pytest.param("![" * (LONG // 2), id="pictures"),
        pytest.param("> " * (LONG // 2), id="quotes"),
        pytest.param("\u200b\u202e\u0301" * (LONG // 3), id="invisible"),
        pytest.param("I like your web site " * (LONG // 21), id="spam"),
    ],
)
def test_hostile_text(text):
    assert read_plain(text).text == read_markdown(text).text == text
    find_junk(text)
    find_language(text)
    read_fingerprints(make_document(text))
