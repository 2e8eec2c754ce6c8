"""Runs ``cases/extract/*.toml``: one phenomenon a file, a text and all its statements.

A case with ``known_failure`` names why it fails today; it must go on failing, or the line goes.
"""

import tomllib
from pathlib import Path

import pytest

from claimtrack.models import Document
from claimtrack.statements.attribution import extract_statements

FOLDER = Path(__file__).parent / "cases" / "extract"


def rows() -> list:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            reason = case.get("known_failure")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['id']}", marks=marks))
    return found


@pytest.mark.parametrize("case", rows())
def test_case(case: dict) -> None:
    text = case["text"].strip("\n")
    document = Document(id="doc-0", path="case.txt", text=text, sha256="0", published="2025-03-05")
    statements = extract_statements(document)
    for statement in statements:
        for span in (*statement.content, *filter(None, (statement.cue, statement.mention))):
            assert document.text[span.start : span.end] == span.text
    shown = [
        {
            "speaker": s.speaker or "",
            "content": [span.text for span in s.content],
            "kind": s.kind.value,
            "cue": s.cue.text if s.cue else "",
            "reported_by": list(s.reported_by),
            "via": list(s.via),
        }
        for s in statements
    ]
    wanted = case["statements"]
    compared = [{key: row[key] for key in want} for row, want in zip(shown, wanted, strict=False)]
    assert (compared, shown[len(wanted) :]) == (wanted, [])
