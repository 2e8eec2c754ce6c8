"""Where a quotation's words stand today: every fate, with the place and the difference, in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import spends_less

from claimtrack.models import Span
from claimtrack.notes.checks import plain_differences
from claimtrack.pipeline.tokens import Tokens
from claimtrack.pipeline.wording import Found, OtherText, Wording

STORED = (
    "Lomax said on Monday that the toll will be two pounds.\n"
    "“The bridge is closed,” Lomax said, “and it stays closed.” She left.\n"
)
TOLL = ("the toll will be two pounds",)
BRIDGE = ("“The bridge is closed,”", "“and it stays closed.”")


def spans_of(stored: str, pieces: tuple[str, ...]) -> list[Span]:
    found, at = [], 0
    for piece in pieces:
        start = stored.index(piece, at)
        at = start + len(piece)
        found.append(Span.cut(stored, start, at))
    return found


def find(today: str, pieces: tuple[str, ...] = TOLL, stored: str = STORED) -> Found:
    found = OtherText(stored, today).find(spans_of(stored, pieces))
    for span in found.now:
        assert today[span.start : span.end] == span.text
    return found


def told(found: Found) -> str:
    return plain_differences((each.edit.value, each.text) for each in found.differences)


def test_words_at_their_place_are_unchanged_whatever_else_changed():
    found = find(STORED.replace("She left", "He stayed on for an hour"), BRIDGE)
    assert found.wording is Wording.UNCHANGED
    assert [span.text for span in found.now] == list(BRIDGE)


@pytest.mark.parametrize(
    ("today", "pieces"),
    [
        pytest.param(f"Correction: see below.\n{STORED}", TOLL, id="a line came before"),
        pytest.param(STORED.replace("toll will", "toll  will").replace("on M", "\n\non M"), TOLL, id="space"),
        pytest.param(STORED.replace("Lomax said, “", "Lomax told us in Karachi, “"), BRIDGE, id="the cue"),
        pytest.param(STORED.replace("“", '"').replace("”", '"'), BRIDGE, id="typed quotation marks"),
        pytest.param(f"X {STORED}".replace("on Monday ", ""), TOLL, id="a word went before"),
    ],
)
def test_the_same_words_elsewhere_have_moved(today, pieces):
    found = find(today, pieces)
    assert found.wording is Wording.MOVED
    assert [Tokens(span.text).words for span in found.now] == [Tokens(piece).words for piece in pieces]
    assert found.differences == ()


def test_of_several_places_with_the_same_words_the_one_with_the_same_neighbours_is_told():
    stored = "Ann said it rained all day. Bob said it rained all day."
    today = f"Weather. Cy said it rained all day. {stored}"
    span = Span.cut(stored, stored.rindex("it rained"), len(stored) - 1)
    (now,) = OtherText(stored, today).find([span]).now
    assert now.start == today.rindex("it rained")


@pytest.mark.parametrize(
    ("today", "pieces", "expected"),
    [
        pytest.param(
            STORED.replace("two", "nine"), TOLL, "the toll will be [-two-] {+nine+} pounds", id="a number"
        ),
        pytest.param(
            STORED.replace("will be", "will not be"),
            TOLL,
            "the toll will {+not+} be two pounds",
            id="a negation",
        ),
        pytest.param(
            "New. " + STORED.replace("the toll will be two pounds", "nine pounds will be the toll"),
            TOLL,
            "{+nine pounds will be+} the toll [-will be two pounds-]",
            id="another order",
        ),
        pytest.param(
            STORED.replace("stays closed.”", "stays open.”"),
            BRIDGE,
            "“The bridge is closed,” Lomax said, “and it stays [-closed.”-] {+open.”+}",
            id="whole words with their marks",
        ),
        pytest.param(
            STORED.replace("the toll will be two pounds", "the toll will be two pounds, let alone three"),
            ("that the toll will be two pounds.",),
            "that the toll will be two [-pounds.-] {+pounds, let alone three.+}",
            id="words came before the full stop",
        ),
        pytest.param(
            STORED.replace("the toll will be two pounds", "a toll will be two"),
            TOLL,
            "[-the-] {+a+} toll will be two [-pounds-]",
            id="at both ends",
        ),
        pytest.param(
            "New. " + STORED.replace("She left", "She has left"),
            ("She left",),
            "She {+has+} left",
            id="short",
        ),
    ],
)
def test_a_changed_wording_is_shown_word_by_word(today, pieces, expected):
    found = find(today, pieces)
    assert found.wording is Wording.CHANGED
    assert told(found) == expected
    kept = " ".join(each.text for each in found.differences if each.edit.value != "gone")
    assert kept.split() == found.now[0].text.split()


@pytest.mark.parametrize(
    ("today", "pieces"),
    [
        pytest.param("", TOLL, id="nothing"),
        pytest.param("… — !", TOLL, id="marks only"),
        pytest.param("The cat said that it will be on the roof.", TOLL, id="function words only"),
        pytest.param(STORED.replace("She left", "He stayed"), ("She left",), id="short"),
        pytest.param(
            f"Now. {STORED}".replace("on Monday", "at noon") + "Monday it is.", ("Monday",), id="by chance"
        ),
        pytest.param(f"X. {STORED}".replace(BRIDGE[0] + " Lomax said, ", ""), BRIDGE, id="most of it"),
    ],
)
def test_words_that_are_nowhere_are_gone(today, pieces):
    assert find(today, pieces) == Found(wording=Wording.GONE)


def test_of_a_long_quotation_the_changed_part_is_shown():
    words = [f"word{number}" for number in range(3000)]
    stored = f"Ann said {' '.join(words)}."
    today = stored.replace("word2500 ", "").replace("Ann", "Ann Lee")
    found = find(today, (" ".join(words),), stored)
    assert found.wording is Wording.CHANGED
    assert "[-word2500-]" in told(found)
    assert len(found.differences) == 3


def test_a_piece_that_ends_within_a_word_is_found():
    found = find(f"New. {STORED}", ("the toll will be two pou",))
    assert (found.wording, found.now[0].text) == (Wording.MOVED, TOLL[0])


@pytest.mark.parametrize("piece", ["", " ", "…", "a", "a a a a a a a a"])
def test_odd_pieces_do_no_harm(piece):
    stored = f"a a a a a a a a {piece} … end"
    span = Span.cut(stored, 16, 16 + len(piece))
    for today in ("", "a", "b " + stored, "x"):
        OtherText(stored, today).find([span])


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_any_two_texts_can_be_compared(stored, today, data):
    start = data.draw(st.integers(0, len(stored)))
    end = data.draw(st.integers(start, len(stored)))
    for other in (today, stored, today + stored):
        found = OtherText(stored, other).find([Span.cut(stored, start, end)])
        assert all(other[span.start : span.end] == span.text for span in found.now)
        if other == stored:
            assert found.wording is Wording.UNCHANGED


@pytest.mark.parametrize(
    ("stored", "today"),
    [
        pytest.param("a " * 100_000, "b " + "a " * 100_000, id="one word"),
        pytest.param("a b " * 50_000, "c " + "b a " * 50_000, id="two words"),
        pytest.param("a" * 400_000, "b" * 400_000, id="no words"),
    ],
)
def test_time_is_linear_in_hostile_text(stored, today):
    def work():
        other = OtherText(stored, today)
        for number in range(20):
            other.find([Span.cut(stored, number * 2, number * 2 + 801)])

    assert spends_less(20, work)


def test_tokens_know_their_places():
    tokens = Tokens("“It’s\tshut,” – 3.5 £")
    assert tokens.words == ['"', "It", "'", "s", "shut", ",", '"', "–", "3", ".", "5", "£"]
    assert tokens.span(0, 7).text == "“It’s\tshut,”"
    assert tokens.span(4, 12).text == "shut,” – 3.5 £"
