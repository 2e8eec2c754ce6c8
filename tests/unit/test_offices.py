"""What the words around a name say of its bearer."""

import pytest

from claimtrack.statements.names import find_names
from claimtrack.statements.offices import describe, descriptions_of, same_role


def told(text: str, surname: str) -> list[str]:
    name = next(n for n in find_names(text) if n.words[-1] == surname)
    return [description.text for description in descriptions_of(text, name)]


@pytest.mark.parametrize(
    ("text", "descriptions"),
    [
        ("Then Defence Minister Ann Roe spoke.", ["defence minister"]),
        ("The White House spokesman Carl Roe spoke.", ["White House spokesman"]),
        ("He met the British-American journalist Ann Roe.", ["British-American journalist"]),
        ("Ann Roe, a British-American journalist, spoke.", ["British-American journalist"]),
        ("Ann Roe, president of the Bar Council, spoke.", ["president of the Bar Council"]),
        ("Ann Roe, 45, the former mayor, spoke.", ["former mayor"]),
        ("Ann Roe, who is a lawyer, spoke.", ["lawyer"]),
        ("Ann Roe is a lawyer from Lahore.", ["lawyer"]),
        ("The party's treasurer, Ann Roe, spoke.", ["treasurer"]),
        ("MNA Dr Ann Roe spoke.", ["MNA", "dr"]),
        ("Attorney General Ann Roe spoke.", ["attorney general"]),
        ("DG ISPR Lt Gen Carl Roe spoke.", ["DG ISPR", "lieutenant general"]),
        ("Sen. Ann Roe (D-Vt.) spoke.", ["senator", "democrat of Vermont"]),
        ("State Minister for Education Nadia Roe spoke.", ["state minister for education"]),
        ("Near Roe, the minister said it rained.", []),
        ("He met Sen. Tom Brandt, Ohio Gov. Ann Roe and Carl Dow.", ["Ohio governor"]),
        ("He met Ann Roe, her lawyer and her dog.", ["lawyer"]),
        ("Ann Roe, however, spoke.", []),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_descriptions(text: str, descriptions: list[str]) -> None:
    assert told(text, "Roe") == descriptions


@pytest.mark.parametrize(
    ("phrase", "head", "modifiers"),
    [
        ("the former Wisconsin governor", "governor", ("former", "wisconsin")),
        ("Pakistan's defence minister", "minister", ("defence",)),
        ("one of the party's chief strategists", None, None),
        ("a minister of state for finance", "minister", ("state",)),
        ("the surveyor general", "general", ("surveyor",)),
        ("the attorney general", "attorney general", ()),
        ("the report", None, None),
        ("", None, None),
    ],
    ids=lambda value: str(value),
)
def test_describe(phrase: str, head: str | None, modifiers: tuple[str, ...] | None) -> None:
    found = describe(phrase)
    assert (found.head if found else None) == head
    if found and modifiers is not None:
        assert found.modifiers[: len(modifiers)] == modifiers


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("lawmaker", "senator", True),
        ("senator", "lawmaker", False),
        ("minister", "prime minister", True),
        ("prime minister", "minister", False),
        ("general", "attorney general", True),
        ("journalist", "lawyer", False),
    ],
)
def test_a_wider_word_takes_up_a_narrower_one(said: str, known: str, same: bool) -> None:
    assert same_role(said, known) is same
