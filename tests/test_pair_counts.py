"""``contradictions`` where a speaker has said more than is compared: what was left out is said."""

from pathlib import Path

import pytest
from conftest import make_document, make_statement
from test_cli import desk  # noqa: F401

from claimtrack.models import Speaker, Store
from claimtrack.store.json_store import JsonStore

ABOUT = "the ferry to Ibo carried lorry number {} across the strait"


def fill(path: Path, count: int) -> None:
    """Stores so many statements of one speaker that share all their words."""
    said = [ABOUT.format(1000 + number) for number in range(count)]
    document = make_document("\n".join(f"Ada Lomax said {words}." for words in said))
    statements = tuple(make_statement(document, words) for words in said)
    speakers = (Speaker(id="sp-1", name="Ada Lomax"),)
    with JsonStore(path).change() as change:
        change.save(Store(documents=(document,), statements=statements, speakers=speakers))


@pytest.mark.parametrize(("count", "is_told"), [(10, False), (120, True)])
def test_pairs_left_out_are_counted_on_standard_error(desk, count, is_told):  # noqa: F811
    fill(desk.store, count)
    result = desk.run("contradictions", "--format", "jsonl")
    possible = count * (count - 1) // 2
    told = [line for line in result.stderr.splitlines() if "left out as too many" in line]
    assert len(told) == is_told
    if is_told:
        dropped = int(told[0].split()[3])
        assert told[0].startswith(f"note: up to {dropped} of {possible} pairs of one speaker's statements")
        assert 0 < dropped <= possible
    assert not desk.run("contradictions", "-q").stderr


def test_the_note_and_the_counts_agree(desk):  # noqa: F811
    fill(desk.store, 120)
    told = desk.run("contradictions", "-v", "--format", "jsonl").stderr
    counted = int(told.split("left out as too many: ")[1].split()[0])
    assert f"note: up to {counted} of " in told
