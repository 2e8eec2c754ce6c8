"""What every command shares: its store, its settings, and a voice on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimtrack.cli.configuration import Configuration, read_configuration, store_name
from claimtrack.errors import InputError, StoreError

if TYPE_CHECKING:
    from claimtrack.models import Store
    from claimtrack.settings import Settings
    from claimtrack.store.interface import Choose, StoreFile
    from claimtrack.store.judgement_cache import JudgementCache


@dataclass(frozen=True)
class Session:
    """The options that all commands understand; the rest is read when it is first asked for."""

    store_option: str | None = None
    quiet: bool = False
    verbose: bool = False

    def with_options(self, store: str | None, quiet: bool, verbose: bool) -> "Session":
        """Returns the session with options that stand further right; they win."""
        return Session(store or self.store_option, quiet or self.quiet, verbose or self.verbose)

    @cached_property
    def configuration(self) -> Configuration:
        """The nearest ``claimtrack.toml``."""
        return read_configuration(Path.cwd())

    @cached_property
    def settings(self) -> "Settings":
        """The defaults with what ``claimtrack.toml`` sets."""
        return self.configuration.settings()

    @cached_property
    def store(self) -> "StoreFile":
        """The store, which may not exist yet."""
        from claimtrack.pipeline.marks import Marks
        from claimtrack.store.opening import open_store

        return open_store(store_name(self.store_option, self.configuration), Marks())

    def existing_store(self) -> "StoreFile":
        """Returns the store; raises StoreError, with what to do first, where there is none."""
        if not self.store.exists:
            raise StoreError(
                f"there is no store at {self.store.name} yet",
                "Read some articles first: claimtrack ingest FOLDER (or name a store with --store).",
            )
        self.detail(f"store: {self.store.name}")
        return self.store

    def check_is_not_store(self, path: Path, hint: str) -> None:
        """Raises InputError where a file to be written is the store itself."""
        if self.store.is_at(path):
            raise InputError(f"{path} is the store itself", hint)

    def read_store(self, choose: "Choose | None" = None) -> "Store":
        """Returns what the store holds, of a large one what ``choose`` takes from it.

        Raises:
            StoreError: There is none, or it is damaged.
        """
        source = self.existing_store()
        return source.read() if choose is None else source.read_part(choose)

    @contextmanager
    def judgements(self) -> "Iterator[JudgementCache]":
        """Gives what earlier runs judged, and keeps what this one judges."""
        from claimtrack.store.judgement_cache import JudgementCache

        cache = JudgementCache(self.store.beside("cache"))
        try:
            yield cache
        finally:
            cache.save()

    def say(self, message: str) -> None:
        """Prints a line on standard error, unless told to be quiet."""
        if not self.quiet:
            complain(message)

    def detail(self, message: str) -> None:
        """Prints a line on standard error where more is asked for."""
        if self.verbose:
            complain(message)


def complain(message: str) -> None:
    """Prints a message on standard error in one line, harmless to the terminal."""
    from claimtrack.notes.phrases import one_line

    typer.echo(one_line(message), err=True)
