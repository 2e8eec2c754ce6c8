"""Runs ``cases/conflicts/*.toml``: a phenomenon per file, each with near misses that must stay silent."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack.conflicts.decision import judge
from claimtrack.models import ClaimText, Judgement, Label
from claimtrack.settings import Settings

CASES = Path(__file__).parent / "cases" / "conflicts"


def read_cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for pair in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]:
            yield pytest.param(pair, id=f"{path.stem}-{pair['id']}")


def side(value: str | dict[str, str]) -> ClaimText:
    return ClaimText(text=value) if isinstance(value, str) else ClaimText(**value)


def judged(pair: dict[str, Any]) -> tuple[Judgement, Judgement]:
    a, b = side(pair["a"]), side(pair["b"])
    return judge(a, b, Settings()), judge(b, a, Settings())


@pytest.mark.parametrize("pair", list(read_cases()))
def test_case(pair: dict[str, Any]) -> None:
    judgement, turned = judged(pair)
    assert (judgement.score, judgement.label, judgement.kind) == (turned.score, turned.label, turned.kind)
    if pair.get("silent"):
        assert judgement.score < Settings().min_score, judgement
        assert judgement.label != Label.CONTRADICTION
        return
    assert judgement.score >= Settings().min_score, judgement
    assert (judgement.label, judgement.kind) == (Label.CONTRADICTION, pair["kind"])
    assert pair["signal"] == judgement.signals[0].type
    for signal in judgement.signals:
        assert side(pair["a"]).text[signal.a.start : signal.a.end] == signal.a.text
        assert side(pair["b"]).text[signal.b.start : signal.b.end] == signal.b.text


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_phenomenon_has_a_near_miss(path: Path) -> None:
    pairs = tomllib.loads(path.read_text(encoding="utf-8"))["pair"]
    if path.stem != "restated":
        assert {bool(pair.get("silent")) for pair in pairs} == {True, False}
