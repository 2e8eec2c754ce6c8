import io
import tracemalloc
import zipfile

import pytest
from made_files import WORD, make_docx, make_zip, word_paragraph

from claimtrack.documents.header import Article
from claimtrack.documents.office import docx, packages
from claimtrack.errors import InputError
from claimtrack.settings import Settings

TITLE = "Dam row grows"
SAID = "“The money is there,” Farm Minister Lena Orth said in Kalbar on Friday."


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def read(body, core="", **others):
    raw = make_docx(body, core, **others)
    (article,) = docx.read(io.BytesIO(raw), Settings())
    assert isinstance(article, Article)
    assert article.raw == raw
    return article


def lines_of(body, **others):
    return read(body, **others).text.split("\n")


def refused(raw, **settings):
    with pytest.raises(InputError) as error:
        list(docx.read(io.BytesIO(raw), Settings(**settings)))
    assert error.value.hint
    return error.value.message


def table(*rows):
    cells = [["".join(map(word_paragraph, cell)) for cell in row] for row in rows]
    return "".join(
        [
            "<w:tbl>",
            *("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>" for row in cells),
            "</w:tbl>",
        ]
    )


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(run("The dam is ") + run("safe."), "The dam is safe.", id="runs"),
        pytest.param(
            f"{run('It is ')}<w:ins>{run('not ')}</w:ins>{run('safe.')}", "It is not safe.", id="inserted"
        ),
        pytest.param(
            f"{run('It is ')}<w:del><w:r><w:delText>not </w:delText></w:r></w:del>{run('safe.')}",
            "It is safe.",
            id="deleted",
        ),
        pytest.param(
            f"{run('It is ')}<w:del>{run('not ')}</w:del>{run('safe.')}",
            "It is safe.",
            id="deleted, as some write",
        ),
        pytest.param(
            f"<w:moveFrom>{run('Gone.')}</w:moveFrom>{run('Here.')}<w:moveTo>{run(' New.')}</w:moveTo>",
            "Here. New.",
            id="moved",
        ),
        pytest.param(f"<w:hyperlink>{run('A link')}</w:hyperlink>{run('.')}", "A link.", id="link"),
        pytest.param(
            f"{run('Page ')}<w:r><w:instrText>PAGE \\* MERGE</w:instrText></w:r>{run('3')}",
            "Page 3",
            id="field",
        ),
        pytest.param(
            "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/>"
            "<w:t>c</w:t><w:softHyphen/></w:r>",
            "A b-c",
            id="signs",
        ),
        pytest.param(f"{run('One')}<w:r><w:br/></w:r>{run('Two')}", "One\nTwo", id="line break"),
        pytest.param(
            f"{run('Seen.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>{run(' Again.')}",
            "Seen. Again.",
            id="hidden",
        ),
        pytest.param(
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r>', "Shown.", id="not hidden"
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{run('Click here.')}</w:sdtContent></w:sdt>"
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Text.')}</w:sdtContent></w:sdt>",
            "Text.",
            id="placeholder",
        ),
        pytest.param(
            f'{run("Sum ")}<m:t xmlns:m="urn:math">x</m:t>{run("here.")}', "Sum here.", id="other namespaces"
        ),
    ],
)
def test_a_paragraph_is_read_as_it_is_seen(inner, text):
    assert read(word_paragraph(inner)).text == text


def test_a_paragraph_whose_end_was_deleted_runs_on():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = word_paragraph(mark + run("The dam ")) + word_paragraph("is safe.") + word_paragraph("Yes.")
    assert lines_of(body) == ["The dam is safe.", "Yes."]
    assert lines_of(word_paragraph(mark + run("The end."))) == ["The end."]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{word_paragraph('In the box.')}</w:txbxContent>"
    drawing = (
        '<mc:AlternateContent xmlns:mc="urn:compatibility"><mc:Choice>'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert lines_of(word_paragraph(f"<w:r>{drawing}<w:t>Around it.</w:t></w:r>")) == [
        "In the box.",
        "Around it.",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(table([["Cost"], ["4 m"]], [["Built"], []]), ["Cost | 4 m", "Built"], id="figures"),
        pytest.param(
            table([["HASAN:"], ["Was it built?"]], [["ASIF:"], ["It was.", "In May."]]),
            ["HASAN: Was it built?", "ASIF: It was.", "In May."],
            id="a transcript",
        ),
        pytest.param(table([["One.", "Two."]]), ["One.", "Two."], id="one cell for the layout"),
        pytest.param(
            table([["One. " * 30], ["Two. " * 30]]), [("One. " * 30)[:-1], ("Two. " * 30)[:-1]], id="prose"
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{table([['In'], ['side']])}</w:tc></w:tr></w:tbl>",
            ["In | side"],
            id="nested",
        ),
    ],
)
def test_tables(body, lines):
    assert lines_of(word_paragraph("Before.") + body + word_paragraph("After.")) == [
        "Before.",
        *lines,
        "After.",
    ]


def test_footnotes_stand_below_the_text():
    notes = (
        f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0">{word_paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="1">{word_paragraph("As the ministry wrote.")}</w:footnote></w:footnotes>'
    )
    body = word_paragraph(f"{run('The dam')}<w:r><w:footnoteReference w:id='1'/></w:r>{run(' is safe.')}")
    assert lines_of(body, footnotes=notes) == ["The dam is safe.", "As the ministry wrote."]


def test_heads_feet_and_comments_are_left_out():
    others = {
        name: f"<w:x {WORD}>{word_paragraph('Not the article.')}</w:x>"
        for name in ("header1", "footer1", "comments")
    }
    assert lines_of(word_paragraph(SAID), **others) == [SAID]


def test_the_title_is_what_is_set_as_one():
    styles = f'<w:styles {WORD}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>'
    body = word_paragraph("The Valley Post") + word_paragraph(TITLE, "Titel") + word_paragraph(SAID)
    assert read(body, styles=styles).header.title == TITLE


@pytest.mark.parametrize(
    ("core", "field", "value"),
    [
        pytest.param(
            "<dc:title>The dam above Kalbar</dc:title>", "title", "The dam above Kalbar", id="title"
        ),
        pytest.param("<dc:title>Document1.docx</dc:title>", "title", None, id="file name"),
        pytest.param("<dc:creator>Jane  Roe</dc:creator>", "author", "Jane Roe", id="author"),
        pytest.param("<dc:creator>Microsoft Office User</dc:creator>", "author", None, id="account"),
        pytest.param("<cp:lastModifiedBy>Jane Roe</cp:lastModifiedBy>", "author", None, id="not the author"),
        pytest.param(
            "<dcterms:created>2025-09-27T10:15:00Z</dcterms:created>", "published", "2025-09-27", id="date"
        ),
        pytest.param(
            "<dcterms:created>2019-01-02T10:15:00Z</dcterms:created>"
            "<dcterms:modified>2025-09-27T10:15:00Z</dcterms:modified>",
            "published",
            None,
            id="of a template",
        ),
        pytest.param(
            "<dcterms:created>2025-09-27T10:15:00Z</dcterms:created>"
            "<dcterms:modified>2025-10-03T10:15:00Z</dcterms:modified>",
            "modified",
            "2025-10-03",
            id="modified",
        ),
        pytest.param(
            "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>", "published", None, id="of a library"
        ),
    ],
)
def test_properties_are_believed_where_they_can_be(core, field, value):
    assert getattr(read(word_paragraph(SAID), core).header, field) == value


def test_a_date_in_the_text_goes_before_that_of_the_file():
    body = word_paragraph(TITLE) + word_paragraph("27 September 2025") + word_paragraph(SAID)
    header = read(body, "<dcterms:created>2026-11-22T10:15:00Z</dcterms:created>").header
    assert (header.published, header.published_basis) == ("2025-09-27", "date line")


# --- bad input ------------------------------------------------------------------------------------

GOOD = make_docx(word_paragraph(SAID))
BOMB = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTER = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_main(main, name="word/document.xml"):
    return make_zip({"[Content_Types].xml": "<Types/>", name: main})


def document(inner, before=""):
    return f"{before}<w:document {WORD}><w:body>{inner}</w:body></w:document>"


def locked_zip():
    raw = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + at] |= 1
            place = raw.find(mark, place + 4)
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "broken", id="empty"),
        pytest.param(GOOD[:300], "broken", id="cut off"),
        pytest.param(
            GOOD.replace(b"\x4d\xcb", b"\x4d\x00")[: len(GOOD) - 30], "broken", id="no table of contents"
        ),
        pytest.param(b"%PDF-1.7 and so on", "broken", id="another form"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file", id="old Word"),
        pytest.param(
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            id="a password's package",
        ),
        pytest.param(locked_zip(), "password", id="a locked zip"),
        pytest.param(make_zip({"a.txt": "words"}), "no Word file", id="another zip"),
        pytest.param(make_docx(""), "no text", id="no words"),
        pytest.param(with_main("<w:document"), "broken", id="broken XML"),
        pytest.param(with_main(b"\xff\xfe\x00" * 50), "broken", id="no XML"),
        pytest.param(
            with_main('<?xml version="1.0" encoding="x-none"?><a/>'), "broken", id="unknown encoding"
        ),
        pytest.param(with_main(document(word_paragraph("&b;"), BOMB)), "declares entities", id="entity bomb"),
        pytest.param(
            with_main(document(word_paragraph("&a;"), OUTER)), "declares entities", id="outer entity"
        ),
        pytest.param(with_main("<a>" * 200_000), "broken", id="endless nesting"),
    ],
)
def test_what_cannot_be_read_is_said(raw, words):
    assert words in refused(raw)


def test_a_zip_bomb_is_given_up_before_it_has_unpacked(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 2_000_000)
    bomb = with_main(document(word_paragraph("ha " * 7_000_000)))
    assert len(bomb) < 50_000
    tracemalloc.start()
    assert "unpacks to more than 2 MB" in refused(bomb)
    assert tracemalloc.get_traced_memory()[1] < 15_000_000
    tracemalloc.stop()


def test_what_several_parts_unpack_to_is_counted_together(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 1_000)
    notes = f"<w:footnotes {WORD}>{word_paragraph('ha ' * 200)}</w:footnotes>"
    assert "unpacks to more" in refused(make_docx(word_paragraph("ha " * 200), footnotes=notes))


def test_a_package_of_endless_files_is_not_opened(monkeypatch):
    monkeypatch.setattr(packages, "MOST_FILES", 3)
    assert "more than 3 files" in refused(GOOD)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_part_is_told(method):
    raw = bytearray(make_zip({"word/document.xml": document(word_paragraph(SAID * 30))}, method))
    raw[120:160] = b"\xaa" * 40
    assert "broken" in refused(bytes(raw))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_no_word_file_has_are_refused(method):
    assert "broken" in refused(make_zip({"word/document.xml": document(word_paragraph(SAID))}, method))


def test_names_that_lead_elsewhere_are_names_and_no_more(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    relation = '<r><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></r>'
    raw = make_zip(
        {"_rels/.rels": relation, "word/document.xml": document(word_paragraph(SAID)), "../a": "b"}
    )
    (article,) = docx.read(io.BytesIO(raw), Settings())
    assert article.text == SAID
    assert list(tmp_path.iterdir()) == []


def test_a_larger_file_than_allowed_is_not_opened():
    assert "larger than" in refused(GOOD, largest_file=100)
