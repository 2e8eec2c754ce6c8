import pytest

from claimtrack.store.damage import line_of

TEXT = """{
  "schema": "claimtrack/1",
  "documents": [
    {"id": "a", "junk": []},
    {
      "id": "b",
      "text": "x [ { , \\" }"
    }
  ]
}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("schema",), 2),
        (("documents",), 3),
        (("documents", 0, "junk"), 4),
        (("documents", 1), 5),
        (("documents", 1, "text"), 7),
        (("documents", 1, "missing"), 5),
        (("documents", 7), 3),
        (("schema", "deeper"), 2),
    ],
)
def test_line_of_a_value(path, line):
    assert line_of(TEXT, path) == line
