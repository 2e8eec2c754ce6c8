"""PDF, Word and EPUB files through the command line: quotations word for word, with their speakers."""

import json
import subprocess
import sys

import pytest
from made_files import make_docx, make_epub, make_pdf, pdf_line, pdf_lines, word_paragraph
from typer.testing import CliRunner

from claimtrack.cli.app import app

QUOTED = "The money is there, and the firm has promised that the wall will stand by May"
TEXT = f"“{QUOTED},” Farm Minister Lena Orth told reporters in Kalbar on Friday."
REST = "The government of the province has not yet said who is going to build the dam above the old town."

PDF = make_pdf(
    [
        pdf_line(50, 800, "The Valley Post", 8)
        + pdf_lines(50, 700, lines)
        + pdf_line(290, 30, str(number), 8)
        for number, lines in enumerate(
            [
                ["Dam row grows in the valley", "", REST, "", "“The money is there, and the firm has prom-"],
                [
                    "ised that the wall will stand by May,” Farm Minister Lena Orth told reporters in",
                    "Kalbar on Friday.",
                ],
                [REST],
            ],
            1,
        )
    ]
)
DOCX = make_docx(
    word_paragraph("Dam row grows", "Title")
    + word_paragraph(
        "<w:r><w:t>“The money is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>there</w:t></w:r></w:ins><w:r><w:t>{TEXT.partition('there')[2]}</w:t></w:r>"
    )
    + word_paragraph(REST)
)
EPUB = make_epub(
    {
        name: f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{inner}</body></html>"
        for name, inner in {
            "Preface": f"<p>{REST}</p><p>{REST}</p>",
            "Row": f"<p>{TEXT}</p><p>{REST}</p>",
        }.items()
    }
)
FILES = [
    pytest.param("dam.pdf", PDF, "dam.pdf", id="pdf"),
    pytest.param("dam.docx", DOCX, "dam.docx", id="docx"),
    pytest.param("dam.epub", EPUB, "dam.epub#OPS/Row.xhtml", id="epub"),
]


def run(*arguments, code=0, **options):
    result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack", **options)
    assert result.exit_code == code, f"{result.stdout}\n{result.stderr}\n{result.exception!r}"
    return result


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    return tmp_path


def quotation():
    lines = run("statements", "--format", "jsonl").stdout.splitlines()
    (found,) = [record for record in map(json.loads, lines) if QUOTED in record["text"]]
    assert found["speaker"] == "Lena Orth"
    assert found["kind"] == "direct"
    return found


@pytest.mark.parametrize(("name", "raw", "place"), FILES)
def test_a_quotation_is_found_word_for_word(desk, name, raw, place):
    (desk / name).write_bytes(raw)
    run("ingest", name)
    assert quotation()["document"]["path"] == place
    before = (desk / "data" / "claims.json").read_bytes()
    run("ingest", name)
    assert (desk / "data" / "claims.json").read_bytes() == before


@pytest.mark.parametrize(("name", "raw", "place"), FILES)
def test_they_are_read_out_of_a_folder(desk, name, raw, place):
    (desk / "articles").mkdir()
    (desk / "articles" / name.upper()).write_bytes(raw)
    run("ingest", "articles")
    assert quotation()["document"]["path"] == f"articles/{name.upper()}{place[len(name) :]}"


@pytest.mark.parametrize(("name", "raw", "place"), FILES)
@pytest.mark.parametrize("other", ["download", "dam.txt", "dam.bin"])
def test_what_they_are_is_told_by_their_first_bytes(desk, name, raw, place, other):
    (desk / other).write_bytes(raw)
    run("ingest", other)
    assert quotation()["document"]["path"] == other + place[len(name) :]


@pytest.mark.parametrize(("name", "raw", "place"), FILES)
def test_they_are_read_from_standard_input(desk, name, raw, place):
    run("ingest", "-", input=raw)
    assert quotation()["document"]["path"] == "-" + place[len(name) :]


def test_a_store_keeps_the_pages_of_a_pdf(desk):
    (desk / "dam.pdf").write_bytes(PDF)
    run("ingest", "dam.pdf")
    (document,) = json.loads((desk / "data" / "claims.json").read_text(encoding="utf-8"))["documents"]
    assert len(document["pages"]) == 3
    assert document["text"][document["pages"][1] :].startswith("ised that the wall")


@pytest.mark.parametrize("name", ["dam.pdf", "dam.docx", "dam.epub"])
def test_a_broken_file_is_told_and_the_batch_goes_on(desk, name):
    (desk / name).write_bytes(b"%PDF-1.7 PK no such thing")
    (desk / "good.txt").write_text(f"Dam row grows\n{TEXT}\n{REST}\n", encoding="utf-8")
    result = run("ingest", name, "good.txt", code=3)
    assert name in result.stderr
    assert "broken" in result.stderr
    assert quotation()["document"]["path"] == "good.txt"
    assert sorted(path.name for path in desk.iterdir()) == sorted(["data", name, "good.txt"])


def test_a_pdf_read_by_the_program_itself(desk):
    """The reader starts a program of its own; it must find its way from an installed command, too."""
    (desk / "dam.pdf").write_bytes(PDF)
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", "extract", "dam.pdf", "--format", "jsonl"],
        capture_output=True,
        check=True,
    )
    assert QUOTED in done.stdout.decode("utf-8")
