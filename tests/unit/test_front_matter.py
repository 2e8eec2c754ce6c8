"""Front matter that YAML reads as it was meant, whatever the values hold."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.notes.properties import front_matter, with_properties


def read(matter: str):
    assert matter.startswith("---\n")
    return yaml.safe_load(matter.split("\n---\n")[0].removeprefix("---\n"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Zs"]) | st.just(" ")))
def test_any_value_reads_back(value):
    line = " ".join(value.split())
    if any(ord(character) >= 0xE0000 or character in "\u061c\u200e\u200f\ufeff" for character in value):
        return
    found = read(front_matter({"one": value, "many": [value, "x"], "count": 3}))
    if all(not "\u202a" <= c <= "\u2069" and not "\ufff9" <= c <= "\ufffb" for c in value):
        assert found == {"one": line, "many": [line, "x"], "count": 3}


@pytest.mark.parametrize(
    "value", ["---", "a: b", "# x", "- x", "'", '"', "\\", "yes", "2024-01-01", "x\n---\n<script>"]
)
def test_a_hostile_value_ends_nothing(value):
    assert read(front_matter({"one": value})) == {"one": " ".join(value.split())}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("---\nown: 1\none: old\n---\nText", '---\nown: 1\none: "new"\n---\nText'),
        ("---\none:\n  - a\n  - b\nown: 1\n---\n", '---\none: "new"\nown: 1\n---\n'),
        ("---\none:\n- a\n- b\n\nown: 1\n---\n", '---\none: "new"\n\nown: 1\n---\n'),
        ("---\r\none: old\r\n---\r\nText", '---\r\none: "new"\r\n---\r\nText'),
        ("---\nother: 1\n---\n", "---\nother: 1\n---\n"),
        ("---\none: old\nno end", "---\none: old\nno end"),
        ("one: old\n---\n", "one: old\n---\n"),
        ("", ""),
        ("---\n---\none: old\n", "---\n---\none: old\n"),
        ("---\none: old\n---", '---\none: "new"\n---'),
    ],
)
def test_only_the_known_properties_change(head, told):
    assert with_properties(head, {"one": "new"}, "\n") == told
