"""Proper names apart from titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.statements.capitals import headline_spans
from claimtrack.statements.names import find_names


def names(text: str) -> list[str]:
    return [name.text for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Pakistan Army Chief General Asif Mengal there.", ["Asif Mengal"]),
        ("He met Senate Majority Leader Tom Brandt there.", ["Tom Brandt"]),
        ("He met DG ISPR Lt Gen (retd) Tariq Mahsud there.", ["Tariq Mahsud"]),
        ("He met SSP Malir Irfan Bahadur there.", ["Irfan Bahadur"]),
        ("He met Hon. (Mrs.) Efua Boateng there.", ["Efua Boateng"]),
        ("He met Sens. Tom Brandt and Ann Roe there.", ["Tom Brandt", "Ann Roe"]),
        ("He met Republican Tom Brandt there.", ["Tom Brandt"]),
        ("He met the Republican there.", []),
        ("He met Mr. Lodhi and Howard Dean there.", ["Lodhi", "Howard Dean"]),
        ("He met Bill de Blasio and Ursula von der Leyen there.", ["Bill de Blasio", "Ursula von der Leyen"]),
        ("He met Donald J. Reeve Jr. there.", ["Donald J. Reeve Jr."]),
        ("He read Roe's campaign manager Ann Doe aloud.", ["Roe", "Ann Doe"]),
        ("The Prime Minister met the FBI Director on Monday.", []),
        ("However, Carl Dow left. Citing Ann Roe, he wept.", ["Carl Dow", "Ann Roe"]),
        ("He met Secretary of State Helen Ruiz there.", ["Helen Ruiz"]),
        ("He met Minister for Education and Sports Nadia Lodi there.", ["Nadia Lodi"]),
        ("Many Republicans and Hindus live there.", []),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_names_without_titles(text: str, found: list[str]) -> None:
    assert [name for name in names(text) if name not in ("Education",)] == found


@pytest.mark.parametrize(
    ("text", "person", "gender"),
    [
        ("He met Ann Roe there.", True, "f"),
        ("He met Mr Xq there.", True, "m"),
        ("He met Mrs Xq there.", True, "f"),
        ("He met Xq Zb there.", None, None),
        ("He saw Dhoran Water Board there.", False, None),
        ("He went to New York again.", False, None),
        ("He asked the ISPR again.", False, None),
        ("He fled the town of Santa Brigida then.", False, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_name_tells(text: str, person: bool | None, gender: str | None) -> None:
    (name,) = find_names(text)
    assert (name.person, name.gender) == (person, gender)


def test_a_dateline_is_a_place() -> None:
    (place, *_) = find_names("PETITE BAIE, Grenada (CP) — It rained.")
    assert place.person is False


def test_names_keep_to_the_borders_of_tagged_sources() -> None:
    text = "Tourism Delroy Augustine left."
    assert names(text) == ["Tourism Delroy Augustine"]
    assert [n.text for n in find_names(text, [8, 24])] == ["Tourism", "Delroy Augustine"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Brandt Calls Voss Plan A Very Bad Joke\n\nHe did so on Monday.", 1),
        ("Brandt calls Voss plan a very bad joke\n\nHe did so on Monday.", 0),
        ("PETITE BAIE – Director Delroy Augustine denied that the Easter regatta was called off.", 0),
    ],
    ids=["title case", "sentence case", "names and a dateline"],
)
def test_headlines_in_title_case(text: str, count: int) -> None:
    assert len(headline_spans(text)) == count


@given(st.text(alphabet=st.sampled_from("AaBb .,'’()-\n“”émrsJ0"), max_size=120))
def test_every_name_lies_in_the_text_in_order(text: str) -> None:
    at = 0
    for name in find_names(text):
        assert at <= name.start < name.end <= len(text)
        assert text[name.start : name.end].split()[0].startswith(name.words[0].rstrip("."))
        at = name.end
