"""A wire story in two outlets, a paragraph of it in a third article: one source, all places told."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimtrack.cli.app import app

STORY = """Harbour minister Ada Lomax said on Monday that the dam at Tarn was inspected by two engineers.
“The pumps below the dam were never switched off during the flood,” Lomax told reporters in Tarn.
The province lost forty houses to the water, and the army brought bread to the villages for a week.
Engineers from the capital have measured the wall twice since then and found two cracks in it.
“We will pay every family that lost its house before the winter comes,” Lomax said.
The opposition wants the minister to come to the house and to answer for the pumps on Thursday.
"""
WIRE = "Minister defends dam\ndate 2024-03-12\nTARN (NPA) - " + STORY
REPRINT = "Pumps ran through flood, says Lomax\ndate 2024-03-13\n" + STORY.replace("“", '"').replace("”", '"')
LIFTED = """What became of the pumps?
date 2024-04-02
A year after the flood nobody in the valley speaks of anything else than of the water and the mud.
“The pumps below the dam were never switched off during the flood,” Lomax told reporters in Tarn.
The province lost forty houses to the water, and the army brought bread to the villages for a week.
But this week the story had changed, and her own letter to the house was read out on the radio.
“The pumps below the dam were switched off during the flood,” Ada Lomax said on Tuesday in the capital.
Old men at the lake shook their heads when they were asked about it and went on mending their nets.
"""
KEPT = "never switched off"


class Desk:
    """A folder with articles, and the program run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack")
        assert result.exit_code == 0, (arguments, result.stdout, result.stderr, result.exception)
        return result.stdout

    def records(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run(*arguments, "--format", "jsonl").splitlines()]

    def check_places(self, statement: dict) -> list[str]:
        """Returns the files in which the statement stands too; its words must stand there."""
        for place in statement["also_in"]:
            text = (self.folder / place["path"]).read_text(encoding="utf-8")
            for piece in place["content"]:
                assert text[piece["start"] : piece["end"]] == piece["text"]
            assert (place["start"], place["end"]) == (
                place["content"][0]["start"],
                place["content"][-1]["end"],
            )
        return [place["path"] for place in statement["also_in"]]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    return Desk(tmp_path)


@pytest.fixture
def full(desk) -> Desk:
    desk.write(wire=WIRE, reprint=REPRINT, lifted=LIFTED)
    desk.run("ingest", "wire.txt", "reprint.txt", "lifted.txt")
    return desk


def test_the_copy_and_the_lifted_passage_are_marked(full):
    sources = {source["path"]: source for source in full.records("sources")}
    wire = sources["wire.txt"]
    assert [sources[name]["copy_of"] for name in ("wire.txt", "reprint.txt", "lifted.txt")] == [
        None, wire["id"], None,
    ]  # fmt: skip
    (passage,) = sources["lifted.txt"]["lifted"]
    text = (full.folder / "lifted.txt").read_text(encoding="utf-8")
    assert passage["origin"] == wire["id"]
    assert text[passage["start"] : passage["end"]].startswith("“The pumps below the dam were never")
    assert text[passage["start"] : passage["end"]].endswith("for a week.")


def test_statements_point_to_all_places(full):
    elsewhere = {
        statement["document"]["path"]: full.check_places(statement)
        for statement in full.records("statements")
        if KEPT in statement["text"]
    }
    assert elsewhere == {
        "wire.txt": ["reprint.txt", "lifted.txt"],
        "reprint.txt": ["wire.txt", "lifted.txt"],
        "lifted.txt": ["wire.txt", "reprint.txt"],
    }


def test_a_statement_is_compared_once_and_points_to_all_places(full):
    (conflict,) = full.records("contradictions")
    assert conflict["a"]["document"]["path"] == "wire.txt"
    assert conflict["b"]["document"]["path"] == "lifted.txt"
    assert full.check_places(conflict["a"]) == ["reprint.txt", "lifted.txt"]
    assert full.check_places(conflict["b"]) == []
    assert conflict["independent_sources"] == 2
    assert conflict["also"] == []


def test_what_both_sides_owe_to_one_article_is_one_source(desk):
    contrary = (
        STORY + "“The pumps below the dam were switched off during the flood,” Lomax said on Tuesday.\n"
    )
    desk.write(wire=WIRE.replace(STORY, contrary), reprint=REPRINT, lifted=LIFTED.partition("But this")[0])
    desk.run("ingest", "wire.txt", "reprint.txt", "lifted.txt")
    (conflict,) = desk.records("contradictions")
    assert conflict["independent_sources"] == 1
    sides = {side["text"]: desk.check_places(side) for side in (conflict["a"], conflict["b"])}
    assert sorted(map(len, sides.values())) == [0, 2]


def test_a_copy_that_words_a_quotation_otherwise_is_a_report(desk):
    desk.write(wire=WIRE, reprint=REPRINT.replace("were never switched", "were switched"))
    desk.run("ingest", "wire.txt", "reprint.txt")
    (conflict,) = desk.records("contradictions")
    assert (conflict["kind"], conflict["independent_sources"]) == ("report", 1)


def test_equal_words_of_two_speakers_are_two_utterances(desk):
    other = "Water minister Tom Reed said the pumps below the dam were never switched off during the flood.\n"
    desk.write(wire=WIRE, other="Reed agrees\ndate 2024-03-13\n" + other)
    desk.run("ingest", "wire.txt", "other.txt")
    found = [statement for statement in desk.records("statements") if KEPT in statement["text"]]
    assert {statement["speaker"] for statement in found} == {"Ada Lomax", "Tom Reed"}
    assert [statement["also_in"] for statement in found] == [[], []]


def test_a_passage_that_names_the_speaker_more_shortly_points_to_all_places_too(desk):
    desk.write(wire=WIRE, reprint=REPRINT, lifted=LIFTED.replace("Ada Lomax", "Lomax"))
    desk.run("ingest", "wire.txt", "reprint.txt", "lifted.txt")
    (conflict,) = desk.records("contradictions")
    assert conflict["same_document"]
    places = [desk.check_places(side) for side in (conflict["a"], conflict["b"])]
    assert sorted(places) == [[], ["wire.txt", "reprint.txt"]]
    assert conflict["independent_sources"] == 2


def test_notes_tell_the_other_places(full):
    assert "A stands in reprint.txt, lifted.txt too" in full.run("contradictions", "--format", "markdown")


def test_a_removed_article_is_no_place(full):
    (reprint,) = [source for source in full.records("sources") if source["path"] == "reprint.txt"]
    full.run("sources", "remove", reprint["id"])
    (conflict,) = full.records("contradictions")
    assert full.check_places(conflict["a"]) == ["lifted.txt"]


def test_a_review_outlasts_an_earlier_place(desk):
    """An older article that is read later becomes the origin, and the pair's id another one."""
    desk.write(reprint=REPRINT, lifted=LIFTED)
    desk.run("ingest", "reprint.txt", "lifted.txt")
    (before,) = desk.records("contradictions")
    desk.run("review", before["id"], "--confirm", "--by", "ann")
    desk.write(wire=WIRE)
    desk.run("ingest", "wire.txt")
    (after,) = desk.records("contradictions")
    assert after["id"] != before["id"]
    assert after["review"]["status"] == "confirmed"
    assert json.loads(desk.run("show", before["id"], "--format", "json"))["id"] == after["id"]


def test_the_store_is_the_same_in_any_order(full):
    first = (full.folder / "data" / "claims.json").read_bytes()
    full.run("ingest", "lifted.txt", "reprint.txt", "wire.txt", "--store", "other.json")
    assert (full.folder / "other.json").read_bytes() == first
    full.run("ingest", "wire.txt")
    assert (full.folder / "data" / "claims.json").read_bytes() == first
    assert b"also_in" not in first
