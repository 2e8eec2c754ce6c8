"""Mailbox (.mbox), as Thunderbird and Google Takeout export it -> one article a mail, in order."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from claimtrack.documents.forms import too_large
from claimtrack.documents.header import Article
from claimtrack.documents.mail.reader import read as read_mail
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.records.parts import Failures, Parts
from claimtrack.errors import InputError
from claimtrack.settings import Settings

LONGEST_LINE = 1_000_000
"""Bytes of a line that are held at once; mail has at most 998, some programs write a picture into one."""

_BETWEEN = re.compile(rb"From \S.{0,200}\d\d:\d\d")
"""Begins the line between two mails; one in a mail's text has ``>`` before it."""

_ID = re.compile(rb"^message-id:\s*<?([^<>\s]{1,400})", re.IGNORECASE | re.MULTILINE)


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the mails in a mailbox; see ``forms``. A part is a mail's own id, else its number.

    Raises:
        InputError: The file is no mailbox.
    """
    parts, failures = Parts(), Failures()
    number = 0
    for number, raw in enumerate(_mails(stream, settings.largest_file), 1):
        part = parts.name(_own_id(raw or b""), number=number)
        if raw is None:
            error = too_large(settings.largest_file)
            yield from failures.tell(part, error.message, error.hint)
            continue
        try:
            for item in read_mail(io.BytesIO(raw), settings):
                if isinstance(item, Article):
                    yield item.model_copy(update={"part": part + item.part})
                else:
                    yield item.model_copy(update={"place": part + item.place})
        except InputError as error:
            yield from failures.tell(part, error.message, error.hint)
    if not number:
        raise InputError(
            "this is no mailbox, or an empty one", "Export the mails again, or save each as .eml."
        )
    yield from failures.rest()


def _mails(stream: BinaryIO, largest: int) -> Iterator[bytes | None]:
    """Yields the bytes of each mail; ``None`` for one of more than ``largest``, which is passed over."""
    lines: list[bytes] = []
    size, begun, after_empty = 0, False, True
    while line := stream.readline(LONGEST_LINE):
        if after_empty and _BETWEEN.match(line):
            if begun:
                yield b"".join(lines) if size <= largest else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= largest:
                lines.append(line)
            else:
                lines.clear()
        elif line.strip():
            return
        after_empty = not line.strip()
    if begun:
        yield b"".join(lines) if size <= largest else None


def _own_id(raw: bytes) -> str | None:
    """Returns what stands in ``Message-ID`` in the head of a mail, if that is plain text."""
    head = raw[: (raw.find(b"\n\n") + 1 or raw.find(b"\r\n\r\n") + 1) or 20_000]
    found = _ID.search(head)
    name = found[1].decode("utf-8", "replace") if found else ""
    return name if name.isascii() and name.isprintable() and name else None
