"""Facts in words: places, dates, doubts, and text that cannot steer a terminal."""

import pytest
from conftest import find_span, make_document, make_statement

from claimtrack.models import Kind, Review, ReviewStatus, Span
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
    ("path", "given", "expected"),
    [
        pytest.param("one.pdf", {"pages": (0, 4, 20)}, "one.pdf, page 2", id="page"),
        pytest.param("one.pdf", {"raw_sha256": "0"}, "one.pdf, paragraph 2", id="other bytes than text"),
        pytest.param("many.jsonl#2", {"raw_sha256": "0"}, "many.jsonl#2, paragraph 2", id="part of a file"),
        pytest.param("one.txt", {"raw_sha256": "0"}, "one.txt:3", id="text in another encoding"),
        pytest.param("one", {"raw_sha256": None}, "one:3", id="read by an older claimtrack"),
        pytest.param(
            "-#2", {"raw_sha256": "0"}, "standard input#2, paragraph 2", id="part of standard input"
        ),
    ],
)
def test_a_place_in_other_forms(path, given, expected):
    document = make_document("One.\n\nShe said it rained.", path, **given)
    assert phrases.file_place(document, find_span(document, "it rained")) == expected


def test_the_bytes_of_a_text_file_are_its_text():
    document = make_document("One.\n\nShe said it rained.", "one")
    document = document.model_copy(update={"raw_sha256": document.sha256})
    assert phrases.file_place(document, find_span(document, "it rained")) == "one:3"
    assert phrases.origin(document) == [f"article {document.id}", f"SHA-256 {document.sha256}"]


@pytest.mark.parametrize(("start", "page"), [(0, 1), (3, 1), (4, 2), (19, 2), (20, 3), (21, 3)])
def test_printed_pages_are_counted_from_1(start, page):
    document = make_document("x" * 30, pages=(0, 4, 20))
    assert phrases.page_number(document, Span(start=start, end=start + 1, text="x")) == page


def test_what_is_known_of_an_article_is_told():
    document = make_document("x", publisher="Dawn", published="2025-01-02")
    assert phrases.outlet(document) == "Dawn, published 2025-01-02"
    changed = document.model_copy(update={"modified": "2025-01-03", "retracted": True})
    assert phrases.outlet(changed) == "Dawn, published 2025-01-02, modified 2025-01-03, RETRACTED"
    same_day = document.model_copy(update={"modified": "2025-01-02"})
    assert phrases.outlet(same_day) == phrases.outlet(document)
    kept = document.model_copy(update={"raw_sha256": "0f", "retrieved_at": "2025-01-04T05:06:07+00:00"})
    assert phrases.origin(kept)[2:] == ["of the bytes 0f", "retrieved 2025-01-04T05:06:07+00:00"]


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review(), "possible conflict, stale (b.txt was retracted), unreviewed"),
        (
            Review(status=ReviewStatus.CONFIRMED, by="Nell", at="2025-01-02T03:04:05+00:00"),
            "possible conflict, stale (b.txt was retracted), confirmed by Nell on 2025-01-02 before",
        ),
        (
            Review(status=ReviewStatus.UNSURE).as_stale("a.txt has changed since"),
            "possible conflict, stale (a.txt has changed since; b.txt was retracted), unsure before",
        ),
    ],
)
def test_a_stale_conflict_says_why_and_what_it_was(review, expected):
    assert phrases.verdict(review.as_stale("b.txt was retracted")) == expected


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
