"""What holds for any text at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import spends_less

from claimtrack.models import Document
from claimtrack.statements.attribution import extract_statements

PIECES = (
    "Roe|Asif|said|that|“|”|\"|'|‘|’|«|»|he|told|Dawn|.|,|?|:|—|(|)|5|denied|"
    "according to|the minister|🙂|وزیر|部长|\n|\r\n|\u200b|\u202e|\x1b[31m|\ufeff"
)
WORDS = st.sampled_from(PIECES.split("|"))


def document(text: str) -> Document:
    return Document(id="doc-0", path="a.txt", text=text, sha256="0", published="2025-03-05")


def check_spans(found: Document) -> int:
    statements = extract_statements(found)
    for statement in statements:
        for span in (*statement.content, *filter(None, (statement.cue, statement.mention))):
            assert found.text[span.start : span.end] == span.text
        assert [s.start for s in statement.content] == sorted(s.start for s in statement.content)
        assert 0.0 <= statement.confidence <= 1.0
    assert len({statement.id for statement in statements}) == len(statements)
    return len(statements)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_no_text_breaks_extraction_and_every_span_is_verbatim(text: str) -> None:
    check_spans(document(text))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_any_characters(text: str) -> None:
    check_spans(document(text))


def test_extracting_twice_gives_the_same() -> None:
    text = "Mayor Ann Roe said that it rained. “It did,” she told Dawn. He denied it."
    assert extract_statements(document(text)) == extract_statements(document(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Roe said that it rained and that " * 3_000, id="100 kB without a line break"),
        pytest.param('Roe said "no" and ' * 5_000, id="10,000 quotation marks"),
        pytest.param("x" * 100_000, id="one endless word"),
        pytest.param("A: no\n" * 5_000, id="5,000 turns"),
    ],
)
def test_long_texts_end(text: str) -> None:
    assert spends_less(120, lambda: check_spans(document(text)))
