import pytest

from claimtrack.conflicts.claims import read_claim
from claimtrack.models import ClaimText


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway remains a crucial partner", {("@norway", 1)}),
        ("Norway is not a reliable ally", {("@norway", -1)}),
        ("the unreliability of suppliers like Norway", {("@norway", -1)}),
        ("We met the US government, which remains a crucial partner", {("@united states", 1)}),
        ("She was born in Norway and is smart", set()),
        ("US senators are corrupt", set()),
        ("The plan is crucial", set()),
        ("Norway has sold crucial parts", set()),
        ("A crucial vote came late", set()),
    ],
)
def test_targets(text: str, expected: set[tuple[str, int]]) -> None:
    found = {
        (e.target, e.sign) for clause in read_claim(ClaimText(text=text)).clauses for e in clause.evaluations
    }
    assert found == expected


@pytest.mark.parametrize(
    "text", ["Norway remains a crucial partner", "Norway remains a dependable great friend"]
)
def test_two_words_of_one_praise_are_one_evaluation(text: str) -> None:
    (clause,) = read_claim(ClaimText(text=text)).clauses
    (found,) = clause.evaluations
    praise = " ".join(word.text for word in clause.words[found.words[0] : found.words[1] + 1])
    assert text.endswith(f" a {praise}")
