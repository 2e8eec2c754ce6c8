"""Pages and transcripts through the command line: what the layout says of who speaks."""

import json

import pytest
from typer.testing import CliRunner

from claimtrack.cli.app import app

PAGE = """<html><head><title>Minister answers critics</title></head><body><article>
<h1>Minister answers critics</h1>
<p>Transport Minister Ada Lomax answered her critics on Monday in a series of posts about the bridge.</p>
<blockquote class="twitter-tweet"><p>There will be no toll on this bridge.</p>&mdash; Ada Lomax (@adalomax)
<a href="https://x.example/1">September 22, 2025</a></blockquote>
<blockquote class="twitter-tweet"><p>The pumps have failed twice. Nobody looked after them.</p>&mdash; Tom
Reed (@tomreed) <a href="https://x.example/2">September 22, 2025</a></blockquote>
<p>The road below the bridge was flooded again in the evening, and the ferry left an hour late.</p>
<blockquote><p>The minister promised a toll in March.</p>
<footer>— <cite>Lena Orth</cite></footer></blockquote>
</article></body></html>"""

TALK = """ADA LOMAX: There will be no toll on this bridge.

UNIDENTIFIED FEMALE: What about the ferries?

LOMAX: The ferries stay.

UNIDENTIFIED FEMALE: Who pays for the pumps?

The Minister of Finance (Mr Reed): The drivers pay.
"""


def statements_of(folder, name: str, text: str) -> list[dict]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    store = ["--store", str(folder / "claims.json")]
    for arguments in (["ingest", str(path), *store], ["statements", "--format", "jsonl", *store]):
        result = CliRunner().invoke(app, arguments, prog_name="claimtrack")
        assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Ada Lomax", "“There will be no toll on this bridge.”"),
        ("Tom Reed", "“The pumps have failed twice. Nobody looked after them.”"),
        ("Lena Orth", "“The minister promised a toll in March.”"),
    ],
)
def test_a_page_signs_its_quotations(tmp_path, speaker, words):
    found = statements_of(tmp_path, "page.html", PAGE)
    assert (speaker, words) in [(row["speaker"], row["text"]) for row in found]


def test_labels_that_tell_nobody_make_no_speaker(tmp_path):
    found = statements_of(tmp_path, "talk.txt", TALK)
    assert [(row["text"], row["speaker"], row["speaker_id"] is None) for row in found] == [
        ("There will be no toll on this bridge.", "Ada Lomax", False),
        ("What about the ferries?", "UNIDENTIFIED FEMALE", True),
        ("The ferries stay.", "Ada Lomax", False),
        ("Who pays for the pumps?", "UNIDENTIFIED FEMALE", True),
        ("The drivers pay.", "Reed", False),
    ]
