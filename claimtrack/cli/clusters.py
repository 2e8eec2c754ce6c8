"""``--cluster``: extraction on other processes or machines, for one command."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.pipeline.extraction import Extraction

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Extract on a Dask cluster: tcp://HOST:PORT, or local for processes of this machine.",
    ),
]
ShardsOption = Annotated[
    Path | None,
    typer.Option(
        "--shards",
        metavar="DIR",
        file_okay=False,
        help="Keep the finished parts of a --cluster run in DIR.",
    ),
]

_ADDRESS = re.compile(r"local|(?:tcp|tls|ucx|ws|wss)://[^\s/]+:\d+")


@contextmanager
def chosen_cluster(
    session: Session, address: str | None, shards: Path | None, jobs: int | None
) -> "Iterator[Extraction | None]":
    """Gives the cluster's extraction, None where none is asked for, and tells what it did.

    Without ``--shards`` the finished parts lie beside the store until the command has ended well.
    """
    if address is None:
        if shards is not None:
            raise typer.BadParameter("only a run with --cluster makes shards", param_hint="--shards")
        yield None
        return
    _check(address, jobs)
    from claimtrack.pipeline.cluster import on_cluster

    with on_cluster(address, shards or session.store.beside("shards"), jobs) as extraction:
        yield extraction
        session.detail(f"shards: {len(extraction.made)} done, {len(extraction.known)} were finished before")
        if shards is None:
            extraction.remove_files()


def _check(address: str, jobs: int | None) -> None:
    if not _ADDRESS.fullmatch(address):
        raise typer.BadParameter("an address is tcp://HOST:PORT, or local", param_hint="--cluster")
    if jobs is not None and address != "local":
        raise typer.BadParameter("how many jobs a cluster does at once is its own", param_hint="--jobs")
