import pytest

from claimtrack.conflicts.polarity import find_negations, negated_words, shadowed_words
from claimtrack.conflicts.words import Word, read_words, tokenize


def words_of(text: str) -> list[Word]:
    return read_words(text, tokenize(text))


def heads(text: str) -> list[str]:
    words = words_of(text)
    return [words[negation.head].text for negation in find_negations(words)]


def negated(text: str) -> set[str]:
    words = words_of(text)
    return {words[at].text for at in negated_words(find_negations(words))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He did not sign the lease", ["sign"]),
        ("He didn't sign the lease", ["sign"]),
        ("paying no income taxes", ["paying"]),
        ("No taxes were raised", ["raised"]),
        ("None of the letters were opened", ["opened"]),
        ("Nobody resigned", ["resigned"]),
        ("I don't think the voters are convinced", ["convinced"]),
        ("He has ruled out raising tariffs", ["raising"]),
        ("She is not really happy", ["happy"]),
        ("It is not a trading company", ["company"]),
        ("We have no treaty Norway signed", ["treaty"]),
        ("Peace talks were ruled out", ["talks"]),
        ("He is not only rich", []),
        ("There is no doubt he won", []),
        ("No, he left", []),
        ("the anchor (not) baby", []),
        ("He signed the lease", []),
    ],
)
def test_heads(text: str, expected: list[str]) -> None:
    assert heads(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("He did not sign the lease", "lease", True),
        ("He did not resign but apologised", "apologised", False),
        ("He did not realise that prices had risen", "risen", False),
        ("nothing makes them incapable of being impartial", "impartial", False),
        ("It is not true that the dam was not inspected", "inspected", False),
        ("It is not true that the dam was inspected", "inspected", True),
    ],
)
def test_scope(text: str, word: str, expected: bool) -> None:
    assert (word in negated(text)) is expected


def test_denying_to_have_said_it_is_told_apart() -> None:
    words = words_of("He never said the war was a mistake")
    (negation,) = find_negations(words)
    assert (negation.telling, words[negation.head].text) == (True, "mistake")


def test_partial_negation_is_told_apart() -> None:
    assert [n.hedged for n in find_negations(words_of("Not all of them are guilty"))] == [True]
    assert [n.hedged for n in find_negations(words_of("He doesn't necessarily want it"))] == [True]
    assert [n.hedged for n in find_negations(words_of("They are not guilty"))] == [False]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He had not sent letters that were signed", "signed"),
        ("The chain will stop selling tobacco", "selling"),
    ],
)
def test_what_is_neither_denied_nor_affirmed(text: str, word: str) -> None:
    words = words_of(text)
    shadowed = shadowed_words(words, find_negations(words))
    assert word in {words[at].text for at in shadowed}
