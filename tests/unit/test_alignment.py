"""How much of one clause another repeats."""

import pytest

from claimtrack.conflicts.alignment import coverage, face
from claimtrack.conflicts.claims import read_claim
from claimtrack.models import ClaimText


@pytest.mark.parametrize(
    ("other", "share"),
    [
        ("The ferry sank", 1.0),
        ("The ferry burnt", 0.5),
        ("The ferry never sank", 0.5),
    ],
)
def test_the_share_of_the_words_that_the_other_side_repeats(other: str, share: float) -> None:
    facing = face(read_claim(ClaimText(text="The ferry sank")), read_claim(ClaimText(text=other)))[0]
    assert coverage(facing, range(len(facing.a.words))) == share
