"""Word pieces with offsets, and models in batches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import ClaimtrackError
from claimtrack.inference import CLS, SEP, UNK, load_model, load_word_pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("He said no.", ["He", "said", "no", "."], id="words and stops"),
        pytest.param("Asif’s", ["As", "if", "’", "s"], id="a word in pieces"),
        pytest.param("Erdoğan", ["Er", "doğ", "an"], id="accents keep their place"),
        pytest.param("a\u200bb", ["a\u200bb"], id="zero width"),
        pytest.param("中国", ["中", "国"], id="each ideograph alone"),
    ],
)
def test_offsets_cut_the_pieces_out(text: str, pieces: list[str]) -> None:
    encoded = load_word_pieces().encode(text)
    assert [text[a:b] for a, b in zip(encoded.starts, encoded.ends, strict=True)] == pieces


def test_a_part_of_a_text_counts_in_the_whole_text() -> None:
    encoded = load_word_pieces().encode("one two three", 4, 7)
    assert list(zip(encoded.starts, encoded.ends, strict=True)) == [(4, 7)]


def test_an_endless_word_is_unknown() -> None:
    encoded = load_word_pieces().encode("x" * 1_000_000)
    assert encoded.ids == [UNK]


@given(st.text(max_size=300))
def test_offsets_stay_in_order_and_inside(text: str) -> None:
    encoded = load_word_pieces().encode(text)
    assert len(encoded.ids) == len(encoded.starts) == len(encoded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(encoded.starts, encoded.ends, strict=True))
    assert encoded.starts == sorted(encoded.starts)


def test_padding_changes_no_tag() -> None:
    model = load_model("tagger")
    pieces = load_word_pieces()
    short = [CLS, *pieces.encode("Mayor Ann Roe said that it rained.").ids, SEP]
    long = [CLS, *pieces.encode("The ferry left at noon. " * 12).ids, SEP]
    alone, padded = model.run([short])[0], model.run([short, long])[0]
    assert alone[0].argmax(axis=1).tolist() == padded[0][: len(short)].argmax(axis=1).tolist()


def test_a_missing_model_says_how_to_go_on() -> None:
    with pytest.raises(ClaimtrackError, match=r"no_such.*Install claimtrack again"):
        load_model("no_such")
