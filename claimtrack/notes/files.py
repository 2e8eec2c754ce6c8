"""A person's file that a program adds to: read with care, replaced in one step, never lost."""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from claimtrack.errors import InputError


def read_bytes(path: Path) -> bytes | None:
    """Returns the file's content; ``None`` where there is no such file yet.

    Raises:
        InputError: It cannot be read or is no ordinary file, or its folder is not there.
    """
    target = _target(path)
    if target.is_dir() or (target.exists() and not target.is_file()):
        what = "a folder" if target.is_dir() else "no ordinary file"
        raise InputError(f"{path} is {what}", "Name a file, such as notes.md.")
    if not target.parent.is_dir():
        raise InputError(f"there is no folder {target.parent} for {path.name}", "Make it first.")
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", "Name another file.") from error


def replace_bytes(path: Path, raw: bytes, before: bytes | None) -> None:
    """Puts ``raw`` in place of the file in one step; a link stays a link, permissions stay.

    Raises:
        InputError: It is write-protected, holds something else than ``before`` by now, or cannot be
            written. It is then as it was.
    """
    target = _target(path)
    if before is not None and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise InputError(f"{path} is read-only", "Permit writing it (chmod u+w), or name another file.")
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".new", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        _dress(temporary, target, before is None)
        if read_bytes(path) != before:
            raise InputError(
                f"{path} was changed by another program just now", "Save it there, and try again."
            )
        os.replace(temporary, target)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror or error}",
            "It is as it was. Free space or permit writing in its folder, or name another file.",
        ) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _dress(temporary: Path, target: Path, is_new: bool) -> None:
    """Gives the temporary file the permissions and, where that is allowed, the owner of the old one."""
    if is_new:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    shutil.copymode(target, temporary)
    if hasattr(os, "chown"):
        owner = target.stat()
        with suppress(OSError):
            os.chown(temporary, owner.st_uid, owner.st_gid)


def _target(path: Path) -> Path:
    """Returns the file that the path leads to, through all links."""
    return Path(os.path.realpath(path))
