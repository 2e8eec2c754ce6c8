"""Puts a long result out line by line, to standard output or into a file that appears whole or not at all."""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from claimtrack.cli.session import Session
from claimtrack.errors import InputError


def put_out_lines(session: Session, lines: Iterable[str], output: str | None) -> None:
    """Writes the lines with the line ends they have; raises InputError where the file cannot be written."""
    if output in (None, "-"):
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")
        sys.stdout.writelines(lines)
        sys.stdout.flush()
        return
    path = Path(str(output))
    session.check_is_not_store(path, "Give -o another file.")
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        _write_through(path, lines)
    else:
        _write_beside(path, target, lines)
    session.say(f"written to {path}")


def _write_through(path: Path, lines: Iterable[str]) -> None:
    """Writes to what is no ordinary file, such as ``/dev/stdout`` or a pipe."""
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.writelines(lines)
    except OSError as error:
        raise _unwritable(path, error) from error


def _write_beside(path: Path, target: Path, lines: Iterable[str]) -> None:
    """Writes a temporary file in the same folder and swaps it in; an older file stays until then."""
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".claimtrack-", suffix=".new", dir=target.parent)
        temporary = Path(name)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        _give_permissions(temporary, target)
        os.replace(temporary, target)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _give_permissions(temporary: Path, target: Path) -> None:
    """Gives a new file the permissions of the old one, else those that any new file gets."""
    if target.exists():
        shutil.copymode(target, temporary)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot write {path}: {error.strerror or error}", "Choose another file with -o.")
