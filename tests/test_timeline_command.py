"""``timeline`` through the command line, over articles that repeat, change and contradict each other."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

from claimtrack.cli.app import app

ARTICLES = {
    "a.txt": "Ferry ran from Karachi, minister says\ndate 2024-03-12\n"
    "Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.\n"
    "“The toll will be two pounds,” Lomax told reporters in Karachi.\n",
    "b.txt": "Lomax changes tack\ndate 2024-03-20\n"
    "Transport Minister Ada Lomax said the ferry was operated from Norway.\n"
    "“We will not raise the toll,” Lomax said.\n"
    "Harbour master Tom Reed said the pumps had failed.\n",
    "c.txt": "A word on the toll\ndate 2024-03-13\n"
    "Ada Lomax spoke again on Tuesday, in the small hall by the quay, to some forty fishermen.\n"
    "“The toll will be two pounds,” Lomax said.\n",
    "d.txt": "No date here\n“I have never liked the old bridge over the sound,” said Ada Lomax.\n",
}


class Desk:
    def __init__(self, folder) -> None:
        self.folder = folder
        self.store = folder / "data" / "claims.json"

    def run(self, *arguments: str, code: int = 0, **options):
        result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack", **options)
        assert result.exit_code == code, f"{result.stdout}\n{result.stderr}\n{result.exception!r}"
        return result

    def timeline(self, *arguments: str, **options) -> str:
        return self.run("timeline", "--speaker", "Ada Lomax", *arguments, **options).stdout

    def rows(self, *arguments: str) -> list[dict]:
        return json.loads(self.timeline("--format", "json", *arguments))


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("stored")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, text in ARTICLES.items():
            (folder / name).write_text(text, encoding="utf-8")
        Desk(folder).run("ingest", *ARTICLES, "--store", "data/claims.json")
    return (folder / "data/claims.json").read_bytes()


@pytest.fixture
def desk(tmp_path, monkeypatch, stored) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk(tmp_path)
    desk.store.parent.mkdir()
    desk.store.write_bytes(stored)
    return desk


def test_rows_are_by_date_and_those_without_one_at_the_end(desk):
    rows = desk.rows()
    dates = [row["said_on"] for row in rows]
    assert dates == [*sorted(date for date in dates if date), None]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert "old bridge" in rows[-1]["statement"]["text"]


def test_the_same_words_in_two_articles_are_one_row(desk):
    (row,) = [row for row in desk.rows() if "two pounds" in row["statement"]["text"]]
    assert row["article_count"] == 2
    told = desk.timeline("--format", "markdown")
    assert told.count("> “The toll will be two pounds,”") == 1
    assert "the same utterance in 1 more article" in told


def test_a_conflict_stands_in_both_rows_and_between_them(desk):
    rows = desk.rows("--about", "ferry")
    karachi, norway = (row for row in rows if row["conflicts"])
    assert "Karachi" in karachi["statement"]["text"]
    assert "Norway" in norway["statement"]["text"]
    assert karachi["conflicts"][0]["other"]["id"] == norway["statement"]["id"]
    (known,) = [
        json.loads(line)["id"]
        for line in desk.run("contradictions", "--about", "ferry", "--format", "jsonl").stdout.splitlines()
    ]
    assert karachi["conflicts"][0]["id"] == norway["conflicts"][0]["id"] == known
    told = desk.timeline("--about", "ferry")
    first, second = (told.index(words) for words in ("operated from Karachi\n", "operated from Norway\n"))
    assert first < told.index("**A possible conflict, unreviewed") < second


def test_the_subject_is_that_of_statements(desk):
    listed = desk.run(
        "statements", "--speaker", "Ada Lomax", "--about", "toll", "--format", "jsonl"
    ).stdout.splitlines()
    said = {json.loads(line)["id"] for line in listed}
    rows = desk.rows("--about", "toll")
    shown = {row["statement"]["id"] for row in rows if not row["other_side"]}
    folded = {place["id"] for row in rows for place in row["statement"]["also_in"]}
    assert said <= shown | folded
    assert shown <= said


def test_the_other_side_is_shown_where_the_subject_does_not_find_it(desk):
    rows = desk.rows("--about", "Norway")
    assert [row["other_side"] for row in rows if "Karachi" in row["statement"]["text"]] == [True]
    assert "not found by “Norway”; here as the other side" in desk.timeline("--about", "Norway")


@pytest.mark.parametrize(
    ("time", "words"),
    [(("--since", "2024-03-15"), "Norway"), (("--until", "2024-03-15"), "Karachi")],
    ids=["since", "until"],
)
def test_only_rows_of_a_time(desk, time, words):
    result = desk.run("timeline", "--speaker", "Ada Lomax", "--format", "json", *time)
    rows = json.loads(result.stdout)
    assert any(words in row["statement"]["text"] for row in rows)
    assert all(row["said_on"] and not row["conflicts"] for row in rows)
    assert "1 utterance without a date left out by --since or --until" in result.stderr


def test_a_dismissed_pair_is_no_longer_marked(desk):
    conflict = next(c["id"] for row in desk.rows() for c in row["conflicts"])
    desk.run("review", conflict, "--dismiss", "--by", "R. Ito")
    assert all(c["id"] != conflict for row in desk.rows() for c in row["conflicts"])


def test_a_confirmed_pair_stays_when_its_words_are_gone(desk):
    (conflict,) = {c["id"] for row in desk.rows("--about", "ferry") for c in row["conflicts"]}
    desk.run("review", conflict, "--confirm", "--by", "R. Ito")
    (desk.folder / "b.txt").write_text("Lomax silent\ndate 2024-03-20\nAda Lomax said the sky was grey.\n")
    desk.run("ingest", "b.txt")
    for side in ("Karachi", "Norway"):
        told = desk.timeline("--about", side)
        assert "possible conflict, stale" in told
        assert "operated from Norway" in told
        assert ", gone" in told


def test_a_speaker_must_be_named_and_known(desk):
    assert "--speaker" in desk.run("timeline", code=2).stderr
    assert "Nearest names: " in desk.run("timeline", "--speaker", "Zzz Qqq", code=3).stderr
    assert "taken as Ada Lomax" in desk.run("timeline", "--speaker", "Ada Lomex").stderr


def test_nothing_said_is_told_in_every_form(desk):
    nothing = ("--about", "submarines")
    assert desk.timeline(*nothing) == "No statements found.\n"
    assert "No statements found." in desk.timeline(*nothing, "--format", "table")
    assert desk.rows(*nothing) == []
    assert desk.timeline(*nothing, "--format", "csv") == ""
    ET.fromstring(desk.timeline(*nothing, "--format", "svg"))


def test_sixty_columns_without_colour_are_enough(desk):
    told = desk.timeline("--format", "table", env={"COLUMNS": "60", "NO_COLOR": "1", "TERM": "dumb"})
    assert max(map(len, told.splitlines())) <= 60
    assert "\x1b" not in told
    flat = " ".join(told.split())
    assert "! possible conflict, unreviewed: " in flat
    assert "Date said unknown: " in flat
    assert flat.index("Date said unknown: ") < flat.index("old bridge over the sound")


def test_the_ending_chooses_the_form(desk):
    desk.timeline("-o", "out.svg")
    root = ET.fromstring((desk.folder / "out.svg").read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    desk.timeline("-o", "out.csv")
    rows = list(csv.DictReader(io.StringIO((desk.folder / "out.csv").read_text(encoding="utf-8"))))
    assert [row["number"] for row in rows] == [str(row["number"]) for row in desk.rows()]
    assert any("possible conflict, unreviewed" in row["conflicts"] for row in rows)


def test_reading_writes_nothing_and_gives_the_same_bytes(desk):
    before = desk.store.read_bytes()
    assert desk.timeline("--format", "svg") == desk.timeline("--format", "svg")
    assert desk.store.read_bytes() == before


def test_offsets_cut_the_words_out_of_the_article(desk):
    for row in desk.rows():
        statement = row["statement"]
        text = ARTICLES[statement["document"]["path"]]
        for piece in statement["content"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
