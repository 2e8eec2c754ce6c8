"""What a large store costs: whole commands on one in JSON and one in SQLite, CPU and wall seconds, memory.

    python -m benchmarks.stores STORE ARTICLES --speaker NAME [--statements 100000]

``STORE`` is any store of real articles. A larger one repeats them with changed names, dates and a changed word
in every sentence, so that no article is a copy. ``ARTICLES`` is a folder of more articles to take in.
"""

import argparse
import hashlib
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from claimtrack.models import Document, Span, Statement, Store
from claimtrack.pipeline.marks import Marks
from claimtrack.pipeline.settling import settle
from claimtrack.store.opening import open_store

_NAME = re.compile(r"[A-Z][a-z]{2,}")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_SENTENCE = re.compile(r"[^.!?\n]+")
_YEARS = 4
"""Years between one turn and the next: 29 February stays a day."""


class Turn:
    """One repetition of a store: the same lengths, so that every offset stays right."""

    def __init__(self, number: int, names: frozenset[str]) -> None:
        self._number = number
        self._names = names

    def name(self, text: str) -> str:
        return _NAME.sub(lambda m: m[0][0] + self._shifted(m[0][1:]) if m[0] in self._names else m[0], text)

    def text(self, text: str) -> str:
        return _SENTENCE.sub(lambda match: self.name(self._sentence(match[0])), text)

    def day(self, day: str | None) -> str | None:
        return f"{int(day[:4]) - _YEARS * self._number:04}{day[4:]}" if day else day

    def article(self, document: Document, statements: list[Statement]) -> tuple[Document, list[Statement]]:
        text, path = self.text(document.text), f"{self._number}/{document.path}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        other = document.model_copy(
            update={
                "id": Document.make_id(digest, path), "path": path, "url": None, "text": text, "sha256": digest,
                "published": self.day(document.published), "copy_of": None, "lifted": (),
            }
        )  # fmt: skip
        return other, [self._statement(statement, other) for statement in statements]

    def _statement(self, statement: Statement, document: Document) -> Statement:
        content = tuple(Span.cut(document.text, span.start, span.end) for span in statement.content)
        mention = statement.mention
        named = self.name(statement.named) if statement.named else None
        return statement.model_copy(
            update={
                "id": Statement.make_id(document.id, content),
                "document_id": document.id,
                "content": content,
                "mention": mention and Span.cut(document.text, mention.start, mention.end),
                "cue": statement.cue and Span.cut(document.text, statement.cue.start, statement.cue.end),
                "named": named,
                "speaker": named or statement.speaker,
                "said_on": self.day(statement.said_on),
            }
        )

    def _sentence(self, sentence: str) -> str:
        word = max(_WORD.finditer(sentence), key=lambda match: len(match[0]), default=None)
        if word is None:
            return sentence
        return sentence[: word.end() - 1] + self._shifted(word[0][-1]) + sentence[word.end() :]

    def _shifted(self, letters: str) -> str:
        return "".join(chr((ord(letter) - 97 + self._number) % 26 + 97) for letter in letters)


def repeated(store: Store, count: int) -> Store:
    """Returns a store of at least ``count`` statements, if 26 turns suffice."""
    names = frozenset(word for s in store.speakers for n in (s.name, *s.aliases) for word in _NAME.findall(n))
    said: dict[str, list[Statement]] = {}
    for statement in store.statements:
        said.setdefault(statement.document_id, []).append(statement)
    documents, statements = [], []
    for document, own in _articles(store, said, names):
        documents.append(document)
        statements += own
        if len(statements) >= count:
            break
    return settle(documents, statements, store.log if len(documents) <= len(store.documents) else ())


def _articles(
    store: Store, said: dict[str, list[Statement]], names: frozenset[str]
) -> Iterator[tuple[Document, list[Statement]]]:
    yield from ((document, said.get(document.id, [])) for document in store.documents)
    for number in range(1, 26):
        turn = Turn(number, names)
        yield from (turn.article(document, said.get(document.id, [])) for document in store.documents)


def measure(folder: Path, *arguments: str) -> None:
    """Runs a command and prints what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    code = (
        "import resource, sys; from claimtrack.cli.app import main\n"
        "try:\n    main()\nfinally:\n"
        "    print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = int(run.stderr.rsplit("peak ", 1)[-1]) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"| {' '.join(arguments)} | {cpu:.1f} | {wall:.1f} | {peak:.0f} | {run.returncode} |", flush=True)


def build(source: Path, folder: Path, count: int) -> None:
    """Writes a large store of both kinds, settled."""
    store = repeated(open_store(source, Marks()).read(), count)
    for ending in (".db", ".json"):
        with open_store(folder / f"large{ending}", Marks()).change() as change:
            change.save(store)
            change.mark()
    counts = len(store.documents), len(store.statements), len(store.speakers)
    print("{} articles, {} statements, {} speakers\n".format(*counts), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--speaker", required=True)
    args = parser.parse_args()
    articles = str(args.articles.absolute())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # in a process of its own: what this one holds would count as memory of the commands
        building = (args.store, folder, args.statements)
        process = multiprocessing.get_context("spawn").Process(target=build, args=building)
        process.start()
        process.join()
        print("| command | CPU s | wall s | MB | exit code |\n|---|---|---|---|---|", flush=True)
        measure(folder, "ingest", articles, "--store", "none.json")
        for path in ("large.db", "large.json"):
            for arguments in (
                *[["ingest", articles]] * 2,
                *[["contradictions", "--speaker", args.speaker, "--format", "jsonl"]] * 2,
                ["statements", "--speaker", args.speaker, "--format", "jsonl"],
                ["statements", "--search", "minimum wage", "--format", "jsonl"],
            ):
                measure(folder, *arguments, "--store", path)


if __name__ == "__main__":
    main()
