import pytest

from claimtrack.conflicts.clauses import cut_clauses
from claimtrack.conflicts.words import read_words, tokenize


def cut(text: str) -> list[str]:
    words = read_words(text, tokenize(text))
    return [" ".join(word.text for word in clause.words) for clause in cut_clauses(text, words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We left.", ["it rained", "we left"]),
        ("Mr. Ito paid Rs. 500 to Gen. Roy", ["mr ito paid rs 500 to gen roy"]),
        ("He paid, but she left", ["he paid", "but she left"]),
        ("He paid the rent and the fees", ["he paid the rent", "and the fees"]),
        ("“We paid,” … “They left”", ["we paid", "they left"]),
        ("He (Ito) is paying", ["he ito is paying"]),
        ("We act if India attacks", ["we act", "if india attacks"]),
        ("The envoy, who had left, called", ["the envoy", "who had left called"]),
    ],
    ids=["sentences", "abbreviations", "but", "and-the", "pieces", "brackets", "if", "relative"],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_question_mark_reaches_its_whole_sentence_only() -> None:
    text = "Did he pay, or did she? He left."
    clauses = cut_clauses(text, read_words(text, tokenize(text)))
    assert [clause.question for clause in clauses] == [True, True, False]


def test_a_text_without_marks_is_cut_too() -> None:
    text = "word " * 1000
    assert max(len(c.words) for c in cut_clauses(text, read_words(text, tokenize(text)))) <= 40
