"""Prints what more articles and more statements cost, as tables of docs/performance.md, and where the time goes.

    CLAIMTRACK_GOLD=… python -m benchmarks.curves                     # 100, 1,000 and 10,000 articles
    CLAIMTRACK_GOLD=… python -m benchmarks.curves 100 1000 --jobs 1

The folder holds ``attribution/polnear-train/docs``: real news articles; where it is absent nothing is measured.
More articles than it has are made by repeating it with other names, other dates and half of the long words
exchanged, so that none is a copy. Every command runs in a process of its own. Seconds are those of
the processor, user and system together, which a busy machine changes little; what passed on the clock
stands beside them. Not for Windows, which does not tell them.
"""

import argparse
import hashlib
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import wraps
from html import escape
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.lexicon import load_lexicon

if TYPE_CHECKING:
    from claimtrack.models import Document

SIZES = (100, 1_000, 10_000)
ONE_SPEAKER = (100, 1_000, 10_000)
MORE = 10
"""Articles added to a store that holds the others."""

PROFILED = 200
"""Articles of the profile."""

FIRST_DAY = date(2012, 1, 1)
DAYS = 4000
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
WORD = re.compile(r"\b(?:[A-Z]?[a-z]{3,})\b")
LONG = 6
"""Letters from which a word that is no verb of saying may be exchanged."""

STAGES = (
    ("the tagger's model", "claimtrack.inference", "Model.run"),
    ("word pieces and windows", "claimtrack.statements.tagger", "pack_windows"),
    ("from the model's figures to spans", "claimtrack.statements.tagger", "decode"),
    ("quotation marks", "claimtrack.statements.attribution", "quotation_spans"),
    ("rules around cues and contents", "claimtrack.statements.attribution", "find_drafts"),
    ("statements within statements", "claimtrack.statements.attribution", "find_embedded"),
    ("who is speaking", "claimtrack.statements.attribution", "resolve_sources"),
    ("dates", "claimtrack.statements.attribution", "date_said"),
    ("outlets quoted", "claimtrack.statements.attribution", "outlets_named"),
    ("polarity and modality", "claimtrack.pipeline.extraction", "with_holding"),
)
"""Label, module and function of the parts of an extraction; a part within another is not counted twice."""


WAYS = (
    ("--jobs", "1"),
    ("--jobs", "2"),
    ("--cluster", "local", "--jobs", "1"),
    ("--cluster", "local", "--jobs", "2"),
)
"""Options of ingest that are set side by side."""

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>{title}</title><style>{style}</style><script>{script}</script>"
    "</head><body><nav>{links}</nav><main><article><h1>{title}</h1><time datetime=2024-05-06>6 May</time>"
    "{text}</article></main><aside>{links}</aside><footer>{links}</footer></body></html>"
)
"""A page as outlets make them: the article is a small part of it."""


class Cost(NamedTuple):
    """Of one process: processor seconds, seconds on the clock, largest memory in MB, standard error."""

    seconds: float
    clock: float
    megabytes: float
    told: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="ARTICLES")
    parser.add_argument("--jobs", default="1", help="worker threads of ingest; 1 by default")
    parser.add_argument("--profile", metavar="DIR", help=argparse.SUPPRESS)
    parser.add_argument("--speaker", nargs=2, metavar=("STORE", "COUNT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.profile:
        profile(Path(given.profile))
    elif given.speaker:
        one_speaker(Path(given.speaker[0]), int(given.speaker[1]))
    else:
        measure(real_texts(), given.sizes, given.jobs)


def real_texts() -> list[str]:
    gold = os.environ.get("CLAIMTRACK_GOLD")
    docs = Path(gold or "") / "attribution" / "polnear-train" / "docs"
    if not gold or not docs.is_dir():
        sys.exit("CLAIMTRACK_GOLD names no folder with attribution/polnear-train: nothing to measure")
    return [path.read_text(encoding="utf-8") for path in sorted(docs.glob("*.txt"))]


def measure(texts: Sequence[str], sizes: Sequence[int], jobs: str) -> None:
    """Prints all tables."""
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        made = articles(texts)
        print(f"| articles | new ones, s | ms each | clock, s | MB | {MORE} more, s | MB | statements | compared, s "
              "| again, s | pairs judged | store, MB |")  # fmt: skip
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        costs = [of_size(here / str(size), made, size, jobs) for size in sorted(sizes)]
        for (few, less), (many, more) in pairwise(zip(sorted(sizes), costs, strict=True)):
            print(f"\n{few} to {many} articles: new ones grow as n^{power(few, many, less, more):.2f}")
        print(
            "\n| statements of one speaker | possible pairs | judged | left out | s | ms a statement | MB |"
        )
        print("|--:|--:|--:|--:|--:|--:|--:|")
        for count in ONE_SPEAKER:
            of_this("--speaker", str(here / str(max(sizes)) / "claims.json"), str(count))
        folder = here / "profiled"
        write(folder, [next(made) for _ in range(PROFILED)])
        print(f"\n| part of extracting {PROFILED} articles | s | share |")
        print("|---|--:|--:|")
        of_this("--profile", str(folder))
        ways(here, folder)


def of_size(folder: Path, made: Iterator[str], size: int, jobs: str) -> float:
    """Prints one line of the first table; returns the seconds of taking the articles in."""
    write(folder / "news", [next(made) for _ in range(size)])
    write(folder / "more", [next(made) for _ in range(MORE)])
    store = str(folder / "claims.json")
    new = run("ingest", str(folder / "news"), "--store", store, "--jobs", jobs)
    some = run("ingest", str(folder / "more"), "--store", store, "--jobs", jobs)
    compare = ("contradictions", "--store", store, "--format", "jsonl", "-o", os.devnull, "-v")
    first, again = run(*compare), run(*compare)
    judged = re.search(r"judged: (\d+)", first.told)
    statements = re.search(r"(\d+) statements", new.told)
    print(f"| {size} | {new.seconds:.1f} | {new.seconds / size * 1000:.0f} | {new.clock:.1f} | {new.megabytes:.0f} "
          f"| {some.seconds:.1f} | {some.megabytes:.0f} | {statements and statements[1]} | {first.seconds:.1f} "
          f"| {again.seconds:.1f} | {judged and judged[1]} | {Path(store).stat().st_size / 1e6:.1f} |", flush=True)  # fmt: skip
    return new.seconds


def ways(here: Path, folder: Path) -> None:
    """Prints what one, two and more workers cost, threads and processes, and that they find the same."""
    print(f"\n| {PROFILED} articles with | s | on the clock, s | the same store |")
    print("|---|--:|--:|--:|")
    stores = []
    for number, options in enumerate(WAYS):
        store = here / f"way{number}.json"
        cost = run("ingest", str(folder), "--store", str(store), *options)
        stores.append(store.read_bytes())
        same = "yes" if stores[-1] == stores[0] else "NO"
        print(f"| `{' '.join(options)}` | {cost.seconds:.1f} | {cost.clock:.1f} | {same} |", flush=True)


def power(few: int, many: int, less: float, more: float) -> float:
    """Returns the exponent with which a cost has grown: 1.0 is in proportion."""
    return math.log(more / less) / math.log(many / few)


def run(*words: str) -> Cost:
    """Runs a command of claimtrack."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "claimtrack", *words], stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.perf_counter() - began
        told.seek(0)
        said = told.read()
    if process.returncode:
        sys.exit(f"claimtrack {' '.join(words)} ended with {process.returncode}:\n{said}")
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / megabyte(), said)


def megabyte() -> int:
    """Returns how many of the units in which the system tells memory are one MB."""
    return 1 << 20 if sys.platform == "darwin" else 1 << 10


def of_this(*words: str) -> None:
    """Runs this program with other options, in a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.curves", *words], check=True)


def articles(texts: Sequence[str]) -> Iterator[str]:
    """Yields the texts, then again and again with other names and other words; each with a date."""
    names = sorted({name for text in texts for name in NAME.findall(text)})
    said = load_lexicon("speech_verbs").forms()
    words = sorted({w for t in texts for w in WORD.findall(t) if w.islower() and len(w) >= LONG} - said)
    number = 0
    while True:
        for text in texts:
            turn = number // len(texts)
            yield dated(exchanged(text, turn, names, words, said) if turn else text, number)
            number += 1


def exchanged(text: str, turn: int, names: Sequence[str], words: Sequence[str], said: frozenset[str]) -> str:
    """Returns the text with all its names and half of its long words replaced, the same ones throughout."""
    own = set(NAME.findall(text))

    def another(match: re.Match[str]) -> str:
        word, number = match[0], hashed(match[0], turn)
        if word in own:
            return names[number % len(names)]
        if word.islower() and len(word) >= LONG and word not in said and number % 2:
            return words[number // 2 % len(words)]
        return word

    return WORD.sub(another, text)


def dated(text: str, number: int) -> str:
    """Returns the article with a day of publication under its headline."""
    headline, _, rest = text.strip().partition("\n")
    return f"{headline}\ndate {FIRST_DAY + timedelta(days=number * 7919 % DAYS)}\n{rest}\n"


def hashed(word: str, turn: int) -> int:
    """Returns a number that depends on the word and the turn, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(f"{turn} {word}".encode(), digest_size=6).digest())


def write(folder: Path, texts: Sequence[str]) -> None:
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def one_speaker(path: Path, count: int) -> None:
    """Prints what comparing so many statements costs, all given to one speaker."""
    import resource

    from claimtrack.conflicts.decision import find_conflicts
    from claimtrack.pipeline.comparable import comparable_statements
    from claimtrack.settings import Settings
    from claimtrack.store.json_store import JsonStore

    store = JsonStore(path).read()
    known = comparable_statements(store, Settings())[:count]
    given = [statement.model_copy(update={"speaker_id": "sp-one"}) for statement in known]
    began = time.process_time()
    _, counts = find_conflicts(given, {d.id: d for d in store.documents}, Settings())
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / megabyte()
    print(f"| {len(given)} | {counts.possible} | {counts.judged} | {counts.dropped} | {seconds:.1f} "
          f"| {seconds / len(given) * 1000:.1f} | {peak:.0f} |", flush=True)  # fmt: skip


def profile(folder: Path) -> None:
    """Prints where the time of extracting the folder's articles goes, in one thread."""
    from claimtrack.documents.reading import Metadata, read_sources
    from claimtrack.models import Document
    from claimtrack.pipeline.extraction import statements_in
    from claimtrack.settings import Settings

    began = time.process_time()
    read = read_sources([str(folder)], Metadata(), Settings(), sys.stdin.buffer)
    documents = [item for item in read if isinstance(item, Document)]
    reading = time.process_time() - began
    statements_in(documents[0])  # loads the model and the lexicons
    clock = Clock()
    for label, module, name in STAGES:
        clock.time(label, module, name)
    began = time.process_time()
    for document in documents:
        statements_in(document)
    total = time.process_time() - began + reading
    pages = reading_pages(documents)
    own = {"reading the text files, junk, language": reading, **clock.own}
    own["the rest"] = total - sum(own.values())
    for label, seconds in sorted(own.items(), key=lambda item: -item[1]):
        print(f"| {label} | {seconds:.2f} | {seconds / total:.0%} |")
    print(f"| all | {total:.2f} | {len(documents) / total:.1f} articles/s |")
    print(f"| instead of text files: web pages out of a crawl's WARC | {pages:.2f} | |")


def reading_pages(documents: "Sequence[Document]") -> float:
    """Returns the processor seconds of reading the articles as web pages in one WARC file."""
    from claimtrack.documents.reading import Metadata, read_sources
    from claimtrack.models import Document
    from claimtrack.settings import Settings

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "crawl.warc.gz"
        write_crawl(path, [document.text for document in documents])
        began = time.process_time()
        items = list(read_sources([str(path)], Metadata(), Settings(), sys.stdin.buffer))
        seconds = time.process_time() - began
    read = [item for item in items if isinstance(item, Document)]
    if len(read) < 0.95 * len(documents):
        sys.exit(f"only {len(read)} of {len(documents)} pages were read: {items[:3]}")
    return seconds


def write_crawl(path: Path, texts: Sequence[str]) -> None:
    """Writes a crawl of pages around the texts."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    links = "".join(f"<li><a href=/section/{n}>Section number {n}</a></li>" for n in range(120))
    parts = {"style": ".a{margin:0} " * 800, "script": "var a = 1; " * 2000, "links": f"<ul>{links}</ul>"}
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, text in enumerate(texts):
            title, *lines = text.split("\n")
            body = "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())
            page = PAGE.format(title=escape(title), text=body, **parts).encode()
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
            address = f"https://news.example/2024/05/{number}.html"
            writer.write_record(
                writer.create_warc_record(address, "response", BytesIO(page), http_headers=headers)
            )


class Clock:
    """Times functions, each without the timed ones that it calls."""

    def __init__(self) -> None:
        self.own: dict[str, float] = {}
        self._within: list[float] = []

    def time(self, label: str, module: str, name: str) -> None:
        """Replaces a function, or a class's method, by one that is timed."""
        owner = import_module(module)
        *classes, last = name.split(".")
        for part in classes:
            owner = getattr(owner, part)
        setattr(owner, last, self._timed(label, getattr(owner, last)))

    def _timed(self, label: str, function: Callable) -> Callable:
        @wraps(function)
        def timed(*given, **named):
            self._within.append(0.0)
            began = time.process_time()
            try:
                return function(*given, **named)
            finally:
                spent = time.process_time() - began
                self.own[label] = self.own.get(label, 0.0) + spent - self._within.pop()
                if self._within:
                    self._within[-1] += spent

        return timed


if __name__ == "__main__":
    main()
