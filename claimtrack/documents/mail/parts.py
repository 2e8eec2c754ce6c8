"""What a mail is made of: its texts, the mails attached to it, other files."""

from collections.abc import Iterator
from typing import NamedTuple

from claimtrack.documents.mail.mime import Part, all_parts, file_name, parts_of

ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
"""Types of a mail's contents where only its receiver can read them."""


class Text(NamedTuple):
    """One text of a mail, as plain text, as HTML, or as both; HTML may be in several pieces."""

    plain: Part | None
    pages: tuple[Part, ...]


class Contents(NamedTuple):
    """All that one mail holds, each in its order; ``files`` are names."""

    texts: tuple[Text, ...]
    mails: tuple[Part, ...]
    files: tuple[str, ...]


def contents_of(mail: Part) -> Contents:
    """Returns what a mail holds; pictures that belong to its HTML and signatures of keys are left out."""
    pieces = list(_pieces(mail))
    return Contents(
        tuple(piece for piece in pieces if isinstance(piece, Text)),
        tuple(piece for piece in pieces if isinstance(piece, Part)),
        tuple(piece for piece in pieces if isinstance(piece, str)),
    )


def is_encrypted(mail: Part) -> bool:
    """Is there a part that only the receiver can read?"""
    return any(part.get_content_type() in ENCRYPTED for part in all_parts(mail))


def _pieces(mail: Part) -> Iterator[Text | Part | str]:
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            yield from parts_of(part)[:1]
        elif kind == "multipart/alternative":
            yield from _alternatives(part)
        elif kind == "multipart/related":
            waiting.extend(parts_of(part)[:1])
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(parts_of(part)))
        elif part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            if not kind.endswith("-signature"):
                yield file_name(part)
        else:
            yield Text(None, (part,)) if kind == "text/html" else Text(part, ())


def _alternatives(part: Part) -> Iterator[Text | str]:
    """Yields the text that a part gives in several forms, and the files attached to one of them."""
    leaves = [leaf for leaf in all_parts(part) if not leaf.is_multipart()]
    attached = [leaf for leaf in leaves if leaf.get_content_disposition() == "attachment"]
    forms = [leaf for leaf in leaves if leaf not in attached]
    plain = next((leaf for leaf in forms if leaf.get_content_type() == "text/plain"), None)
    yield Text(plain, tuple(leaf for leaf in forms if leaf.get_content_type() == "text/html"))
    yield from (file_name(leaf) for leaf in attached)
