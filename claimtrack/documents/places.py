"""Paths and web addresses as people give them -> sources to read, sorted, each once."""

import os
import posixpath
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from claimtrack.documents.forms import IN_FOLDERS
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.web.addresses import check_address, is_address
from claimtrack.errors import InputError

STDIN = "-"

_OTHER_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


class Source(NamedTuple):
    """One file to read: ``path`` opens it, ``place`` is what it is called in the store.

    A web address is its own path; ``is_on_web`` tells it.
    """

    place: str
    path: str

    @property
    def is_on_web(self) -> bool:
        """Is this a web address?"""
        return is_address(self.path)


def normal_place(path: str) -> str:
    """Returns a path as the store names it: ``./a//b.txt`` is ``a/b.txt``; on Windows, too.

    Bytes of a file name that are no UTF-8 become replacement characters.
    """
    if path == STDIN:
        return STDIN
    readable = os.fsencode(path).decode("utf-8", "replace")
    return posixpath.normpath(PurePath(readable).as_posix())


def find_sources(paths: Iterable[str]) -> Iterator[Source | Unread | Remark]:
    """Yields the files at the paths and in folders there, by place; the same file only once."""
    found = sorted({item for path in paths for item in _at_path(path)}, key=_order)
    seen: set[str] = set()
    for item in found:
        if isinstance(item, Source):
            real = item.path if item.path == STDIN or item.is_on_web else os.path.realpath(item.path)
            if real in seen:
                continue
            seen.add(real)
        yield item


def _order(item: Source | Unread | Remark) -> tuple[str, str, str]:
    return item.place, type(item).__name__, item.path if isinstance(item, Source) else item.message


def _at_path(path: str) -> Iterator[Source | Unread | Remark]:
    place = path
    if path == STDIN:
        yield Source(STDIN, STDIN)
        return
    if is_address(path) or (_OTHER_ADDRESS.match(path) and not os.path.exists(path)):
        try:
            address = check_address(path)
        except InputError as error:
            yield Unread(place=path, message=error.message, hint=error.hint)
        else:
            yield Source(address, address)
        return
    try:
        place = normal_place(path)
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield _unreachable(place, error)
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, place)
    else:
        yield Source(place, path)


def _in_folder(folder: str, place: str) -> Iterator[Source | Unread | Remark]:
    """Yields the articles in a folder and those below it; what is left out is counted."""
    failed: list[OSError] = []
    seen = {os.path.realpath(folder)}
    left_out = article_count = 0
    for root, folders, names in os.walk(folder, onerror=failed.append, followlinks=True):
        enter = []
        for name in sorted(folders):
            real = os.path.realpath(os.path.join(root, name))
            if name.startswith("."):
                left_out += 1
            elif real not in seen:
                seen.add(real)
                enter.append(name)
            elif os.path.realpath(root).startswith(real):
                yield _loop(normal_place(os.path.join(root, name)))
        folders[:] = enter
        for name in names:
            path = os.path.join(root, name)
            if name.startswith(".") or not name.lower().endswith(IN_FOLDERS) or _is_special(path):
                left_out += 1
                continue
            article_count += 1
            yield from _at_path(path)
    yield from (_unreachable(normal_place(error.filename or folder), error) for error in failed)
    yield from _folder_outcome(place, article_count, left_out)


def _is_special(path: str) -> bool:
    """Is this a pipe, socket or device? Out of a folder none is read: it may never end."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _folder_outcome(place: str, article_count: int, left_out: int) -> Iterator[Unread | Remark]:
    endings = " ".join(IN_FOLDERS)
    others = f"{left_out} other or hidden file{'' if left_out == 1 else 's'} left out"
    if not article_count:
        yield Unread(
            place=place,
            message=f"no articles in this folder ({others})",
            hint=f"Out of a folder {endings} are read; name another file by itself.",
        )
    elif left_out:
        yield Remark(place=place, message=f"{others}: out of a folder {endings} are read")


def _unreachable(place: str, error: OSError | ValueError) -> Unread:
    if isinstance(error, FileNotFoundError):
        return Unread(place=place, message="there is no such file or folder", hint="Check the spelling.")
    what = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Unread(place=place, message=f"cannot be opened: {what}", hint="Check its permissions and name.")


def _loop(place: str) -> Unread:
    return Unread(
        place=place, message="this link leads back to a folder that it stands in", hint="Remove the link."
    )
