"""Paragraphs, sentences and quotations."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import spends_less

from claimtrack.text import context_span, fold, paragraph_spans, quotation_spans, sentence_spans


def cut(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param('He said "no" and left.', ['"no"'], id="straight"),
        pytest.param("He said “no” and “yes”.", ["“no”", "“yes”"], id="curly"),
        pytest.param("‘It’s the workers’ day,’ he said.", ["‘It’s the workers’ day,’"], id="british"),
        pytest.param("'Don't go,' she told the Smiths' son.", ["'Don't go,'"], id="straight single"),
        pytest.param("The '90s and rock 'n' roll.", [], id="elisions are no quotations"),
        pytest.param("the workers’ strike and the bosses’ reply", [], id="possessives"),
        pytest.param("Il a dit «non» hier.", ["«non»"], id="guillemets"),
        pytest.param("She ''never'' came.", ["''never''"], id="two apostrophes"),
        pytest.param("“He said “no” to me,” she said.", ["“He said “no” to me,”"], id="nested"),
        pytest.param("“One.\n“Two.” He left.", ["“One.", "“Two.”"], id="left open over a paragraph"),
        pytest.param("‘One.\n\n‘Two,’ he said.", ["‘One.", "‘Two,’"], id="single left open"),
        pytest.param('The 6" pipe burst.', [], id="inches"),
        pytest.param('“nobody is stating it openly."', ['“nobody is stating it openly."'], id="mixed marks"),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert cut(text) == quoted


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("Sen. Roe left. He ran.", ["Sen. Roe left.", "He ran."], id="title"),
        pytest.param(
            "Lt. Gen. A. Shah spoke. All left.", ["Lt. Gen. A. Shah spoke.", "All left."], id="rank"
        ),
        pytest.param(
            "“Why? Now?” she asked. No.", ["“Why? Now?” she asked.", "No."], id="quotation is whole"
        ),
        pytest.param("It cost Rs. 500. Fine.", ["It cost Rs. 500.", "Fine."], id="unit"),
        pytest.param("One line\nTwo line", ["One line", "Two line"], id="paragraph ends a sentence"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


@given(st.text(alphabet="ab .?!\"'“”‘’«»\n\r\u200b\u202e؟", max_size=200))
def test_spans_stay_in_order_and_inside(text: str) -> None:
    for spans in (
        paragraph_spans(text),
        sentence_spans(text),
        [(q.start, q.end) for q in quotation_spans(text)],
    ):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("mark", ['"', "'", "“", "‘", "’", "''", "«"])
def test_ten_thousand_marks_take_no_time(mark: str) -> None:
    text = f"a {mark}b{mark} s{mark} c" * 10_000
    assert spends_less(5, lambda: (quotation_spans(text), sentence_spans(text)))


def test_context_is_the_paragraph() -> None:
    text = "One.\nTwo three four.\nFive."
    start = text.index("three")
    left, right = context_span(text, start, start + 5)
    assert text[left:right] == "Two three four."


def test_fold_drops_case_accents_and_curly_apostrophes() -> None:
    assert fold("  Erdoğan’s  ŁÓDŹ ") == "erdogan's lodz"
