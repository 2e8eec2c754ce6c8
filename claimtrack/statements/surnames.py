"""The family names of an article that are other words, too: ``Ms Street``, ``Mary King``, ``Theresa May``.

Such a word, alone and capitalised, says by itself nothing of a person; where the article introduces one who
bears it, with a courtesy or a given name, it is that person's name.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from claimtrack.statements.capitals import Word
from claimtrack.statements.wordlists import courtesies, forms, is_only_given_name


def borne_surnames(text: str, runs: Iterable[Sequence[Word]]) -> frozenset[str]:
    """Returns the folded words that are family names in this article, though they mean something else."""
    return frozenset(
        word.lower
        for run in runs
        for before, word in pairwise(run)
        if (word is run[-1] or word.possessive)
        and not text[word.end : word.end + 3].strip(" ,").isdigit()
        and (_is_after_courtesy(before, word) or _is_after_given_name(run, word))
    )


def _is_after_courtesy(before: Word, word: Word) -> bool:
    """Is it the King of ``Mr King``, and not the speaker of ``Mr Speaker``?"""
    known = forms("surnames") | forms("organisations", "head") | forms("function_words", "calendar")
    addressed = forms("titles", "office") - forms("surnames")
    return before.lower in courtesies() and word.lower in known and word.lower not in addressed


def _is_after_given_name(run: Sequence[Word], word: Word) -> bool:
    """Is it the King of ``Mary King``, and not the mayor of ``Austin Mayor``, a place's?"""
    if word.lower not in forms("surnames"):
        return False
    return any(is_only_given_name(other.lower) for other in run[: run.index(word)])
