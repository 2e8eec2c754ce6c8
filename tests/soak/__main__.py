"""Writes docs/reliability.md: ``python -m tests.soak`` for all of it, ``--short`` for a minute of it."""

import argparse
import sys
import tempfile
from pathlib import Path

from .report import write_report
from .run import LONG, SHORT, soak


def main() -> None:
    """Runs the checks and says whether anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--short", action="store_true", help="one minute instead of many; writes no page")
    parser.add_argument("--kills", type=int, help="kills for each kind of store")
    parser.add_argument("--kinds", nargs="+", help="the kinds of store, by file name")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    size = SHORT if given.short else LONG
    with tempfile.TemporaryDirectory(prefix="claimtrack-soak-") as folder:
        found = soak(Path(folder), size.with_options(given.kills, given.kinds), given.seed)
    if not given.short:
        write_report(Path(__file__).resolve().parents[2] / "docs" / "reliability.md", found)
    for line in found.wrong():
        print(f"wrong: {line}", file=sys.stderr)
    sys.exit(1 if found.wrong() else 0)


if __name__ == "__main__":
    main()
