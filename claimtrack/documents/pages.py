"""HTML page -> article: the main text by trafilatura, without comment boxes and other furniture.

trafilatura's ``deduplicate`` is never used: it remembers texts for the whole process, so that the
same page read again loses paragraphs.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from claimtrack.documents.header import Article, Header
from claimtrack.documents.page_dates import address_date, visible_date
from claimtrack.documents.page_header import name_words, read_page_header
from claimtrack.documents.page_quotations import write_quotations
from claimtrack.documents.plain import read_plain
from claimtrack.errors import InputError
from claimtrack.lexicon import load_lexicon
from claimtrack.text import fold, paragraph_spans

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLE_LINES = 3
"""Lines at the top among which a page's own headline stands, if trafilatura kept it."""

LARGEST_BOX = 0.5
"""Share of the page's paragraphs above which a box is taken to hold the article, whatever its name."""

_NAMES = ("class", "id", "data-testid", "data-component")
_NEVER_BOXES = ("html", "body", "main")
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def is_page(text: str) -> bool:
    """Does the text begin as an HTML page does?"""
    return bool(_PAGE.match(text[:4000]))


def read_page(text: str) -> Article:
    """Returns the article in an HTML page; its text starts with the headline.

    Raises:
        InputError: The page holds no text.
    """
    tree = _parse(text)
    header = read_page_header(tree)
    write_quotations(tree)
    _drop_boxes(tree)
    header = header.or_else(visible_date(tree)).or_else(address_date(header.url))
    _keep_captions(tree)
    found = _main_text(tree)
    if found is None:
        whole = _parse(text)
        write_quotations(whole)
        _drop_boxes(whole)
        found = Article(text="\n".join(_blocks(whole)))
    if not found.text.strip():
        raise _no_text()
    return _with_headline(found.text, header.or_else(found.header))


def _parse(text: str) -> "HtmlElement":
    from trafilatura import load_html

    tree = load_html(text)
    if tree is None:
        raise _no_text()
    return tree


def _no_text() -> InputError:
    return InputError(
        "this HTML page holds no text",
        "It may load its text by script: save the page from the browser, or its text as .txt.",
    )


def _main_text(tree: "HtmlElement") -> Article | None:
    """Returns the page's main text, a block a line, if trafilatura finds any; the tree is used up."""
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    _hush()
    try:
        found = bare_extraction(
            tree, favor_recall=True, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except (ValueError, RecursionError, LxmlError):
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    origin = Header(title=found.title, author=found.author, publisher=found.sitename)
    return Article(text=found.text, header=origin)


@cache
def _hush() -> None:
    """Keeps trafilatura's warnings off the terminal: what it cannot read is said by us."""
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def _with_headline(body: str, header: Header) -> Article:
    """Returns the article with its headline as first line: the page shows it above the text."""
    opening = [fold(body[start:end]) for start, end in paragraph_spans(body[:5000])[:TITLE_LINES]]
    if header.title and fold(header.title) not in opening:
        body = f"{header.title}\n{body}"
    return Article(text=body, header=header.or_else(read_plain(body).header))


def _drop_boxes(tree: "HtmlElement") -> None:
    """Takes comments, subscription boxes, links and advertisements out of the tree, by their names."""
    page = load_lexicon("page")
    whole = _prose_length(tree)
    for element in list(tree.xpath("//*[@class or @id or @data-testid or @data-component]")):
        if element.tag in _NEVER_BOXES or element.getparent() is None:
            continue
        names = [name for key in _NAMES for name in (element.get(key) or "").split()]
        is_comment = any(box_name(name, page["comments"].forms) for name in names)
        if not is_comment and not any(box_name(name, page["furniture"].forms) for name in names):
            continue
        if next(element.iter("h1"), None) is not None:
            continue
        if is_comment or _prose_length(element) <= LARGEST_BOX * whole:
            element.drop_tree()


def box_name(name: str, words: tuple[str, ...]) -> bool:
    """Does a class or id name such a box, not a page's property (``has-comments``)?"""
    own = name_words(name)
    state = load_lexicon("page")["state"].forms
    return bool(own.intersection(words)) and not own.intersection(state)


def _prose_length(element: "HtmlElement") -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _keep_captions(tree: "HtmlElement") -> None:
    """Makes captions paragraphs: they are reported text, and trafilatura leaves figures out."""
    for caption in list(tree.iter("figcaption")):
        figure = caption.getparent()
        caption.tag = "p"
        if figure is not None and figure.tag == "figure":
            figure.tag = "div"


def _blocks(tree: "HtmlElement") -> Iterator[str]:
    """Yields all there is, where nothing is the main text: paragraphs, headings, list items."""
    for unseen in list(tree.iter("script", "style", "noscript", "template", "title")):
        unseen.drop_tree()
    found = False
    for element in tree.iter("h1", "h2", "h3", "p", "li", "blockquote", "pre"):
        if element.tag == "blockquote" and next(element.iter("p"), None) is not None:
            continue
        line = " ".join(element.text_content().split())
        if line:
            found = True
            yield line
    if not found:
        yield from filter(None, map(str.strip, tree.text_content().splitlines()))
