"""Mail (.eml) -> articles: what was sent or passed on, with sender, subject and date.

A mail attached to another one is an article of its own; other attachments are named, not read.
"""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import BinaryIO

from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.mail.heads import Subject
from claimtrack.documents.mail.html import read_mail_page
from claimtrack.documents.mail.lines import Line, lines_of, shown_lines
from claimtrack.documents.mail.mime import Part, field, parse_message, sent_at, text_of
from claimtrack.documents.mail.parts import Text, contents_of, is_encrypted
from claimtrack.documents.mail.text import MailText, read_mail_text
from claimtrack.documents.outcome import Remark
from claimtrack.documents.plain import read_plain
from claimtrack.errors import InputError
from claimtrack.models import Junk
from claimtrack.settings import Settings
from claimtrack.text import fold, paragraph_spans

STUB = 0.5
"""Share of the words of a mail's HTML that its plain text must have; less only says to read the HTML."""

MOST_NAMED = 10
"""Attachments named in a remark; the others are counted."""

LONGEST_NAME = 100
"""Characters shown of an attachment's name."""

TITLE_LINES = 3
"""Lines at the top of a mail among which its subject may stand once more."""

_FIELDS = ("from", "date", "subject", "content-type", "received")
"""Fields of which a mail has at least one; a text without any is none."""


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark]:
    """Yields the mail, then the mails attached to it, whose parts are ``#1``, ``#2`` ...

    Raises:
        InputError: The file is no mail, or there is no text in it.
    """
    raw = read_whole(stream, settings)
    message = parse_message(raw)
    if not any(message.get(name) for name in _FIELDS):
        raise InputError(
            "this is no mail: it has none of a mail's header fields",
            "Save the mail from the mail program as .eml, or its text as .txt.",
        )
    waiting, number, is_empty = [message], 0, True
    while waiting:
        mail = waiting.pop()
        part = f"#{number}" if number else ""
        contents = contents_of(mail)
        article = _article(mail, contents.texts)
        if article is not None:
            yield article.model_copy(update={"part": part, "raw": raw})
            is_empty = False
        if contents.files:
            yield Remark(place=part, message=_not_read(contents.files))
        waiting.extend(reversed(contents.mails))
        number += 1
    if is_empty:
        raise _no_text(message)


def _no_text(message: Part) -> InputError:
    if is_encrypted(message):
        return InputError("this mail is encrypted", "Open it in the mail program and save its text.")
    return InputError("there is no text in this mail", "Save what is attached to it and ingest that.")


def _not_read(names: Sequence[str]) -> str:
    """Returns a line that names what is attached; characters that steer a terminal are left out."""
    shown = ["".join(c for c in name if c.isprintable())[:LONGEST_NAME] for name in names[:MOST_NAMED]]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    count = "1 attachment is" if len(names) == 1 else f"{len(names)} attachments are"
    return f"{count} not read: {', '.join(shown)}{more}"


def _article(mail: Part, texts: Sequence[Text]) -> Article | None:
    """Returns one mail's text with its header; ``None`` where it has no words."""
    subject = Subject.of(field(mail, "subject"))
    is_answer = subject.is_answer or (mail.get("in-reply-to") is not None and not subject.is_forward)
    found = [read_mail_text(lines, is_answer) for text in texts if (lines := _lines(text, is_answer))]
    whole = _joined([mail_text for mail_text in found if mail_text.text.strip()])
    if whole is None:
        return None
    header = _header(mail, subject)
    if whole.passed_on:
        header = whole.passed_on.or_else(header)
    if not is_answer:
        whole = _with_headline(whole, header.title)
    printed = read_plain(whole.text).header
    junk = (*whole.junk, *printed.junk)
    return Article(text=whole.text, header=header.or_else(printed).model_copy(update={"junk": junk}))


def _lines(text: Text, is_answer: bool) -> list[Line]:
    """Returns the lines of the better of a text's forms: the plain one, where it is not only a stub."""
    pages = [read_mail_page(text_of(page), is_answer) for page in text.pages]
    shown = shown_lines("\n".join(pages))
    if text.plain is None:
        return shown
    flowed = str(text.plain.get_param("format") or "").lower() == "flowed"
    lines = lines_of(text_of(text.plain), flowed)
    return lines if _word_count(lines) >= STUB * _word_count(shown) else shown


def _word_count(lines: Sequence[Line]) -> int:
    return sum(len(line.words.split()) for line in lines)


def _joined(texts: Sequence[MailText]) -> MailText | None:
    """Returns the texts of a mail as one."""
    if not texts:
        return None
    pieces: list[str] = []
    junk: list[Junk] = []
    at = 0
    for text in texts:
        junk.extend(_moved(text.junk, at))
        pieces.append(text.text)
        at += len(text.text) + 2
    passed_on = next((text.passed_on for text in texts if text.passed_on), None)
    return MailText("\n\n".join(pieces), tuple(junk), passed_on)


def _moved(junk: Sequence[Junk], by: int) -> Iterator[Junk]:
    return (Junk(start=place.start + by, end=place.end + by, reason=place.reason) for place in junk)


def _header(mail: Part, subject: Subject) -> Header:
    name, address = parseaddr(str(mail.get("from") or ""))
    sent = sent_at(mail)
    return Header(
        title=subject.words,
        author=" ".join((name or address).split()) or None,
        published=sent.date().isoformat() if sent else None,
        published_basis="mail header" if sent else None,
    )


def _with_headline(mail: MailText, title: str | None) -> MailText:
    """Returns the mail with its subject as first line, where it is not written there: readers see both."""
    opening = [fold(mail.text[start:end]) for start, end in paragraph_spans(mail.text[:5000])[:TITLE_LINES]]
    if title is None or fold(title) in opening:
        return mail
    return MailText(f"{title}\n\n{mail.text}", tuple(_moved(mail.junk, len(title) + 2)), mail.passed_on)
