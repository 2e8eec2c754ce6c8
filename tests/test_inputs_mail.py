"""Mails, saved pages and subtitles through the command line: word for word, with their speakers."""

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimtrack.cli.app import app

FIXTURES = Path(__file__).parent / "fixtures"
NO_TOLL = "There will be no toll on this bridge, not this year and not next"
LOMAX = "Ada Lomax"

QUOTED = [
    pytest.param("release.eml", LOMAX, NO_TOLL, "direct", id="press release by mail"),
    pytest.param(
        "release.eml", "Tom Reed", "the pumps below the bridge had failed twice", None, id="unwrapped"
    ),
    pytest.param("forwarded.eml", "Tom Reed", "Nobody has looked after the pumps", "direct", id="forwarded"),
    pytest.param("answered.eml", LOMAX, "the toll would be three pounds", "indirect", id="answer"),
    pytest.param("saved.mhtml", LOMAX, NO_TOLL, "direct", id="saved page"),
    pytest.param(
        "interview.vtt",
        LOMAX,
        "There will be no toll on this bridge, not this year & not next.",
        "direct",
        id="voices",
    ),
    pytest.param("interview.vtt", "Anna Reed", "And the pumps?", "direct", id="question"),
    pytest.param(
        "debate.srt",
        LOMAX,
        "There will be no toll on this bridge, not before 2030",
        "direct",
        id="broken numbers",
    ),
    pytest.param(
        "debate.srt", "Tom Reed", "They have failed [inaudible] twice since May.", "direct", id="named"
    ),
    pytest.param("rolling.vtt", LOMAX, "there would be no no toll on the bridge", "indirect", id="rolling"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    return tmp_path


def run(*arguments, code=0):
    result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack")
    assert result.exit_code == code, f"{arguments}: {result.stdout}\n{result.stderr}\n{result.exception!r}"
    return result


def statements(folder, name):
    (folder / name).write_bytes((FIXTURES / name).read_bytes())
    run("ingest", name)
    return [json.loads(line) for line in run("statements", "--format", "jsonl").stdout.splitlines()]


def stored(folder):
    return json.loads((folder / "data" / "claims.json").read_text(encoding="utf-8"))["documents"]


@pytest.mark.parametrize(("name", "speaker", "words", "kind"), QUOTED)
def test_what_is_quoted_is_found_word_for_word(folder, name, speaker, words, kind):
    found = [record for record in statements(folder, name) if words in record["text"]]
    assert [record["speaker"] for record in found] == [speaker]
    assert kind in (None, found[0]["kind"])
    (document,) = stored(folder)
    for span in found[0]["content"]:
        assert document["text"][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    ("name", "unsaid"),
    [
        pytest.param("answered.eml", "two pounds", id="what is answered"),
        pytest.param("answered.eml", "pumps", id="what was answered before"),
        pytest.param("saved.mhtml", "boat", id="an advertisement's frame"),
        pytest.param("debate.srt", "APPLAUSE", id="a sound"),
        pytest.param("interview.vtt", "tape", id="a note"),
    ],
)
def test_what_is_no_article_is_no_statement(folder, name, unsaid):
    found = statements(folder, name)
    assert found
    assert not [record for record in found if unsaid in record["text"]]


def test_nobody_is_given_the_words_of_one_without_a_name(folder):
    (question,) = [r for r in statements(folder, "debate.srt") if "What about the pumps?" in r["text"]]
    assert question["speaker_id"] is None
    assert question["text"] == "What about the pumps?"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "release.eml",
            {
                "title": "Minister rules out toll on the harbour bridge – ministry",
                "author": "Harbour Ministry, Press Office",
                "published": "2025-09-22",
                "published_basis": "mail header",
            },
            id="mail",
        ),
        pytest.param(
            "forwarded.eml",
            {
                "title": "Lomax changes tack",
                "author": "Valley Post Newsletter",
                "published": "2025-09-23",
                "published_basis": "forwarded mail",
            },
            id="forwarded mail",
        ),
        pytest.param(
            "saved.mhtml",
            {
                "title": "Minister rules out toll",
                "url": "https://post.example/2025/09/22/toll?utm_source=mail",
                "publisher": "post.example",
                "retrieved_at": "2025-09-23T04:30:15Z",
            },
            id="saved page",
        ),
        pytest.param("interview.vtt", {"title": "Interview with the transport minister"}, id="subtitles"),
    ],
)
def test_what_is_known_of_an_article(folder, name, expected):
    statements(folder, name)
    (document,) = stored(folder)
    assert {field: document[field] for field in expected} == expected
    assert document["raw_sha256"] == hashlib.sha256((FIXTURES / name).read_bytes()).hexdigest()


def test_attachments_are_named(folder):
    (folder / "a.eml").write_bytes((FIXTURES / "release.eml").read_bytes())
    assert "1 attachment is not read: tolls.pdf" in run("ingest", "a.eml").stderr


def test_again_changes_nothing(folder):
    for name in ("forwarded.eml", "saved.mhtml", "debate.srt"):
        statements(folder, name)
    before = (folder / "data" / "claims.json").read_bytes()
    for name in ("forwarded.eml", "saved.mhtml", "debate.srt"):
        statements(folder, name)
    assert (folder / "data" / "claims.json").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        pytest.param("a.eml", b"just a text\n", "no mail", id="no mail"),
        pytest.param("a.mhtml", b"From: x\nContent-Type: text/plain\n\nx", "no web page", id="no page"),
        pytest.param("a.srt", b"just a text\n", "no captions", id="no captions"),
    ],
)
def test_a_broken_file_is_said_and_the_batch_goes_on(folder, name, raw, words):
    (folder / name).write_bytes(raw)
    (folder / "debate.srt").write_bytes((FIXTURES / "debate.srt").read_bytes())
    result = run("ingest", name, "debate.srt", code=3)
    assert words in result.stderr
    assert len(stored(folder)) == 1
