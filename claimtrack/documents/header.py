"""What stands around an article besides its text: headline, date, author, outlet, address."""

from claimtrack.models import Junk, Value


class Header(Value):
    """What was found, ``None`` where nothing was; ``junk`` are the places that only say such things.

    ``published`` is an ISO date, ``published_basis`` says in words where it was found.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: str | None = None
    url: str | None = None
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
            url=self.url or other.url,
            junk=self.junk or other.junk,
        )


class Article(Value):
    """One article out of a file, before it becomes a ``Document``."""

    text: str
    header: Header = Header()
