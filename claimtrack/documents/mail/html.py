"""HTML of a mail -> its text, without what it answers, signatures and what is not shown."""

from typing import TYPE_CHECKING

from claimtrack.documents.pages import read_page
from claimtrack.errors import InputError
from claimtrack.lexicon import load_lexicon

if TYPE_CHECKING:
    from lxml.html import HtmlElement

OPENING = 200
"""Characters at the start of a quoted message within which it says that it is passed on."""


def read_mail_page(text: str, is_answer: bool) -> str:
    """Returns the text of a mail's HTML; empty where it shows none."""
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring, tostring

    try:
        tree = document_fromstring(text.encode("utf-8"), parser=_parser())
        _drop_unseen(tree, is_answer)
        _open_tables(tree)
        return read_page(tostring(tree, encoding="unicode")).text
    except (LxmlError, ValueError, InputError):
        return ""


def _parser() -> object:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def _drop_unseen(tree: "HtmlElement", is_answer: bool) -> None:
    """Takes out of the tree what hides, signs or quotes the message answered."""
    boxes = load_lexicon("mail")
    signatures, quotes = boxes["signature_box"].forms, boxes["quote_box"].forms
    for element in list(tree.xpath("//*[@class or @id or @style or @type]")):
        if element.getparent() is None or element.tag in ("html", "body"):
            continue
        names = {*(element.get("class") or "").split(), element.get("id") or ""}
        is_quote = bool(names.intersection(quotes)) or (
            element.tag == "blockquote" and element.get("type") == "cite"
        )
        if _is_hidden(element) or names.intersection(signatures):
            element.clear(keep_tail=True)
        elif is_quote and is_answer and not _is_passed_on(element):
            if element.get("id") == "divRplyFwdMsg":
                for following in list(element.itersiblings()):
                    following.clear(keep_tail=True)
            element.clear(keep_tail=True)


def _open_tables(tree: "HtmlElement") -> None:
    """Makes tables without headings plain boxes: in mails they lay out the page, and hold paragraphs."""
    for table in tree.iter("table"):
        if next(table.iter("th"), None) is None:
            table.tag = "div"
    for element in list(tree.iter("tbody", "tr", "td")):
        if next(element.iterancestors("table"), None) is None:
            element.tag = "div"


def _is_hidden(element: "HtmlElement") -> bool:
    style = "".join((element.get("style") or "").lower().split())
    return "display:none" in style or "mso-hide:all" in style


def _is_passed_on(element: "HtmlElement") -> bool:
    opening = "".join(element.itertext())[:OPENING].casefold()
    return any(marker in opening for marker in load_lexicon("mail")["forward_marker"].forms)
