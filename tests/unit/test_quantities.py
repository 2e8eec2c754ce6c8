import pytest

from claimtrack.conflicts.quantities import Quantity, apart, find_quantities
from claimtrack.conflicts.words import read_words, tokenize


def read(text: str) -> list[Quantity]:
    return list(find_quantities(read_words(text, tokenize(text))))


def only(text: str) -> Quantity:
    (quantity,) = read(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("it cost $2.5bn then", 2_500_000_000, "dollar"),
        ("a loan of USD 3 billion", 3_000_000_000, "dollar"),
        ("Rs 300 crore was owed", 3_000_000_000, "rupee"),
        ("2.5 lakh farmers came", 250_000, ""),
        ("1,45,000 people came", 145_000, ""),
        ("about 35 per cent agreed", 35, "percent"),
        ("35% agreed", 35, "percent"),
        ("12 percents agreed", 12, "percent"),
        ("twelve hostages were freed", 12, ""),
        ("a wall 40 feet high", 40, "foot"),
        ("a wall 40 m high", 40, ""),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str) -> None:
    assert (only(text).value, only(text).unit) == (value, unit)


@pytest.mark.parametrize("text", ["in 2019 they left", "Article 370 was repealed", "no figures"])
def test_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("20 people died", "35 people died", True),
        ("9.9 million people", "10 million people", False),
        ("more than 300 people", "320 people", False),
        ("more than 300 people", "250 people", True),
        ("at least 20 people", "26 people", False),
        ("up to 40 people", "120 people", True),
        ("nearly 10,000 people", "9,100 people", False),
        ("2.5 lakh people", "250,000 people", False),
        ("3 people", "4 people", True),
    ],
)
def test_apart(first: str, second: str, expected: bool) -> None:
    assert apart(only(first), only(second)) is expected
    assert apart(only(second), only(first)) is expected


def test_a_rate_may_stand_before_the_figure() -> None:
    yearly, once = only("the annual saving is 700,000 pounds"), only("the saving is 700,000 pounds")
    assert yearly.unit == only("it saves 700,000 pounds a year").unit != once.unit


def test_a_rate_is_another_unit() -> None:
    assert only("40 tonnes of sulphur a day").unit != only("40 tonnes of sulphur in all").unit


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("another 20 nurses", True),
        ("another 0.5 percent", True),
        ("20 more nurses", True),
        ("20 nurses", False),
        ("20 from Tarn", False),
        ("up to 20 nurses", False),
    ],
)
def test_a_step_is_told_from_a_state(text: str, moved: bool) -> None:
    assert only(text).moved is moved


def test_what_is_counted() -> None:
    assert only("41 people were hurt").counted == only("74 persons were hurt").counted
    assert only("41 people were hurt").counted != only("41 houses burnt").counted
    assert only("41 of the houses burnt").counted == only("41 houses burnt").counted
