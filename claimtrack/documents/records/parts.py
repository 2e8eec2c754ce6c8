"""What readers of files with many articles share: the names of their parts, and a limit on failures."""

from collections import Counter
from collections.abc import Iterator

from claimtrack.documents.outcome import Unread
from claimtrack.documents.web.addresses import check_address
from claimtrack.errors import InputError

LONGEST_ADDRESS = 2_000
"""Characters of an address or an id; browsers take no longer addresses, and the store repeats each."""

MOST_FAILURES = 50
"""Parts of one file that are told as unreadable one by one; of a wrong file every line would be."""


class Parts:
    """The names given to the parts of one file so far: no two articles get the same one.

    An address or an id is kept through every later version of the file, a number only as long as
    nothing is put in before it.
    """

    def __init__(self) -> None:
        self._count: Counter[int] = Counter()

    def name(self, *known: str | None, number: int) -> str:
        """Returns ``#`` and the first name that is known, else the number; with `` (2)`` the second time."""
        part = f"#{next(filter(None, known), number)}"
        self._count[hash(part)] += 1
        repeated = self._count[hash(part)]
        return part if repeated == 1 else f"{part} ({repeated})"


class Failures:
    """Tells of the first unreadable parts of one file and counts the others."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, part: str, message: str, hint: str) -> Iterator[Unread]:
        """Yields what is wrong with a part, unless enough has been told."""
        self.count += 1
        if self.count <= MOST_FAILURES:
            yield Unread(place=part, message=message, hint=hint)

    def rest(self) -> Iterator[Unread]:
        """Yields how many more there were, if any."""
        if self.count > MOST_FAILURES:
            yield Unread(
                place="",
                message=f"{self.count - MOST_FAILURES} more records cannot be read",
                hint="Correct what is said of the first ones and read the file again.",
            )


def web_address(value: object) -> str | None:
    """Returns an ``http`` or ``https`` address in its plain form; ``None`` for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return None
    try:
        return check_address(value)
    except InputError:
        return None
