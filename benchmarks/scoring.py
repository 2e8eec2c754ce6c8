"""Scores extracted statements against annotated ones: F1 of content spans, and speakers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.models import Document, Statement
from claimtrack.text import fold


@dataclass
class Article:
    """One annotated article."""

    name: str
    text: str
    meta: dict[str, str]
    statements: list[dict]
    ignore: list[list[int]]


@dataclass
class Tally:
    """Counts over articles; ``cases`` names each gold statement that was found, for comparing runs."""

    found: int = 0
    predicted: int = 0
    gold: int = 0
    cases: set[str] = field(default_factory=set)

    @property
    def f1(self) -> float:
        return 2 * self.found / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    @property
    def precision(self) -> float:
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0


def read_articles(folder: Path) -> list[Article]:
    """Returns the articles of a gold folder (``gold.jsonl`` beside ``docs/``)."""
    articles = []
    for line in (folder / "gold.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        with (folder / "docs" / record["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        articles.append(
            Article(record["doc"], text, record["meta"], record["statements"], record.get("ignore", []))
        )
    return articles


def document_of(article: Article) -> Document:
    """Returns the article as the program would have read it."""
    return Document(
        id=Document.make_id("-", article.name), path=article.name, text=article.text, sha256="-",
        published=article.meta.get("date"), publisher=article.meta.get("publisher"),
    )  # fmt: skip


def characters(spans: Sequence[Sequence[int]], text: str) -> frozenset[int]:
    """Returns the positions of the letters and digits in the spans."""
    return frozenset(i for a, b in spans for i in range(a, b) if text[i].isalnum())


def iou(a: frozenset[int], b: frozenset[int]) -> float:
    """Returns intersection over union."""
    return len(a & b) / len(a | b) if a | b else 0.0


def pairs_of(
    gold: list[frozenset[int]], predicted: list[frozenset[int]], least: float
) -> list[tuple[int, int]]:
    """Returns one-to-one pairs of at least that IoU, the best first."""
    scored = sorted(
        ((iou(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if g & p),
        key=lambda s: (-s[0], s[1], s[2]),
    )
    pairs, used_gold, used_predicted = [], set(), set()
    for score, i, j in scored:
        if score >= least and i not in used_gold and j not in used_predicted:
            pairs.append((i, j))
            used_gold.add(i)
            used_predicted.add(j)
    return pairs


def score_article(
    article: Article, statements: Sequence[Statement], least: float, tally: Tally, speakers: Tally
) -> None:
    """Adds one article's outermost statements to the tallies; ``speakers`` counts matched pairs."""
    wanted = [s for s in article.statements if s.get("speech", True) and not s.get("optional")]
    free = [s["content"] for s in article.statements if s not in wanted] + [article.ignore]
    gold = [characters(s["content"], article.text) for s in wanted]
    outer = [s for s in statements if not s.reported_by]
    predicted = [characters([[c.start, c.end] for c in s.content], article.text) for s in outer]
    pairs = pairs_of(gold, predicted, least)
    matched = {j for _, j in pairs}
    ignored = [characters(spans, article.text) for spans in free]
    dropped = {
        j
        for j, p in enumerate(predicted)
        if j not in matched and any(2 * len(p & area) >= len(p) for area in ignored)
    }
    tally.found += len(pairs)
    tally.predicted += len(predicted) - len(dropped)
    tally.gold += len(gold)
    tally.cases |= {f"{article.name}:{wanted[i]['content'][0][0]}" for i, _ in pairs}
    for i, j in pairs:
        if wanted[i].get("speaker"):
            speakers.gold += 1
            speakers.found += same_name(outer[j].speaker, wanted[i]["speaker"])


def same_name(predicted: str | None, gold: str) -> bool:
    """Do the words of one name contain those of the other?"""
    a, b = set(fold(predicted or "").split()), set(fold(gold).split())
    return bool(a) and (a <= b or b <= a)
