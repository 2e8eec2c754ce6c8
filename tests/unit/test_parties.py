"""What a name says about its bearer: a person, an institution, or neither for sure."""

import pytest

from claimtrack.models import Speaker
from claimtrack.pipeline.parties import party_types


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Khawaja Asif", "Person"),
        ("Hillary Clinton", "Person"),
        ("State Department", "Organization"),
        ("Associated Press", "Organization"),
        ("Lomax", None),
        ("", None),
    ],
)
def test_a_party(name, expected):
    assert party_types([Speaker(id="sp-1", name=name)]).get("sp-1") == expected
