"""Fuzzes one parser or all of them with atheris: ``python -m tests.fuzz [TARGET]... [--runs N]``."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 50_000
SECONDS = 25
"""An input that takes longer is a hang."""

MEGABYTES = 2_000
"""More memory than that is a leak or a bomb."""


def main() -> None:
    """Runs each target in a process of its own; the first crash of one ends it and is written to a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="*")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        _inside(given.target[0], given.runs)
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from .targets import TARGETS

    unknown = set(given.target) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}; known: {', '.join(TARGETS)}")
    failed = []
    for name in given.target or TARGETS:
        words = [sys.executable, "-m", "tests.fuzz", name, "--inside", "--runs", str(given.runs)]
        done = subprocess.run(words, capture_output=True, text=True, errors="replace")
        print(
            f"{name}: {given.runs} runs: {'FAILED' if done.returncode else 'no crash, no hang'}", flush=True
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout[-1000:] + done.stderr[-3000:])
    sys.exit(1 if failed else 0)


def _inside(name: str, runs: int) -> None:
    """Fuzzes one target in this process; does not come back."""
    import atheris

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with atheris.instrument_imports(include=["claimtrack", "email", "zipfile"]):
        from .targets import TARGETS, seeds

        for seed in seeds(name):
            TARGETS[name](seed)
    corpus = Path(tempfile.mkdtemp(prefix=f"claimtrack-{name}-"))
    for number, seed in enumerate(seeds(name)):
        (corpus / str(number)).write_bytes(seed)
    limits = [f"-runs={runs}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", "-max_len=8192"]
    crash = f"-artifact_prefix=fuzz-{name}-"
    atheris.Setup([sys.argv[0], str(corpus), *limits, crash, "-verbosity=0", "-seed=7"], TARGETS[name])
    atheris.Fuzz()
    sys.exit(0)


if __name__ == "__main__":
    main()
