"""Runs ``cases/speakers/*.toml``: one phenomenon a file, a marked text and who each source is.

Marks are ``⟦s1|source⟧``, ``⟦q1|cue⟧`` and ``⟦c1|content⟧``; the number joins the parts of a statement.
``speakers`` gives by number the name, "" where it cannot be told; ``offices`` the office; ``unnamed`` the
numbers whose name is no proper name. A case with ``known_failure`` must go on failing, or the line goes.
"""

import re
import tomllib
from pathlib import Path

import pytest

from claimtrack.statements.speakers import Resolved, Source, resolve_sources

FOLDER = Path(__file__).parent / "cases" / "speakers"
MARK = re.compile(r"⟦([sqc])(\d+)\|([^⟦⟧]*)⟧")


def read_marked(raw: str) -> tuple[str, dict[int, Source]]:
    text, parts, at = "", {}, 0
    for mark in MARK.finditer(raw):
        text += raw[at : mark.start()]
        entry = parts.setdefault(int(mark[2]), {"s": [], "q": [], "c": []})
        entry[mark[1]].append((len(text), len(text) + len(mark[3])))
        text += mark[3]
        at = mark.end()
    text += raw[at:]
    return text, {
        number: Source(
            start=entry["s"][0][0] if entry["s"] else None,
            end=entry["s"][0][1] if entry["s"] else None,
            cue=entry["q"][0] if entry["q"] else None,
            contents=tuple(entry["c"]),
        )
        for number, entry in parts.items()
    }


def rows(failures: bool = True) -> list:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            reason = case.get("known_failure") if failures else None
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['id']}", marks=marks))
    return found


def resolved(case: dict) -> dict[int, Resolved]:
    text, sources = read_marked(case["text"].strip("\n"))
    return dict(zip(sources, resolve_sources(text, list(sources.values())), strict=True))


@pytest.mark.parametrize("case", rows())
def test_case(case: dict) -> None:
    answers = resolved(case)
    wanted = {int(number): name or None for number, name in case["speakers"].items()}
    assert {number: answers[number].name for number in wanted} == wanted
    for number, office in case.get("offices", {}).items():
        assert answers[int(number)].office == office
    unnamed = set(case.get("unnamed", []))
    for number, name in wanted.items():
        assert answers[number].named == (bool(name) and number not in unnamed), number


@pytest.mark.parametrize("case", rows(failures=False))
def test_the_order_of_the_sources_changes_nothing(case: dict) -> None:
    text, sources = read_marked(case["text"].strip("\n"))
    forwards = resolve_sources(text, list(sources.values()))
    backwards = resolve_sources(text, list(sources.values())[::-1])
    assert backwards[::-1] == forwards
