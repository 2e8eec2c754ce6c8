import pytest

from claimtrack.conflicts.places import all_places, enclosing, same_place


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("islamabad", "pakistan", True),
        ("adiala jail", "rawalpindi", True),
        ("adiala jail", "pakistan", True),
        ("munich", "europe", True),
        ("india", "pakistan", False),
        ("adiala jail", "india", False),
        ("lahore", "karachi", False),
        ("nowhere at all", "nowhere at all", True),
    ],
)
def test_containment(first: str, second: str, expected: bool) -> None:
    assert same_place(first, second) is expected
    assert same_place(second, first) is expected


def test_people_stand_for_their_country() -> None:
    assert all_places()["pakistani"] == "pakistan"
    assert all_places()["u.s."] == all_places()["american"]


def test_no_place_lies_in_itself_by_a_circle() -> None:
    for place in set(all_places().values()):
        assert place in enclosing(place)
        assert all(place not in enclosing(outer) for outer in enclosing(place) - {place}), place
