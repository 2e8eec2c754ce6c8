"""Flat rows: records of RFC 4180, and no cell that computes."""

import csv
import io

import pytest

from claimtrack.notes import flat


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We will not.", "We will not.", id="words"),
        pytest.param(
            'She said “no”, "never"; and left.', 'She said “no”, "never"; and left.', id="separators"
        ),
        pytest.param("one\ntwo", "one\ntwo", id="two lines"),
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("＝1+1", "'＝1+1", id="formula in full width"),
        pytest.param("a;=1+1", "a;'=1+1", id="formula behind a semicolon"),
        pytest.param("a\n@SUM(1)", "a\n'@SUM(1)", id="formula on a second line"),
        pytest.param("no; - said so", "no; - said so", id="a dash that is none"),
        pytest.param("a\x1b[2J\x00", "a\ufffd[2J\ufffd", id="control characters"),
        pytest.param(None, "", id="nothing"),
        pytest.param(-3, "-3", id="number"),
        pytest.param(True, "True", id="truth"),
    ],
)
def test_a_cell(text, expected):
    head, line = flat.csv_lines([{"text": text, "id": "st-1"}], ("id", "text"))
    assert head == "id,text\r\n"
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert row == ["st-1", expected]
    assert line.endswith("\r\n")


def test_rows_come_one_by_one():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield {"id": number}

    lines = flat.csv_lines(rows(), ("id",))
    assert (next(lines), taken) == ("id\r\n", [])
    assert (next(lines), taken) == ("0\r\n", [0])
    assert list(flat.jsonl_lines(rows())) == ['{"id": 0}\n', '{"id": 1}\n', '{"id": 2}\n']
