"""Judges the gold pairs and scores the judgements with the scorer that comes with them.

    python benchmarks/compare_gold.py [--out PREDICTIONS.jsonl] [--errors N] [NAME ...]

Reads ``$CLAIMTRACK_GOLD/contradiction/dev/*.jsonl`` and ``$CLAIMTRACK_GOLD/conflicts/campaign-dev.jsonl``,
or only the files named. Without the folder it says so and ends well: the data may not be shipped.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from claimtrack.conflicts.decision import judge
from claimtrack.models import ClaimText, Judgement
from claimtrack.settings import Settings

THRESHOLD = 0.5
"""Score from which a pair counts as flagged, as in ``Settings.min_score``."""


def gold_files(gold: Path, names: list[str]) -> list[Path]:
    """Returns the files of pairs, all or those named."""
    files = [
        gold / "conflicts" / "campaign-dev.jsonl",
        *sorted((gold / "contradiction" / "dev").glob("*.jsonl")),
    ]
    return [path for path in files if path.exists() and (not names or path.stem in names)]


def read_pairs(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Returns the gold pairs in the order of the files."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)


def side(value: str | dict[str, Any]) -> ClaimText:
    """Returns one side of a pair as the comparer takes it."""
    if isinstance(value, str):
        return ClaimText(text=value)
    return ClaimText(
        text=value["text"], cue=value.get("cue"), date=value.get("date"), publisher=value.get("publisher")
    )


def load_scorer(gold: Path) -> ModuleType:
    """Returns the scorer's module."""
    spec = importlib.util.spec_from_file_location("score_contradiction", gold / "score_contradiction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def show_errors(pairs: list[dict[str, Any]], judged: dict[str, Judgement], most: int) -> None:
    """Prints the flagged pairs that are none, and the best-scored ones of those missed."""
    conflicts = ("contradiction", "change", "report")
    ordered = sorted(pairs, key=lambda pair: -judged[pair["id"]].score)
    wrong = [p for p in ordered if p["label"] not in conflicts and judged[p["id"]].score >= THRESHOLD]
    missed = [p for p in ordered if p["label"] in conflicts and judged[p["id"]].score < THRESHOLD]
    right = [p for p in ordered if p["label"] in conflicts and judged[p["id"]].score >= THRESHOLD]
    for title, chosen in (("FALSE ALARM", wrong), ("MISSED", missed), ("FOUND", right)):
        for pair in chosen[:most]:
            judgement = judged[pair["id"]]
            reasons = "; ".join(f"{s.type}: {s.detail}" for s in judgement.signals)
            print(f"{title} {judgement.score} {pair['id']} {pair.get('stratum', '')} [{reasons}]")
            for name in ("a", "b"):
                claim = side(pair[name])
                print(f"   {name} ({claim.cue or ''}) {claim.text[:300]}")


def main() -> int:
    """Returns the exit code: 0, also where there is no gold folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="stems of gold files; default all")
    parser.add_argument("--out", type=Path, help="where to write the predictions")
    parser.add_argument("--errors", type=int, default=0, help="errors of each kind to print")
    args = parser.parse_args()
    gold = Path(os.environ.get("CLAIMTRACK_GOLD", "gold"))
    paths = gold_files(gold, args.names)
    if not paths:
        print(f"no gold pairs in {gold}; set CLAIMTRACK_GOLD. Nothing measured", file=sys.stderr)
        return 0
    pairs = list(read_pairs(paths))
    settings = Settings()
    started = time.perf_counter()
    judged = {pair["id"]: judge(side(pair["a"]), side(pair["b"]), settings) for pair in pairs}
    seconds = time.perf_counter() - started
    scorer = load_scorer(gold)
    report = scorer.score(
        scorer.load_gold([str(path) for path in paths]),
        {identifier: (j.score, j.label.value) for identifier, j in judged.items()},
        THRESHOLD,
    )
    if args.errors:
        show_errors(pairs, judged, args.errors)
    scorer.show(report, sys.stdout)
    natural = [p for p in pairs if p.get("stratum", "c") != "c" and p["label"] in ("consistent", "unrelated")]
    alarms = sum(judged[p["id"]].score >= THRESHOLD for p in natural)
    if natural:
        print(f"false alarms on natural pairs: {alarms} of {len(natural)}")
    print(f"{len(pairs)} pairs, {len(pairs) / seconds:.0f} pairs/s")
    if args.out:
        rows = ({"id": i, "score": j.score, "label": j.label.value} for i, j in judged.items())
        args.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
