"""Times whole commands on real articles: documents a second, pairs judged, peak memory.

    CLAIMTRACK_GOLD=… python -m benchmarks.speed

Uses the texts of ``attribution/polnear-dev`` (84 news articles); says so and stops where they are absent.
The store of 1,000 articles repeats them, a third of the words left out, other ones each time, so that none is a copy.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

ARTICLES = 1000
"""Articles in the larger store."""


def run(*command: str) -> tuple[float, float, str, str]:
    """Returns seconds, peak memory of the largest child so far in MB, standard output and error."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", *command], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout, done.stderr


def show(what: str, seconds: float, megabytes: float, more: str = "") -> None:
    print(f"{what}: {seconds:.2f} s, peak {megabytes:.0f} MB {more}".rstrip())


def copies(texts: list[Path], folder: Path) -> None:
    """Writes ``ARTICLES`` files that repeat the texts, each without a third of the words."""
    folder.mkdir()
    for number in range(ARTICLES):
        text = texts[number % len(texts)].read_text(encoding="utf-8")
        words = text.split(" ")
        shuffled = [w for w in words if hash_of(w, number) % 3]
        (folder / f"{number:05}.txt").write_text(" ".join(shuffled), encoding="utf-8")


def hash_of(word: str, number: int) -> int:
    """Returns a number that depends on the word and the article, the same on every run."""
    return zlib.crc32(f"{number} {word}".encode())


def main() -> None:
    gold = os.environ.get("CLAIMTRACK_GOLD")
    docs = Path(gold or "") / "attribution" / "polnear-dev" / "docs"
    if not gold or not docs.is_dir():
        sys.exit("CLAIMTRACK_GOLD names no folder with attribution/polnear-dev: nothing to time")
    texts = sorted(docs.glob("*.txt"))
    with tempfile.TemporaryDirectory() as place:
        store = str(Path(place) / "claims.json")
        show("claimtrack --help", *min(run("--help")[:2] for _ in range(5)))
        seconds, memory, *_ = run("ingest", str(docs), "--store", store, "-q")
        show(f"ingest {len(texts)} articles", seconds, memory, f"{len(texts) / seconds:.1f} articles/s")
        seconds, memory, out, told = run("contradictions", "--store", store, "--format", "jsonl", "-v")
        judged = int(re.search(r"judged: (\d+)", told)[1])
        shown = f"{judged} pairs judged, {judged / seconds:.0f} pairs/s, {len(out.splitlines())} shown"
        show("contradictions, all speakers", seconds, memory, shown)
        large = Path(place) / "large"
        copies(texts, large)
        other = str(Path(place) / "large.json")
        seconds, memory, *_ = run("ingest", str(large), "--store", other, "-q")
        show(f"ingest {ARTICLES} articles", seconds, memory, f"{ARTICLES / seconds:.1f} articles/s")
        seconds, memory, out, _ = run("status", "--store", other, "--format", "json")
        show(f"status of {ARTICLES} articles", seconds, memory, json.dumps(json.loads(out))[:120])


if __name__ == "__main__":
    main()
