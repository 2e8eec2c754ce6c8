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
    ],
)
def test_targets(text: str, expected: set[tuple[str, int]]) -> None:
    found = {
        (e.target, e.sign) for clause in read_claim(ClaimText(text=text)).clauses for e in clause.evaluations
    }
    assert found == expected
