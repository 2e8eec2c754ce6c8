"""Ingests the articles of ``gold/stories`` and looks for the conflicts planted in them: the whole way, as used.

    python -m benchmarks.stories [--missed] [--flags]

Every lot is a store of its own. A conflict is found if a pair is shown of which each side overlaps one of the
two places; a trap is flagged likewise.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STORIES = Path(__file__).parent / "gold" / "stories"


@dataclass(frozen=True)
class Lot:
    """What was shown of one lot, and which of the planted pairs were among it."""

    name: str
    shown: list[dict[str, Any]]
    found: list[dict[str, Any]]
    missed: list[dict[str, Any]]
    trapped: list[dict[str, Any]]
    traps: int


def run_lot(folder: Path) -> Lot:
    """Ingests one lot with the command line and compares what is shown with what is expected."""
    with tempfile.TemporaryDirectory() as place:
        store = str(Path(place) / "claims.json")
        _claimtrack("--store", store, "-q", "ingest", str(folder / "articles"))
        told = _claimtrack("--store", store, "contradictions", "--limit", "10000", "--format", "json")
    shown = json.loads(told)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = [pair for pair in expected["conflicts"] if _is_shown(pair, shown, folder)]
    missed = [pair for pair in expected["conflicts"] if pair not in found]
    trapped = [pair for pair in expected["traps"] if _is_shown(pair, shown, folder)]
    return Lot(folder.name, shown, found, missed, trapped, len(expected["traps"]))


def run_lots() -> list[Lot]:
    """Returns all lots in order."""
    return [run_lot(folder) for folder in sorted(STORIES.iterdir()) if folder.is_dir()]


def figures(lots: Sequence[Lot]) -> dict[str, float]:
    """Returns the shares of planted conflicts found and of look-alikes left alone, percent."""
    found = sum(len(lot.found) for lot in lots)
    trapped, traps = sum(len(lot.trapped) for lot in lots), sum(lot.traps for lot in lots)
    return {
        "conflicts found, percent": 100 * found / (found + sum(len(lot.missed) for lot in lots)),
        "look-alikes left alone, percent": 100 * (traps - trapped) / traps,
    }


def _claimtrack(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "claimtrack", *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _is_shown(pair: dict[str, Any], shown: Sequence[dict[str, Any]], folder: Path) -> bool:
    places = [_place(pair[side], folder) for side in "ab"]
    return any(
        (_overlaps(conflict["a"], places[0]) and _overlaps(conflict["b"], places[1]))
        or (_overlaps(conflict["a"], places[1]) and _overlaps(conflict["b"], places[0]))
        for conflict in shown
    )


def _place(side: dict[str, str], folder: Path) -> tuple[str, int, int]:
    text = (folder / "articles" / side["file"]).read_text(encoding="utf-8")
    start = text.index(side["text"])
    return side["file"], start, start + len(side["text"])


def _overlaps(statement: dict[str, Any], place: tuple[str, int, int]) -> bool:
    file, start, end = place
    same = Path(statement["document"]["path"]).name == file
    return same and any(span["start"] < end and start < span["end"] for span in statement["content"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--missed", action="store_true", help="show the conflicts that are not found")
    parser.add_argument("--flags", action="store_true", help="show all that is flagged")
    args = parser.parse_args()
    lots = run_lots()
    for lot in lots:
        total = len(lot.found) + len(lot.missed)
        print(
            f"{lot.name}: {len(lot.found)} of {total} conflicts found, {len(lot.shown)} flags, "
            f"{len(lot.trapped)} of {lot.traps} traps flagged"
        )
        for pair in lot.missed if args.missed else []:
            print(f"  {pair['id']} ({pair['difficulty']})\n    {pair['a']['text']}\n    {pair['b']['text']}")
        for conflict in lot.shown if args.flags else []:
            print(f"  {conflict['score']} {conflict['speaker']}")
            print(f"    {conflict['a']['text']}\n    {conflict['b']['text']}")
    for name, value in figures(lots).items():
        print(f"{name}: {value:.1f}")


if __name__ == "__main__":
    main()
