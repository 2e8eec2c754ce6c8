"""``review`` from outside: the walk in a real terminal, decisions by script, reviews in bulk."""

import csv
import io
import json
import re
import signal
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimtrack.cli.app import app

ARTICLES = {
    "ferry.txt": "Ferry ran from Karachi, minister says\ndate 2024-03-12\n"
    "Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.\n",
    "inquiry.txt": "Lomax changes tack\ndate 2024-03-20\nThe pier was quiet.\n"
    "Transport Minister Ada Lomax said the ferry was operated from Norway.\nNobody asked her why.\n",
    "bridge.txt": "Bridge is open, Reed says\ndate 2024-04-02\n"
    "Harbour master Tom Reed said the harbour bridge was open to traffic on 1 April.\n",
    "closed.txt": "Reed on the bridge\ndate 2024-04-09\n"
    "Harbour master Tom Reed said the harbour bridge was closed to traffic on 1 April.\n",
    "school.txt": "School\ndate 2024-05-02\n"
    "Mayor Cy Dorn said the town school was open to pupils on 3 May.\n",
    "pupils.txt": "Pupils\ndate 2024-05-09\n"
    "Mayor Cy Dorn said the town school was closed to pupils on 3 May.\n",
}
VARIABLES = ("CLAIMTRACK_STORE", "CLAIMTRACK_BY", "NO_COLOR", "FORCE_COLOR")


class Desk:
    """A folder with a store of three possible conflicts, and the program run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "data" / "claims.json"

    def run(self, *arguments: str, code: int = 0, **options):
        result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack", **options)
        told = f"{arguments}: {result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        assert result.exit_code == code, told
        return result

    def records(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run(*arguments, "--format", "jsonl").stdout.splitlines()]

    def review(self, item: str) -> dict:
        return json.loads(self.run("show", item, "--format", "json").stdout)["review"]

    @property
    def log(self) -> list[dict]:
        return json.loads(self.store.read_text(encoding="utf-8")).get("log", [])


@pytest.fixture(scope="session")
def stored(tmp_path_factory) -> dict[str, bytes]:
    """The store of the articles, and what was judged in it, by file name."""
    folder = tmp_path_factory.mktemp("stored")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in VARIABLES:
            patch.delenv(name, raising=False)
        for name, text in ARTICLES.items():
            (folder / name).write_text(text, encoding="utf-8")
        for arguments in (["ingest", *sorted(ARTICLES)], ["contradictions"]):
            result = CliRunner().invoke(app, arguments)
            assert result.exit_code == 0, result.stderr
    return {path.name: path.read_bytes() for path in (folder / "data").iterdir() if path.suffix != ".lock"}


@pytest.fixture
def desk(tmp_path, monkeypatch, stored) -> Desk:
    return a_desk(tmp_path, monkeypatch, stored)


def a_desk(folder, monkeypatch, stored) -> Desk:
    monkeypatch.chdir(folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    desk = Desk(folder)
    desk.store.parent.mkdir(parents=True)
    for name, raw in stored.items():
        desk.store.with_name(name).write_bytes(raw)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return desk


@pytest.fixture
def ids(desk) -> list[str]:
    found = [record["id"] for record in desk.records("contradictions")]
    assert len(found) == 3
    return found


# --- by script ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "status"), [("--confirm", "confirmed"), ("--dismiss", "dismissed"), ("--unsure", "unsure")]
)
def test_a_decision_by_script(desk, ids, flag, status):
    told = desk.run("review", ids[0][:8], flag, "--by", "Nell", "--note", "two ferries").stderr
    assert f"{ids[0]}: {status} by Nell; `claimtrack undo` takes it back" in told
    review = desk.review(ids[0])
    assert {key: review[key] for key in ("status", "by", "note")} == {
        "status": status,
        "by": "Nell",
        "note": "two ferries",
    }
    assert (ids[0] in {r["id"] for r in desk.records("contradictions")}) is (status != "dismissed")


def test_the_right_of_reply_adds_to_a_review_and_decides_nothing(desk, ids):
    desk.run("review", ids[0], "--confirm", "--by", "Nell", "--note", "checked twice")
    desk.run("review", ids[0], "--contacted", "2025-10-02", "--by", "Ann")
    desk.run("review", ids[0], "--response", "I meant <b>another</b> ferry\x1b[31m", "--by", "Ann")
    review = desk.review(ids[0])
    assert (review["status"], review["by"], review["note"]) == ("confirmed", "Nell", "checked twice")
    assert (review["contacted"], review["response"][:13]) == ("2025-10-02", "I meant <b>an")
    assert "others" not in review
    for form in ("table", "markdown"):
        shown = desk.run("contradictions", "--format", form).stdout
        assert "contacted on 2025-10-02" in " ".join(shown.split())
        assert "\x1b" not in shown
    assert "<b>" not in desk.run("contradictions", "--format", "markdown").stdout
    desk.run("undo")
    assert "response" not in desk.review(ids[0])


def test_a_reply_alone_leaves_the_conflict_open_and_a_dismissed_one_hidden(desk, ids):
    for item in ids[:2]:
        desk.run("review", item, "--contacted", "2025-10", "--by", "Ann")
    assert desk.review(ids[0]) == {"status": "unreviewed", "contacted": "2025-10"}
    desk.run("review", ids[1], "--dismiss", "--by", "Nell")
    desk.run("review", ids[1], "--response", "no", "--by", "Ann")
    assert ids[1] not in {record["id"] for record in desk.records("contradictions")}


def test_two_reviewers_disagree_and_both_stay(desk, ids):
    desk.run("review", ids[0], "--dismiss", "--by", "Ann", "--note", "two ferries")
    desk.run("review", ids[0], "--confirm", "--by", "Nell")
    desk.run("ingest", "ferry.txt", "--again")
    review = desk.review(ids[0])
    assert (review["status"], review["by"], review["disputed"]) == ("confirmed", "Nell", True)
    (other,) = review["others"]
    assert (other["status"], other["by"], other["note"]) == ("dismissed", "Ann", "two ferries")
    for form in ("table", "markdown"):
        shown = " ".join(desk.run("show", ids[0], "--format", form).stdout.split())
        assert "confirmed by Nell on" in shown
        assert "; disputed: dismissed by Ann on" in shown
        assert "note by Ann: two ferries" in shown
    row = next(csv.DictReader(io.StringIO(desk.run("contradictions", "--format", "csv").stdout)))
    assert (row["review"], row["reviewed_by"], row["disputed"]) == ("confirmed", "Nell", "True")
    desk.run("review", ids[0], "--confirm", "--by", "  ann ")
    review = desk.review(ids[0])
    assert "disputed" not in review
    assert [other["by"] for other in review["others"]] == ["Nell"]
    assert len(desk.log) == 3
    desk.run("undo")
    assert desk.review(ids[0])["disputed"] is True
    desk.run("review", ids[0], "--dismiss", "--by", "Nell")
    desk.run("review", ids[1], "--dismiss", "--by", "Nell")
    desk.run("review", ids[0], "--unsure", "--by", "Ann")
    desk.run("review", ids[0], "--dismiss", "--by", "Nell")
    told = desk.run("contradictions").stderr
    assert "2 dismissed pairs hidden, 1 of them disputed; --status dismissed shows them" in told


def test_who_decides_is_named_by_option_variable_settings_or_login(desk, ids, monkeypatch):
    (desk.folder / "claimtrack.toml").write_text('by = "Tess"\n', encoding="utf-8")
    desk.run("review", ids[0], "--confirm")
    monkeypatch.setenv("CLAIMTRACK_BY", "Vera")
    desk.run("review", ids[0], "--confirm")
    desk.run("review", ids[0], "--confirm", "--by", "Nell")
    assert [entry["by"] for entry in desk.log] == ["Tess", "Vera", "Nell"]


def test_a_review_by_nobody_is_refused(desk, ids):
    before = desk.store.read_bytes()
    for blank in ("", "  "):
        assert "--by names nobody" in desk.run("review", ids[0], "--confirm", "--by", blank, code=3).stderr
    assert desk.store.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "there is no terminal to walk in", id="no terminal"),
        pytest.param(["ID"], "name one decision", id="nothing decided"),
        pytest.param(["ID", "--confirm", "--unsure"], "name one decision", id="two decisions"),
        pytest.param(["--confirm"], "name the conflict", id="no conflict"),
        pytest.param(["--note", "x"], "name the conflict", id="a note on nothing"),
        pytest.param(["ID", "--confirm", "--speaker", "Lomax"], "do not go together", id="filter"),
        pytest.param(["ID", "--import", "x"], "do not go together", id="import of one"),
        pytest.param(["--export", "--import", "x"], "do not go together", id="both ways"),
        pytest.param(["ID", "--confirm", "-o", "x"], "goes with --export", id="output"),
        pytest.param(["ID", "--contacted", "yesterday"], "is no date", id="date"),
    ],
)
def test_wrong_usage_says_what_is_right(desk, ids, arguments, words):
    given = [ids[0] if argument == "ID" else argument for argument in arguments]
    told = desk.run("review", *given, code=2).stderr
    assert words in told
    if words == "there is no terminal to walk in":
        for flag in ("--confirm", "--dismiss", "--unsure", "--by", "--import", "--export"):
            assert flag in told
    assert desk.log == []


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("cf-000000000000", "nothing in the store has the id"),
        ("cf-", "ids begin with cf-"),
        ("st-1", "nothing in the store has the id st-1"),
        ("x", "is no id"),
    ],
)
def test_an_id_that_means_no_conflict(desk, ids, item, words):
    assert words in desk.run("review", item, "--confirm", "--by", "Nell", code=3).stderr
    assert desk.log == []


def test_a_dismissed_pair_comes_back_only_when_an_article_changes(desk, ids):
    desk.run("review", ids[0], "--dismiss", "--by", "Nell")
    desk.run("ingest", *sorted(ARTICLES), "--again")
    assert ids[0] not in {record["id"] for record in desk.records("contradictions")}
    changed = next(
        name for name in ("ferry.txt", "bridge.txt", "school.txt") if name in pair_of(desk, ids[0])
    )
    (desk.folder / changed).write_text(ARTICLES[changed] + "Corrected.\n", encoding="utf-8")
    desk.run("ingest", changed)
    (back,) = desk.records("contradictions", "--status", "stale")
    assert (back["review"]["was"], back["review"]["why"]) == ("dismissed", f"{changed} has changed since")
    desk.run("review", back["id"], "--dismiss", "--by", "Nell")
    assert len(desk.records("contradictions")) == 2


def pair_of(desk, item):
    record = json.loads(desk.run("show", item, "--format", "json").stdout)
    return [record[side]["document"]["path"] for side in ("a", "b")]


# --- in bulk --------------------------------------------------------------------------------------


def lines_of(*records) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_what_is_exported_can_be_imported_elsewhere(desk, ids, tmp_path, monkeypatch, stored):
    desk.run("review", ids[0], "--dismiss", "--by", "Ann", "--note", "two ferries")
    desk.run("review", ids[0], "--confirm", "--by", "Nell", "--contacted", "2025-10-02", "--response", "no")
    desk.run("review", ids[1], "--unsure", "--by", "Nell")
    desk.run("review", ids[2], "--dismiss", "--by", "Nell")
    desk.run("undo")
    (desk.folder / "ferry.txt").write_text(ARTICLES["ferry.txt"] + "Corrected.\n", encoding="utf-8")
    desk.run("ingest", "ferry.txt")
    exported = desk.run("review", "--export").stdout
    assert [json.loads(line)["by"] for line in exported.splitlines()] == ["Ann", "Nell", "Nell"]
    shown = desk.run("contradictions", "--format", "json").stdout
    desk.run("review", "--export", "-o", "reviews.jsonl")
    assert Path("reviews.jsonl").read_text(encoding="utf-8") == exported

    (tmp_path / "other").mkdir()
    other = a_desk(tmp_path / "other", monkeypatch, stored)
    (other.folder / "ferry.txt").write_text(ARTICLES["ferry.txt"] + "Corrected.\n", encoding="utf-8")
    other.run("ingest", "ferry.txt")
    told = other.run("review", "--import", str(tmp_path / "reviews.jsonl")).stderr
    assert "3 taken in, 0 known already" in told
    assert other.run("review", "--export").stdout == exported
    assert other.run("contradictions", "--format", "json").stdout == shown
    before = other.store.read_bytes()
    assert "0 taken in, 3 known already" in other.run("review", "--import", "-", input=exported).stderr
    assert other.store.read_bytes() == before


def test_reviews_of_two_desks_come_to_the_same_whoever_takes_in(desk, ids):
    early = {"id": ids[0], "status": "dismissed", "by": "Ann", "at": "2025-01-03T10:00:00+01:00"}
    late = {"id": ids[0], "status": "confirmed", "by": "Nell", "at": "2025-01-05T10:00:00Z"}
    desk.run("review", "--import", "-", input=lines_of(late, early))
    review = desk.review(ids[0])
    assert (review["status"], review["by"], review["others"][0]["by"]) == ("confirmed", "Nell", "Ann")
    assert review["others"][0]["at"] == "2025-01-03T09:00:00+00:00"
    desk.run("review", ids[0], "--unsure", "--by", "Vera")
    assert desk.review(ids[0])["by"] == "Vera"


def test_a_bad_line_is_named_and_the_rest_taken_in(desk, ids):
    good = {"id": ids[0][:10], "status": "confirmed", "by": "Nell", "note": "n", "extra": 1}
    raw = "\n".join(
        [
            json.dumps(good),
            "",
            "{broken",
            '["a list"]',
            json.dumps({**good, "id": None}),
            json.dumps({**good, "status": "true"}),
            json.dumps({"id": ids[1], "status": "confirmed"}),
            json.dumps({"id": ids[1], "by": "Nell"}),
            json.dumps({**good, "id": "cf-ffffffffffff"}),
            json.dumps({**good, "id": "cf-"}),
            json.dumps({**good, "id": "st-1"}),
            json.dumps({**good, "note": 5}),
            '{"id": "cf-1", "status": "confirmed", "by": "\\ud800"}',
            json.dumps({**good, "contacted": "soon"}),
            json.dumps({**good, "at": "soon"}),
            json.dumps({**good, "at": "2999-01-01T00:00:00Z"}),
            json.dumps({"id": ids[2], "status": "unsure", "by": "Nell"}),
        ]
    )
    told = desk.run("review", "--import", "-", input=raw.encode() + b'\n{"id": "\xff"}\n', code=3).stderr
    for number, words in {
        3: "no JSON",
        4: "no JSON object",
        5: 'there is no "id"',
        6: "'true' is no decision",
        7: "a review needs a name",
        8: "nothing is decided or noted",
        9: "nothing in the store has the id cf-ffffffffffff",
        10: "3 ids begin with cf-",
        11: "'st-1' is no id of a conflict",
        12: '"note" is no text',
        13: '"by" is no text',
        14: "'soon' is no date",
        15: "'soon' is no time",
        16: "is yet to come",
        18: "no UTF-8",
    }.items():
        (line,) = [line for line in told.splitlines() if f"-, line {number}: " in line]
        assert words in line
    assert "15 of 17 lines of - were not taken in" in told
    assert [(entry["subject"], entry["by"]) for entry in desk.log] == [(ids[0], "Nell"), (ids[2], "Nell")]


def test_lines_without_a_name_are_the_named_persons_never_the_login(desk, ids, monkeypatch):
    line = lines_of({"id": ids[0], "status": "confirmed"})
    assert "a review needs a name" in desk.run("review", "--import", "-", input=line, code=3).stderr
    desk.run("review", "--import", "-", "--by", "Nell", input=line)
    monkeypatch.setenv("CLAIMTRACK_BY", "Vera")
    desk.run("review", "--import", "-", input=line)
    assert "0 taken in, 1 known" in desk.run("review", "--import", "-", input=line).stderr
    assert [entry["by"] for entry in desk.log] == ["Nell", "Vera"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"a_document": "doc-0"}, "doc-0 of cf-", id="an article that is not here"),
        pytest.param({"a": "st-0"}, "is not the id of its two statements", id="another pair"),
        pytest.param({"a_place": "9" * 5000 + "-1"}, '"a_place" is no place', id="an impossible place"),
    ],
)
def test_places_that_do_not_fit_are_refused(desk, ids, change, words):
    desk.run("review", ids[0], "--dismiss", "--by", "Nell")
    record = json.loads(desk.run("review", "--export").stdout)
    desk.run("undo")
    told = desk.run("review", "--import", "-", input=lines_of({**record, **change}), code=3).stderr
    assert words in told
    desk.run("review", "--import", "-", input=lines_of(record))
    assert desk.review(ids[0])["status"] == "dismissed"


def test_a_file_that_is_not_there(desk):
    assert "cannot read no.jsonl" in desk.run("review", "--import", "no.jsonl", code=3).stderr


# --- the walk -------------------------------------------------------------------------------------


@pytest.fixture
def walk(desk):
    """Starts the walk in a terminal of its own; ``desk`` is what it decides about."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are of POSIX")
    from pseudo_terminal import Terminal

    def start(*arguments, **options):
        return Terminal(desk.folder, "review", *(arguments or ("--by", "Nell")), **options)

    return start


def test_one_key_decides_and_the_next_is_shown(desk, ids, walk):
    terminal = walk()
    for number, (key, word) in enumerate([("c", "confirmed"), ("D", "dismissed"), ("u", "unsure")], 1):
        assert f"Possible conflict {number}" in terminal.until(f"{number} of 3")
        terminal.press(key)
        terminal.until(f"{word} by Nell, stored")
    assert terminal.end() == 0
    assert "3 of 3 gone through; stored: 1 confirmed, 1 dismissed, 1 unsure" in terminal.text
    assert [desk.review(item)["status"] for item in ids] == ["confirmed", "dismissed", "unsure"]
    assert [(entry["subject"], entry["by"]) for entry in desk.log] == [(item, "Nell") for item in ids]


def test_the_next_walk_starts_with_the_first_open_one(desk, ids, walk):
    terminal = walk()
    terminal.press("s", "c", "q")
    assert terminal.end() == 0
    assert "2 of 3 gone through; stored: 1 confirmed" in terminal.text
    again = walk()
    again.until("1 of 2")
    again.press("d")
    again.until("2 of 2")
    again.press("q")
    assert again.end() == 0
    assert [entry["subject"] for entry in desk.log] == [ids[1], ids[0]]


def test_undo_takes_back_what_this_walk_stored_and_goes_back_there(desk, ids, walk):
    desk.run("review", ids[2], "--unsure", "--by", "Ann")
    terminal = walk()
    terminal.press("z")
    terminal.until("nothing was decided in this walk")
    terminal.press("d", "s")
    assert terminal.end() == 0
    terminal = walk()
    terminal.press("d")
    terminal.until("stored")
    assert terminal.end() == 0
    terminal = walk("--status", "unsure", "--by", "Nell")
    terminal.press("c")
    assert terminal.end() == 0
    assert [desk.review(item)["status"] for item in ids] == ["dismissed", "dismissed", "confirmed"]


def test_undo_goes_back_over_what_was_passed_by(desk, ids, walk):
    terminal = walk()
    terminal.press("d", "s", "z")
    terminal.until(f"undone: dismissed on {ids[0]}")
    terminal.until("1 of 3")
    terminal.press("c", "q")
    assert terminal.end() == 0
    assert desk.review(ids[0])["status"] == "confirmed"
    assert [entry["action"] for entry in desk.log] == ["review", "undo", "review"]


def test_open_shows_the_paragraph_and_then_more(desk, walk):
    terminal = walk("--speaker", "Lomax", "--by", "Nell")
    terminal.press("o")
    assert "The pier was quiet" not in terminal.until("1 of 1")
    terminal.press("o")
    shown = terminal.until("1 of 1")
    assert "The pier was quiet" in shown
    assert "Nobody asked her why" in shown
    terminal.press("q")
    assert terminal.end() == 0


def test_a_note_is_stored_at_once_and_goes_with_the_decision(desk, ids, walk):
    terminal = walk()
    terminal.press("n")
    terminal.type("note, empty for none:", "two ferries\n")
    terminal.until("note by Nell, stored")
    terminal.press("q")
    assert terminal.end() == 0
    assert desk.review(ids[0])["note"] == "two ferries"
    assert desk.review(ids[0])["status"] == "unreviewed"
    again = walk()
    assert "note by Nell: two ferries" in again.until("1 of 3")
    again.press("c", "q")
    assert again.end() == 0
    review = desk.review(ids[0])
    assert (review["status"], review["note"]) == ("confirmed", "two ferries")


def test_a_reply_asks_again_for_a_date_that_is_none(desk, ids, walk):
    terminal = walk()
    terminal.press("r")
    terminal.type("contacted on", "soon\n")
    terminal.until("'soon' is no date")
    terminal.type("contacted on", "2025-10-02\n")
    terminal.type("response, empty for none:", "she meant another one\n")
    terminal.until("contacted and response by Nell, stored")
    terminal.press("r")
    terminal.type("contacted on", "\x03")
    terminal.type("response", "\n")
    terminal.until("nothing stored")
    terminal.press("q")
    assert terminal.end() == 0
    review = desk.review(ids[0])
    assert (review["contacted"], review["response"]) == ("2025-10-02", "she meant another one")
    assert len(desk.log) == 1


@pytest.mark.parametrize("keys", ["x", "cd", "\x1b[A", "ü", "\t", "\r"], ids=repr)
def test_other_keys_decide_nothing(desk, walk, keys):
    terminal = walk()
    terminal.press(keys)
    terminal.until("no such key; ? lists them")
    terminal.press("?")
    assert "take back what this walk stored last" in terminal.until("this list")
    terminal.press("q")
    assert terminal.end() == 0
    assert desk.log == []


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0), ("\x1b", 0)], ids=repr)
def test_stopping_in_the_middle_loses_nothing(desk, ids, walk, key, code):
    terminal = walk()
    terminal.press("c", key)
    assert terminal.end() == code
    assert "stored: 1 confirmed" in terminal.text
    assert "as it was before" not in terminal.text
    assert desk.review(ids[0])["status"] == "confirmed"


def test_closing_the_terminal_loses_nothing(desk, ids, walk):
    terminal = walk()
    terminal.press("c")
    terminal.until("2 of 3")
    assert terminal.hang_up() in (0, 1, 3, -signal.SIGHUP)
    assert desk.review(ids[0])["status"] == "confirmed"
    assert len(desk.log) == 1
    desk.run("review", ids[1], "--dismiss", "--by", "Ann")


def test_sixty_columns_without_colour(desk, walk):
    terminal = walk("--by", "Nell", columns=60, variables={"NO_COLOR": "1"})
    terminal.press("?", "o", "q")
    assert terminal.end() == 0
    assert not re.search(r"\x1b\[[0-9;]*m", terminal.output)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.output)
    assert max(map(len, re.split(r"[\r\n]+", shown))) <= 60


def test_colours_where_they_are_wanted(desk, walk):
    terminal = walk()
    terminal.press("q")
    assert terminal.end() == 0
    assert "\x1b[1m" in terminal.output


def test_a_second_reader_walks_what_another_one_confirmed(desk, ids, walk):
    desk.run("review", ids[0], "--confirm", "--by", "Ann")
    desk.run("review", ids[1], "--confirm", "--by", "Nell")
    terminal = walk("--status", "confirmed", "--by", "nell")
    assert "confirmed by Ann" in " ".join(terminal.until("1 of 1").split())
    terminal.press("d")
    assert terminal.end() == 0
    assert "1 that nell has decided about left out" in terminal.text
    review = desk.review(ids[0])
    assert (review["status"], review["by"], review["disputed"]) == ("dismissed", "nell", True)


def test_what_others_decide_meanwhile_stays(desk, ids, walk):
    terminal = walk()
    terminal.until("1 of 3")
    desk.run("review", ids[1], "--unsure", "--by", "Ann")
    terminal.press("c")
    assert "unsure by Ann" in " ".join(terminal.until("2 of 3").split())
    terminal.press("q")
    assert terminal.end() == 0
    assert [entry["by"] for entry in desk.log] == ["Ann", "Nell"]


def test_an_article_read_in_during_the_walk_makes_the_decision_stale(desk, ids, walk):
    terminal = walk("--speaker", "Lomax", "--by", "Nell")
    terminal.until("1 of 1")
    (desk.folder / "ferry.txt").write_text(ARTICLES["ferry.txt"] + "Corrected.\n", encoding="utf-8")
    desk.run("ingest", "ferry.txt")
    terminal.press("d")
    assert terminal.end() == 0
    (back,) = desk.records("contradictions", "--status", "stale")
    assert (back["review"]["was"], back["review"]["by"]) == ("dismissed", "Nell")


def test_a_store_that_cannot_be_written_stops_nothing_and_says_so(desk, ids, walk):
    terminal = walk()
    terminal.until("1 of 3")
    kept = desk.store.read_bytes()
    desk.store.unlink()
    terminal.press("c")
    terminal.until("error: there is no store")
    desk.store.write_bytes(kept)
    terminal.press("c")
    terminal.until("confirmed by Nell, stored")
    terminal.press("q")
    assert terminal.end() == 0
    assert len(desk.log) == 1


def test_a_hostile_name_and_note_steer_no_terminal(desk, ids, walk):
    hostile = "N\x1b]0;title\x07ell [bold] <b>"
    desk.run("review", ids[0], "--unsure", "--by", hostile, "--note", "a\x1b[2Jb\n# c [link](x)")
    notes = desk.run("contradictions", "--format", "markdown").stdout
    assert not set("\x1b\x07") & set(notes)
    assert "<b>" not in notes
    assert "[link](x)" not in notes
    terminal = walk("--status", "unsure", "--by", hostile)
    terminal.press("c")
    terminal.until("[bold] <b>, stored")
    assert terminal.end() == 0
    assert "\x07" not in terminal.output
    assert "\x1b[2J" not in terminal.output
    assert desk.log[1]["by"] == hostile


def test_nothing_open(desk, ids, walk):
    desk.run(
        "review", "--import", "-", input=lines_of(*({"id": i, "status": "dismissed", "by": "A"} for i in ids))
    )
    terminal = walk()
    assert terminal.end() == 0
    assert "No open conflicts." in terminal.text


def test_one_conflict_by_its_id(desk, ids, walk):
    terminal = walk(ids[1], "--by", "Nell")
    terminal.until("1 of 1")
    terminal.press("c")
    assert terminal.end() == 0
    assert [entry["subject"] for entry in desk.log] == [ids[1]]


def test_nobody_is_refused_before_the_walk(desk, walk):
    terminal = walk("--by", " ")
    assert terminal.end() == 3
    assert "--by names nobody" in terminal.text
    assert "Possible conflict" not in terminal.text


def test_without_a_store_it_says_what_to_do(desk, walk):
    desk.store.unlink()
    terminal = walk()
    assert terminal.end() == 3
    assert "claimtrack ingest" in terminal.text
