"""What an HTML page says of its article: JSON-LD, meta elements, canonical address.

The date of first publication counts; one of change is only noted, as it may be a new footer.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from claimtrack.documents.header import Header
from claimtrack.documents.printed_dates import parse_date
from claimtrack.lexicon import load_lexicon
from claimtrack.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHANGED = ("article:modified_time", "article:modified", "datemodified", "og:updated_time")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read_page_header(tree: "HtmlElement") -> Header:
    """Returns what the page says of itself; a field is ``None`` where it says nothing."""
    linked = _linked_article(tree)
    published = _published(tree, linked)
    return Header(
        title=_headline(tree, _string(linked.get("headline")) or _meta(tree, "og:title")),
        publisher=_name(linked.get("publisher")) or _meta(tree, "og:site_name"),
        author=_name(linked.get("author")),
        published=published,
        published_basis="page metadata" if published else None,
        modified=_modified(tree, linked, published),
        url=_address(tree, linked),
    )


def name_words(name: str) -> frozenset[str]:
    """Returns the words of a class or id in lower case: ``relatedPosts-box`` has three."""
    return frozenset(word.lower() for word in _WORD.findall(name))


def host_of(url: str) -> str | None:
    """Returns an address's host without ``www.``: what an outlet is called where no name is given."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _linked_article(tree: "HtmlElement") -> dict[str, Any]:
    """Returns the first JSON-LD object of the page that describes an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(content):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in names):
                return item
    return {}


def _objects(content: object) -> Iterator[dict[str, Any]]:
    """Yields the objects of a JSON-LD document: itself, list items, members of its graph."""
    waiting = [content]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity") if key in item)


def _string(value: object) -> str | None:
    """Returns a text without entities and doubled white space, or ``None``."""
    if not isinstance(value, str):
        return None
    whole = unescape(value).encode("utf-8", "replace").decode("utf-8")  # JSON may hold half characters
    return " ".join(whole.split()) or None


def _name(value: object) -> str | None:
    """Returns the name or names of a person or organisation as JSON-LD gives them."""
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _name(item))) or None
    return _string(value)


def _metas(tree: "HtmlElement") -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content:
            yield name.strip().lower(), content


def _meta(tree: "HtmlElement", wanted: str) -> str | None:
    return next((_string(content) for name, content in _metas(tree) if name == wanted), None)


def _headline(tree: "HtmlElement", named: str | None) -> str | None:
    """Returns the headline that readers see, if the page's one heading is it, else the one it names.

    Sites word their metadata for search engines; a heading that shares no words with it is a logo.
    """
    headings = [_string(heading.text_content()) for heading in tree.iter("h1")]
    shown = headings[0] if len(headings) == 1 else None
    if shown is None or named is None:
        return named or shown
    words, others = set(fold(shown).split()), set(fold(named).split())
    return shown if 2 * len(words & others) >= min(len(words), len(others)) else named


def _address(tree: "HtmlElement", linked: dict[str, Any]) -> str | None:
    """Returns the page's address; one without a path is the site's, given by mistake on every page."""
    entity = linked.get("mainEntityOfPage")
    named: list[object] = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    named.append(_meta(tree, "og:url"))
    named.extend([entity.get("@id") if isinstance(entity, dict) else entity, linked.get("url")])
    for candidate in named:
        address = candidate.strip().partition("#")[0] if isinstance(candidate, str) else ""
        if address.startswith(("http://", "https://")) and host_of(address):
            parts = urlsplit(address)
            if parts.path.strip("/") or parts.query:
                return address
    return None


def _published(tree: "HtmlElement", linked: dict[str, Any]) -> str | None:
    if found := _iso_of(linked.get("datePublished") or linked.get("dateCreated")):
        return found
    metas = dict(reversed(list(_metas(tree))))
    dates = (_iso_of(metas.get(name)) for name in load_lexicon("page")["published"].forms)
    return next(filter(None, dates), None)


def _modified(tree: "HtmlElement", linked: dict[str, Any], published: str | None) -> str | None:
    """Returns the day of the last change that the page gives, if that is after its publication."""
    metas = dict(reversed(list(_metas(tree))))
    found = [_iso_of(linked.get("dateModified")), *(_iso_of(metas.get(name)) for name in _CHANGED)]
    changed = next(filter(None, found), None)
    return changed if changed and published and changed > published else None


def _iso_of(value: object) -> str | None:
    return parse_date(value) if isinstance(value, str) else None
