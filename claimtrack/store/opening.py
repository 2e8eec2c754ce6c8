"""Which kind of store a name means; and from one store into another."""

from pathlib import Path

from claimtrack.errors import StoreError
from claimtrack.models import Store
from claimtrack.store.access import is_address, is_database
from claimtrack.store.interface import Marking, StoreFile
from claimtrack.store.json_store import JsonStore


def open_store(name: str | Path, marking: Marking) -> StoreFile:
    """Returns the store at a path or address; nothing is read or made yet."""
    if isinstance(name, str) and is_address(name):
        from claimtrack.store.postgres_store import PostgresStore

        return PostgresStore(name, marking)
    path = Path(name)
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
        raise StoreError(f"there is no store at {source.name}", "Name the store to copy from first.")
    if _are_one(source, target):
        raise StoreError(f"{source.name} and {target.name} are one store", "Name another one to copy to.")
    content = source.read()
    with target.change() as change:
        if change.store not in (Store(), content) and not force:
            count = len(change.store.documents)
            raise StoreError(
                f"the store {target.name} is not empty: {count} {'article' if count == 1 else 'articles'}",
                "Name another one, or replace it with --force.",
            )
        change.replace(content)
    return content


def _are_one(source: StoreFile, target: StoreFile) -> bool:
    return source.name == target.name or (not is_address(target.name) and source.is_at(Path(target.name)))
