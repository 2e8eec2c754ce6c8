"""No regular expression of the package can be kept busy by a text that is made for it."""

import re

import pytest
from patience import spends_less
from soak.patterns import attacks, fast_growth, package_patterns, seconds, sites_in_source

from claimtrack.conflicts.clauses import cut_clauses
from claimtrack.conflicts.words import read_words, tokenize
from claimtrack.documents.pages import is_page
from claimtrack.documents.plain import read_markdown, read_plain
from claimtrack.statements.signatures import name_line
from claimtrack.statements.transcripts import find_turns
from claimtrack.text import sentence_spans

SHORT = 300
"""Characters on which a pattern is tried; what takes long on so few grows faster than their square."""

BUSY = 0.02
"""Seconds for so few; work in step with the square of the length takes 0.001."""

BOUNDED = {
    "documents/office/properties.py:_FILE_NAME": "titles of at most LONGEST_TITLE characters",
    "documents/mail/heads.py:_wrote": "lines of at most LONGEST_ATTRIBUTION characters",
}
"""Patterns that grow fast and only ever see a short text, and why."""


def test_every_pattern_is_collected():
    """What the scan of the source finds is made when everything is loaded, or written there in full."""
    places = {place.split(":")[0] for found in package_patterns() for place in found.places}
    assert {site.file for site in sites_in_source()} <= places
    assert len(package_patterns()) > 250


def test_no_pattern_blows_up():
    blown = {}
    for found in package_patterns():
        growth = fast_growth(found.pattern, found.flags, found.uses, SHORT, BUSY)
        if growth and not found.places <= BOUNDED.keys():
            blown[min(found.places)] = (found.pattern, growth)
    assert blown == {}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        pytest.param(r"(?:a+)+$", "match", id="nested"),
        pytest.param(r"(?:a|a)*b", "match", id="one letter in two branches"),
        pytest.param(r"\s*,?\s*\w*\s*x", "search", id="three in a row"),
        pytest.param(r"(?:<!--.*?-->\s*)*<html", "match", id="comments"),
    ],
)
def test_the_attacks_find_what_blows_up(pattern, method):
    assert fast_growth(pattern, re.DOTALL, {method}, SHORT, BUSY)


@pytest.mark.parametrize("pattern", [r"a+$", r"[^\s<>@]+", r"(?:a++)+b", r"\bsaid\b"])
def test_the_attacks_let_the_others_be(pattern):
    assert fast_growth(pattern, 0, {"match"}, SHORT, BUSY) is None


def test_attacks_reach_every_kind_of_repetition():
    texts = list(attacks(r"x(?:a|b)+(?P<n>c*?)(?>d+)e{30}(?=f+)", 0, 60))
    assert all(any(letter * 20 in text for text in texts) for letter in "acdef")


def test_a_search_is_cut_short():
    assert seconds(re.compile(r"(?:a+)+b"), "a" * 60, 0.2) == float("inf")


LONG = 50_000


def clauses_of(text: str) -> None:
    cut_clauses(text, read_words(text, tokenize(text)))


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda: is_page("<!-- -->" * 500 + "x"), id="comments before a page"),
        pytest.param(lambda: read_plain("LAHORE, Sept 27, 2025" + " " * LONG + "x"), id="after a date"),
        pytest.param(lambda: read_markdown("# " + "#" * LONG + "!"), id="heading"),
        pytest.param(lambda: sentence_spans("It is" + "." * LONG + "!x"), id="full stops"),
        pytest.param(lambda: find_turns("Q," + " " * LONG + "x\n\nA: no\n"), id="label"),
        pytest.param(lambda: name_line("Ada Lomax," + " " * LONG + "!", (0, LONG + 11)), id="role"),
        pytest.param(lambda: clauses_of("no" + "." * LONG + "”x yes"), id="stops between two words"),
    ],
)
def test_a_long_text_takes_a_moment(work):
    assert spends_less(3, work)
