"""Prints how many processor seconds finding copies takes, how much memory, and how many of planted ones are found.

    CLAIMTRACK_GOLD=… python -m benchmarks.copies            # 1,000 and 10,000 articles
    CLAIMTRACK_GOLD=… python -m benchmarks.copies 2000

The folder holds ``attribution/polnear-train/docs``; where it is absent nothing is measured. Its articles are
taken as they are once, then again and again with other words in the place of nearly all, so that
they are articles of their own. One in twenty is then replaced by an edited copy of another article, and
one in twenty has a passage of another one put into it. Each size runs in a process of its own.
"""

import bisect
import collections
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from claimtrack.documents.copies import mark_copies
from claimtrack.models import Document, Kind, Span, Statement, digest_id
from claimtrack.pipeline.utterances import find_utterances
from claimtrack.text import quotation_spans

SIZES = (1_000, 10_000)
PLANTED = 0.05
SPEAKERS = 400
FIRST_DAY = date(2016, 1, 1)
LONG = re.compile(r"[^\W\d_]{3,}")
SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")
ENOUGH = 0.5
"""Share of a planted passage that must be marked for it to count as found."""


class Planted(NamedTuple):
    """What was planted in an article: ``kind``, the number of its origin, and the words of a passage."""

    kind: str
    origin: int
    passage: str = ""


class Corpus(NamedTuple):
    """Articles in order of publication; what was planted by number; how many are as they were printed."""

    texts: list[str]
    planted: dict[int, Planted]
    printed: int


def make_corpus(texts: Sequence[str], size: int) -> Corpus:
    """Returns ``size`` articles, the same ones for the same texts."""
    chance = random.Random(size)
    words = sorted({word.lower() for text in texts for word in LONG.findall(text)})
    made = [
        texts[n] if n < len(texts) else reworded(texts[n % len(texts)], words, n // len(texts), chance)
        for n in range(size)
    ]
    planted: dict[int, Planted] = {}
    numbers = chance.sample(range(size // 10, size), int(size * PLANTED) * 2)
    for at, number in enumerate(sorted(numbers)):
        origin = chance.randrange(number)
        while origin in planted or len(paragraphs(made[origin])) < 8:
            origin = chance.randrange(number)
        if at % 2:
            planted[number] = Planted("copy", origin)
            made[number] = edited(made[origin], chance)
        else:
            passage = a_passage(made[origin], chance)
            planted[number] = Planted("passage", origin, passage)
            made[number] = with_passage(made[number], passage, chance)
    return Corpus(made, planted, min(size, len(texts)))


def reworded(text: str, words: Sequence[str], turn: int, chance: random.Random) -> str:
    """Returns the article with its paragraphs shuffled and every long word replaced by another one."""

    def another(match: re.Match[str]) -> str:
        at = (bisect.bisect_left(words, match[0].lower()) + turn * 977) % len(words)
        return words[at].capitalize() if match[0][0].isupper() else words[at]

    parts = LONG.sub(another, text).split("\n")
    chance.shuffle(parts)
    return "\n".join(parts)


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def edited(text: str, chance: random.Random) -> str:
    """Returns a copy as outlets print it: new headline, agency, straight marks, a cut, words changed."""
    kept = paragraphs(text)[1:]
    kept = kept[: max(5, round(len(kept) * chance.uniform(0.7, 1)))]
    for at in chance.sample(range(len(kept)), len(kept) // 6):
        kept[at] = kept[at].replace(" the ", " this ", 1)
    printed = "\n\n".join(kept).replace("“", '"').replace("”", '"').replace("’", "'")
    return f"Another headline stands here\n\nLONDON (Agency) - {printed}\n\n(Reporting by the agency)"


def a_passage(text: str, chance: random.Random) -> str:
    """Returns two to four sentences in a row of 30 words or more."""
    sentences = SENTENCE.split(" ".join(paragraphs(text)))
    for _ in range(20):
        first = chance.randrange(max(1, len(sentences) - 4))
        passage = " ".join(sentences[first : first + chance.randint(2, 4)])
        if len(passage.split()) >= 30:
            return passage
    return " ".join(sentences[:6])


def with_passage(text: str, passage: str, chance: random.Random) -> str:
    kept = paragraphs(text)
    kept.insert(chance.randint(1, len(kept)), passage.replace("“", '"').replace("”", '"'))
    return "\n\n".join(kept)


def documents_of(corpus: Corpus) -> list[Document]:
    return [
        Document(
            id=f"doc-{number:06}",
            path=f"{number}.txt",
            publisher=f"Outlet {number % 40}",
            published=(FIRST_DAY + timedelta(days=number * 700 // len(corpus.texts))).isoformat(),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
        )
        for number, text in enumerate(corpus.texts)
    ]


def statements_of(documents: Sequence[Document]) -> Iterator[Statement]:
    """Yields every quotation of five words; its first long words say whose, so that a copy's is the same."""
    for document in documents:
        for quotation in quotation_spans(document.text):
            inside = document.text[quotation.start : quotation.end]
            if not quotation.closed or len(inside.split()) < 5:
                continue
            content = (Span.cut(document.text, quotation.start, quotation.end),)
            who = int(digest_id("x", *LONG.findall(inside)[:2])[2:], 16)
            speaker = f"sp-{0 if who % 10 == 0 else who % SPEAKERS}"
            yield Statement(
                id=Statement.make_id(document.id, content), document_id=document.id, content=content,
                speaker=speaker, speaker_id=speaker, kind=Kind.DIRECT, confidence=1.0,
            )  # fmt: skip


def measure(folder: Path, size: int) -> dict:
    """Returns processor seconds, memory and what was found among ``size`` articles."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    corpus = make_corpus(texts, size)
    documents = documents_of(corpus)
    before = peak_megabytes()
    started = time.process_time()
    marked = mark_copies(documents)
    seconds_of_copies = time.process_time() - started
    after_copies = peak_megabytes()
    statements = list(statements_of(marked))
    by_id = {document.id: document for document in marked}
    started = time.process_time()
    utterances = find_utterances(statements, by_id)
    return {
        "articles": size,
        "megabytes_of_text": round(sum(map(len, corpus.texts)) / 1e6, 1),
        "seconds_copies_and_passages": round(seconds_of_copies, 1),
        "seconds_utterances": round(time.process_time() - started, 1),
        "peak_megabytes_before": before,
        "peak_megabytes_copies": after_copies,
        "peak_megabytes": peak_megabytes(),
        **found_articles(corpus, marked),
        "statements": len(statements),
        **found_utterances(corpus, utterances, by_id),
    }


def peak_megabytes() -> int:
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def found_articles(corpus: Corpus, marked: Sequence[Document]) -> dict:
    """Returns how many planted copies and passages were found, and what was marked besides."""
    number_of = {document.id: number for number, document in enumerate(marked)}
    counts: collections.Counter[str] = collections.Counter()
    for number, document in enumerate(marked):
        planted = corpus.planted.get(number)
        kind = planted.kind if planted else "none"
        counts[f"planted_{kind}"] += 1
        origins = {planted.origin, number_of.get(marked[planted.origin].copy_of or "")} if planted else set()
        if document.copy_of is not None:
            origin = number_of[document.copy_of]
            is_right = kind == "copy" and origin in origins
            counts["found_copy" if is_right else f"{besides(corpus, number, origin)}_copy"] += 1
        own = 0
        for passage in document.lifted:
            origin = number_of[passage.origin]
            if kind == "passage" and origin in origins:
                own += passage.end - passage.start
            else:
                counts[f"{besides(corpus, number, origin)}_passage"] += 1
        counts["found_passage"] += kind == "passage" and own >= ENOUGH * len(planted.passage)
    return dict(sorted(counts.items()))


def besides(corpus: Corpus, *numbers: int) -> str:
    """Returns ``printed`` where the articles share text as they were printed, or are made of such."""
    turns = []
    for number in numbers:
        planted = corpus.planted.get(number)
        sources = [] if planted and planted.kind == "copy" else [number]
        sources += [planted.origin] if planted else []
        turns.append({source // corpus.printed for source in sources})
    return "printed" if set.intersection(*turns) else "false"


def found_utterances(corpus: Corpus, utterances: Sequence, documents: dict[str, Document]) -> dict:
    """Returns how many quotations in planted copies and passages were joined with the origin's."""
    number_of = {name: number for number, name in enumerate(documents)}
    counts: collections.Counter[str] = collections.Counter()
    for utterance in utterances:
        numbers = [number_of[statement.document_id] for statement in utterance.statements]
        for statement, number in zip(utterance.statements, numbers, strict=True):
            planted = corpus.planted.get(number)
            if planted and is_in_origin(statement, planted, corpus.texts[planted.origin]):
                counts["planted_quotations"] += 1
                counts["found_quotations"] += planted.origin in numbers
        roots = {corpus.planted[n].origin if n in corpus.planted else n for n in numbers}
        if len(roots) > 1:
            counts[f"{besides(corpus, *numbers)}_utterances"] += 1
    return dict(sorted(counts.items()))


def is_in_origin(statement: Statement, planted: Planted, origin: str) -> bool:
    words = "".join(LONG.findall(statement.text))
    where = planted.passage or origin
    return words in "".join(LONG.findall(where))


def main() -> None:
    folder = Path(os.environ.get("CLAIMTRACK_GOLD", "-")) / "attribution" / "polnear-train" / "docs"
    if not folder.is_dir():
        print(f"skipped: no articles in {folder}; CLAIMTRACK_GOLD names the folder", file=sys.stderr)
        return
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(folder, int(sys.argv[2])), indent=1))
        return
    for size in map(int, sys.argv[1:] or SIZES):
        subprocess.run([sys.executable, "-m", "benchmarks.copies", "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
