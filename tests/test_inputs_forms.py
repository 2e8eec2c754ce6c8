"""What fact-checkers get, through the command line: clippings, mailboxes, recalled items, named fields."""

import json
import textwrap

import pytest
from made_files import make_docx, make_zip, word_paragraph
from test_inputs_files import run

TITLE = "Water minister says Harrow reservoir will be full by spring as towns brace for rationing"
PARAGRAPHS = [
    "KELBROOK — The Harrow reservoir will be full again by spring and no household in the valley will have "
    "its water cut off this winter, Water Minister Rosalind Teague said on Tuesday.",
    "“I have seen the figures this morning, and I can tell you that we are not going to ration water in this "
    "valley, not in November, not at all,” Teague told reporters after a meeting with the mayors.",
    "Daniel Okafor, chief hydrologist of the Harrow Water Company, said that the reservoir held 31 per cent "
    "of its capacity at the end of September. “It is an old pipe,” he said, “and every week that we do not "
    "replace it we pour about four million litres into the ground.”",
]
SAID = "I have seen the figures this morning, and I can tell you that we are not going to ration water"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    return tmp_path


def stored(desk):
    return json.loads((desk / "data" / "claims.json").read_text(encoding="utf-8"))


def statements():
    lines = run("statements", "--format", "jsonl").stdout.splitlines()
    return [json.loads(line) for line in lines]


def clipping(width):
    head = [textwrap.fill(TITLE, width), "By Imogen Ashdown\nThe Northern Courier, 14 October 2025"]
    return "\n\n".join([*head, *(textwrap.fill(text, width) for text in PARAGRAPHS)]) + "\n"


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_broken_at_a_width_gives_the_same_statements(desk, width, ending):
    name = f"clip.{ending}"
    (desk / "whole.txt").write_text("\n\n".join([TITLE, *PARAGRAPHS]) + "\n", encoding="utf-8")
    run("ingest", "whole.txt", "--date", "2025-10-14")
    whole = {(s["speaker"], s["text"]) for s in statements()}
    (desk / "data" / "claims.json").unlink()
    text = clipping(width)
    (desk / name).write_text(text, encoding="utf-8")
    run("ingest", name)
    found = statements()
    assert {(s["speaker"], " ".join(s["text"].split())) for s in found} == whole
    assert any(SAID in " ".join(s["text"].split()) for s in found)
    for span in (span for statement in found for span in statement["content"]):
        assert text[span["start"] : span["end"]] == span["text"]
    (document,) = stored(desk)["documents"]
    assert document["text"] == text
    assert document["title"] == TITLE
    assert document["author"] == "Imogen Ashdown"
    assert document["publisher"] == "The Northern Courier"
    assert (document["published"], document["published_basis"]) == ("2025-10-14", "date line")
    run("verify")


def test_a_text_broken_at_a_width_is_a_copy_of_the_whole_one(desk):
    (desk / "a.txt").write_text("\n\n".join([TITLE, *PARAGRAPHS]) + "\n", encoding="utf-8")
    (desk / "b.txt").write_text(clipping(66), encoding="utf-8")
    run("ingest", "a.txt", "b.txt")
    assert [bool(d.get("copy_of")) for d in stored(desk)["documents"]] in ([True, False], [False, True])


def test_a_mailbox(desk):
    between = "From a@courier.example Tue Oct 14 08:00:00 2025\n"
    mails = [
        f"From: Imogen Ashdown <a@courier.example>\nMessage-ID: <{number}@courier.example>\n"
        f"Subject: {TITLE} {number}\nDate: Tue, 14 Oct 2025 08:00:00 +0100\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{textwrap.fill(text, 72)}\n\n"
        for number, text in enumerate(PARAGRAPHS[1:], 1)
    ]
    (desk / "box.mbox").write_text("".join(between + mail for mail in mails), encoding="utf-8")
    run("ingest", ".")
    paths = [document["path"] for document in stored(desk)["documents"]]
    assert paths == ["box.mbox#1@courier.example", "box.mbox#2@courier.example"]
    assert any(SAID in s["text"] for s in statements())
    assert "2 unchanged" in run("verify").stdout


def ninjs(status, text=None):
    item = {
        "uri": "urn:courier:1",
        "pubStatus": status,
        "firstCreated": "2025-10-14T07:00:00Z",
        "headlines": [{"role": "main", "value": TITLE}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": text or "\n".join(PARAGRAPHS)}],
    }
    return json.dumps(item)


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_an_item_that_its_agency_withdrew_is_retracted(desk, status):
    (desk / "item.json").write_text(ninjs("usable"), encoding="utf-8")
    run("ingest", "item.json")
    assert "retracted" not in stored(desk)["documents"][0]
    (desk / "item.json").write_text(ninjs(status), encoding="utf-8")
    told = run("ingest", "item.json").stderr
    assert "withdrawn by its agency" in told
    assert "1 changed" in told
    assert stored(desk)["documents"][0]["retracted"] is True
    assert "RETRACTED" in run("sources").stdout
    run("ingest", "item.json")
    assert "1 known" in run("ingest", "item.json").stderr


def test_a_person_decides_over_what_an_agency_says(desk):
    (desk / "item.json").write_text(ninjs("canceled"), encoding="utf-8")
    run("ingest", "item.json")
    article = stored(desk)["documents"][0]["id"]
    run("sources", "set", article, "--not-retracted")
    assert "retracted" not in stored(desk)["documents"][0]
    run("ingest", "item.json")
    assert "retracted" not in stored(desk)["documents"][0]
    run("undo")
    assert stored(desk)["documents"][0]["retracted"] is True


def test_an_item_that_is_usable_again_is_not_retracted(desk):
    for status in ("canceled", "usable"):
        (desk / "item.json").write_text(ninjs(status), encoding="utf-8")
        run("ingest", "item.json")
    assert "retracted" not in stored(desk)["documents"][0]


def test_an_item_withdrawn_with_its_text_is_said(desk):
    item = json.loads(ninjs("canceled"))
    del item["bodies"]
    (desk / "item.json").write_text(json.dumps(item), encoding="utf-8")
    told = run("ingest", "item.json", code=3).stderr
    assert "withdrawn by its agency, and no text is left in it" in told
    assert "sources set ARTICLE --retracted" in told


def test_verify_needs_no_map(desk):
    record = {"body": "\n".join(PARAGRAPHS), "head": TITLE, "on": "2025-10-14"}
    (desk / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (desk / "b.jsonl").write_text(
        json.dumps({"content": PARAGRAPHS[1], "head": TITLE}) + "\n", encoding="utf-8"
    )
    run("ingest", "a.jsonl", "--map", "text=body,title=head,date=on")
    run("ingest", "b.jsonl", "--map", "text=content")
    assert "2 unchanged" in run("verify").stdout
    record["body"] = record["body"].replace("old pipe", "new pipe")
    (desk / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    result = run("verify", "--exit-code", code=10)
    assert "1 unchanged" in result.stdout
    assert "**new** pipe" in result.stdout


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        pytest.param(
            "bomb.docx",
            make_docx(word_paragraph("word " * 12_000_000)),
            "unpacks to more than 50 MB",
            id="zip bomb",
        ),
        pytest.param(
            "draft.odt",
            make_zip(
                {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, method=0
            ),
            "this is an OpenDocument file (.odt)",
            id="OpenDocument",
        ),
    ],
)
def test_what_is_not_read_says_what_it_is(desk, name, raw, words):
    (desk / name).write_bytes(raw)
    (desk / "good.txt").write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    result = run("ingest", name, "good.txt", code=3)
    assert words in result.stderr
    assert len(stored(desk)["documents"]) == 1


def test_an_address_of_another_kind_is_no_missing_file(desk):
    told = run("ingest", "ftp://courier.example/a.txt", code=3).stderr
    assert "ftp: is not fetched, only http and https are" in told
