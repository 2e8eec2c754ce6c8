"""The report as HTML: what it tells of a conflict, and that nothing of an article acts as markup."""

import re

import pytest
from conftest import make_document, make_statement

from claimtrack.models import ConflictKind, Review, ReviewStatus, Speaker
from claimtrack.notes.page.content import Content, Holdings, Person, Subject
from claimtrack.notes.page.rendering import is_report, render_page

HOLDINGS = Holdings(
    digest="d" * 64,
    article_count=1,
    statement_count=2,
    speaker_count=1,
    newest_article=None,
    newest_decision=None,
)


def page_of(conflicts, documents, name="Ada Lomax", words=("bridge",), **given):
    sides = {side.id: side for conflict in conflicts for side in (conflict.a, conflict.b)}
    subject = Subject(
        id="su-1", words=words, conflicts=tuple(conflicts), statements=tuple(sides.values()), **given
    )
    person = Person(
        speaker=Speaker(id="sp-1", name=name), statement_count=2, article_count=1, subjects=(subject,)
    )
    return render_page(Content(holdings=HOLDINGS, people=(person,), documents=documents))


def text_of(page):
    return " ".join(re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", " ", page, flags=re.S).split())


def test_a_conflict_is_told_with_both_sides_and_everything_a_reader_needs(bridge):
    conflict, documents = bridge
    text = text_of(page_of([conflict], documents))
    for told in (
        "Possible contradiction",
        "“The bridge is closed ,”",
        "the bridge was open",
        "Bridge opens The Harbour Gazette, published 2024-03-12 articles/one.txt:2",
        "said 2024-03-11 (weekday before publication)",
        "date said unknown",
        "open / closed (antonym)",
        "A: the day of the words is not known",
        "Possible conflict, unreviewed.",
        "SHA-256",
    ):
        assert told in text, told


def test_the_machine_calls_nobody_a_liar(bridge):
    conflict, documents = bridge
    text = text_of(page_of([conflict], documents)).casefold()
    assert not re.search(r"\b(lie|lies|liar|lied|false|flip-flop)\b", text)


def test_a_report_difference_stands_last_and_says_whom_it_is_about(bridge):
    conflict, documents = bridge
    other = conflict.model_copy(update={"id": "cf-2", "kind": ConflictKind.REPORT})
    text = text_of(page_of([conflict, other], documents))
    assert text.count("It says nothing of the speaker.") == 1
    assert text.index("It says nothing of the speaker.") < text.rindex("difference between reports")


def test_every_reviewer_and_the_reply_are_told(bridge):
    conflict, documents = bridge
    review = Review(
        status=ReviewStatus.CONFIRMED,
        by="kim Lee",
        at="2024-05-01T10:00:00Z",
        note="heard both",
        contacted="2024-05-02",
        response="no <b>comment</b>",
        others=(Review(status=ReviewStatus.UNSURE, by="Ola", at="2024-04-30T10:00:00Z", note="not sure"),),
    )
    text = text_of(page_of([conflict.model_copy(update={"review": review})], documents))
    for told in (
        "confirmed by kim Lee on 2024-05-01; disputed: unsure by Ola on 2024-04-30.",
        "Reviewer’s note: heard both",
        "Note by Ola: not sure.",
        "Speaker contacted on 2024-05-02; response: no &lt;b&gt;comment&lt;/b&gt;.",
    ):
        assert told in text, told


def test_what_is_left_out_is_counted(bridge):
    conflict, documents = bridge
    assert "1,234 more statements with this word left out here." in text_of(
        page_of([conflict], documents, left_out=1234)
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "</style></script></title>--><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &#60;i&#62;",
    "\u202egnihton\u202c\u2066\u200f",
    "\x1b[2J\x00\x07",
    "\ud800 lone",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_text_wherever_it_stands(bridge, hostile):
    conflict, documents = bridge
    plain = page_of([conflict], documents)
    (document,) = documents.values()
    told = {
        "title": hostile,
        "publisher": hostile,
        "url": hostile,
        "archive_url": hostile,
        "path": hostile + ".txt",
    }
    review = Review(status=ReviewStatus.UNSURE, by=hostile, at="2024", note=hostile, response=hostile)
    changed = conflict.model_copy(update={"review": review})
    page = page_of([changed], {document.id: document.model_copy(update=told)}, hostile, words=(hostile,))
    page.encode("utf-8")
    tags = re.compile(r"<[a-zA-Z!/][^>]*>")
    names = {re.split(r"[\s>]", tag)[0] for tag in tags.findall(page)}
    assert names <= {re.split(r"[\s>]", tag)[0] for tag in tags.findall(plain)}
    assert page.count("<script") == plain.count("<script")
    assert not any(re.search(r"\son\w+\s*=(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*>)", tag) for tag in _bare(page))
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page
    )
    assert ("{{ 7 * 7 }}" in text_of(page)) == ("{{" in hostile)


def _bare(page):
    """Yields every tag without the values of its attributes."""
    for tag in re.findall(r"<[a-zA-Z][^<>]*>", page):
        yield re.sub(r'"[^"]*"', '""', tag)


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.org/a?b=c&d=%20", True),
        ("http://example.org/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://example.org/\u202e", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_addresses_of_the_web_are_links(bridge, address, is_link):
    conflict, documents = bridge
    (document,) = documents.values()
    page = page_of(
        [conflict], {document.id: document.model_copy(update={"url": address, "archive_url": address})}
    )
    linked = re.findall(r'href="([^#"][^"]*)"', page)
    assert len(linked) == (4 if is_link else 0)
    assert all(link.startswith(("http://", "https://")) for link in linked)


def test_the_same_content_gives_the_same_bytes_and_says_who_made_it(bridge):
    conflict, documents = bridge
    page = page_of([conflict], documents)
    assert page == page_of([conflict], documents)
    assert is_report(page.encode())
    assert not is_report(b"<!doctype html><p>mine" + b" " * 500 + page.encode())


def test_a_speaker_without_subjects_is_only_listed():
    document = make_document("Tom Reed said the pumps had failed.")
    make_statement(document, "the pumps had failed")
    person = Person(
        speaker=Speaker(id="sp-2", name="Tom Reed"), statement_count=1, article_count=1, subjects=()
    )
    page = render_page(Content(holdings=HOLDINGS, people=(person,), documents={}, unshown_count=2))
    assert "<bdi>Tom Reed</bdi>" in page
    assert 'id="sp-2"' not in page
    assert "2 other speakers without a possible conflict" in text_of(page)
