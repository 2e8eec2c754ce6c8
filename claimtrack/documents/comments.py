"""Readers' comments under an article: what follows a comment form, and spam after the last paragraph.

Both rest on how such text speaks: an article tells of others, a comment speaks of its writer and to
its reader; comment spam praises or corrects the site that it was left on.
"""

import re
from collections.abc import Sequence
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.text import fold, quotation_spans

ARTICLE_PARAGRAPH = 80
"""Characters from which a paragraph without I or you may be the article's; comments are shorter."""

ARTICLE_BEFORE = 300
"""Characters of article that stand before its comments; a form's label further up is a link to it."""

LONGEST_SPAM = 2000
"""Characters; comment spam is a few sentences."""

FORM_LINES = 4
"""Lines after a form's heading within which another label shows that the form itself was saved."""

Place = tuple[int, int]


def comment_places(text: str, lines: Sequence[Place], marks: Sequence[int]) -> list[Place]:
    """Returns the lines that are comments, of those after the ``marks``: indices of form labels.

    Between one label and the next all lines are comments unless article follows: one paragraph of
    article after a lone label (a link to the form), two in a row after a form with its fields.
    """
    places: list[Place] = []
    for nth, mark in enumerate(marks):
        if lines[mark][0] < ARTICLE_BEFORE:
            continue
        after = marks[nth + 1] if nth + 1 < len(marks) else len(lines)
        is_form = nth > 0 or (after < len(lines) and after - mark <= FORM_LINES)
        following = lines[mark + 1 : after]
        if not _has_article(text, following, 2 if is_form else 1):
            places.extend(following)
    return places


def spam_count(text: str, lines: Sequence[Place]) -> int:
    """Returns how many of the last lines are comment spam."""
    count = 0
    while count < len(lines) and is_spam(text[slice(*lines[-1 - count])]):
        count += 1
    return count


def is_spam(paragraph: str) -> bool:
    """Does the paragraph, its quotations left out, speak to the site it stands on, as spam does?

    Naming the site ("your posts") and one phrase of spam in the first person; or the site and two
    phrases; or three phrases in the first person.
    """
    if len(paragraph) > LONGEST_SPAM:
        return False
    words = fold(_unquoted(paragraph))
    sites = set(_phrases("own_site").findall(words))
    phrases = set(_phrases("spam_phrase").findall(words))
    speaks = bool(_phrases("first_person").search(words))
    if sites:
        return len(phrases) >= (1 if speaks else 2)
    return speaks and len(phrases) >= 3


def _has_article(text: str, lines: Sequence[Place], needed: int) -> bool:
    """Are there ``needed`` long paragraphs in a row that speak neither of I nor to you?"""
    row = 0
    for start, end in lines:
        told = fold(_unquoted(text[start:end])) if end - start >= ARTICLE_PARAGRAPH else "i"
        is_article = not (_phrases("first_person").search(told) or _phrases("second_person").search(told))
        row = row + 1 if is_article else 0
        if row == needed:
            return True
    return False


def _unquoted(paragraph: str) -> str:
    kept, at = [], 0
    for quotation in quotation_spans(paragraph):
        kept.append(paragraph[at : quotation.start])
        at = quotation.end
    return " ".join([*kept, paragraph[at:]])


@cache
def _phrases(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(load_lexicon('junk')[group].forms)}(?!\w)")
