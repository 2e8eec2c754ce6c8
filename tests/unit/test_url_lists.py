import io

import pytest

from claimtrack.documents.outcome import Unread
from claimtrack.documents.web.url_lists import MOST_ADDRESSES, open_list, read_urls
from claimtrack.errors import InputError
from claimtrack.settings import Settings


def read(raw):
    return list(
        read_urls(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), "list.txt", Settings())
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://a.example/1\nhttps://a.example/2\n", ["https://a.example/1", "https://a.example/2"]),
        ("\ufeffhttps://a.example/1\r\n\r\n", ["https://a.example/1"]),
        ("# comment\n\n  https://a.example/1 # why\n", ["https://a.example/1"]),
        ("<https://a.example/1>", ["https://a.example/1"]),
        ("HTTPS://A.example/1#top\nhttps://a.example/1\n", ["https://a.example/1"]),
        ("https://a.example/2\nhttps://a.example/1", ["https://a.example/2", "https://a.example/1"]),
        ("https://a.example/1\n".encode("utf-16"), ["https://a.example/1"]),
        (
            b'<rss version="2.0"><channel><item><link>https://a.example/1</link></item></channel></rss>',
            ["https://a.example/1"],
        ),
    ],
)
def test_the_addresses_in_a_list(raw, expected):
    assert read(raw) == expected


@pytest.mark.parametrize(
    "line",
    ["a.example/1", "file:///etc/passwd", "https://", "ftp://a.example/", "https://u:p@a.example/", "-"],
)
def test_a_line_that_is_no_address_is_said_and_the_others_are_read(line):
    unread, address = read(f"# links\n{line}\nhttps://a.example/1\n")
    assert address == "https://a.example/1"
    assert isinstance(unread, Unread)
    assert unread.place == "list.txt:2"
    assert unread.hint


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "no web address", id="empty"),
        pytest.param(b"# only\n", "no web address", id="comments"),
        pytest.param(b"\x7fELF\0\0", "binary", id="binary"),
        pytest.param(
            b"".join(b"https://a.example/%d\n" % n for n in range(MOST_ADDRESSES + 1)),
            "10,000",
            id="too many",
        ),
    ],
)
def test_what_is_no_list(raw, words):
    with pytest.raises(InputError, match=words):
        read(raw)


def test_a_list_out_of_a_file_or_standard_input(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("https://a.example/1")
    assert list(open_list(str(path), io.BytesIO(), Settings())) == ["https://a.example/1"]
    assert list(open_list("-", io.BytesIO(b"https://a.example/2"), Settings())) == ["https://a.example/2"]
    with pytest.raises(InputError, match="cannot be read") as caught:
        list(open_list(str(tmp_path / "none"), io.BytesIO(), Settings()))
    assert caught.value.hint
