"""Prints how good extraction is, and which cases were gained and lost since the last run.

    python -m benchmarks.evaluate            # the project's own articles
    CLAIMTRACK_GOLD=… python -m benchmarks.evaluate   # and the annotated corpora in that folder

The folder holds ``attribution/polnear-dev`` and ``attribution/polnear-extra-dev``; where it is absent
they are skipped, and said to be.
"""

import collections
import json
import os
import sys
import time
from pathlib import Path

from benchmarks.scoring import Tally, characters, document_of, iou, read_articles, score_article
from claimtrack.statements.attribution import extract_statements

HERE = Path(__file__).parent
LAST = HERE.parent / "runs" / "evaluate.json"
PARTS = ("polnear-dev", "polnear-extra-dev")


def evaluate(folder: Path) -> dict:
    """Returns the figures of one gold folder."""
    strict, loose, named = Tally(), Tally(), Tally()
    kinds: dict[str, Tally] = collections.defaultdict(Tally)
    outlets: dict[str, Tally] = collections.defaultdict(Tally)
    bins: dict[int, list[bool]] = collections.defaultdict(list)
    started, length = time.perf_counter(), 0
    articles = read_articles(folder)
    for article in articles:
        statements = extract_statements(document_of(article))
        length += len(article.text)
        score_article(article, statements, 0.8, strict, Tally())
        score_article(article, statements, 0.5, loose, named)
        score_article(article, statements, 0.5, outlets[article.meta.get("publisher", "-")], Tally())
        note_kinds(article, statements, kinds)
        note_confidence(article, statements, bins)
    return {
        "articles": len(articles), "seconds": round(time.perf_counter() - started, 1),
        "iou80": figures(strict), "iou50": figures(loose),
        "speakers_named_in_gold": round(named.recall, 3), "judged": named.gold,
        "recall50_by_kind": {k: round(t.recall, 3) for k, t in sorted(kinds.items())},
        "f50_by_outlet": {k: round(t.f1, 3) for k, t in sorted(outlets.items())},
        "right_by_confidence": {
            f"{b / 10:.1f}": [round(sum(v) / len(v), 2), len(v)] for b, v in sorted(bins.items())
        },
        "cases": sorted(strict.cases),
    }  # fmt: skip


def figures(tally: Tally) -> list[float]:
    return [round(100 * x, 1) for x in (tally.precision, tally.recall, tally.f1)]


def note_kinds(article, statements, kinds: dict[str, Tally]) -> None:
    for kind in ("direct", "indirect", "mixed"):
        only = [s for s in article.statements if s.get("kind") == kind and s.get("speech")]
        one = Tally()
        score_article(
            type(article)(article.name, article.text, article.meta, only, article.ignore),
            statements,
            0.5,
            one,
            Tally(),
        )
        kinds[kind].gold += one.gold
        kinds[kind].found += one.found


def note_confidence(article, statements, bins: dict[int, list[bool]]) -> None:
    gold = [characters(s["content"], article.text) for s in article.statements if s.get("speech")]
    free = [characters(s["content"], article.text) for s in article.statements if not s.get("speech")]
    for statement in statements:
        if not statement.reported_by:
            own = characters([[c.start, c.end] for c in statement.content], article.text)
            right = any(iou(own, g) >= 0.5 for g in gold)
            if right or not any(2 * len(own & f) >= len(own) for f in free):
                bins[min(9, int(statement.confidence * 10))].append(right)


def main() -> None:
    folders = {"styles": HERE / "gold" / "styles"}
    gold = os.environ.get("CLAIMTRACK_GOLD")
    if gold:
        folders |= {part: Path(gold) / "attribution" / part for part in PARTS}
    else:
        print("CLAIMTRACK_GOLD is not set: the annotated corpora are skipped", file=sys.stderr)
    last = json.loads(LAST.read_text()) if LAST.exists() else {}
    results = {}
    for name, folder in folders.items():
        if not (folder / "gold.jsonl").exists():
            print(f"{name}: no {folder}, skipped", file=sys.stderr)
            continue
        results[name] = evaluate(folder)
        shown = {k: v for k, v in results[name].items() if k != "cases"}
        print(name, json.dumps(shown, indent=1, ensure_ascii=False))
        if name in last:
            before, now = set(last[name]["cases"]), set(results[name]["cases"])
            print(f"gained {len(now - before)}: {' '.join(sorted(now - before)[:20])}")
            print(f"lost {len(before - now)}: {' '.join(sorted(before - now)[:20])}")
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps(last | results))


if __name__ == "__main__":
    main()
