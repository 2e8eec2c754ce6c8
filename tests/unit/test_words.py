import pytest

from claimtrack.conflicts.words import Word, find_phrases, read_words, stem_book, tokenize
from claimtrack.text import fold


def words_of(text: str) -> list[Word]:
    return read_words(text, tokenize(text))


def by_text(text: str) -> dict[str, Word]:
    return {word.text: word for word in words_of(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. can't pay", ["the", "u.s.", "can't", "pay"]),
        ("Imran Khan’s account", ["imran", "khan", "account"]),
        ("Rs2.5bn and 1,45,000", ["rs2", "5bn", "and", "1,45,000"]),
        ("$2.5bn, 35 per cent", ["$", "2.5bn", "35", "per cent"]),
        ("non-citizens and H-1B", ["non-citizens", "and", "h", "1b"]),
        ("", []),
        ("…“”👍", []),
    ],
    ids=["initials", "possessive", "glued", "figures", "prefix", "empty", "no-words"],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [word.text for word in words_of(text)] == expected


@pytest.mark.parametrize(
    "text", ["He said “no” — twice.", "  “Adiala Jail’s gate”  ", "Żółw, 北京 and Ünal’s"]
)
def test_offsets_cut_the_words_out(text: str) -> None:
    for word in words_of(text):
        cut = text[word.start : word.end]
        assert fold(cut).startswith(word.text)
        assert text[word.start - 1 : word.start].strip(" “‘") == ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("American", "U.S."),
        ("United States", "America"),
        ("murdered", "slain"),
        ("take out", "kill"),
        ("let in", "permitted"),
        ("qualified", "qualifications"),
        ("ISIS", "Islamic State"),
    ],
)
def test_words_that_match_share_a_key(first: str, second: str) -> None:
    left, right = words_of(f"they {first} now")[1], words_of(f"they {second} now")[1]
    assert left.key == right.key != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [("US", "us"), ("Polish", "polish"), ("citizens", "non-citizens")],
)
def test_words_that_do_not_match(first: str, second: str) -> None:
    assert words_of(f"they {first} now")[1].key != words_of(f"they {second} now")[1].key


def test_names_are_told_from_sentence_openers_and_titles() -> None:
    found = by_text("Prices rose, Minister Adeyemi told Lagos")
    assert [word for word in found if found[word].is_name] == ["adeyemi", "lagos"]


def test_a_headline_in_title_case_names_only_places() -> None:
    found = by_text("Mayor Promises Cheaper Buses For Nairobi Suburbs")
    assert [word for word in found if found[word].is_name] == ["nairobi"]


def test_general_words_weigh_less_and_function_words_nothing() -> None:
    found = by_text("the people signed a treaty")
    assert found["the"].weight == 0 < found["people"].weight < found["treaty"].weight


@pytest.mark.parametrize(("text", "is_verb"), [("they back it", True), ("she came back", False)])
def test_back_is_a_verb_behind_its_subject(text: str, is_verb: bool) -> None:
    (back,) = (word for word in words_of(text) if word.text == "back")
    assert (back.weight > 0) == is_verb


@pytest.mark.parametrize("word", ["don't", "needn't", "shan’t"])
def test_a_contracted_not_says_nothing_of_the_subject(word: str) -> None:
    assert [found.weight > 0 for found in words_of(f"they {word} repair it")] == [False, False, True, False]


def test_phrases_are_found_from_left_to_right_and_longest_first() -> None:
    words = words_of("it is not only late but not true")
    book = stem_book("negation", "pseudo", "particles")
    assert [(words[first].text, group) for first, _, group in find_phrases(words, book)] == [
        ("not", "pseudo"),
        ("not", "particles"),
    ]
