"""The bytes that articles were read from, kept by digest: ``DIR/3f/3f9c….pdf``.

A digest is the whole name, so nothing that an article or its address says can lead out of the folder, and
equal bytes are kept once. The digest is the ``raw_sha256`` of the documents.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from claimtrack.errors import InputError

_ENDING = re.compile(r"(?:\.[a-z0-9]{1,8}){1,2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Originals:
    """A folder of original bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, digest: str, raw: bytes, ending: str) -> None:
        """Keeps the bytes under their SHA-256, unless they are there; ``ending`` is as of a file's name.

        Raises:
            InputError: The folder cannot be written.
        """
        assert _DIGEST.fullmatch(digest)
        target = self.folder / digest[:2] / (digest + (ending if _ENDING.fullmatch(ending) else ""))
        if target.exists():
            return
        temporary = target.with_name(f".{digest}.{os.getpid()}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("xb") as file:
                    file.write(raw)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(target)
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(
                f"cannot keep the original in {self.folder}: {error.strerror or error}",
                "Name a folder that can be written with --keep-original.",
            ) from error
