"""The date of publication that a page shows its readers, or has in its address."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from claimtrack.documents.header import Header
from claimtrack.documents.page_header import name_words
from claimtrack.documents.printed_dates import find_date, parse_date
from claimtrack.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_DATE = 80
"""Characters of a visible date with weekday, time and label; an element with more is no date."""

_ELSEWHERE = ("nav", "footer", "aside")
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-])")


def visible_date(tree: "HtmlElement") -> Header:
    """Returns the first date shown as the article's: a time element, or one named for a date.

    Dates of a change are left out, and those in the page's own head, foot and margins: there
    stands today's date. Comments must be out of the tree, as each has a date of its own.
    """
    for element in _date_elements(tree):
        shown = element.text_content().strip()
        if len(shown) > LONGEST_DATE or _tells_change(element, shown):
            continue
        stamped = parse_date(element.get("datetime") or "")
        printed = find_date(shown)
        if stamped or printed:
            return Header(
                published=stamped or (printed.iso if printed else None), published_basis="date on the page"
            )
    return Header()


def address_date(url: str | None) -> Header:
    """Returns the date in an address such as ``/2025/09/27/dam-row``."""
    match = _DATED_PATH.search(urlsplit(url).path) if url else None
    if match:
        try:
            published = date(*map(int, match.groups())).isoformat()
        except ValueError:
            return Header()
        return Header(published=published, published_basis="address")
    return Header()


def _date_elements(tree: "HtmlElement") -> Iterator["HtmlElement"]:
    """Yields the elements that may show the article's date, time elements first."""
    named = load_lexicon("page")["date_place"].forms
    for element in tree.iter("time"):
        if not _stands_elsewhere(element):
            yield element
    for element in tree.xpath("//*[@class or @id or @itemprop]"):
        names = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop"))
        if name_words(names).intersection(named) and not _stands_elsewhere(element):
            yield element


def _stands_elsewhere(element: "HtmlElement") -> bool:
    """Does the element stand in a margin, or in a head that is not the article's own?"""
    around = [ancestor.tag for ancestor in element.iterancestors()]
    if any(tag in _ELSEWHERE for tag in around):
        return True
    return "header" in around and not {"article", "main"}.intersection(around)


def _tells_change(element: "HtmlElement", shown: str) -> bool:
    """Does the element, or the words right before it, say that this is when the page was changed?"""
    parent, previous = element.getparent(), element.getprevious()
    before = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
    if previous is not None and not before.strip():
        before = previous.text_content()
    return bool(_updated().match(shown) or _updated_before().search(before.strip()[-LONGEST_DATE:]))


@cache
def _updated() -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon("header")["updated"].forms) + r"\b", re.IGNORECASE)


@cache
def _updated_before() -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon("header")["updated"].forms) + r"\W*\Z", re.IGNORECASE)
