"""Given names and surnames of one person."""

import pytest

from claimtrack.statements.agreement import offices_agree, offices_conflict
from claimtrack.statements.spellings import fold_words, generation, given_names_fit, surnames_fit


@pytest.mark.parametrize(
    ("some", "others", "fit"),
    [
        ("donald", "donald j", True),
        ("d", "donald", True),
        ("bill", "william", True),
        ("khwaja", "khawaja muhammad", True),
        ("muhammad", "khawaja muhammad", True),
        ("", "ann", True),
        ("ann", "anna", False),
        ("bill", "hillary", False),
        ("ann may", "ann june", False),
        ("may ann", "ann may", False),
    ],
)
def test_given_names(some: str, others: str, fit: bool) -> None:
    assert given_names_fit(tuple(some.split()), tuple(others.split())) is fit
    assert given_names_fit(tuple(others.split()), tuple(some.split())) is fit


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [("hussain", "hussein", True), ("khan", "kahn", False), ("kaine", "kane", False), ("roe", "roe", True)],
)
def test_surnames(a: str, b: str, fit: bool) -> None:
    assert surnames_fit(a, b) is fit


def test_suffixes_are_no_surname() -> None:
    assert fold_words("Martin Luther King, Jr.".replace(",", "").split()) == ("martin", "luther", "king")
    assert generation(["Martin", "King", "Jr."]) == "jr"
    assert fold_words(["Jr."]) == ("jr",)


@pytest.mark.parametrize(
    ("a", "b", "agree", "conflict"),
    [
        ("defence minister", "Pakistan defence minister", True, False),
        ("minister for defence", "defence minister", True, False),
        ("defense minister", "former defence minister", True, False),
        ("minister", "foreign minister", True, False),
        ("defence minister", "foreign minister", False, True),
        ("president", "vice president", True, False),
        ("governor of Ohio", "governor of Utah", False, True),
        ("senator", "journalist", False, False),
        ("senator", "mayor", False, True),
        ("journalist", "lawyer", False, False),
    ],
)
def test_offices(a: str, b: str, agree: bool, conflict: bool) -> None:
    assert (offices_agree([a], [b]), offices_conflict([a], [b])) == (agree, conflict)
    assert (offices_agree([b], [a]), offices_conflict([b], [a])) == (agree, conflict)
