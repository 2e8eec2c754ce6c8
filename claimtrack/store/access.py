"""What both kinds of store share: the file's place, the lock of one writer, and what is said of trouble.

A writer holds an operating system's lock on ``<store>.lock``, which ends with its process.
"""

import gc
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from claimtrack.errors import StoreError

_SECRETS = ("password", "sslpassword")

SERVERS = ("postgresql://", "postgres://")
"""What the address of a PostgreSQL database begins with."""

DATABASE_ENDINGS = (".db", ".sqlite", ".sqlite3")
"""Endings of a file's name, in any letter case, that make it a SQLite store; any other is a JSON store."""

LOCK_PATIENCE = 300.0
"""Seconds to wait for another claimtrack that writes: longer than a large folder takes to read in."""

_SWAP_PATIENCE = 2.0
"""Seconds to retry the swap: on Windows it is refused while another process has the file open."""


def is_address(name: str) -> bool:
    """Does the name say that the store is a database on a server?"""
    return name.lower().startswith(SERVERS)


class FilePlace:
    """Where a store is that is one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        """The store as people are told of it."""
        return str(self.path)

    @property
    def exists(self) -> bool:
        """Is there anything at the store's path?"""
        return self.path.exists()

    def beside(self, ending: str) -> Path:
        """Returns where something that goes with the store is kept, such as its ``cache``."""
        return self.path.with_name(f"{self.path.stem}.{ending}")

    def is_at(self, path: Path) -> bool:
        """Is this path the store itself?"""
        return path.exists() and self.path.exists() and path.samefile(self.path)

    def digest(self) -> str:
        """Returns the SHA-256 of the file; empty where there is none, or where it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""


class ServerPlace:
    """Where a store is that is a database on a server; raises StoreError where that is no address."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            self._parts = urlsplit(address)
        except ValueError as error:
            raise StoreError(
                f"the store's name is no address: {error}", "Write it as postgresql://USER@HOST/DATABASE."
            ) from error

    @property
    def name(self) -> str:
        """The address without the passwords in it."""
        parts = self._parts
        user, _, host = parts.netloc.rpartition("@")
        login = user.partition(":")[0]
        shown = [(key, value) for key, value in parse_qsl(parts.query) if key not in _SECRETS]
        query = urlencode(shown, safe="/:")
        return parts._replace(netloc=f"{login}@{host}" if login else host, query=query).geturl()

    def beside(self, ending: str) -> Path:
        """Returns a file in the user's own cache folder: beside a server there is none."""
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimtrack"
        return folder / f"{hashlib.sha256(self.name.encode()).hexdigest()[:16]}.{ending}"

    def is_at(self, path: Path) -> bool:
        """Is this path the store itself? Never: it is no file."""
        return False


def place_of(name: str) -> FilePlace | ServerPlace:
    """Returns where the store of this name is."""
    return ServerPlace(name) if is_address(name) else FilePlace(Path(name))


def is_database(path: Path) -> bool:
    """Does the name say that the store is a SQLite file?"""
    return path.suffix.lower() in DATABASE_ENDINGS


def check_is_file(path: Path, hint: str) -> None:
    """Raises StoreError where there is something at the path that is no file."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise StoreError(f"the store {path} is {what}", hint)


@contextmanager
def held_alone(path: Path, patience: float) -> Iterator[Path]:
    """Gives the file behind the path, links followed, while nobody else may write it.

    Raises:
        StoreError: It is no file, its folder cannot be written, or another process held it all the time.
    """
    from filelock import FileLock, Timeout

    target = Path(os.path.realpath(path))
    check_is_file(path, f"Name a file, such as data/claims{path.suffix or '.json'}.")
    lock = FileLock(f"{target}.lock", timeout=patience, is_singleton=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(lock.lock_file, "ab"):  # where it cannot be made, filelock would wait for it
            pass
        lock.acquire()
    except Timeout as error:
        raise held_too_long(path, patience) from error
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from error
    try:
        yield target
    finally:
        lock.release()


def held_too_long(path: Path | str, patience: float) -> StoreError:
    """Returns the error to raise where another process does not end writing."""
    return StoreError(
        f"another claimtrack has been writing {path} for {patience:.0f} seconds",
        "Wait until it is done, or end it, and try again.",
    )


def unwritable(path: Path | str, reason: str) -> StoreError:
    """Returns the error to raise where a store cannot be written."""
    return StoreError(
        f"cannot write the store {path}: {reason}",
        "Nothing in it was changed. Free space or permit writing there, or name another with --store.",
    )


def put_in_place(temporary: Path, target: Path) -> None:
    """Puts a finished file in the place of another in one step, with its permissions, lasting."""
    if target.exists():
        shutil.copymode(target, temporary)
    _swap(temporary, target)
    _flush_folder(target.parent)


def _swap(temporary: Path, target: Path) -> None:
    until = time.monotonic() + _SWAP_PATIENCE
    while True:
        try:
            os.replace(temporary, target)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _flush_folder(folder: Path) -> None:
    """Makes the swap last through a power cut, where the system can flush a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Holds the garbage collector: it would walk all new values again and again, five times the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
