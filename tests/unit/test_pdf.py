import io
import sys
import zlib
from bisect import bisect_right

import pytest
from made_files import make_pdf, pdf_line, pdf_lines
from patience import spends_less

from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark
from claimtrack.documents.pdf import reader as pdf
from claimtrack.errors import InputError
from claimtrack.settings import Settings

HEADLINE = "Dam row grows in the valley"
LEFT = [
    "The government will build the dam above",
    "Kalbar, Farm Minister Lena Orth said on Friday.",
    "  “The money is there, and the firm has prom-",
    "ised that the wall will stand by May,” Orth told",
    "reporters. She called the critics well-",
    "meaning, and the well-meaning mayor laughed",
    "at that. Nobody else in the crowded room did,",
]
RIGHT = [
    "although some of the farmers had come a long",
    "way.",
    "  Governor Carl Berg said the promise was",
    "worthless. “They have told us that for ten",
    "years,” he said. Work on the wall was stopped",
    "twice.",
]
PARAGRAPHS = [
    "The government will build the dam above Kalbar, Farm Minister Lena Orth said on Friday.",
    "“The money is there, and the firm has promised that the wall will stand by May,” Orth told reporters. "
    "She called the critics well-meaning, and the well-meaning mayor laughed at that. Nobody else in the "
    "crowded room did, although some of the farmers had come a long way.",
    "Governor Carl Berg said the promise was worthless. “They have told us that for ten years,” he said. "
    "Work on the wall was stopped twice.",
]
COLUMNS = pdf_lines(50, 700, LEFT) + pdf_lines(310, 700, RIGHT)


def read(pages, info=None, **given):
    raw = make_pdf([pages] if isinstance(pages, bytes) else pages, info, **given)
    *remarks, article = pdf.read(io.BytesIO(raw), Settings())
    assert isinstance(article, Article)
    assert article.raw == raw
    return article, [remark.message for remark in remarks if isinstance(remark, Remark)]


def lines_of(pages, **given):
    return read(pages, **given)[0].text.split("\n")


def refused(raw):
    with pytest.raises(InputError) as error:
        list(pdf.read(io.BytesIO(raw), Settings()))
    assert error.value.hint
    return error.value.message


# --- reading order and paragraphs ----------------------------------------------------------------


def test_two_columns_below_a_headline_are_read_one_after_the_other():
    article, _ = read(pdf_line(60, 740, HEADLINE, 24) + COLUMNS)
    assert article.text.split("\n") == [HEADLINE, *PARAGRAPHS]
    assert article.header.title == HEADLINE
    assert article.pages == (0,)


def by_rows(left, right, top=700, step=12):
    """Both columns drawn line by line across the page, as some programs write them."""
    return b"".join(
        pdf_lines(50, top - step * n, left[n : n + 1]) + pdf_lines(310, top - step * n, right[n : n + 1])
        for n in range(max(len(left), len(right)))
    )


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(by_rows(LEFT, RIGHT), id="line by line across the page"),
        pytest.param(pdf_lines(310, 700, RIGHT) + pdf_lines(50, 700, LEFT), id="the right one first"),
        pytest.param(pdf_lines(50, 700, LEFT) + pdf_lines(310, 705, RIGHT), id="not level"),
    ],
)
def test_columns_do_not_depend_on_the_order_of_the_file(drawing):
    assert lines_of(drawing) == PARAGRAPHS


def test_three_columns():
    texts = [[f"{name} number {n} has words" for n in range(5)] for name in ("First", "Second", "Third")]
    drawing = b"".join(pdf_lines(40 + 180 * n, 700, text) for n, text in enumerate(texts))
    assert " ".join(lines_of(drawing)) == " ".join(line for text in texts for line in text)


def test_a_line_across_both_columns_parts_them():
    across = "A caption that runs across both of the columns of the page, Kalbar, on Friday afternoon. (AP)"
    lower = ["Below it the left column goes on here.", "It has one more line than that."]
    other = ["And then the right one is read last.", "It ends the page and the article."]
    drawing = COLUMNS + pdf_line(50, 600, across, 12) + by_rows(lower, other, 580)
    assert " ".join(lines_of(drawing)) == " ".join([*PARAGRAPHS, across, *lower, *other])


def test_names_and_short_figures_beside_text_are_no_column():
    turns = [
        ("HASAN:", "Who is operating the account from there?"),
        ("ASIF:", "What is the truth, then?"),
    ] * 3
    drawing = b"".join(
        pdf_line(50, 700 - 12 * n, name) + pdf_line(150, 700 - 12 * n, text)
        for n, (name, text) in enumerate(turns)
    )
    assert lines_of(drawing) == [f"{name} {text}" for name, text in turns]


def spaced(left, y, words, gap=22):
    """Returns a line set to both edges with gaps so wide that each word stands alone."""
    places = [left]
    for word in words.split()[:-1]:
        places.append(places[-1] + 5 * len(word) + gap)
    return b"".join(pdf_line(at, y, word) for at, word in zip(places, words.split(), strict=True))


def test_columns_whose_words_are_spaced_wide():
    left = [
        "The dam above Kalbar",
        "was built in spring",
        "by men who came far",
        "and left again soon",
        "in the same week.",
    ]
    right = [
        "Nobody saw them go",
        "but one old farmer",
        "who had sat all day",
        "below the new wall",
        "and said nothing.",
    ]
    drawing = b"".join(
        (pdf_line if n in (1, 3) else spaced)(x, 700 - 12 * n, words)
        for x, lines in ((50, left), (310, right))
        for n, words in enumerate(lines)
    )
    assert " ".join(lines_of(drawing)) == " ".join([*left, *right])


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param(["It was a prom-", "ise of the firm."], ["It was a promise of the firm."], id="hyphen"),
        pytest.param(
            ["A well-known man, a well-", "known one."],
            ["A well-known man, a well-known one."],
            id="compound",
        ),
        pytest.param(["A 90-year-", "old pipe leaks."], ["A 90-year-old pipe leaks."], id="longer compound"),
        pytest.param(["The self-", "styled king."], ["The self-styled king."], id="prefix"),
        pytest.param(["The Franco-", "German pact."], ["The Franco-German pact."], id="capital"),
        pytest.param(["In 2024-", "25 it fell."], ["In 2024-25 it fell."], id="figures"),
        pytest.param(["It is – as he –", "said – so."], ["It is – as he – said – so."], id="dash"),
        pytest.param(
            ["He left.", "Nobody else in the whole of the valley had seen him go."],
            ["He left.", "Nobody else in the whole of the valley had seen him go."],
            id="a short line ends a paragraph",
        ),
        pytest.param(
            ["- One thing is the money for it.", "- Another thing is the law for it."],
            ["- One thing is the money for it.", "- Another thing is the law for it."],
            id="bullets",
        ),
        pytest.param(
            [
                "HASAN: Who is operating the account,",
                "if it is not he?",
                "ASIF: What is the truth, then, sir?",
            ],
            ["HASAN: Who is operating the account, if it is not he?", "ASIF: What is the truth, then, sir?"],
            id="turns",
        ),
    ],
)
def test_lines_become_paragraphs(lines, paragraphs):
    assert lines_of(pdf_lines(50, 700, lines)) == paragraphs


def test_space_between_lines_parts_paragraphs():
    first, second = ["One paragraph of the text has", "two lines of it here."], ["Another one of", "two."]
    drawing = pdf_lines(50, 700, first) + pdf_lines(50, 668, second)
    assert lines_of(drawing) == [" ".join(first), " ".join(second)]


def test_a_headline_on_two_centred_lines_is_one():
    drawing = pdf_line(60, 750, "Minister says the dam will be built by", 20)
    drawing += pdf_line(159.7, 727, "May after all", 20) + pdf_lines(50, 680, LEFT)
    article, _ = read(drawing)
    assert article.header.title == "Minister says the dam will be built by May after all"


def test_a_letter_several_lines_high_begins_the_first_line():
    drawing = pdf_line(50, 688, "T", 36) + pdf_lines(
        73, 700, ["he minister said that the dam above", "Kalbar was"]
    )
    drawing += pdf_lines(50, 676, ["safe."])
    assert lines_of(drawing) == ["The minister said that the dam above Kalbar was safe."]


def test_marks_of_footnotes_are_dropped_and_square_metres_kept():
    drawing = pdf_line(50, 700, "The dam was finished") + pdf_line(131, 704, "12", 6)
    drawing += pdf_line(140, 700, "on 40 km") + pdf_line(177, 704, "2", 6) + pdf_line(182, 700, "of land.")
    assert lines_of(drawing) == ["The dam was finished on 40 km2 of land."]


def test_text_turned_on_its_side_is_left_out():
    stamp = b"BT /F1 14 Tf 0 1 -1 0 30 300 Tm (arXiv:1234.5678v1 27 Sep 2025) Tj ET\n"
    assert lines_of(stamp + pdf_lines(50, 700, LEFT[:2])) == PARAGRAPHS[:1]


def test_a_page_set_on_its_side_is_read():
    turned = b"".join(
        b"BT /F1 10 Tf 0 1 -1 0 %d 50 Tm (%s) Tj ET\n" % (300 + 12 * n, text)
        for n, text in enumerate([b"The dam above Kalbar was fin-", b"ished in May."])
    )
    assert lines_of(turned, turn=90) == ["The dam above Kalbar was finished in May."]


# --- pages ----------------------------------------------------------------------------------------


def three_pages():
    body = [
        ["  Lena Orth said that the dam above the town of", "Kalbar was safe, and that the firm had prom-"],
        ["ised it. Nobody had asked, and everybody in the", "room knew that Orth had been there in May and"],
        ["that she had seen the wall. “It stands,” she said."],
    ]
    return [
        pdf_line(50, 800, "The Valley Post", 8)
        + pdf_line(500, 800, "27 September 2025", 8)
        + pdf_lines(50, 700, lines)
        + pdf_line(290, 30, f"Page {number} of 3", 8)
        for number, lines in enumerate(body, 1)
    ]


def test_what_comes_back_on_pages_is_dropped_and_a_paragraph_runs_on():
    article, _ = read(three_pages())
    assert article.text == (
        "Lena Orth said that the dam above the town of Kalbar was safe, and that the firm had promised it. "
        "Nobody had asked, and everybody in the room knew that Orth had been there in May and that she had "
        "seen the wall. “It stands,” she said."
    )
    assert [article.text[start : start + 8] for start in article.pages] == [
        "Lena Ort",
        "ised it.",
        "that she",
    ]


def test_the_date_in_the_head_of_the_pages_is_that_of_the_article():
    header = read(three_pages(), {"CreationDate": "D:20261122"})[0].header
    assert (header.published, header.published_basis) == ("2025-09-27", "running head")


def test_the_page_of_a_place_can_be_told_though_one_page_is_empty():
    pages = three_pages()
    article, remarks = read([pages[0], b"", *pages[1:]])
    assert remarks == []
    assert bisect_right(article.pages, article.text.index("Lena")) == 1
    assert bisect_right(article.pages, article.text.index("Nobody")) == 3
    assert bisect_right(article.pages, article.text.index("stands")) == 4


@pytest.mark.parametrize("number", ["- {} -", "{}", "Page {}", "{} / 4"])
def test_page_numbers_are_dropped(number):
    pages = [
        pdf_line(50, 700, text) + pdf_line(290, 30, number.format(n), 8)
        for n, text in enumerate(["One is here.", "Two is there.", "Three is gone.", "Four is all."], 1)
    ]
    assert lines_of(pages) == ["One is here.", "Two is there.", "Three is gone.", "Four is all."]


def test_a_headline_that_the_next_page_repeats_small_stays():
    pages = [
        pdf_line(60, 740, HEADLINE, 24) + pdf_lines(50, 700, LEFT),
        pdf_line(60, 800, HEADLINE, 8) + pdf_lines(50, 700, RIGHT),
        pdf_line(60, 800, HEADLINE, 8) + pdf_lines(50, 700, LEFT),
    ]
    assert lines_of(pages).count(HEADLINE) == 1


def test_a_line_said_twice_in_the_text_stays():
    said = "We will build the dam, the minister said on Friday."
    first = pdf_lines(50, 700, [said, "Nobody asked.", said])
    assert read([first, pdf_line(50, 600, "Other words.")])[0].text.count(said) == 2


def test_pages_that_are_all_alike_are_kept():
    assert lines_of([pdf_line(50, 700, "Nothing to declare.")] * 3) == ["Nothing to declare."] * 3


def test_numbers_beside_the_lines_of_a_transcript_are_dropped():
    said = ["Q. Did you see the wall of the dam?", "A. I saw it in May, and it stood there.", *LEFT[:2]] * 3
    drawing = b"".join(
        pdf_line(40, 700 - 24 * n, str(n + 1)) + pdf_line(90, 700 - 24 * n, line)
        for n, line in enumerate(said)
    )
    assert not any(character.isdigit() for character in read(drawing)[0].text)


def test_a_footnote_does_not_part_a_paragraph_that_runs_on():
    pages = three_pages()[:2]
    pages[0] += pdf_line(50, 80, "1. As the ministry wrote in a letter to the mayor.", 7)
    lines = lines_of(pages)
    assert lines[0] == "1. As the ministry wrote in a letter to the mayor."
    assert "the firm had promised it." in lines[1]


# --- what the file says of itself -----------------------------------------------------------------


def test_a_browsers_print_gives_the_address_and_no_date():
    drawing = pdf_line(50, 820, "11/22/26, 10:14 AM", 8) + pdf_lines(50, 700, LEFT)
    drawing += pdf_line(50, 20, "https://post.example/news/dam-row", 8) + pdf_line(540, 20, "1/1", 8)
    article, _ = read(drawing, {"Producer": "Skia/PDF m156", "CreationDate": "D:20261122101400"})
    assert article.header.url == "https://post.example/news/dam-row"
    assert article.header.published is None
    assert "10:14" not in article.text
    assert "https" not in article.text


@pytest.mark.parametrize(
    ("info", "field", "value"),
    [
        pytest.param({"Title": "The dam above Kalbar"}, "title", "The dam above Kalbar", id="title"),
        pytest.param({"Title": "Microsoft Word - dam.doc"}, "title", None, id="file name"),
        pytest.param({"Title": "Our bakery opens on Sundays"}, "title", None, id="another file's title"),
        pytest.param({"Author": "Jane Roe"}, "author", "Jane Roe", id="author"),
        pytest.param({"Author": "Windows User"}, "author", None, id="account"),
        pytest.param({"Author": "jroe"}, "author", None, id="one word"),
        pytest.param({"CreationDate": "D:20250927101500+05'00'"}, "published", "2025-09-27", id="date"),
        pytest.param({"CreationDate": "D:19700101000000Z"}, "published", None, id="clock never set"),
        pytest.param({"CreationDate": "D:20251399"}, "published", None, id="no day"),
        pytest.param(
            {"CreationDate": "D:20250927", "ModDate": "D:20251003"}, "modified", "2025-10-03", id="modified"
        ),
    ],
)
def test_properties_are_believed_where_they_can_be(info, field, value):
    article, _ = read(pdf_lines(50, 700, LEFT), info)
    assert getattr(article.header, field) == value


def test_a_date_in_the_text_goes_before_that_of_the_file():
    drawing = pdf_line(50, 740, "27 September 2025") + pdf_lines(50, 700, LEFT)
    article, _ = read(drawing, {"CreationDate": "D:20261122"})
    assert (article.header.published, article.header.published_basis) == ("2025-09-27", "date line")


# --- bad input ------------------------------------------------------------------------------------

PICTURE = b"0.5 g 100 100 300 300 re f\n"
GOOD = make_pdf([pdf_line(50, 700, "The dam was finished.")])
ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00><00>]"
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "broken", id="empty"),
        pytest.param(b"<html><body>Log in</body></html>", "broken", id="a page"),
        pytest.param(GOOD[:9], "broken", id="only a signature"),
        pytest.param(GOOD[: len(GOOD) // 2], "broken", id="cut off"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 50, "broken", id="noise"),
        pytest.param(make_pdf([b""], trailer=ENCRYPTED), "password", id="password"),
        pytest.param(make_pdf([b""]), "empty", id="no words"),
        pytest.param(make_pdf([PICTURE, PICTURE]), "scan", id="scan"),
        pytest.param(make_pdf([b""] * 1_001), "more pages", id="too many pages"),
    ],
)
def test_what_cannot_be_read_is_said(raw, words):
    assert words in refused(raw)


def test_pages_of_pictures_between_others_are_named():
    _, remarks = read([pdf_line(50, 700, "The dam was finished."), PICTURE, PICTURE])
    assert remarks == ["pages that hold only pictures: 2, 3; their text is missing"]


def unpacking_to(drawing: bytes, times: int) -> bytes:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(drawing) for _ in range(times)) + packer.flush()
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed)
    return make_pdf([b"x"]).replace(b"<< /Length 1 >>\nstream\nx\n", stream)


def test_a_file_that_unpacks_to_endless_work_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_READING", 0.2)  # a quick machine may be done within a second
    raw = unpacking_to(b"q Q\n" * 250_000, 150)
    told: list[str] = []
    assert spends_less(20, lambda: told.append(refused(raw)))
    assert "more than 0.2 seconds" in told[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process's memory cannot be limited")
def test_a_file_that_unpacks_to_more_than_memory_is_refused(monkeypatch, tmp_path):
    program = tmp_path / "less_memory.py"
    program.write_text(
        f"import sys\nsys.path.insert(0, {str(pdf._PROGRAM.parent)!r})\n"
        "import pieces\npieces.MOST_MEMORY = 300_000_000\npieces.main()\n"
    )
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    assert (
        refused(unpacking_to(b" " * 1_000_000, 200))
        == "this PDF is broken, or asks for too much memory or time"
    )
    assert "The dam was finished." in next(pdf.read(io.BytesIO(GOOD), Settings())).text


def test_without_the_library_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(InputError) as error:
        list(pdf.read(io.BytesIO(GOOD), Settings()))
    assert error.value.hint == 'pip install "claimtrack[pdf]"'


def test_letters_of_no_size_cost_no_time():
    raw = make_pdf([b"BT /F1 0 Tf 9 9 Td (" + b"ha " * 50_000 + b") Tj ET\n"])
    assert "no text" in refused(raw)
    assert spends_less(20, lambda: refused(raw))


def test_a_larger_file_than_allowed_is_not_opened():
    with pytest.raises(InputError, match="larger than"):
        list(pdf.read(io.BytesIO(GOOD), Settings(largest_file=100)))
