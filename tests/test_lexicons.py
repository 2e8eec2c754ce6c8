"""Rule files: well formed, in order, and every example does what its group says."""

import re
from collections.abc import Callable

import pytest
from lexicon_order import FOLDER, in_order

from claimtrack.conflicts.decision import judge
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import tokenize
from claimtrack.lexicon import Group, Lexicon, load_lexicon
from claimtrack.models import ClaimText, SignalType
from claimtrack.settings import Settings
from claimtrack.text import fold, sentence_spans

LEXICONS = [load_lexicon(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
GROUPS = [
    pytest.param(lexicon, group, id=f"{lexicon.name}: {group.name}")
    for lexicon in LEXICONS
    for group in lexicon.group
]


def ends_no_sentence(text: str) -> bool:
    return len(sentence_spans(text)) == 1


def is_antonym(text: str) -> bool:
    first, second = text.split(" / ")
    signals = judge(ClaimText(text=first), ClaimText(text=second), Settings()).signals
    return any(signal.type is SignalType.ANTONYM for signal in signals)


ENGINES = {"abbreviations": ends_no_sentence, "antonyms": is_antonym}
"""Lexicons whose examples go through what uses them; the others are looked up word by word."""

IN_SENTENCES = {
    "antonyms",
    "clauses",
    "function_words",
    "modality",
    "negation",
    "stances",
    "synonyms",
    "time_words",
}
ON_PAGES = {"header", "junk", "outlets", "page"}
IN_PHRASES = {"name_variants", "quantities", "roles", "slots"}
"""Lexicons whose entries only count in some places, so that a counter-example may hold the words."""


def is_word_in(form: str, text: str) -> bool:
    bounded = rf"(?<![^\W\d_]){re.escape(fold(form))}(?![^\W\d_])"
    return bool(re.search(bounded, fold(text)) or form in text.split())


def is_inflected_in(form: str, text: str) -> bool:
    wanted, found = ([stem(fold(token.raw)) for token in tokenize(part)] for part in (form, text))
    return any(found[i : i + len(wanted)] == wanted for i in range(len(found)) if wanted)


def fires(lexicon: Lexicon, group: Group, text: str, holds: Callable[[str, str], bool]) -> bool:
    if lexicon.name in ENGINES and (group.pairs or lexicon.name != "antonyms"):
        return ENGINES[lexicon.name](text)
    words = {*group.forms, *group.values, *group.variants, *(w for ws in group.variants.values() for w in ws)}
    return any(holds(form, text) for form in words) or any(
        holds(first, text) and holds(second, text) for first, second in group.pairs
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_forms_are_sorted_and_single(path):
    text = path.read_text(encoding="utf-8")
    assert in_order(text) == text, f"{path.name} is not in order. Run: make fix"


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.name)
def test_groups_have_names_of_their_own(lexicon):
    names = [group.name for group in lexicon.group]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("lexicon", "group"), GROUPS)
def test_a_group_is_not_empty_and_says_where_it_comes_from(lexicon, group):
    assert group.forms or group.pairs or group.variants or group.values
    assert group.origin.strip()
    assert group.examples


@pytest.mark.parametrize(("lexicon", "group"), GROUPS)
def test_no_entry_has_stray_spaces_or_stands_twice(lexicon, group):
    pairs = [tuple(sorted(pair)) for pair in group.pairs]
    assert len(pairs) == len(set(pairs))
    entries = [
        *group.forms,
        *group.variants,
        *group.values,
        *(w for ws in group.variants.values() for w in ws),
    ]
    for entry in (*entries, *(word for pair in group.pairs for word in pair)):
        assert entry == " ".join(entry.split()), repr(entry)
        assert entry
    for canonical, spellings in group.variants.items():
        assert len(set(spellings)) == len(spellings), canonical


@pytest.mark.parametrize(("lexicon", "group"), GROUPS)
def test_examples_fire(lexicon, group):
    for example in group.examples:
        found = fires(lexicon, group, example, is_word_in) or fires(lexicon, group, example, is_inflected_in)
        assert found, example


@pytest.mark.parametrize(
    ("lexicon", "group"), [g for g in GROUPS if g.values[0].name not in IN_SENTENCES | ON_PAGES | IN_PHRASES]
)
def test_counter_examples_do_not(lexicon, group):
    for example in group.counter_examples:
        assert not fires(lexicon, group, example, is_word_in), example
