"""Pages that are served instead of an article: login and payment walls, checks for persons, empty shells.

A wall is only looked for on a page with little text: an article may say all of these words.
"""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from claimtrack.documents.header import Article
from claimtrack.errors import InputError
from claimtrack.lexicon import load_lexicon
from claimtrack.text import fold

LONGEST_WALL = 80
"""Words of text on a page that is nothing but a wall; more may be a brief, which is kept."""

LONGEST_TEASER = 250
"""Words; an article that is longer is not taken for the beginning of one, whatever the page says."""

LONGEST_SHELL = 30
"""Words of a page that waits for a script or a login: a title, a notice, a copyright line."""

LARGEST_SEEN = 300_000
"""Characters of a page in which notices are looked for; walls are small pages."""

_UNSEEN = re.compile(r"<(?:(script)|(style)|(!--))", re.IGNORECASE)
_ENDS = tuple(re.compile(end, re.IGNORECASE) for end in ("</script", "</style", "-->"))
_TAG = re.compile(r"<[^<>]*>")
_PASSWORD = re.compile(r"""<input[^<>]{0,300}\btype\s*=\s*["']?password""", re.IGNORECASE)
_CLOSED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_SHELL = re.compile(
    r"""<(?:div|app-root|main)\b[^<>]{0,200}\bid\s*=\s*["']?(?:app|root|__next|__nuxt|___gatsby)\b[^<>]{0,200}>\s*</""",
    re.IGNORECASE,
)

BY_HAND = "Open it in a browser, save the page and ingest the .html file."
LOG_IN = "Log in with a browser, save the page and ingest the .html file."


def check_page(page: str, article: Article, asked: str = "", final: str = "") -> str | None:
    """Returns what is to be said of an article that may be only the beginning of one; else ``None``.

    ``page`` is the HTML that the article was read from; ``asked`` and ``final`` are the addresses
    before and after redirects, if it was fetched.

    Raises:
        InputError: The page holds no article, but asks for a login or a person, or loads its text by
            script.
    """
    word_count = len(article.text.split())
    _check_address(asked, final, word_count)
    if word_count > LONGEST_TEASER:
        return None
    seen = page[:LARGEST_SEEN]
    words = fold(_TAG.sub(" ", "".join(_shown(seen))))
    if word_count <= LONGEST_WALL:
        _check_notices(words, fold(article.text))
    is_closed = bool(_CLOSED.search(seen) or _says("login").search(words))
    if word_count <= LONGEST_SHELL:
        if is_closed or _PASSWORD.search(seen):
            raise _login()
        if _SHELL.search(seen) or _says("script").search(words):
            raise InputError("this page loads its text by script", BY_HAND)
    if is_closed:
        return "the page says that its full text is for subscribers: this may be only the beginning"
    return None


def _shown(page: str) -> Iterator[str]:
    """Yields a page without scripts, styles and comments; one that does not end hides the rest."""
    at = 0
    while opening := _UNSEEN.search(page, at):
        yield page[at : opening.start()]
        closing = _ENDS[(opening.lastindex or 1) - 1].search(page, opening.end())
        if closing is None:
            return
        at = closing.end()
    yield page[at:]


def _check_address(asked: str, final: str, word_count: int) -> None:
    """Raises InputError where an article's address led to a login page or to the front page."""
    if not final or final == asked:
        return
    before, after = _names(asked), _names(final)
    walls = load_lexicon("walls")["login_path"].forms
    if word_count <= LONGEST_WALL and any(name in walls for name in after if name not in before):
        raise InputError(f"the page leads to a login or payment page: {final}", LOG_IN)
    if before and not after:
        raise InputError(
            f"the page leads to the site's front page: {final}",
            "The article may be gone: look for it in web.archive.org.",
        )


def _names(address: str) -> list[str]:
    return [name for name in urlsplit(address).path.lower().split("/") if name]


def _check_notices(words: str, own: str) -> None:
    """Raises InputError where a page, or its main text, says that it is something else than an article.

    Banners for consent and subscriptions stand hidden on many pages; they count as main text only.
    """
    if _says("person").search(words):
        raise InputError("this page wants to see a person and shows no article", BY_HAND)
    if _says("consent").search(own):
        raise InputError("this page asks for consent to cookies and shows no article", BY_HAND)
    if _says("login").search(own):
        raise _login()


def _login() -> InputError:
    return InputError("this page asks for a login and shows no whole article", LOG_IN)


@cache
def _says(group: str) -> re.Pattern[str]:
    forms = sorted((fold(form) for form in load_lexicon("walls")[group].forms), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + ")")
