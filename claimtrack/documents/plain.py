"""Plain text and Markdown -> article: the text as it is, and what its header lines say of it."""

import re
from collections.abc import Iterable, Sequence

from claimtrack.documents.header import Article, Header
from claimtrack.documents.header_lines import Fact, find_facts, labelled_facts, meaning
from claimtrack.documents.headline import find_title, markdown_title
from claimtrack.documents.junk import line_reason
from claimtrack.models import Junk
from claimtrack.text import paragraph_spans, unwrapped

_FRONT_MATTER = re.compile(
    r"(---|\+\+\+)[ \t]*\r?\n(.{0,5000}?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"^([A-Za-z][\w -]*?)[ \t]*[:=][ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)
_MARKUP = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+|!\[[^\]\n]*\]\([^)\n]*\)[ \t]*$)", re.MULTILINE
)


def read_plain(text: str) -> Article:
    """Returns a plain text with the headline, date, author, outlet and address a reader would see."""
    shown = unwrapped(text)
    facts, matter_end, lines = _facts(text, shown)
    title = find_title(shown, lines)
    return Article(text=text, header=_header(facts, title, _junk(facts, matter_end)))


def read_markdown(text: str) -> Article:
    """Returns a Markdown text as it is; front matter and marks at line starts are set apart as junk."""
    shown = unwrapped(text)
    facts, matter_end, lines = _facts(text, shown)
    marks = [
        Junk(start=mark.start(), end=mark.end(), reason="markup")
        for mark in _MARKUP.finditer(text, matter_end)
    ]
    title = markdown_title(shown, lines) or find_title(shown, lines)
    return Article(text=text, header=_header(facts, title, [*_junk(facts, matter_end), *marks]))


def _facts(read: str, text: str) -> tuple[list[Fact], int, list[tuple[int, int]]]:
    """Returns the facts, where front matter ends (0 without), and the lines of the article.

    ``text`` is what was read with lines broken at a width running on.
    """
    matter = _FRONT_MATTER.match(read)
    facts = _matter_facts(matter[2]) if matter else []
    start = matter.end() if matter and facts else 0
    lines = [(start + left, start + right) for left, right in paragraph_spans(text[start:])]
    facts.extend(find_facts(text, lines))
    taken = {(fact.start, fact.end) for fact in facts if fact.end > fact.start}
    opened = dict(taken)
    prose = [
        (_after(text, opened.get(left, left), right), right)
        for left, right in lines
        if (left, right) not in taken and line_reason(text[left:right]) is None
    ]
    return facts, start, prose


def _after(text: str, start: int, end: int) -> int:
    """Returns where the line goes on after what ended at ``start``."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _matter_facts(matter: str) -> list[Fact]:
    facts: list[Fact] = []
    for key, value in _KEY.findall(matter):
        field = meaning(key)
        if field:
            facts.extend(labelled_facts(field, value.strip("\"'[] "), "front matter"))
    return facts


def _header(facts: Sequence[Fact], title: str | None, junk: Iterable[Junk]) -> Header:
    """Returns the first fact of each field; the date of an update where no other is given."""
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.field, fact)
    published = first.get("published") or first.get("updated")
    return Header(
        title=first["title"].value if "title" in first else title,
        publisher=first["publisher"].value if "publisher" in first else None,
        author=first["author"].value if "author" in first else None,
        url=first["url"].value if "url" in first else None,
        published=published.value if published else None,
        published_basis=published.basis if published else None,
        junk=tuple(junk),
    )


def _junk(facts: Sequence[Fact], matter_end: int) -> list[Junk]:
    found = [Junk(start=0, end=matter_end, reason="front matter")] if matter_end else []
    places = sorted({(fact.start, fact.end) for fact in facts if fact.end > fact.start})
    return [*found, *(Junk(start=start, end=end, reason="header") for start, end in places)]
