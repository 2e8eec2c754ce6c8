"""What stands around an article besides its text: headline, date, author, outlet, address."""

from collections.abc import Mapping

from claimtrack.models import Junk, Value


class Header(Value):
    """What was found, ``None`` where nothing was; ``junk`` are the places that only say such things.

    ``published`` and ``modified`` are ISO dates, ``published_basis`` says in words where the first was found.
    ``retrieved_at`` is the ISO time at which a crawl or a browser fetched the page, ``archive_url`` the
    address of a copy in a web archive. ``withdrawn`` says that the outlet itself marks it as recalled.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: str | None = None
    modified: str | None = None
    url: str | None = None
    archive_url: str | None = None
    retrieved_at: str | None = None
    withdrawn: bool = False
    junk: tuple[Junk, ...] = ()

    def or_else(self, other: "Header") -> "Header":
        """Returns this header with what it lacks taken from another one; a date keeps its basis."""
        dated = self if self.published else other
        return Header(
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            author=self.author or other.author,
            published=dated.published,
            published_basis=dated.published_basis,
            modified=self.modified or other.modified,
            url=self.url or other.url,
            archive_url=self.archive_url or other.archive_url,
            retrieved_at=self.retrieved_at or other.retrieved_at,
            withdrawn=self.withdrawn or other.withdrawn,
            junk=self.junk or other.junk,
        )


class Article(Value):
    """One article out of a file, before it becomes a ``Document``.

    ``part`` tells it from the other articles of the same file ("" where it has one). ``pages`` are the
    offsets in ``text`` at which printed pages begin, the first is 0; empty where there are none.
    ``raw`` are the bytes it was read from. ``fields`` are the names that a person gave to the fields of the
    records it was read from (``--map``).
    """

    text: str
    header: Header = Header()
    part: str = ""
    pages: tuple[int, ...] = ()
    raw: bytes | None = None
    fields: Mapping[str, str] = {}
