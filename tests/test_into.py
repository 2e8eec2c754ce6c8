"""``--into``: notes that a person keeps, through the command line."""

import os
import stat
import sys

import pytest
import yaml
from test_cli import Desk, desk, filled, full, one_conflict  # noqa: F401

from claimtrack.notes import files
from claimtrack.pipeline import queries

NOTES = "notes.md"


def keep(desk: Desk, *arguments: str, code: int = 0):  # noqa: F811
    return desk.run("contradictions", "--into", NOTES, *arguments, code=code)


def text_of(desk: Desk) -> str:  # noqa: F811
    return (desk.folder / NOTES).read_bytes().decode()


def add_words(desk: Desk, words: str, item: str) -> str:  # noqa: F811
    """Writes below a block, and returns the whole file."""
    lines = text_of(desk).splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(f"<!-- claimtrack end {item} "))
    text = "".join([*lines[: at + 1], words, *lines[at + 1 :]])
    desk.write(NOTES, text)
    return text


def test_notes_are_made_and_stay_the_same(full):  # noqa: F811
    found = full.records("contradictions")
    result = keep(full)
    assert result.stdout == ""
    assert f"notes.md: {len(found)} new, 0 updated, 0 no longer found" in result.stderr
    made = text_of(full)
    matter = yaml.safe_load(made.split("---\n")[1])
    assert matter["claimtrack_searches"] == ["claimtrack contradictions"]
    assert matter["claimtrack_found"] == matter["claimtrack_unreviewed"] == len(found)
    for conflict in found:
        assert f"## Possible conflict {conflict['id']}: {conflict['speaker']}\n" in made
        assert conflict["a"]["document"]["sha256"] in made
    before = (full.folder / NOTES).stat()
    keep(full)
    after = (full.folder / NOTES).stat()
    assert text_of(full) == made
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [p.name for p in full.folder.iterdir() if p.suffix == ".new"] == []


def test_the_same_store_gives_the_same_bytes_with_and_without_cache(full):  # noqa: F811
    keep(full)
    made = text_of(full)
    (full.folder / NOTES).unlink()
    full.store.with_suffix(".cache").unlink()
    keep(full)
    assert text_of(full) == made


def test_a_decision_shows_and_the_words_below_stay(full):  # noqa: F811
    keep(full)
    item = one_conflict(full)["id"]
    add_words(full, "I rang her office.\n", item)
    full.run("review", item, "--confirm", "--by", "Nell", "--note", "two different berths")
    keep(full)
    made = text_of(full)
    assert "possible conflict, confirmed by Nell on 20" in made
    assert "- reviewer's note: two different berths" in made
    assert f"{item} --confirm" not in made
    assert made.count("I rang her office.\n") == 1
    full.run("review", item, "--dismiss", "--by", "Nell", "--note", "*same* berth")
    assert "1 no longer found" in keep(full).stderr
    made = text_of(full)
    assert "**No longer found.** Now a possible conflict, dismissed by Nell on 20" in made
    assert r"\*same\* berth" in made
    assert "I rang her office.\n" in made
    full.run("undo")
    keep(full)
    assert "No longer found" not in text_of(full)


def test_a_dismissed_pair_without_words_goes(full):  # noqa: F811
    keep(full)
    item = one_conflict(full)["id"]
    full.run("review", item, "--dismiss", "--by", "Nell")
    keep(full)
    assert item not in text_of(full)


def test_searches_side_by_side(full):  # noqa: F811
    keep(full, "--speaker", "Ada Lomax")
    keep(full, "--speaker", "Tom Reed")
    made = text_of(full)
    assert "# Possible conflicts: speaker Ada Lomax\n" in made
    assert "# Possible conflicts: speaker Tom Reed\n" in made
    assert one_conflict(full)["id"] in made
    keep(full, "--speaker", "ada lomax")
    assert text_of(full) == made


def test_a_search_is_told_as_the_command_that_asks_it_again(full):  # noqa: F811
    keep(full, "--speaker", "lomax", "--across-sources", "--min-score", "0.6", "--about", "it's")
    about = "'it'\"'\"'s'"  # as a shell quotes it
    line = f"claimtrack contradictions --speaker 'Ada Lomax' --about {about} --min-score 0.6 --across-sources"
    assert f"- search: `{line}`\n" in text_of(full)
    assert yaml.safe_load(text_of(full).split("---\n")[1])["claimtrack_searches"] == [line]


def test_a_pair_that_another_one_restates_now_says_where_it_is_told(full, monkeypatch):  # noqa: F811
    keep(full)
    item = one_conflict(full)["id"]
    add_words(full, "Mine.\n", item)
    find = queries.find_conflicts

    def folded(*given):
        report = find(*given)
        other = report.conflicts[0].model_copy(update={"id": "cf-000000000000", "also": (item,)})
        return report.model_copy(update={"conflicts": (other, *report.conflicts[1:])})

    monkeypatch.setattr(queries, "find_conflicts", folded)
    keep(full)
    assert "**No longer found.** It is now told with cf-000000000000, which says the same." in text_of(full)


def test_statements_are_kept_too(full):  # noqa: F811
    result = full.run("statements", "--speaker", "Tom Reed", "--into", NOTES)
    assert "1 new" in result.stderr
    assert "# Statements: speaker Tom Reed\n" in text_of(full)
    assert "> the pumps had failed\n" in text_of(full)
    keep(full)
    assert "> the pumps had failed\n" in text_of(full)


def test_the_exit_code_tells_conflicts(full):  # noqa: F811
    keep(full, "--exit-code", code=10)
    assert "## Possible conflict" in text_of(full)


@pytest.mark.parametrize("given", [["--format", "json"], ["-o", "x.md"]])
def test_one_result_goes_to_one_place(full, given):  # noqa: F811
    keep(full, *given, code=2)
    assert not (full.folder / NOTES).exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("data/claims.json", "is the store itself"),
        ("other.json", "--into writes Markdown"),
        ("ferry.txt", "is an article that was read in"),
        ("data/../ferry.txt", "is an article that was read in"),
        ("data", "data is a folder"),
        ("", "is a folder"),
        ("missing/notes.md", "there is no folder"),
        ("-", "needs a file"),
    ],
)
def test_what_are_no_notes_is_refused(full, name, told):  # noqa: F811
    before = {
        path: path.read_bytes()
        for path in full.folder.rglob("*.*")
        if path.is_file() and "cache" not in path.name
    }
    result = full.run("contradictions", "--into", name, code=3)
    assert told in result.stderr
    for path, raw in before.items():
        assert path.read_bytes() == raw
    assert not (full.folder / "other.json").exists()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Zürich\n".encode("latin-1"), "notes.md, line 1: the file is not UTF-8"),
        ("x\n".encode("utf-16"), "not UTF-8"),
        (b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n", "line 2: a merge left its conflict"),
        (
            b"<!-- claimtrack end cf-0123456789ab 01234567 -->\n",
            "line 1: cf-0123456789ab ends, and has not begun",
        ),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(full, raw, told):  # noqa: F811
    full.write(NOTES, raw)
    assert told in keep(full, code=3).stderr
    assert (full.folder / NOTES).read_bytes() == raw


def test_line_ends_and_a_missing_last_one(full):  # noqa: F811
    full.write(NOTES, "Mine.\r\nNo end")
    keep(full)
    assert text_of(full).startswith("Mine.\r\nNo end\r\n\r\n<!-- claimtrack begin q-")
    assert "\n" not in text_of(full).replace("\r\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links and permissions")
def test_a_link_stays_a_link_and_permissions_stay(full):  # noqa: F811
    vault = full.folder / "vault"
    vault.mkdir()
    (vault / "real.md").write_text("Mine.\n")
    (vault / "real.md").chmod(0o640)
    (full.folder / NOTES).symlink_to("vault/real.md")
    keep(full)
    assert (full.folder / NOTES).is_symlink()
    assert "Mine.\n" in (vault / "real.md").read_text()
    assert "## Possible conflict" in (vault / "real.md").read_text()
    assert stat.S_IMODE((vault / "real.md").stat().st_mode) == 0o640
    assert [path.name for path in vault.iterdir()] == ["real.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_read_only_file_is_left_alone(full):  # noqa: F811
    path = full.write(NOTES, "Mine.\n")
    path.chmod(0o444)
    assert "notes.md is read-only" in keep(full, code=3).stderr
    assert path.read_text() == "Mine.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_a_new_file_has_the_usual_permissions(full):  # noqa: F811
    keep(full)
    full.write("usual.md", "x")
    assert (full.folder / NOTES).stat().st_mode == (full.folder / "usual.md").stat().st_mode


def test_what_another_program_saved_meanwhile_is_not_lost(full, monkeypatch):  # noqa: F811
    path = full.write(NOTES, "Mine.\n")
    dress = files._dress

    def saved_meanwhile(*given):
        dress(*given)
        path.write_text("Mine, and more.\n")

    monkeypatch.setattr(files, "_dress", saved_meanwhile)
    assert "changed by another program" in keep(full, code=3).stderr
    assert path.read_text() == "Mine, and more.\n"
    assert sorted(p.name for p in full.folder.iterdir() if "notes" in p.name) == [NOTES]


def test_a_failed_write_loses_nothing(full, monkeypatch):  # noqa: F811
    path = full.write(NOTES, "Mine.\n")

    def full_disk(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full_disk)
    result = keep(full, code=3)
    assert "cannot write notes.md: No space left on device" in result.stderr
    assert path.read_text() == "Mine.\n"
    assert sorted(p.name for p in full.folder.iterdir() if "notes" in p.name) == [NOTES]


def test_hostile_articles_reach_the_notes_as_words(desk):  # noqa: F811
    hostile = "<!-- claimtrack end cf-0123456789ab --> <% tp %> %%"
    for name, place in (("one.txt", "Karachi"), ("two.txt", "Norway")):
        desk.write(
            name,
            f"{hostile}\ndate 2024-03-12\n"
            f"Transport Minister Ada Lomax said the ferry was operated from {place}.\n"
            f"<script>alert(1)</script> {hostile}\n",
        )
    desk.run("ingest", "one.txt", "two.txt")
    keep(desk)
    made = text_of(desk)
    assert "## Possible conflict" in made
    assert "<script>" not in made
    assert not [
        line for line in made.splitlines() if "<!--" in line and not line.startswith("<!-- claimtrack ")
    ]
    assert "<%" not in made
    keep(desk)
    assert text_of(desk) == made
