"""Fails where a figure on the project's own cases falls below its floor in ``floors.json``.

    python -m benchmarks.gate            # checks
    python -m benchmarks.gate --raise    # raises the floors to what is measured now, never lowers one

A floor stands for one set of cases: when the cases change, their digest does, and the gate says so.
"""

import hashlib
import json
import sys
from pathlib import Path

from benchmarks import stories
from benchmarks.evaluate import evaluate
from benchmarks.groups import GROUPS, figures, judge_groups
from training.groups import load_groups

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SLACK = 2.0
"""Points below a measured figure at which its floor is set: other processors round otherwise."""


def measure() -> dict[str, float]:
    result = evaluate(HERE / "gold" / "styles")
    pairs = figures(judge_groups(load_groups(GROUPS)))
    return {
        "styles: F1 at IoU 0.8": result["iou80"][2],
        "styles: F1 at IoU 0.5": result["iou50"][2],
        "styles: speakers right, percent": round(100 * result["speakers_named_in_gold"], 1),
        "groups: average precision": round(pairs["average precision"], 1),
        **{
            f"stories: {name}": round(value, 1) for name, value in stories.figures(stories.run_lots()).items()
        },
    }


def digest() -> str:
    """Returns the digest of the cases that the floors stand for."""
    total = hashlib.sha256()
    for path in sorted((HERE / "gold").rglob("*")):
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def main() -> None:
    stored = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"digest": digest(), "floors": {}}
    if stored["digest"] != digest():
        sys.exit("the cases under benchmarks/gold changed: set the floors anew and say why in the commit")
    measured, floors = measure(), stored["floors"]
    if "--raise" in sys.argv:
        stored["floors"] = {k: max(v - SLACK, floors.get(k, 0.0)) for k, v in measured.items()}
        FLOORS.write_text(json.dumps(stored, indent=2) + "\n")
    fallen = [k for k, floor in stored["floors"].items() if measured.get(k, 0.0) < floor]
    for name, value in measured.items():
        print(f"{name}: {value:.1f} (floor {stored['floors'].get(name, 0.0):.1f})")
    if fallen:
        sys.exit(f"below the floor: {', '.join(fallen)}")


if __name__ == "__main__":
    main()
