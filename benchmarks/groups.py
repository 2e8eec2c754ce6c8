"""Judges the pairs of ``gold/groups``: statements of one fictional speaker each, none of them trained on.

    python -m benchmarks.groups [--errors N]

Each file stands for a field of news (see ``training/groups.py`` for the format). Every pair of a group that
is not listed as a conflict holds together, so the false alarms are those of look-alikes on one subject.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from claimtrack.conflicts.decision import judge
from claimtrack.models import ClaimText, Judgement
from claimtrack.settings import Settings
from training.groups import CONFLICTS, Group, Said, load_groups

GROUPS = Path(__file__).parent / "gold" / "groups"

Judged = tuple[Said, Said, bool, Judgement]


def judge_groups(groups: Sequence[Group]) -> list[Judged]:
    """Returns every pair of the groups with whether it conflicts and its judgement, best first."""
    settings = Settings()
    found = [
        (a, b, relation in CONFLICTS, judge(side(a), side(b), settings))
        for group in groups
        for a, b, relation in group.pairs()
    ]
    return sorted(found, key=lambda each: -each[3].score)


def side(said: Said) -> ClaimText:
    return ClaimText(text=said.text, cue=said.cue, date=said.date)


def average_precision(right: Sequence[bool]) -> float:
    """Returns the mean precision at each right one, 0.0-1.0; ``right`` is in order of score."""
    hits, total = 0, 0.0
    for place, is_right in enumerate(right, 1):
        if is_right:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Returns average precision, precision and recall of what is flagged, and alarms on 1,000 others."""
    conflicts = sum(right for _, _, right, _ in judged)
    flagged = [right for _, _, right, judgement in judged if judgement.kind is not None]
    others = len(judged) - conflicts
    return {
        "average precision": 100 * average_precision([right for _, _, right, _ in judged]),
        "precision of flags": 100 * sum(flagged) / len(flagged) if flagged else 0.0,
        "recall of flags": 100 * sum(flagged) / conflicts,
        "false alarms in 1,000": 1000 * (len(flagged) - sum(flagged)) / others,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errors", type=int, default=0, help="show so many of each kind")
    args = parser.parse_args()
    judged = judge_groups(load_groups(GROUPS))
    print(f"{len(judged)} pairs, {sum(right for _, _, right, _ in judged)} conflicts")
    for name, value in figures(judged).items():
        print(f"{name}: {value:.1f}")
    for title, is_right, is_flagged in (("FALSE ALARM", False, True), ("MISSED", True, False)):
        chosen = [j for j in judged if j[2] == is_right and (j[3].kind is not None) == is_flagged]
        for a, b, _, judgement in chosen[: args.errors]:
            reasons = "; ".join(f"{s.type}: {s.detail}" for s in judgement.signals)
            print(f"{title} {judgement.score} [{reasons}]\n   ({a.cue}) {a.text}\n   ({b.cue}) {b.text}")


if __name__ == "__main__":
    main()
