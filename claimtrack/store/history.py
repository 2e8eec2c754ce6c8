"""The log of human decisions: what stands in an entry, and what all of them amount to.

========  ======================  ==================================================================
action    subject                 value
========  ======================  ==================================================================
alias     a speaker's name        ``name``: another form of it
merge     a speaker's name        ``name``: the name of the same person
split     a speaker's name        ``name``: the form that is somebody else's
reject    a statement's id        ``document``, ``place``: where it stands
assign    a statement's id        ``speaker``: a name; ``document``, ``place``
set       a document's id         ``title``, ``publisher``, ``published``, ``url``, ``author``,
                                  ``archive_url``, ``retracted``: those set
remove    a document's id         nothing
review    a conflict's id         ``status``, ``note``; ``a``, ``b``: its statements, each with ``_document``
                                  and ``_place``, and ``_newest_document``: the version read by then
undo      the number of an entry  nothing
========  ======================  ==================================================================

A place is ``start-end`` of each content piece, separated by spaces.
"""

from collections.abc import Iterable, Mapping

from claimtrack.errors import NotFoundError
from claimtrack.models import Action, Corrections, LogEntry, Review, ReviewStatus

Log = tuple[LogEntry, ...]

RETRACTED = "retracted"
"""What a log entry says of an article that its outlet has withdrawn."""

NOT_RETRACTED = "not retracted"
"""What takes it back, for a corrected version."""


def record(
    log: Log, action: Action, subject: str, value: Mapping[str, str | None], by: str | None, at: str
) -> Log:
    """Returns the log with one more entry; ``at`` is an ISO 8601 time, passed in."""
    number = log[-1].number + 1 if log else 1
    entry = LogEntry(number=number, at=at, by=by, action=action, subject=subject, value=dict(value))
    return (*log, entry)


def undo(log: Log, at: str, by: str | None, number: int | None = None) -> tuple[Log, LogEntry]:
    """Returns the log with an undo entry, and the entry undone: the last standing one, or ``number``.

    Raises:
        NotFoundError: There is nothing (left) to undo, or no standing entry of that number.
    """
    standing = standing_entries(log)
    if number is not None:
        standing = tuple(entry for entry in standing if entry.number == number)
    if not standing:
        if number is None:
            raise NotFoundError("there is no decision left to undo")
        raise NotFoundError(
            f"no decision number {number} is there to undo", "`claimtrack status` lists the last ones."
        )
    undone = standing[-1]
    return record(log, Action.UNDO, str(undone.number), {}, by, at), undone


def standing_entries(log: Log) -> Log:
    """Returns the decisions that are neither undone nor undo another, in order."""
    undone = {entry.subject for entry in log if entry.action is Action.UNDO}
    return tuple(
        entry for entry in log if entry.action is not Action.UNDO and str(entry.number) not in undone
    )


def fold_log(log: Log) -> Corrections:
    """Returns what the standing decisions amount to; of two about one thing the later one holds."""
    entries = standing_entries(log)
    same_person = _name_pairs(entries)
    sources: dict[str, dict[str, str | None]] = {}
    for entry in _of(entries, Action.SET):
        sources[entry.subject] = {**sources.get(entry.subject, {}), **entry.value}
    return Corrections(
        joined=tuple(pair for pair, joined in same_person.items() if joined),
        separated=tuple(pair for pair, joined in same_person.items() if not joined),
        rejected=frozenset(entry.subject for entry in _of(entries, Action.REJECT)),
        assigned={
            entry.subject: speaker
            for entry in _of(entries, Action.ASSIGN)
            if (speaker := entry.value.get("speaker"))
        },
        sources=sources,
        removed=frozenset(entry.subject for entry in _of(entries, Action.REMOVE)),
        reviews={entry.subject: review_in(entry) for entry in _of(entries, Action.REVIEW)},
    )


def review_in(entry: LogEntry) -> Review:
    """Returns the review that a log entry records."""
    status = ReviewStatus(entry.value.get("status") or ReviewStatus.UNREVIEWED)
    return Review(status=status, by=entry.by, at=entry.at, note=entry.value.get("note"))


def _of(entries: Log, action: Action) -> Iterable[LogEntry]:
    return (entry for entry in entries if entry.action is action)


def _name_pairs(entries: Log) -> dict[tuple[str, str], bool]:
    """Returns every pair of names decided on, sorted: true where they are one person's.

    Letter case does not make another pair, so a split undoes a merge that was typed differently.
    """
    decided: dict[tuple[str, str], tuple[tuple[str, str], bool]] = {}
    for entry in entries:
        other = entry.value.get("name")
        if entry.action in (Action.ALIAS, Action.MERGE, Action.SPLIT) and other:
            first, second = sorted((entry.subject, other), key=lambda name: (name.casefold(), name))
            key = (first.casefold(), second.casefold())
            decided[key] = ((first, second), entry.action is not Action.SPLIT)
    return dict(sorted(decided.values()))
