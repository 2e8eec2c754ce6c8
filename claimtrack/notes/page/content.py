"""What a report is told: the people on the page, the subjects of each, and what the store holds in all.

Everything is chosen before it comes here; the page only shows it and says what was left out.
"""

from claimtrack.models import Conflict, Document, Speaker, Statement, Value
from claimtrack.notes.offices import OfficeSeen


class Subject(Value):
    """Statements of one speaker that share words, in order of time, those of its conflicts among them.

    ``words`` are spelled as the articles have them, empty where the two sides of a conflict share none.
    ``left_out`` counts the speaker's other statements with the same words that are not shown.
    """

    id: str
    words: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    statements: tuple[Statement, ...]
    left_out: int = 0


class Person(Value):
    """One speaker: what was compared of him, and the part of it that the page shows.

    ``statement_count`` and ``article_count`` are what the filters leave of the store, ``offices`` those that
    stand beside these statements.
    """

    speaker: Speaker
    statement_count: int
    article_count: int
    offices: tuple[OfficeSeen, ...] = ()
    subjects: tuple[Subject, ...]


class Holdings(Value):
    """What the store held when the report was made; dates are ISO, None where there is none.

    ``digest`` is the SHA-256 of the store's file.
    """

    digest: str
    article_count: int
    statement_count: int
    speaker_count: int
    newest_article: str | None
    newest_decision: str | None


class Content(Value):
    """All that the page shows. ``documents`` are by id and hold those of all statements.

    ``people`` are in the order of the alphabet; ``unshown_count`` are speakers of the store without a
    part of their own. ``filters`` are the options that chose the conflicts, name and value; ``notes``
    say what they left out.
    """

    holdings: Holdings
    people: tuple[Person, ...]
    documents: dict[str, Document]
    unshown_count: int = 0
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def conflicts(self) -> list[Conflict]:
        """Returns all conflicts, in the order of the page."""
        return [c for person in self.people for subject in person.subjects for c in subject.conflicts]
