import io

import pytest

from claimtrack.documents.header import Article
from claimtrack.documents.mail import mbox
from claimtrack.documents.outcome import Unread
from claimtrack.errors import InputError
from claimtrack.settings import Settings

BETWEEN = "From orth@kalbar.example Fri Mar  1 09:00:00 2024\n"
SAID = "“The money is there,” Farm Minister Lena Orth said in Kalbar on Friday.\n"


def mail(subject, text=SAID, key=None):
    own = f"Message-ID: <{key}>\n" if key else ""
    head = f"From: Lena Orth <orth@kalbar.example>\nSubject: {subject}\n{own}"
    return f"{head}Date: Fri, 1 Mar 2024 09:00:00 +0000\n\n{text}"


def read(text, **settings):
    return list(mbox.read(io.BytesIO(text.encode("utf-8")), Settings(**settings)))


def test_each_mail_is_an_article_named_by_its_own_id():
    text = f"{BETWEEN}{mail('Dam', key='dam.1@kalbar.example')}\n{BETWEEN}{mail('Toll')}\n"
    found = read(text)
    assert [item.part for item in found] == ["#dam.1@kalbar.example", "#2"]
    assert [item.header.title for item in found] == ["Dam", "Toll"]
    assert [item.header.published for item in found] == ["2024-03-01"] * 2
    assert all(SAID.strip() in item.text for item in found)
    assert found[1].raw == mail("Toll").encode() + b"\n"


def test_the_same_id_twice_gives_two_parts():
    one = f"{BETWEEN}{mail('Dam', key='x@y')}\n"
    assert [item.part for item in read(one + one)] == ["#x@y", "#x@y (2)"]


@pytest.mark.parametrize(
    "line",
    [">From here on it was quiet at 10:30.", "From the newsroom, with regards.", "Word: From a 10:30"],
)
def test_a_line_of_the_text_ends_no_mail(line):
    (found,) = read(f"{BETWEEN}{mail('Dam', f'{SAID}{line}')}\n")
    assert isinstance(found, Article)
    assert line.removeprefix(">") in found.text


def test_what_is_wrong_with_one_mail_is_said_and_the_others_are_read():
    text = f"{BETWEEN}Subject: x\n\n\n{BETWEEN}{mail('Toll', SAID * 50)}\n{BETWEEN}{mail('Dam')}\n"
    empty, large, good = read(text, largest_file=1_000)
    assert isinstance(empty, Unread)
    assert empty.place == "#1"
    assert "no text" in empty.message
    assert isinstance(large, Unread)
    assert (large.place, "larger than" in large.message) == ("#2", True)
    assert isinstance(good, Article)
    assert good.part == "#3"


@pytest.mark.parametrize("text", ["", "\n\n", mail("Dam"), "no mail at all\n"])
def test_what_is_no_mailbox_is_said(text):
    with pytest.raises(InputError, match="no mailbox"):
        read(text)


def test_an_id_that_is_no_plain_text_is_not_used():
    (found,) = read(f"{BETWEEN}{mail('Dam', key='é')}\n")
    assert found.part == "#1"
