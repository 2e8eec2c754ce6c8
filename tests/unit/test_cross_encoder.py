"""The inference model on pairs of texts."""

import pytest

from claimtrack.conflicts.cross_encoder import contradiction_probability, shown_text


def test_a_reversal_is_likelier_than_a_repetition() -> None:
    reversal = contradiction_probability("The dam is safe.", "The dam is not safe.")
    repetition = contradiction_probability("The dam is safe.", "The dam is safe and sound.")
    assert repetition < 0.5 < reversal


def test_the_order_of_the_sides_changes_nothing() -> None:
    pair = ("I support the dam", "that she would never back a dam on this river")
    assert contradiction_probability(*pair) == contradiction_probability(*reversed(pair))


def test_it_is_a_share_of_two_places() -> None:
    probability = contradiction_probability("The dam is safe.", "The dam is not safe.")
    assert 0.5 < probability < 1.0
    assert probability == round(probability, 2)


@pytest.mark.parametrize("text", ["", "  ", "\n"], ids=["empty", "space", "line"])
def test_nothing_contradicts_nothing(text: str) -> None:
    assert contradiction_probability(text, "The dam is safe.") == 0.0


def test_quotation_marks_change_nothing() -> None:
    assert shown_text("“The dam is safe,”", None) == shown_text('"The dam is safe"', "") == "The dam is safe"


def test_two_apostrophes_are_a_quotation_mark_too() -> None:
    assert shown_text("the ''safe'' dam", None) == "the safe dam"


def test_a_known_cue_stands_before_the_words() -> None:
    assert shown_text("“The dam is safe,”", "denied:") == "denied: The dam is safe"
    assert shown_text("", "denied") == ""


def test_a_text_without_end_is_cut() -> None:
    assert 0.0 <= contradiction_probability("safe " * 50_000, "The dam is not safe.") <= 1.0
