"""What a person decides -> log entry -> store: reject, assign, set, remove, review, names, undo."""

import re
from collections.abc import Mapping
from typing import TypeVar

from claimtrack.documents.printed_dates import check_date
from claimtrack.errors import InputError, NotFoundError
from claimtrack.models import Action, Conflict, Document, LogEntry, ReviewStatus, Statement, Store
from claimtrack.pipeline.inheritance import place_of, places_of, versions_read
from claimtrack.pipeline.lookup import Item, find_item
from claimtrack.pipeline.settling import settle
from claimtrack.store.history import NOT_RETRACTED, RETRACTED, record, undo

SETTABLE = ("title", "publisher", "author", "published", "url", "archive_url", "retracted")
"""Fields of an article that a person may set."""

DECISIONS = (ReviewStatus.CONFIRMED, ReviewStatus.DISMISSED, ReviewStatus.UNSURE, ReviewStatus.UNREVIEWED)
"""What a person may decide about a conflict; the last one opens it again."""

REMARKS = ("note", "contacted", "response")
"""What may be said of a conflict without a decision: one's own note, and the speaker's right of reply."""

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)

T = TypeVar("T", Statement, Document, Conflict)

_OF_STATEMENTS = (Action.REJECT, Action.ASSIGN)
_OF_DOCUMENTS = (Action.SET, Action.REMOVE)


def correct(
    store: Store, action: Action, subject: str, value: Mapping[str, str | None], by: str | None, at: str
) -> Store:
    """Returns the store with one more decision in its log, and everything that follows from it.

    Subjects and values are those of ``store.history``; an id may be cut short. Of a statement or
    conflict its place is recorded too, so that the decision outlives its id.

    Raises:
        NotFoundError: There is no such statement, article or conflict.
        InputError: The value is none for this action.
    """
    checked = _checked(action, value)
    if action in _OF_STATEMENTS:
        found = _expect(find_item(store, subject), Statement, subject)
        subject, checked = found.id, {**checked, **place_of(found)}
    elif action in _OF_DOCUMENTS:
        subject = _expect(find_item(store, subject), Document, subject).id
    elif action is Action.REVIEW and "a" not in checked:
        conflict = _expect(find_item(store, subject), Conflict, subject)
        subject, checked = conflict.id, {**checked, **places_of(conflict)}
    if action is Action.REVIEW:
        checked = {**checked, **versions_read(checked, store.documents), **checked}
        at = max(at, *(entry.at for entry in store.log if entry.subject == subject), "")  # a clock set back
        if not (by or "").strip():
            raise InputError("a review needs a name: who decides?", "Name the person with --by.")
    log = record(store.log, action, subject, checked, by, at)
    if action is Action.REVIEW:
        return store.model_copy(update={"log": log})
    return settle(store.documents, store.statements, log)


def undo_last(store: Store, at: str, by: str | None, number: int | None = None) -> tuple[Store, LogEntry]:
    """Returns the store without its last standing decision, or that ``number``, and the decision.

    Raises:
        NotFoundError: There is none left, or it does not stand.
    """
    log, undone = undo(store.log, at, by, number)
    if undone.action is Action.REVIEW:
        return store.model_copy(update={"log": log}), undone
    return settle(store.documents, store.statements, log), undone


def _expect(found: Item, kind: type[T], typed: str) -> T:
    if not isinstance(found, kind):
        raise NotFoundError(f"{typed} is no {kind.__name__.lower()}", "`claimtrack show` says what it is.")
    return found


def _checked(action: Action, value: Mapping[str, str | None]) -> dict[str, str | None]:
    """Returns the value; raises InputError where it says nothing the action could mean."""
    checked = dict(value)
    if action is Action.SET:
        return _checked_fields(checked)
    if action is Action.REVIEW:
        return checked_review(checked)
    elif action is Action.ASSIGN and not (checked.get("speaker") or "").strip():
        raise InputError("no speaker is named", "Name who said it.")
    elif action in (Action.ALIAS, Action.MERGE, Action.SPLIT) and not (checked.get("name") or "").strip():
        raise InputError("no second name is given", "Name both.")
    return checked


def checked_review(value: Mapping[str, str | None]) -> dict[str, str | None]:
    """Returns what a review says, without what it leaves out; raises InputError where that is nothing."""
    said = {key: text for key, text in value.items() if text is not None and text.strip()}
    if said.get("status", DECISIONS[0]) not in DECISIONS:
        raise InputError(f"{said['status']!r} is no decision", f"Known: {', '.join(DECISIONS)}")
    if not said.keys() & {"status", *REMARKS}:
        raise InputError("nothing is decided or noted", f"Known: status, {', '.join(REMARKS)}")
    if "contacted" in said:
        said["contacted"] = check_date(said["contacted"])
    return dict(said)


def _checked_fields(fields: dict[str, str | None]) -> dict[str, str | None]:
    """Returns the fields of an article as they are set; raises InputError where one says nothing."""
    unknown = sorted(set(fields) - set(SETTABLE))
    if unknown or not fields:
        raise InputError(f"cannot set {', '.join(unknown) or 'nothing'}", f"Known: {', '.join(SETTABLE)}")
    if fields.get("published"):
        fields["published"] = check_date(fields["published"] or "")
    archive = fields.get("archive_url")
    if archive and not _WEB_ADDRESS.fullmatch(archive):
        raise InputError(f"{archive!r} is no web address", "It begins with https:// or http://.")
    if "retracted" in fields and fields["retracted"] not in (RETRACTED, NOT_RETRACTED):
        raise InputError(f"an article is not {fields['retracted']!r}", f"Known: {RETRACTED}, {NOT_RETRACTED}")
    return fields
