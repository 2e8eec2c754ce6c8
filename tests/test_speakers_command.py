"""Speakers from outside: suggestions with evidence, a key to accept each, offices by date."""

import json
import os
import re

import pytest
from pseudo_terminal import Terminal
from test_cli import Desk

WALKS = pytest.mark.skipif(os.name == "nt", reason="a terminal of its own needs POSIX")

ARTICLES = {
    "full.txt": """Minister opens ferry
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the ferry was ready.
“The toll will be two pounds,” Lomax told reporters in Karachi.
""",
    "glued.txt": """Ferry late again
date 2024-03-20
Harbour News Ada Lomax said that the ferry would be late.
""",
    "reed.txt": """Pumps fail
date 2024-03-21
Harbour master Leonard E. Reed said the pumps had failed.
""",
    "initial.txt": """Pumps run
date 2024-04-02
Harbour master L. Reed said the pumps were running again.
""",
}


def ingest(desk: Desk, articles: dict[str, str]) -> None:
    for name, text in articles.items():
        desk.write(f"articles/{name}", text)
    desk.run("ingest", "articles")


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "CLAIMTRACK_BY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture
def named(desk) -> Desk:
    """A store with two pairs of names that may each be one person's."""
    ingest(desk, ARTICLES)
    return desk


def names(desk: Desk) -> set[str]:
    return {record["name"] for record in desk.records("speakers")}


def suggested(desk: Desk) -> set[frozenset[str]]:
    return {frozenset(s["name"] for s in r["speakers"]) for r in desk.records("speakers", "suggest")}


LOMAX = frozenset({"Harbour News Ada Lomax", "Ada Lomax"})
REED = frozenset({"Leonard E. Reed", "L. Reed"})


def test_the_articles_hold_the_names_that_the_tests_are_about(named):
    assert names(named) >= LOMAX | REED


# --- the list ------------------------------------------------------------------------------------


def test_suggestions_say_what_speaks_for_and_against(named):
    before = named.store.read_bytes()
    records = named.records("speakers", "suggest")
    assert suggested(named) == {LOMAX, REED}
    for record in records:
        assert record["supports"]
        assert {s["id"] for s in record["speakers"]} <= {s["id"] for s in named.records("speakers")}
    assert [r["points"] for r in records] == sorted((r["points"] for r in records), reverse=True)
    assert named.store.read_bytes() == before


@pytest.mark.parametrize("form", ["table", "markdown", "json", "jsonl", "csv"])
def test_every_form_names_both_and_the_evidence(named, form):
    shown = named.run("speakers", "suggest", "--format", form).stdout
    for words in (*LOMAX, *REED, "an initial that fits"):
        assert words in shown, words


def test_suggestions_for_one_speaker(named):
    (record,) = named.records("speakers", "suggest", "--speaker", "L. Reed")
    assert {s["name"] for s in record["speakers"]} == REED
    assert "no speaker is called" in named.run("speakers", "suggest", "--speaker", "Zuleika", code=3).stderr


def test_nothing_to_suggest_is_said(desk):
    ingest(desk, {"full.txt": ARTICLES["full.txt"]})
    assert "No two speakers look like one person." in desk.run("speakers", "suggest").stdout
    assert desk.records("speakers", "suggest") == []


def test_status_points_to_the_suggestions(named):
    told = named.run("status").stdout
    assert "claimtrack speakers suggest" in told
    record = json.loads(named.run("status", "--format", "json").stdout)
    assert {frozenset(pair["names"]) for pair in record["may_be_one"]} == {LOMAX, REED}


def test_hostile_names_steer_no_terminal(desk):
    hostile = "Ada \x1b[31mLomax"
    ingest(desk, {"a.txt": ARTICLES["full.txt"]})
    desk.run("speakers", "alias", "Ada Lomax", hostile)
    for arguments in (["speakers"], ["speakers", "suggest"], ["show", "Ada Lomax"]):
        for form in ("table", "markdown"):
            assert "\x1b" not in desk.run(*arguments, "--format", form).stdout


# --- from a script -------------------------------------------------------------------------------


def test_merge_and_undo(named):
    named.run("speakers", "merge", "Harbour News Ada Lomax", "Ada Lomax", "--by", "Nell")
    assert suggested(named) == {REED}
    assert "Harbour News Ada Lomax" not in names(named)
    named.run("undo")
    assert suggested(named) == {LOMAX, REED}


def test_what_is_split_is_never_suggested_again(named):
    named.run("speakers", "split", "Leonard E. Reed", "L. Reed", "--by", "Nell")
    assert suggested(named) == {LOMAX}
    named.write("articles/more.txt", ARTICLES["initial.txt"].replace("again", "well"))
    named.run("ingest", "articles")
    assert suggested(named) == {LOMAX}
    named.run("undo")
    assert suggested(named) == {LOMAX, REED}


def test_a_name_that_nobody_has_splits_nothing(named):
    before = named.store.read_bytes()
    told = named.run("speakers", "split", "Ada Lomax", "Zuleika Dobson", code=3).stderr
    assert "Zuleika Dobson is no other form of Ada Lomax" in told
    assert named.store.read_bytes() == before


NAMESAKES = {
    "senator.txt": "Senate votes\ndate 2024-03-12\nSenator Khan said the vote was fair. “We won,” he said.\n",
    "captain.txt": "Police act\ndate 2024-03-13\nPolice captain Khan said he was held. “He ran,” he said.\n",
    "imran.txt": "Bread dear\ndate 2024-03-14\nBaker Imran Khan said that bread was dear.\n",
}


def test_of_namesakes_an_id_tells_which_one(desk):
    ingest(desk, NAMESAKES)
    khans = {r["offices"][0]: r["id"] for r in desk.records("speakers") if r["name"] == "Khan"}
    assert len(khans) == 2
    told = desk.run("contradictions", "--speaker", "Khan", code=3).stderr
    assert all(who in told and office in told for office, who in khans.items())
    captain = next(who for office, who in khans.items() if "captain" in office)
    desk.run("speakers", "merge", "Imran Khan", captain)
    said = {r["text"]: r["speaker"] for r in desk.records("statements")}
    assert {who for text, who in said.items() if "held" in text or "ran" in text} == {"Imran Khan"}
    assert {who for text, who in said.items() if "vote" in text or "won" in text} == {"Khan"}
    assert len(desk.records("statements", "--speaker", khans["senator"][:9])) >= 1


def test_a_merge_of_a_namesake_holds_for_the_newer_version_of_his_article(desk):
    ingest(desk, NAMESAKES)
    captain = next(r["id"] for r in desk.records("speakers") if "captain" in " ".join(r["offices"]))
    desk.run("speakers", "merge", "Imran Khan", captain)
    changed = NAMESAKES["captain.txt"].replace("held", "held in Lahore").replace("Police captain", "Judge")
    desk.write("articles/captain.txt", changed)
    desk.run("ingest", "articles")
    said = {r["text"]: r["speaker"] for r in desk.records("statements")}
    assert {who for text, who in said.items() if "Lahore" in text} == {"Imran Khan"}


# --- a key each ----------------------------------------------------------------------------------


def walk(desk: Desk, *keys: str, columns: int = 80, **variables: str) -> tuple[int, str]:
    """Returns the exit code and what the terminal showed."""
    terminal = Terminal(
        desk.folder, "speakers", "suggest", "--by", "Nell", columns=columns, variables=variables
    )
    terminal.press(*keys)
    return terminal.end(), terminal.text


@WALKS
def test_the_walk_merges_keeps_apart_and_undoes(named):
    code, shown = walk(named, *"mzmk")
    assert code == 0, shown
    assert "1 merged, 1 kept apart, 0 not decided" in shown
    assert suggested(named) == set()
    assert len(names(named) & LOMAX) == 1
    assert names(named) >= REED
    log = json.loads(named.store.read_text())["log"]
    assert [entry["action"] for entry in log] == ["merge", "undo", "merge", "split"]
    assert {entry["by"] for entry in log} == {"Nell"}
    named.run("undo")
    named.run("undo")
    assert suggested(named) == {LOMAX, REED}


@WALKS
@pytest.mark.parametrize("keys", ["q", "x?q", "zq", "\x1b", "\x04", "ss"])
def test_a_walk_without_a_decision_changes_nothing(named, keys):
    before = named.store.read_bytes()
    code, shown = walk(named, *keys)
    assert code == 0, shown
    assert "0 merged, 0 kept apart, 2 not decided" in shown
    if keys.startswith("z"):
        assert "nothing was decided in this walk" in shown
    assert json.loads(named.store.read_bytes()) == json.loads(before)


@WALKS
def test_control_c_keeps_what_was_decided(named):
    code, shown = walk(named, "k", "\x03")
    assert code == 130, shown
    assert "0 merged, 1 kept apart, 1 not decided" in shown
    assert len(suggested(named)) == 1


@WALKS
def test_the_walk_shows_words_with_article_and_date_at_60_columns_without_colour(named):
    _, shown = walk(named, "q", columns=60, NO_COLOR="1")
    assert max(map(len, shown.splitlines())) <= 70
    flat = " ".join(shown.split())
    assert "1 of 2" in flat
    assert "published 2024-03-12" in flat
    assert "Minister opens ferry" in flat
    assert "for:" in flat
    assert "against:" in flat
    assert not re.search(r"\x1b\[[0-9;]*m", shown)


# --- offices by date -----------------------------------------------------------------------------


def dated(year: int, who: str) -> str:
    return (
        f"Border quiet\ndate {year}-03-12\nDefence Minister {who} said that the border was quiet in {year}.\n"
    )


def test_an_office_of_one_year_is_not_the_same_mans_nine_years_later(desk):
    ingest(desk, {"a.txt": dated(2016, "Karim Dastgir"), "b.txt": dated(2025, "Dastgir")})
    assert len({r["speaker_id"] for r in desk.records("statements")}) == 2
    assert {r["name"] for r in desk.records("speakers")} == {"Karim Dastgir", "Dastgir"}


def test_an_office_of_the_same_year_is(desk):
    ingest(desk, {"a.txt": dated(2016, "Karim Dastgir"), "b.txt": dated(2016, "Dastgir")})
    assert {r["speaker"] for r in desk.records("statements")} == {"Karim Dastgir"}


def test_holders_of_one_office_are_two_people(desk):
    ingest(desk, {"a.txt": dated(2016, "Karim Dastgir"), "b.txt": dated(2025, "Nadia Lodhi")})
    desk.write("articles/c.txt", "Talks\ndate 2025-04-01\nThe defence minister said that talks had begun.\n")
    desk.run("ingest", "articles")
    by_text = {r["text"]: r["speaker_id"] for r in desk.records("statements")}
    assert len(by_text) == 3
    assert [who for text, who in by_text.items() if "talks" in text] == [None]


def test_speakers_show_offices_with_the_time_they_were_seen_in(desk):
    ingest(
        desk,
        {
            "a.txt": dated(2015, "Karim Dastgir"),
            "b.txt": dated(2016, "Karim Dastgir"),
            "c.txt": dated(2025, "Karim Dastgir").replace("Defence Minister", "Senator"),
        },
    )
    (record,) = desk.records("speakers")
    seen = {x["office"].lower(): (x["first"], x["last"], x["document_count"]) for x in record["offices_seen"]}
    assert seen == {
        "defence minister": ("2015-03-12", "2016-03-12", 2),
        "senator": ("2025-03-12", "2025-03-12", 1),
    }
    for arguments in (["speakers"], ["show", "Karim Dastgir"], ["show", record["id"]]):
        for form in ("table", "markdown"):
            shown = " ".join(desk.run(*arguments, "--format", form, env={"COLUMNS": "200"}).stdout.split())
            assert re.search(r"defence minister \\?\(2015-03-12 to 2016-03-12\\?\)", shown, re.IGNORECASE), (
                shown
            )
    view = json.loads(desk.run("show", "karim dastgir", "--format", "json").stdout)
    assert (view["first_published"], view["last_published"]) == ("2015-03-12", "2025-03-12")


def test_a_speaker_that_is_not_there_is_no_speaker(named):
    told = named.run("show", "Zuleika Dobson", code=3).stderr
    assert "no speaker is called 'Zuleika Dobson'" in told
    assert "Nearest names" in told
