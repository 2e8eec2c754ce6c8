import io

import pytest

from claimtrack.documents.header import Article
from claimtrack.documents.mail.reader import read
from claimtrack.documents.outcome import Remark
from claimtrack.errors import InputError
from claimtrack.settings import Settings

HEAD = "From: Jane Roe <jane@desk.example>\nSubject: A dam\nDate: Mon, 22 Sep 2025 16:02:10 +0500\n"
ANSWER = HEAD.replace("A dam", "Re: A dam")
FORWARD = HEAD.replace("A dam", "Fwd: A dam")
HTML = "Content-Type: text/html; charset=utf-8\n\n"


def items(raw, **settings):
    return list(read(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), Settings(**settings)))


def read_one(raw):
    (article,) = [item for item in items(raw) if isinstance(item, Article)]
    return article


def own(article):
    """The lines of an article that are not set apart, without its headline."""
    text = article.text
    for junk in article.header.junk:
        text = text[: junk.start] + " " * (junk.end - junk.start) + text[junk.end :]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines[1:] if lines[:1] == [article.header.title] else lines


def parts(*bodies, kind="mixed", boundary="b"):
    inner = "".join(f"--{boundary}\n{body}\n" for body in bodies)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inner}--{boundary}--\n'


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(HEAD, ("A dam", "Jane Roe", "2025-09-22"), id="plain"),
        pytest.param(
            "From: =?iso-8859-1?q?J=F6rg?= <j@x.example>\nSubject: =?utf-8?b?RMOkbQ==?=\n",
            ("Däm", "Jörg", None),
            id="encoded words",
        ),
        pytest.param(
            "From: j@x.example\nSubject: a\n b\n", ("a b", "j@x.example", None), id="an address, folded"
        ),
        pytest.param('From: "Roe, Jane" <j@x.example>\n', (None, "Roe, Jane", None), id="quoted name"),
        pytest.param("From: Jörg <j@x.example>\nSubject: Däm\n", ("Däm", "Jörg", None), id="raw UTF-8"),
        pytest.param("Subject: Fwd: RE: [2] x\n", ("[2] x", None, None), id="prefixes"),
        pytest.param("Subject: Refugees: x\n", ("Refugees: x", None, None), id="no prefix"),
        pytest.param("Date: 31 Dec 2024 23:59:59 -0800\n", (None, None, "2024-12-31"), id="the sender's day"),
        pytest.param("Date: yesterday\nFrom: <>\nSubject:\n", (None, None, None), id="nonsense"),
        pytest.param("Subject: =?punycode?q?x?= =?no?b?!!?=\nFrom: @,;:<\n", None, id="broken words"),
        pytest.param("Date: Mon, 1 Jan 0001 00:00:00 +9999\nSubject: x\n", None, id="broken date"),
    ],
)
def test_the_header(fields, expected):
    header = read_one(fields + "\nThe minister said it rained.\n").header
    if expected:
        assert (header.title, header.author, header.published) == expected
    assert header.published_basis == ("mail header" if header.published else None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            HEAD + "\nThe minister said on Monday that the dam will be built at\nlast in May.\n\nYes.\n",
            ["The minister said on Monday that the dam will be built at last in May.", "Yes."],
            id="broken lines are joined",
        ),
        pytest.param(
            HEAD + "\nThe minister said on Monday that the dam will be built.\nReed denied that.\n",
            ["The minister said on Monday that the dam will be built.", "Reed denied that."],
            id="whole lines are not",
        ),
        pytest.param(
            HEAD
            + "\nThe minister said on Monday that the dam in the valley will be\n- built at last, and\n- open"
            "ed in May by somebody who is still to be\nnamed.\n",
            [
                "The minister said on Monday that the dam in the valley will be",
                "- built at last, and",
                "- opened in May by somebody who is still to be named.",
            ],
            id="list items",
        ),
        pytest.param(
            HEAD + "Content-Type: text/plain; format=flowed\n\nThe dam \nwill be \nbuilt.\n Yes.\n",
            ["The dam will be built.", "Yes."],
            id="flowed",
        ),
        pytest.param(HEAD + "\n>From here on it rained.\n", ["From here on it rained."], id="mailbox mark"),
        pytest.param(
            HEAD + "\n> “No toll,” he said.\n\nYes.\n", ["“No toll,” he said.", "Yes."], id="pull quotation"
        ),
        pytest.param(HEAD + "\nYes.\n\n-- \nJane\nThe Desk\n", ["Yes."], id="signature"),
        pytest.param(
            HEAD + "\nYes.\n\n--\n" + "It rained.\n\n" * 20,
            ["Yes."] + ["--"] + ["It rained."] * 20,
            id="a dash",
        ),
        pytest.param(HEAD + "\nYes.\n\nSent from my iPad\n", ["Yes."], id="telephone"),
        pytest.param(
            HEAD + "\nView this email in your browser\n\nYes.\n\nUnsubscribe here\n", ["Yes."], id="list"
        ),
        pytest.param(
            ANSWER
            + "\nYes.\n\nOn Mon, Sep 22, 2025 at 9:14 AM Bob <b@x.example>\nwrote:\n> No.\n\nPerhaps.\n",
            ["Yes.", "Perhaps."],
            id="quoted",
        ),
        pytest.param(
            ANSWER + "\nYes.\n\nAm 22.09.2025 um 09:14 schrieb Bob:\n\nNo.\n",
            ["Yes."],
            id="quoted without marks",
        ),
        pytest.param(
            HEAD + "\nOn Monday at the dam, the minister wrote:\n\nNo.\n",
            ["On Monday at the dam, the minister wrote:", "No."],
            id="an article's own words",
        ),
        pytest.param(
            ANSWER + "\nYes.\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\nSubject: A dam\n\nNo.\n",
            ["Yes."],
            id="original message",
        ),
        pytest.param(
            ANSWER + "\nYes.\n\nFrom: Bob\nSent: Monday\nTo: Jane\nSubject: A dam\n\nNo.\n",
            ["Yes."],
            id="fields alone",
        ),
        pytest.param(ANSWER + "\n> Yes.\n>> No.\n", ["Yes."], id="nothing but a quotation"),
        pytest.param(
            FORWARD + "\nFYI\n\n----- Original Message -----\nFrom: Bob\nDate: Monday\nSubject: x\n\nNo.\n",
            ["FYI", "No."],
            id="passed on",
        ),
        pytest.param(
            FORWARD + "\n---------- Forwarded message ---------\nFrom: Bob\nSubject: Re: x\n\nYes.\n> No.\n",
            ["Yes."],
            id="an answer passed on",
        ),
        pytest.param(
            FORWARD
            + "\nBegin forwarded message:\n\n> From: Bob\n> Subject: x\n>\n> Yes.\n> > Pulled.\n\nAnd no.\n",
            ["Yes.", "Pulled.", "And no."],
            id="passed on with marks",
        ),
        pytest.param(HEAD + HTML + "<p>Yes.</p><p>No.</p>", ["Yes.", "No."], id="HTML"),
        pytest.param(
            HEAD + HTML + "<table><tr><td><p>Yes.</p><p>No.</p></td></tr></table>",
            ["Yes.", "No."],
            id="layout",
        ),
        pytest.param(
            HEAD
            + HTML
            + "<p style='DISPLAY: none'>Hidden.</p><p>Yes.</p><div class=gmail_signature>Jane</div>",
            ["Yes."],
            id="hidden",
        ),
        pytest.param(
            ANSWER
            + HTML
            + "<p>Yes.</p><div class=gmail_quote>On 3 May, Bob wrote:<p>No.</p></div><p>Why?</p>",
            ["Yes.", "Why?"],
            id="quoted in HTML",
        ),
        pytest.param(
            FORWARD
            + HTML
            + "<p>FYI</p><blockquote type=cite><p>Begin forwarded message:</p><p>Yes.</p></blockquote>",
            ["FYI", "Begin forwarded message:", "Yes."],
            id="passed on in HTML",
        ),
        pytest.param(
            HEAD + parts("\nYes, he said so.", HTML + "<p>Yes, he said so.</p>", kind="alternative"),
            ["Yes, he said so."],
            id="alternatives",
        ),
        pytest.param(
            HEAD + parts("\nRead the HTML.", HTML + "<p>The minister said it.</p>" * 9, kind="alternative"),
            ["The minister said it."] * 9,
            id="a stub",
        ),
        pytest.param(HEAD + parts("\nYes.", HTML + "<p>No.</p>"), ["Yes.", "No."], id="texts in a row"),
    ],
)
def test_the_text(raw, expected):
    assert own(read_one(raw)) == expected


def test_the_subject_is_the_headline_where_it_is_not_written_below():
    assert read_one(HEAD + "\nYes.\n").text.startswith("A dam\n\nYes.")
    assert read_one(HEAD + "\nA DAM\n\nYes.\n").text == "A DAM\n\nYes."
    assert read_one(ANSWER + "\nYes.\n").text == "Yes."


@pytest.mark.parametrize(
    ("sent", "published"),
    [
        ("Mon, Sep 15, 2025 at 4:02 PM", "2025-09-15"),
        ("Monday, September 15, 2025 4:02 PM", "2025-09-15"),
        ("15 September 2025 at 16:02:11 GMT+5", "2025-09-15"),
        ("15/09/2025 16:02", "2025-09-15"),
        ("soon", "2025-09-22"),
    ],
)
def test_what_is_passed_on_has_its_own_date(sent, published):
    marker = "---------- Forwarded message ---------"
    body = f"{marker}\nFrom: Bob Day <mailto:bob@x.example>\nDate: {sent}\nSubject: Fw: Flood\n\nYes.\n"
    header = read_one(f"{FORWARD}\nFYI\n\n{body}").header
    assert (header.title, header.author, header.published) == ("Flood", "Bob Day", published)


def test_the_first_sender_counts_where_others_only_pass_on():
    head = "---------- Forwarded message ---------\nFrom: {}\nDate: 1{} May 2025\nSubject: x\n\n"
    chain = FORWARD + "\n" + head.format("Bob", 2) + "FYI\n\n" + head.format("Ann", 1) + "Yes.\n"
    assert read_one(chain).header.author == "Ann"
    two = (
        FORWARD
        + "\n"
        + head.format("Bob", 2)
        + "It rained in May. " * 20
        + "\n\n"
        + head.format("Ann", 1)
        + "Yes."
    )
    assert read_one(two).header.author == "Bob"


def test_attached_mails_are_articles_of_their_own():
    fields = "From: {0}\nSubject: {0}\nDate: 1 May 2025 10:00 +0000\n"
    inner = f"Content-Type: message/rfc822\n\n{fields}\nYes, said {{0}}.\n"
    raw = HEAD + parts("\nSee these.", inner.format("Ann"), inner.format("Bob"))
    found = [(item.part, item.header.author, item.text) for item in items(raw)]
    assert found == [
        ("", "Jane Roe", "A dam\n\nSee these."),
        ("#1", "Ann", "Ann\n\nYes, said Ann."),
        ("#2", "Bob", "Bob\n\nYes, said Bob."),
    ]
    (only,) = items(HEAD + parts(inner.format("Ann")))
    assert only.part == "#1"
    assert only.raw == (HEAD + parts(inner.format("Ann"))).encode()


def test_attachments_are_named_not_read():
    name = "filename*=utf-8''a%20%C3%A4%1B[31m.pdf"
    file = f"Content-Type: {{}}\nContent-Disposition: attachment; {name}\n\nUnread.\n"
    signature = "Content-Type: application/pgp-signature; name=signature.asc\n\nx\n"
    article, remark = items(HEAD + parts("\nYes.", file.format("text/plain"), signature))
    assert "Unread" not in article.text
    assert remark == Remark(place="", message="1 attachment is not read: a ä[31m.pdf")
    picture = "Content-Type: image/png\nContent-ID: <x>\n\nx\n"
    related = HEAD + parts(HTML + "<p>Yes.</p>", picture, kind="related")
    assert len(items(related)) == 1
    many = items(HEAD + parts("\nYes.", *[file.format("text/csv")] * 30))[1].message
    assert many.startswith("30 attachments are not read: ")
    assert many.endswith(" and 20 more")


@pytest.mark.parametrize(
    ("charset", "body", "expected"),
    [
        ("utf-8", "“Yes”".encode(), "“Yes”"),
        ("iso-8859-1", "“Yes”".encode("cp1252"), "“Yes”"),
        ("us-ascii", "“Yes”".encode(), "“Yes”"),
        ("utf-8", "“Yes”".encode("cp1252"), "“Yes”"),
        ("unknown-8bit", "“Yes”".encode(), "“Yes”"),
        ("zlib", b"Yes", "Yes"),
        ("undefined", b"Yes", "Yes"),
        ("gb18030", "“Yes”".encode("gb18030"), "“Yes”"),
        ("punycode", b"Yes-no", "Yes-no"),
    ],
)
def test_character_sets(charset, body, expected):
    raw = f"{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    assert read_one(raw + body).text == f"A dam\n\n{expected}"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "no mail", id="empty"),
        pytest.param(b"just words\n\nand more", "no mail", id="a text"),
        pytest.param(HEAD + "\n", "no text", id="no text"),
        pytest.param(HEAD + "Content-Type: image/png\n\nx", "no text", id="a picture"),
        pytest.param(HEAD + "Content-Type: application/pkcs7-mime\n\nx", "encrypted", id="encrypted"),
        pytest.param(HEAD + "\n" + "x\n" * 600_001, "lines", id="lines"),
        pytest.param(HEAD + parts(*["\n"] * 5_000), "parts", id="parts"),
        pytest.param(HEAD + "Content-Type: message/rfc822\n\n" * 3_000 + "x", "nested", id="attached mails"),
        pytest.param(
            HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3_000)),
            "nested",
            id="parts in parts",
        ),
        pytest.param(HEAD + "\n\0\0\0\0", "binary", id="binary"),
    ],
)
def test_what_cannot_be_read(raw, words):
    with pytest.raises(InputError, match=words) as caught:
        items(raw)
    assert caught.value.hint


@pytest.mark.parametrize(
    "filling",
    [
        "From: a\nTo: b\n",
        "On 3 May 2025 at 10:10 x wrote:\n",
        "wrote wrote wrote\n",
        "--\n",
        "-" * 9 + " ",
        "> > > \n",
        "forwarded message\n",
        "x\n\n",
        "From:",
    ],
)
def test_hostile_bodies_take_linear_time(filling):
    assert "The end" in read_one(ANSWER + "\n" + filling * 20_000 + "\n\nThe end\n").text


def test_hostile_headers_take_linear_time():
    names = f"From: {'a, ' * 50_000}\nSubject: {'=?utf-8?q?a?= ' * 50_000}\n"
    assert read_one(f"{names}Content-Type: text/plain;{'a=b;' * 50_000}\n\nYes.\n").text.endswith("Yes.")
