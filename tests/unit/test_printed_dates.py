import pytest

from claimtrack.documents.printed_dates import check_date, find_date, find_dated_line, parse_date
from claimtrack.errors import InputError


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2025-09-27", "2025-09-27"),
        ("2025/9/7", "2025-09-07"),
        ("2025.09.27", "2025-09-27"),
        ("2025-09-27T23:10:00+05:00", "2025-09-27"),
        ("2025-09-27 23:10", "2025-09-27"),
        ("27 September 2025", "2025-09-27"),
        ("27th of September 2025", "2025-09-27"),
        ("1st Sept., 2025", "2025-09-01"),
        ("27-Sep-2025", "2025-09-27"),
        ("September 27, 2025", "2025-09-27"),
        ("Sept. 27th 2025", "2025-09-27"),
        ("MAY 3, 2021", "2021-05-03"),
        ("Saturday, 27 September 2025, 10:31 PM PKT", "2025-09-27"),
        ("Sat Sept 27 2025 at 10.31am", "2025-09-27"),
        ("27/09/2025", "2025-09-27"),
        ("9/27/2025", "2025-09-27"),
        ("05/05/2025", "2025-05-05"),
    ],
)
def test_dates_as_printed(printed, iso):
    assert parse_date(printed) == iso


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("03/04/2025", id="day or month first"),
        pytest.param("27 September", id="no year"),
        pytest.param("September 2025", id="no day"),
        pytest.param("Saturday", id="a weekday"),
        pytest.param("2025-02-30", id="no such day"),
        pytest.param("31 June 2025", id="no such day in words"),
        pytest.param("27 September 25", id="short year"),
        pytest.param("12 October 1066", id="before newspapers"),
        pytest.param("1.2.2025.7", id="a version"),
        pytest.param("On 27 September 2025 he left", id="a sentence"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_complete_date(printed):
    assert parse_date(printed) is None


def test_a_date_is_found_at_its_place():
    text = "date 2025-13-01 then 3 May 2021."
    assert find_date(text) == (21, 31, "2021-05-03")
    assert find_date(text, 0, 20) is None
    assert find_dated_line("x\n3 May 2021, 7 pm\ny", 2, 18) == (2, 12, "2021-05-03")


@pytest.mark.parametrize("given", ["2025-09-27", "2025-09", "2025", " 2025-09-27 "])
def test_a_typed_date_may_be_less_exact(given):
    assert check_date(given) == given.strip()


@pytest.mark.parametrize("given", ["", "27.9.2025", "2025-9-27", "2025-02-30", "2025-13", "0000", "٢٠٢٥"])
def test_a_typed_date_that_is_none(given):
    with pytest.raises(InputError, match="is no date"):
        check_date(given)
