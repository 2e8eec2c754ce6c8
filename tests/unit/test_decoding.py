import pytest

from claimtrack.documents.decoding import decode
from claimtrack.errors import InputError

QUOTED = "“We won’t go,” she said."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(QUOTED.encode(), QUOTED, id="utf-8"),
        pytest.param(QUOTED.encode("utf-8-sig"), QUOTED, id="utf-8 with a mark"),
        pytest.param(b"\xff\xfe" + QUOTED.encode("utf-16-le"), QUOTED, id="utf-16 little-endian"),
        pytest.param(b"\xfe\xff" + QUOTED.encode("utf-16-be"), QUOTED, id="utf-16 big-endian"),
        pytest.param(b"\xff\xfe\0\0" + QUOTED.encode("utf-32-le"), QUOTED, id="utf-32"),
        pytest.param(b"a\r\nb\rc\x0cd\te\n", "a\r\nb\rc\x0cd\te\n", id="line ends stay"),
        pytest.param(b"red \x1b[31mtext\x1b[0m", "red \x1b[31mtext\x1b[0m", id="terminal escapes stay"),
        pytest.param("a\ufeffb".encode(), "a\ufeffb", id="a mark inside the text stays"),
        pytest.param(b"", "", id="nothing"),
    ],
)
def test_text_comes_back_character_for_character(raw, text):
    assert decode(raw) == (text, None)


def test_windows_text_is_read_with_a_remark():
    decoded = decode(QUOTED.encode("cp1252"))
    assert decoded.text == QUOTED
    assert decoded.remark == "not UTF-8 (byte 0): read as Windows-1252"


def test_damaged_utf8_keeps_its_good_characters():
    raw = QUOTED.encode() + b" \xe2\x80 and \xc3\xa9"
    decoded = decode(raw)
    assert decoded.text == QUOTED + " \ufffd and é"
    assert decoded.remark is not None
    assert "1 places replaced" in decoded.remark


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", id="picture"),
        pytest.param(b"one \0 two", "binary", id="a single NUL"),
        pytest.param(bytes(range(1, 32)) * 20, "binary", id="control characters"),
        pytest.param("plain".encode("utf-16-le"), "binary", id="utf-16 without a mark"),
        pytest.param(b"%PDF-1.7\n%abc", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04...", "zip", id="word"),
        pytest.param(b"\xff\xfea\0b", "UTF-16-LE", id="half a utf-16 character"),
    ],
)
def test_what_is_no_text_is_refused(raw, words):
    with pytest.raises(InputError, match=words) as caught:
        decode(raw)
    assert caught.value.hint


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="windows-1251">',
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        b'<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_a_page_may_declare_its_encoding(head):
    raw = head + "Привет".encode("cp1251")
    assert decode(raw, page=True).text.endswith("Привет")
    assert not decode(raw).text.endswith("Привет")


def test_valid_utf8_wins_over_a_wrong_declaration():
    assert decode(b'<meta charset="iso-8859-1">' + "ہے".encode(), page=True).text.endswith("ہے")


def test_a_page_with_an_unknown_declaration_is_read_all_the_same():
    assert decode(b'<meta charset="klingon">' + b"caf\xe9", page=True).text.endswith("café")
