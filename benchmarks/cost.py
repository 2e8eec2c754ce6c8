"""What comparing costs: pairs considered, judged and shown, seconds and memory, first run and second.

    python -m benchmarks.cost STORE [--statements 1000 10000 100000]

``STORE`` is any store of real articles. Larger counts repeat its statements under changed speakers; the last
row gives 10,000 statements to one speaker. Every figure is of a process of its own.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from claimtrack.conflicts.decision import find_conflicts
from claimtrack.models import Statement, Store
from claimtrack.pipeline.comparable import comparable_statements
from claimtrack.settings import Settings
from claimtrack.store.json_store import JsonStore
from claimtrack.store.judgement_cache import JudgementCache


def statements_of(store: Store, count: int, one_speaker: bool) -> list[Statement]:
    """Returns ``count`` comparable statements; what the store lacks is repeated under other speakers."""
    known = comparable_statements(store, Settings())
    return list(repeated(known, count, one_speaker))


def repeated(known: tuple[Statement, ...], count: int, one_speaker: bool) -> Iterator[Statement]:
    for number in range(count):
        statement, turn = known[number % len(known)], number // len(known)
        speaker = "sp-one" if one_speaker else f"{statement.speaker_id}-{turn}"
        yield statement.model_copy(update={"speaker_id": speaker, "id": f"{statement.id}-{turn}"})


def measure(path: str, count: int, one_speaker: bool) -> None:
    store = JsonStore(Path(path)).read()
    documents = {document.id: document for document in store.documents}
    statements = statements_of(store, count, one_speaker)
    with tempfile.TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            cache = JudgementCache(Path(folder) / "claims.cache")
            began = time.perf_counter()
            _, counts = find_conflicts(statements, documents, Settings(), cache)
            seconds.append(time.perf_counter() - began)
            cache.save()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    who = "one" if one_speaker else len({s.speaker_id for s in statements})
    print(
        f"| {count} | {who} | {counts.possible} | {counts.candidates} | {counts.dropped} | {counts.judged} "
        f"| {counts.flagged} | {seconds[0]:.1f} | {seconds[1]:.1f} | {peak:.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store")
    parser.add_argument("--statements", type=int, nargs="+", default=[1000, 10000, 100000])
    args = parser.parse_args()
    print(
        "| statements | speakers | possible pairs | candidates | left out | judged | shown | s | s again | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count, one_speaker in [*((count, False) for count in args.statements), (10000, True)]:
        process = multiprocessing.get_context("spawn").Process(
            target=measure, args=(args.store, count, one_speaker)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
