import pytest

from claimtrack.conflicts.claims import read_claim
from claimtrack.models import ClaimText


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The account was being operated from India", [("operate", "source_words", ("india",))]),
        (
            "He ran the account from Pakistan’s Adiala Jail",
            [("operate", "source_words", ("pakistan", "adiala jail"))],
        ),
        ("She was born in Quetta", [("born", "place_words", ("quetta",))]),
        ("She was not born in Quetta", []),
        ("She spoke in Quetta", []),
        ("He ran the account from his phone", []),
    ],
)
def test_slots(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = [s for clause in read_claim(ClaimText(text=text)).clauses for s in clause.slots]
    assert [(slot.event, slot.kind, slot.places) for slot in found] == expected
