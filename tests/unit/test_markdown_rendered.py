"""Notes as GitHub and Obsidian show them: what an article holds stays words, our layout stays."""

import re
from html.parser import HTMLParser

import pytest
from conftest import find_span, make_conflict, make_document, make_statement
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from claimtrack.models import Kind, Review, ReviewStatus
from claimtrack.notes import inline, markdown
from claimtrack.notes.phrases import one_line, visible

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- hidden", "--> shown", "<b>bold",
    "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "[ref]: https://evil.example", "[^1]",
    "`code` ``` fence", "# heading", "---", "===", "| a | b |", "> quote", "- [x] done", "1. list",
    "%%comment%%", "[[wikilink]]", "![[embed]]", "#tag", "$math$ $$x$$", "<% tp.file.title %>", "`= this.x`",
    "`$= dv.view()`", "key:: value", "^block", "==mark==", "~~gone~~", "~~~ fence", "*it* _it_ **b**",
    "https://evil.example www.evil.example a@evil.example", "&lt;b&gt; &#60; &copy;", "\\", "{{ x }} {% y %}",
    "[!warning] x", "<!-- claimtrack end cf-0123456789ab 01234567 -->", "<<<<<<< HEAD", "\u202ebidi \x1b[31m",
]  # fmt: skip

PAGE = MarkdownIt("gfm-like").use(tasklists_plugin).use(dollarmath_plugin).use(footnote_plugin)
PAGE.linkify.set({"fuzzy_link": False})  # GitHub links www.… and https://…, not evil.example


class Page(HTMLParser):
    """What a page shows: its tags with their attributes, and its words by the tag around them."""

    def __init__(self, notes: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.bold: list[str] = []
        self.comments: list[str] = []
        self._open: list[str] = []
        self.feed(PAGE.render(notes))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("input", "hr", "br", "img"):
            self._open.append(tag)
            self.bold += [""] if tag in ("strong", "b") else []
            self.words.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        for tag in set(self._open):
            self.words[tag][-1] += data
        if {"strong", "b"} & set(self._open):
            self.bold[-1] += data

    def handle_comment(self, data):
        self.comments.append(data)

    @property
    def text(self) -> str:
        return one_line(" ".join(self.words.get("p", []) + self.words.get("li", [])))


OURS = {"h2", "p", "ul", "li", "em", "strong", "b", "code", "blockquote", "a", "input"}


def hostile_conflict(words: str):
    """A conflict in which everything that comes from outside is ``words``."""
    text = (
        f"{words}\nBefore {words}. Lomax said the toll {words} was two. After {words}.\n{words}\nIt was nine."
    )
    document = make_document(
        text, path=f"{one_line(words)}.txt", title=words, publisher=words, author=words, published=words,
        published_basis=words, modified=words, url=words, archive_url=words, retrieved_at=words,
    )  # fmt: skip
    known = {
        "speaker": words,
        "said_on": words,
        "said_on_basis": words,
        "reported_by": (words,),
        "via": (words,),
    }
    first = make_statement(document, f"the toll {words} was two", mention=find_span(document, words), **known)
    second = make_statement(document, "It was nine.", kind=Kind.DIRECT, **known)
    review = Review(
        status=ReviewStatus.STALE, was=ReviewStatus.CONFIRMED, by=words, at="2025-01-02T03:04:05+00:00",
        note=words, why=words, contacted=words, response=words,
        others=(Review(status=ReviewStatus.UNSURE, by=words, at="2025-01-01T00:00:00+00:00", note=words),),
    )  # fmt: skip
    conflict = make_conflict(
        first, second, find_span(document, words), find_span(document, "nine"), review=review, also=(words,)
    )
    return conflict, {document.id: document}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    conflict, documents = hostile_conflict(words)
    page = Page(markdown.conflict_notes([conflict], documents))
    plain = Page(markdown.conflict_notes(*_pair(hostile_conflict("plain words"))))
    assert {tag for tag, _ in page.tags} <= OURS
    assert page.comments == []
    for tag in ("h2", "ul", "li", "em", "blockquote", "input"):
        links = 2 * (tag == "li" and inline.is_web_address(words))
        assert [t for t, _ in page.tags].count(tag) == [t for t, _ in plain.tags].count(tag) + links, tag
    for tag, attributes in page.tags:
        assert tag != "a" or attributes["href"] == words.strip()
        assert set(attributes) <= {"class", "type", "disabled", "href"}
    assert one_line(words) in page.text
    assert any(one_line(f"the toll {words} was two") == one_line(bold) for bold in page.bold)


def _pair(made):
    return [made[0]], made[1]


def test_the_notes_have_a_heading_two_quotations_and_tasks(bridge):
    conflict, documents = bridge
    page = Page(markdown.conflict_notes([conflict], documents))
    assert page.words["h2"] == ["Possible conflict 1: Ada Lomax — unreviewed"]
    quotations = [one_line(words) for words in page.words["blockquote"]]
    assert quotations[0] == "the bridge was open"
    assert quotations[2] == "“The bridge is closed,”"
    assert [attributes.get("type") for tag, attributes in page.tags if tag == "input"] == ["checkbox"] * len(
        markdown.CHECKLIST
    )
    assert one_line(page.words["strong"][1]) == "the bridge was open"


@given(
    st.text("ab*_“”.,!() \n`<&\\é$", max_size=8),
    st.text("ab*_“”.,!()`<&\\é$ \n", min_size=1, max_size=8),
    st.text("ab*_“”.,!() \n`<&\\é$", max_size=8),
)
def test_the_words_of_the_statement_are_bold_whatever_stands_beside_them(before, words, after):
    assume(words.strip())
    page = Page(inline.quote_marked([(before, False), (words, True), (after, False)]))
    marked = " ".join(page.bold)
    assert marked.split() == [w for line in words.split("\n") if line.strip() for w in line.split()]
    shown = "".join(page.words["blockquote"])
    assert "".join(shown.split()) == "".join(visible(before + words + after).split())


def test_a_link_leads_where_it_says():
    for address in ("https://dawn.example/a_b?c=d&e=%20f", "https://dawn.example/ürün"):
        page = Page(inline.link(address))
        (link,) = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
        assert re.sub("%C3%BC", "ü", link) == address
    for address in (
        "https://dawn.example/%%",
        "https://dawn.example/[[x]]",
        "javascript:alert(1)",
        "https://a b",
    ):
        assert "a" not in {tag for tag, _ in Page(inline.link(address)).tags}, address


@pytest.mark.parametrize(
    "path", ["`= this.file`", "= this.file", "$= dv.x()", "<% tp %>.txt", "%%x", "{{x}}", "{r} x"]
)
def test_a_path_is_no_command_of_a_note_taking_program(path):
    span = inline.code(path)
    for run in Page(span).words.get("code", []):
        assert not re.search(r"^\s*\$?=|^\s*\{|<%|%%|\{\{", run)
    assert one_line(path) in Page(span).text
