"""Which passages an article has word for word from an older one without being a copy of it.

A passage is a run of sentences, or one long sentence, that both have; a sentence between them that
was edited does not end it. Time is near-linear: only sentences of several articles are indexed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from claimtrack.documents.fingerprints import Fingerprints
from claimtrack.models import Passage

PASSAGE_WORDS = 25
"""Words in common from which a passage is lifted: two sentences, or one of more than usual length. Two
reporters who were both there share a quotation, but not the words around it."""

STANDING = 4
"""Articles with a sentence from which it is a standing line where nothing around it is in common, such as an
editor's note; one outlet's note stood under 18 of 840 articles."""

LONGEST_STEP = 2
"""Sentences from one in common to the next in both articles: one between them may be edited."""

COMMONEST = 50
"""Articles that may share a sentence; a standing line in more tells nothing and would cost the square."""

Place = tuple[int, int]
"""Number of an article in order of seniority, number of a sentence in it."""

Match = tuple[int, int]
"""Number of a sentence in an article, and in the older one that has it too."""


def find_passages(
    prints: Mapping[str, Fingerprints], origin_of: Mapping[str, str]
) -> dict[str, tuple[Passage, ...]]:
    """Returns the lifted passages by the id of the article that has them from another, in text order.

    ``prints`` are by document id in order of seniority, ``origin_of`` the origins by copy's id. A
    passage's origin is the most senior article that has it and is no copy; a copy has no passage
    from its own origin.
    """
    names = list(prints)
    index = _index(prints, origin_of)
    found = {}
    for number, name in enumerate(names):
        passages: list[Passage] = []
        taken: set[int] = set()
        matches = _matches(number, prints[name], index)
        for older in sorted(matches):
            if names[older] != origin_of.get(name):
                for run in _runs(matches[older], prints[name], taken):
                    if len(run) == 1 and len(index[prints[name].digests[run[0][0]]]) >= STANDING:
                        continue
                    passages.append(_passage(run, prints[name], names[older], prints[names[older]]))
                    taken.update(range(run[0][0], run[-1][0] + 1))
        if passages:
            found[name] = tuple(sorted(passages, key=lambda passage: passage.start))
    return found


def _index(prints: Mapping[str, Fingerprints], origin_of: Mapping[str, str]) -> dict[int, list[Place]]:
    """Returns where each sentence that several articles have stands first in each; copies left out.

    Only one place per article: a text that repeats itself must not cost the square.
    """
    count = Counter(
        digest for name, each in prints.items() if name not in origin_of for digest in set(each.digests)
    )
    copied = {digest for name in origin_of for digest in prints[name].digests}
    index: dict[int, list[Place]] = {}
    for number, (name, each) in enumerate(prints.items()):
        if name in origin_of:
            continue
        first = {digest: at for at, digest in reversed([*enumerate(each.digests)])}
        for digest, at in first.items():
            if count[digest] <= COMMONEST and (count[digest] > 1 or digest in copied):
                index.setdefault(digest, []).append((number, at))
    return index


def _matches(
    number: int, prints: Fingerprints, index: Mapping[int, Sequence[Place]]
) -> dict[int, list[Match]]:
    """Returns the sentences in common with each older article, in text order."""
    matches: dict[int, list[Match]] = {}
    for at, digest in enumerate(prints.digests):
        for older, there in index.get(digest, ()):
            if older >= number:
                break
            matches.setdefault(older, []).append((at, there))
    return matches


def _runs(matches: Sequence[Match], prints: Fingerprints, taken: set[int]) -> Iterator[list[Match]]:
    """Yields the stretches of matches that go on in both articles and are long enough."""
    run: list[Match] = []
    for match in matches:
        if match[0] in taken:
            continue
        if run and not _goes_on(run[-1], match):
            if _is_long(run, prints):
                yield run
            run = []
        run.append(match)
    if _is_long(run, prints):
        yield run


def _goes_on(last: Match, following: Match) -> bool:
    return following[0] - last[0] <= LONGEST_STEP and 0 < following[1] - last[1] <= LONGEST_STEP


def _is_long(run: Sequence[Match], prints: Fingerprints) -> bool:
    return sum(prints.words[at] for at, _ in run) >= PASSAGE_WORDS


def _passage(run: Sequence[Match], prints: Fingerprints, origin: str, origin_prints: Fingerprints) -> Passage:
    (first, there), (last, there_last) = run[0], run[-1]
    return Passage(
        start=prints.starts[first],
        end=prints.ends[last],
        origin=origin,
        origin_start=origin_prints.starts[there],
        origin_end=origin_prints.ends[there_last],
    )
