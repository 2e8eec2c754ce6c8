"""Which kind of store a file is, by its name; and from one store into another."""

from pathlib import Path

from claimtrack.errors import StoreError
from claimtrack.models import Store
from claimtrack.store.access import is_database
from claimtrack.store.interface import Marking, StoreFile
from claimtrack.store.json_store import JsonStore


def open_store(path: Path, marking: Marking) -> StoreFile:
    """Returns the store at a path; nothing is read or made yet."""
    if not is_database(path):
        return JsonStore(path)
    from claimtrack.store.sqlite_store import SqliteStore

    return SqliteStore(path, marking)


def copy_store(source: StoreFile, target: StoreFile, force: bool = False) -> Store:
    """Puts all that one store holds into another, log included, and returns it.

    Raises:
        StoreError: There is no source, both are one file, or the target holds something else and ``force``
            is not set. A target that cannot be read is never replaced.
    """
    if not source.exists:
        raise StoreError(f"there is no store at {source.path}", "Name the store to copy from first.")
    if target.exists and source.path.samefile(target.path):
        raise StoreError(f"{source.path} and {target.path} are one file", "Name another file to copy to.")
    content = source.read()
    with target.change() as change:
        if change.store not in (Store(), content) and not force:
            count = len(change.store.documents)
            raise StoreError(
                f"the store {target.path} is not empty: {count} {'article' if count == 1 else 'articles'}",
                "Name another file, or replace it with --force.",
            )
        change.replace(content)
    return content
