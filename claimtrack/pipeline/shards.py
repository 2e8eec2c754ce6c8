"""Shards: some hundred articles that are extracted in one go, and the file that keeps their statements.

``DIR/3f9c….jsonl`` holds the statements of one shard, a JSON object a line, and a closing line by which a
file is known to be whole. It is named by a digest of the articles and of everything in this package, so a
file that is there is the very result that extracting would give again.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from secrets import token_hex

from pydantic import ValidationError

from claimtrack import __version__
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.models import Document, Statement, Value
from claimtrack.pipeline.extraction import statements_in

FEWEST_ARTICLES = 64
"""Articles that a shard has at least: seconds of work, so that handing it over costs little."""

MOST_ARTICLES = 256
"""Articles after which a shard ends in any case: what a crash can cost, about a minute of work."""

MOST_CHARACTERS = 2_000_000
"""Characters of text after which a shard ends in any case, so that a worker's memory is bounded."""

_ONE_IN = 64
"""One article in so many ends a shard that has enough; which ones is told by the articles themselves."""

_CODE = (".py", ".toml", ".onnx", ".txt")
"""Files of this package that decide what is found: rules, lexicons, weights."""

Statements = dict[str, list[Statement]]
"""Statements by the id of their document."""


class _Closing(Value):
    """The last line of a shard's file: which shard it is, and a digest of the lines above it."""

    shard: str
    statements: int
    sha256: str


@dataclass(frozen=True)
class Shard:
    """Articles in the order in which they were read; no two have the same id."""

    documents: tuple[Document, ...]

    @cached_property
    def raw(self) -> bytes:
        """The articles as JSON lines, without the moment of fetching: nothing is read from that."""
        timeless = (document.model_copy(update={"retrieved_at": None}) for document in self.documents)
        return b"".join(_json_line(document) for document in timeless)

    @cached_property
    def digest(self) -> str:
        """Hexadecimal digits that depend on the articles and on what reads them."""
        return hashlib.sha256(package_digest().encode() + b"\n" + self.raw).hexdigest()

    def __str__(self) -> str:
        first, last = self.documents[0].place, self.documents[-1].place
        return first if len(self.documents) == 1 else f"{first} to {last}"


def ends_shard(documents: Sequence[Document], character_count: int) -> bool:
    """Does a shard end after these articles?

    Mostly their last one decides, by its id, and not their number: where articles have come in
    between since an earlier run, the next ends are the same again, and those shards are known.
    """
    count = len(documents)
    if count >= MOST_ARTICLES or character_count >= MOST_CHARACTERS:
        return True
    return count >= FEWEST_ARTICLES and int(documents[-1].id[-8:], 16) % _ONE_IN == 0


def extract_shard(raw: bytes, reader: str) -> bytes:
    """Returns the content of a shard's file; runs on a worker, which may be another machine.

    Args:
        raw: The articles as JSON lines.
        reader: The ``package_digest`` of whoever asks.

    Raises:
        ClaimtrackError: The worker would read them otherwise: its claimtrack is another one.
    """
    if reader != package_digest():
        raise ClaimtrackError(
            f"a worker of the cluster has another claimtrack (its version is {__version__})",
            "Install the same one on all its machines, and start its workers again.",
        )
    documents = [Document.model_validate_json(line) for line in raw.splitlines()]
    lines = b"".join(_json_line(found) for document in documents for found in statements_in(document))
    shard = hashlib.sha256(reader.encode() + b"\n" + raw).hexdigest()
    closing = _Closing(shard=shard, statements=lines.count(b"\n"), sha256=hashlib.sha256(lines).hexdigest())
    return lines + _json_line(closing)


def parse_shard(content: bytes, shard: Shard) -> Statements | None:
    """Returns the statements of each article; None where this is not the whole file of that shard."""
    lines, last = _split(content)
    try:
        closing = _Closing.model_validate_json(last)
        if closing.shard != shard.digest or closing.sha256 != hashlib.sha256(lines).hexdigest():
            return None
        statements = [Statement.model_validate_json(line) for line in lines.splitlines()]
    except ValidationError:
        return None
    found: Statements = {document.id: [] for document in shard.documents}
    for statement in statements:
        found[statement.document_id].append(statement)
    return found


class ShardFolder:
    """The files of finished shards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, shard: Shard) -> Statements | None:
        """Returns the statements of a shard that was finished before; None where it has to be done."""
        try:
            content = self._place(shard).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error) from error
        return parse_shard(content, shard)

    def write(self, shard: Shard, content: bytes) -> None:
        """Keeps what a worker has made: written beside, flushed to disk, then put in its place.

        Raises:
            InputError: The folder cannot be written.
        """
        temporary = self.folder / f".{shard.digest[:12]}-{token_hex(4)}.new"
        try:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                with temporary.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(self._place(shard))
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise self._unusable(error) from error

    def remove(self, digests: Sequence[str]) -> None:
        """Removes the files of these shards, and the folder if nothing else is in it."""
        with suppress(OSError):
            for digest in digests:
                self._file(digest).unlink(missing_ok=True)
            self.folder.rmdir()

    def _place(self, shard: Shard) -> Path:
        return self._file(shard.digest)

    def _file(self, digest: str) -> Path:
        return self.folder / f"{digest}.jsonl"

    def _unusable(self, error: OSError) -> InputError:
        return InputError(
            f"cannot keep shards in {self.folder}: {error.strerror or error}",
            "Name a folder that can be written with --shards.",
        )


@cache
def package_digest() -> str:
    """Returns a digest of every file of this package that decides what is found, and its version."""
    digest = hashlib.sha256(__version__.encode())
    for name, file in _code_in(files("claimtrack"), ""):
        content = file.read_bytes()
        digest.update(f"\n{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _code_in(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{above}{item.name}"
        if item.is_dir():
            yield from _code_in(item, f"{name}/")
        elif item.name.endswith(_CODE):
            yield name, item


def _json_line(value: Value) -> bytes:
    return value.model_dump_json(exclude_defaults=True).encode() + b"\n"


def _split(content: bytes) -> tuple[bytes, bytes]:
    """Returns the lines but the last one, and that."""
    cut = content.rstrip(b"\n").rfind(b"\n") + 1
    return content[:cut], content[cut:]
