"""The log of human decisions: what stands in an entry, and what all of them amount to.

========  ======================  ==================================================================
action    subject                 value
========  ======================  ==================================================================
alias     a speaker's name        ``name``: another form of it
merge     a speaker's name        ``name``: the name of the same person
split     a speaker's name        ``name``: the form that is somebody else's; of merge and split also
                                  ``subject_document``, ``name_document``: the articles (ids, separated by
                                  spaces) in which the speaker is meant, where others have his name
reject    a statement's id        ``document``, ``place``: where it stands
assign    a statement's id        ``speaker``: a name; ``document``, ``place``
set       a document's id         ``title``, ``publisher``, ``published``, ``url``, ``author``,
                                  ``archive_url``, ``retracted``: those set
remove    a document's id         nothing
review    a conflict's id         ``status``, ``note``, ``contacted``, ``response``: those given; ``a``,
                                  ``b``: its statements, each with ``_document`` and ``_place``, and
                                  ``_newest_document``: the version read by then
undo      the number of an entry  nothing
========  ======================  ==================================================================

A place is ``start-end`` of each content piece, separated by spaces.
"""

from collections.abc import Iterable, Mapping

from claimtrack.errors import NotFoundError
from claimtrack.models import (
    Action,
    Bearer,
    Corrections,
    Identification,
    LogEntry,
    Review,
    ReviewStatus,
    person_key,
)

Log = tuple[LogEntry, ...]

Said = tuple[LogEntry, tuple[str, ...]]
"""A review in the log, and why it is stale today; no reasons, not stale."""

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
        identified=_identified(entries),
        rejected=frozenset(entry.subject for entry in _of(entries, Action.REJECT)),
        assigned={
            entry.subject: speaker
            for entry in _of(entries, Action.ASSIGN)
            if (speaker := entry.value.get("speaker"))
        },
        sources=sources,
        removed=frozenset(entry.subject for entry in _of(entries, Action.REMOVE)),
        reviews=_reviews(entries),
    )


def moment(entry: LogEntry) -> tuple[str, int]:
    """Returns what sorts decisions by time: one from a colleague's store may come late to the log."""
    return entry.at, entry.number


def _reviews(entries: Log) -> dict[str, Review]:
    by_subject: dict[str, list[Said]] = {}
    for entry in sorted(_of(entries, Action.REVIEW), key=moment):
        by_subject.setdefault(entry.subject, []).append((entry, ()))
    return {subject: fold_reviews(said) for subject, said in by_subject.items()}


def fold_reviews(said: Iterable[Said]) -> Review:
    """Returns what people said of one conflict, in order: the last decision, and everybody else's last.

    An entry without a status adds to what its maker decided, or is a note of somebody who has not yet.
    """
    people: dict[str, Review] = {}
    told: dict[str, str] = {}
    decided = None
    for entry, reasons in said:
        told |= {key: text for key in ("contacted", "response") if (text := entry.value.get(key))}
        if not (entry.value.get("status") or entry.value.get("note")):
            continue
        who = person_key(entry.by)
        people[who] = _after(people.pop(who, Review()), entry, reasons)
        decided = who if entry.value.get("status") else decided
    last = next(reversed(people), None) if decided is None else decided
    latest = Review() if last is None else people.pop(last)
    return latest.model_copy(update={**told, "others": tuple(reversed(people.values()))})


def _after(before: Review, entry: LogEntry, reasons: Iterable[str]) -> Review:
    """Returns a person's review after one more entry; a decision ends the note of an earlier decision."""
    status, note = entry.value.get("status"), entry.value.get("note")
    if status is None:
        if before.at is None:
            return Review(by=entry.by, at=entry.at, note=note)
        return before.model_copy(update={"note": note})
    kept = before.note if before.decision is None else None
    review = Review(status=ReviewStatus(status), by=entry.by, at=entry.at, note=note or kept)
    for reason in reasons:
        review = review.as_stale(reason)
    return review


def _of(entries: Log, action: Action) -> Iterable[LogEntry]:
    return (entry for entry in entries if entry.action is action)


def _name_pairs(entries: Log) -> dict[tuple[str, str], bool]:
    """Returns every pair of names decided on, sorted: true where they are one person's.

    Letter case does not make another pair, so a split undoes a merge that was typed differently. What is
    decided of one of several namesakes is left out.
    """
    decided: dict[tuple[str, str], tuple[tuple[str, str], bool]] = {}
    for entry in entries:
        pair = _bearers(entry)
        if pair and not any(bearer.documents for bearer in pair):
            first, second = sorted((b.name for b in pair), key=lambda name: (name.casefold(), name))
            key = (first.casefold(), second.casefold())
            decided[key] = ((first, second), entry.action is not Action.SPLIT)
    return dict(sorted(decided.values()))


def _identified(entries: Log) -> tuple[Identification, ...]:
    """Returns what was decided of namesakes, in order; what is said of all of a name later ends it."""
    decided: list[Identification] = []
    for entry in entries:
        pair = _bearers(entry)
        if pair and any(bearer.documents for bearer in pair):
            decided.append(
                Identification(first=pair[0], second=pair[1], one=entry.action is not Action.SPLIT)
            )
        elif pair:
            names = {bearer.name.casefold() for bearer in pair}
            decided = [d for d in decided if {d.first.name.casefold(), d.second.name.casefold()} != names]
    return tuple(decided)


def _bearers(entry: LogEntry) -> tuple[Bearer, Bearer] | None:
    """Returns the two speakers that a decision about names is about."""
    other = entry.value.get("name")
    if entry.action not in (Action.ALIAS, Action.MERGE, Action.SPLIT) or not other:
        return None
    articles = ((entry.value.get(f"{side}_document") or "").split() for side in ("subject", "name"))
    first, second = (tuple(documents) for documents in articles)
    return Bearer(name=entry.subject, documents=first), Bearer(name=other, documents=second)
