import pytest
from patience import spends_less

from claimtrack.conflicts.repeats import is_cut_of, read_wording

FULL = "We will build the new dam at Tarn, and the villages below it will be paid in full."


def alike(first: str, second: str) -> bool:
    """Is one of the two a cut of the other?"""
    a, b = read_wording(first), read_wording(second)
    return is_cut_of(a, b) or is_cut_of(b, a)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(FULL, FULL, id="equal"),
        pytest.param(
            f"“{FULL}”", FULL.replace(", and", " and").replace(".", ",").upper(), id="marks and case"
        ),
        pytest.param("We don't know who's paid", "“We don’t know who’s paid”", id="curly apostrophes"),
        pytest.param(
            "We won't pay for what they've lost", "We will not pay for what they have lost", id="contractions"
        ),
        pytest.param("That cost 1,200,000 pounds", "That cost 1200000 pounds", id="thousands"),
        pytest.param(
            "He crossed the café terrace at noon", "He crossed the cafe terrace at noon", id="accents"
        ),
        pytest.param(FULL, "We will build the new dam at Tarn", id="cut at the end"),
        pytest.param(FULL, "the villages below it will be paid in full", id="cut at the start"),
        pytest.param(
            FULL, "the new dam at Tarn, and the villages below it will be paid in full.", id="future cut off"
        ),
        pytest.param(f"I never lied. {FULL} No one will stop us.", FULL, id="whole sentences cut"),
        pytest.param(FULL, FULL.replace("the new dam", "a new dam"), id="another article"),
        pytest.param(FULL, FULL.replace("new dam", "great new dam"), id="a word more"),
        pytest.param(FULL, FULL.replace("below it", "[in the valley]"), id="an editor's brackets"),
        pytest.param(
            "It fell by ten percent since last autumn",
            "It fell by ten per cent since last autumn",
            id="joined",
        ),
        pytest.param(
            "We will build … the new dam at Tarn", "We will build the new dam at Tarn", id="interrupted"
        ),
    ],
)
def test_one_wording(first, second):
    assert alike(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(FULL, FULL.replace("will be paid", "will not be paid"), id="negation"),
        pytest.param("They didn't pay us in full", "They did pay us in full", id="contracted negation"),
        pytest.param("I do not think the dam is safe", "the dam is safe", id="negation cut off"),
        pytest.param("If it rains the dam is not safe", "the dam is not safe", id="condition cut off"),
        pytest.param("the dam is safe unless it rains", "the dam is safe", id="condition after"),
        pytest.param("The dam may be safe", "The dam be safe", id="doubt"),
        pytest.param("They should pay us all", "They pay us all", id="wish"),
        pytest.param("Some 300 were paid in full", "Some 400 were paid in full", id="figure"),
        pytest.param("Some three men were paid in full", "Some men were paid in full", id="figure cut"),
        pytest.param(FULL, FULL.replace("Tarn", "Bore"), id="another place"),
        pytest.param(FULL, FULL.replace("paid", "moved"), id="another verb"),
        pytest.param("This is not a hard race", "This is not a joke", id="another end"),
        pytest.param("The race was lost by us all", "A joke was lost by us all", id="another beginning"),
        pytest.param("Critics say the dam is safe", "the dam is safe", id="somebody else's words"),
        pytest.param("They are the best men", "They are the very best honest men", id="many words more"),
        pytest.param("", "", id="nothing"),
        pytest.param("…", FULL, id="no words"),
    ],
)  # fmt: skip
def test_two_wordings(first, second):
    assert not alike(first, second)


@pytest.mark.parametrize(
    "text",
    [
        "no " * 60_000,
        "yes no " * 90,
        "the dam is safe. " * 40_000,
        "[" * 100_000,
        "1," * 100_000,
        "a'" * 50_000,
    ],
    ids=range(6),
)
def test_hostile_texts_take_a_moment(text):
    def work():
        wording = read_wording(text)
        is_cut_of(wording, read_wording(text + "no"))
        is_cut_of(wording, read_wording(text.replace("no", "yes")))

    assert spends_less(10, work)


def test_long_texts_are_searched_for_as_they_are():
    long = " ".join(f"Pump number {n} was mended by the men of Tarn." for n in range(60))
    assert alike(long, f"He opened the book. {long} Then he left.")
    assert not alike(long, f"He did not say that {long}")
