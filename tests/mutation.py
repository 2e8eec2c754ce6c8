"""Writes docs/mutation.md: how many small faults in the comparer and the stores the tests notice.

    make mutants                  # 500 faults drawn at random
    make mutants ARGS="--sample 50 --seed 3"

mutmut makes the faults, one operator, constant or argument changed at a time, and tries each with the tests
that run through the changed function (``[tool.mutmut]`` in pyproject.toml). Not for Windows.
"""

import argparse
import json
import math
import random
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "mutants"
PARTS = {"claimtrack.conflicts": "the comparer", "claimtrack.store": "the stores"}
FIRST = "claimtrack.store.rows.*__mutmut_1"
"""A few faults, so that all are made and the tests are timed."""

NOTICED = {
    1: "noticed",
    3: "noticed",
    36: "hung",
    -24: "hung",
    24: "hung",
    152: "hung",
    255: "hung",
    0: "not noticed",
}
"""Exit codes of mutmut; any other means that no test runs through the function."""

OUTCOMES = ("noticed", "hung", "not noticed", "no test")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.split("\n")[0])
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    _mutmut("run", FIRST)
    names = sorted(_results())
    chosen = sorted(random.Random(given.seed).sample(names, min(given.sample, len(names))))
    _mutmut("run", *chosen)
    results = _results()
    outcomes = {name: NOTICED.get(results[name], "no test") for name in chosen}
    page = _page(outcomes, len(names))
    (ROOT / "docs/mutation.md").write_text(page, encoding="utf-8")
    print(page)
    for name, outcome in outcomes.items():
        if outcome in ("not noticed", "no test"):
            print(f"{outcome}: {name}")
    print("Look at one with: mutmut show NAME")


def _mutmut(*arguments: str) -> None:
    """Runs mutmut; what it draws on the terminal goes to mutants/log.txt."""
    MADE.mkdir(exist_ok=True)
    with (MADE / "log.txt").open("a", encoding="utf-8") as log:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", *arguments], cwd=ROOT, stdout=log, stderr=log, check=False
        )
    if done.returncode:
        sys.exit(f"error: mutmut failed; see {MADE / 'log.txt'}")


def _results() -> dict[str, int | None]:
    """Returns mutmut's exit code of every fault, by name."""
    found: dict[str, int | None] = {}
    for path in sorted(MADE.glob("claimtrack/**/*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def _page(outcomes: dict[str, str], made: int) -> str:
    told = (
        "Made by `make mutants` (`python -m tests.mutation`); do not edit. "
        "[mutmut](https://mutmut.readthedocs.io) changes one operator, constant or argument at a time. "
        f"Of the {made:,} faults that it can make in the comparer and the stores (PostgreSQL left out), "
        f"{len(outcomes)} were drawn at random and each tried with the unit tests and the cases that run "
        "through the changed function. The tests that start the program itself are not among them."
    )
    lines = [
        "# Would the tests notice a fault?",
        "",
        *textwrap.wrap(told, 120),
        "",
        "| in | tried | noticed | hung | not noticed | no test | score |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    groups = {
        title: {n: o for n, o in outcomes.items() if n.startswith(f"{part}.")}
        for part, title in PARTS.items()
    }
    for title, of_part in (*groups.items(), ("both", outcomes)):
        counted = Counter(of_part.values())
        cells = " | ".join(str(counted[outcome]) for outcome in OUTCOMES)
        lines.append(f"| {title} | {len(of_part)} | {cells} | {_score(counted)} |")
    return "\n".join([*lines, "", "The score is the share noticed or hung, with its 95 % interval.", ""])


def _score(counted: Counter[str]) -> str:
    total = counted.total()
    share = (counted["noticed"] + counted["hung"]) / total if total else 0.0
    margin = 1.96 * math.sqrt(share * (1 - share) / total) if total else 0.0
    return f"{share:.0%} ± {margin:.0%}"


if __name__ == "__main__":
    main()
