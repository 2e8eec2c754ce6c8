import pytest

from claimtrack.conflicts.claims import Claim, read_claim
from claimtrack.models import ClaimText


def read(text: str, cue: str | None = None) -> Claim:
    return read_claim(ClaimText(text=text, cue=cue))


@pytest.mark.parametrize(
    ("cue", "denied", "against", "favours", "silent"),
    [
        ("said", False, False, False, False),
        ("denied", True, False, False, False),
        ("did not deny", False, False, False, True),
        ("hasn't conceded", False, False, False, True),
        ("has called for", False, False, True, False),
        ("condemned", False, True, False, False),
        ("declined to say", False, False, False, True),
        ("was asked about", False, False, False, True),
        (None, False, False, False, False),
    ],
)
def test_cue(cue: str | None, denied: bool, against: bool, favours: bool, silent: bool) -> None:
    found = read("the toll", cue).cue
    assert (found.denied, found.against, found.favours, found.silent) == (denied, against, favours, silent)


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Critics say the deal was corrupt", True),
        ("You said he was operating from Oslo", True),
        ("Merkel says the deal was corrupt", True),
        ("Chancellor Dorner said the deal was corrupt", True),
        ("The owner says barns were burnt", True),
        ("I have always said the deal was corrupt", False),
        ("To some people I said the deal was corrupt", False),
        ("They made a call for reform", False),
        ("She kept her claim to the farm at Tarn", False),
        ("The deal was corrupt", False),
        ("They run the call centre from Oslo", False),
    ],
)
def test_words_passed_on_are_somebody_elses(text: str, foreign: bool) -> None:
    assert any(clause.others for clause in read(text).clauses) is foreign


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("He may leave the cabinet", "possible"),
        ("If he leaves, the cabinet falls", "conditional"),
        ("He wants to leave the cabinet", "wished"),
        ("He will leave the cabinet", "future"),
        ("He had left the cabinet", "past"),
    ],
)
def test_manner(text: str, manner: str) -> None:
    assert any(getattr(clause, manner) for clause in read(text).clauses)
    assert not any(getattr(clause, manner) for clause in read("The cabinet is small").clauses)


@pytest.mark.parametrize(
    "text",
    [
        "If the envoy leaves, he falls",
        "The cabinet falls if he leaves",
    ],
)
def test_what_hangs_on_a_condition_stands_before_or_after_it(text: str) -> None:
    (main,) = (clause for clause in read(text).clauses if "falls" in [word.text for word in clause.words])
    assert main.conditional


@pytest.mark.parametrize(
    "text",
    [
        "The cabinet met in May",
        "Since May the cabinet has met",
        "The cabinet met last May",
        "The well ran dry by May",
        "The well ran dry on 3 May",
        "The well ran dry on May 3",
        "The well ran dry in early May",
    ],
)
def test_the_month_of_may_is_no_possibility(text: str) -> None:
    assert not any(clause.possible for clause in read(text).clauses)


@pytest.mark.parametrize("text", ["", "   ", "“”…", "👍", "وہ گیا"])
def test_text_without_content_gives_no_english_reading(text: str) -> None:
    assert all(not clause.negations for clause in read(text).clauses)


def test_a_repeated_clause_is_read_once() -> None:
    assert len(read("The dam is safe. " * 500).clauses) == 1
