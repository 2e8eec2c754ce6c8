"""The rows and links of the report's timeline."""

import pytest
from conftest import find_span, make_conflict, make_document, make_statement

from claimtrack.notes.page.timeline import MOST_LANES, draw_timeline, time_between

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
DOCUMENT = make_document("Lomax said " + " ".join(WORDS))


def statements(count, dates=()):
    given = [{"said_on": date} for date in dates] + [{}] * (count - len(dates))
    return [make_statement(DOCUMENT, word, **more) for word, more in zip(WORDS, given, strict=False)][:count]


def conflict(rows, first, last):
    a, b = rows[first], rows[last]
    return make_conflict(a, b, find_span(DOCUMENT, a.text), find_span(DOCUMENT, b.text))


def lanes(count, pairs):
    rows = statements(count)
    drawn = draw_timeline(rows, [conflict(rows, *pair) for pair in pairs])
    links = {link for row in drawn.rows for link in row.links}
    return {(link.first, link.last): link.lane for link in links}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0, 1)], {(0, 1): 0}),
        ([(0, 1), (2, 3)], {(0, 1): 0, (2, 3): 0}),
        ([(0, 1), (1, 2)], {(0, 1): 0, (1, 2): 1}),
        ([(0, 3), (1, 2)], {(0, 3): 0, (1, 2): 1}),
        ([(3, 0)], {(0, 3): 0}),
    ],
    ids=["one", "apart", "at one row", "within", "later first"],
)
def test_links_share_a_lane_only_where_they_do_not_meet(pairs, expected):
    assert lanes(4, pairs) == expected


def test_more_links_than_lanes_share_the_last():
    pairs = [(at, 9) for at in range(9)]
    found = lanes(10, pairs)
    assert max(found.values()) == MOST_LANES - 1
    assert len(found) == 9


def test_a_link_runs_through_every_row_between_and_ends_at_both():
    rows = statements(4)
    drawn = draw_timeline(rows, [conflict(rows, 0, 2)])
    assert [len(row.strokes) for row in drawn.rows] == [1, 1, 1, 0]
    first, passing, last = (row.strokes[0] for row in drawn.rows[:3])
    assert first.y2 == "100%"
    assert first.path.startswith(f"M{drawn.axis_x} ")
    assert (passing.path, passing.y1, passing.y2) == ("", "0", "100%")
    assert last.y1 == "0"
    assert last.path.endswith(f"{drawn.axis_x} 16")
    assert [len(row.links) for row in drawn.rows] == [1, 0, 1, 0]


def test_the_axis_begins_and_ends_at_a_dot():
    drawn = draw_timeline(statements(3), [])
    assert [(row.axis_y1, row.axis_y2) for row in drawn.rows] == [("16", "100%"), ("0", "100%"), ("0", "16")]


def test_a_conflict_with_a_statement_that_is_not_shown_draws_nothing():
    rows = statements(3)
    assert all(not row.strokes for row in draw_timeline(rows[:2], [conflict(rows, 0, 2)]).rows)


@pytest.mark.parametrize(
    ("earlier", "later", "told"),
    [
        ("2024-03-11", "2024-03-12", "1 day later"),
        ("2024-03-11", "2024-03-11", ""),
        ("2020-01-01", "2024-01-01", "1,461 days later"),
        ("2024-03", "2024-03-12", ""),
        (None, "2024-03-12", ""),
        ("2024-03-12", None, ""),
    ],
)
def test_time_is_told_only_between_known_days(earlier, later, told):
    first, second = statements(2, [earlier, later])
    assert time_between(first, second) == told
