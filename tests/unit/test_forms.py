"""Attributions told by form: turns, signatures, possessors, outlets."""

import pytest

from claimtrack.statements.drafts import Draft
from claimtrack.statements.forms import find_owners, find_signatures
from claimtrack.statements.outlets import outlets_named
from claimtrack.statements.transcripts import find_turns
from claimtrack.text import quotation_spans


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        pytest.param(
            "Talk\n\nREED: Why?\n\nMOYO: Because.\n\nREED: When?",
            [("REED", ["Why?"]), ("MOYO", ["Because."]), ("REED", ["When?"])],
            id="labels that come back",
        ),
        pytest.param(
            "Q: Why?\nA: Because.\nIt was late.\nQ: When?\nA: Then.",
            [("Q", ["Why?"]), ("A", ["Because.", "It was late."]), ("Q", ["When?"]), ("A", ["Then."])],
            id="an unlabelled paragraph goes on",
        ),
        pytest.param(
            "ANN REED, HOST: Hello.\n\n[Applause]\n\nREED: Why?\n\nREED: Well?",
            [("ANN REED, HOST", ["Hello."]), ("REED", ["Why?"]), ("REED", ["Well?"])],
            id="description in the label, stage direction left out",
        ),
        pytest.param("Read more: one\nPhoto: two\nRead more: three\nPhoto: four", [], id="no speakers"),
        pytest.param(
            "Minister: taxes rise\n\nIt rained.\n\nIt snowed.", [], id="a headline is no transcript"
        ),
    ],
)
def test_turns(text: str, turns: list[tuple[str, list[str]]]) -> None:
    found = [(text[t.label[0] : t.label[1]], [text[a:b] for a, b in t.contents]) for t in find_turns(text)]
    assert found == turns


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We will not sell the farm.” – Dai Pritchard\nMore.", "Dai Pritchard"),
        ("“We will not sell the farm.” — @dai_p", "@dai_p"),
        ("“We will not sell” – he said this twice – the farm.", None),
        ("“We will not sell the farm.” The end.", None),
    ],
    ids=["name", "handle", "parenthesis", "no dash"],
)
def test_signatures(text: str, source: str | None) -> None:
    found = find_signatures(text, [], quotation_spans(text))
    assert [text[slice(*d.source)] for d in found if d.source] == ([source] if source else [])


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Asked about his allegation that it rained.", "allegation", "his"),
        ("It rests on Karim Lodhi’s repeated claim that it rained.", "claim", "Karim Lodhi’s"),
        ("It rests on the claim that it rained.", "claim", None),
        (
            "In a talk with Mira Anand, Asif contradicted himself by claiming that it rained.",
            "claiming",
            "Asif",
        ),
        ("It snowed. After a pause the crowd left, claiming that it rained.", "claiming", None),
    ],
    ids=["pronoun", "name", "nobody", "subject of the sentence", "no subject in sight"],
)
def test_possessors(text: str, cue: str, source: str | None) -> None:
    (found,) = find_owners(text, [Draft((place(text, "that it rained"),), place(text, cue), None, 1.0)])
    assert (text[slice(*found.source)] if found.source else None) == source


def test_a_possessive_far_from_the_cue_owns_another_noun() -> None:
    text = "His visit comes amid speculation that it rained."
    tagged = Draft((place(text, "that it rained"),), place(text, "speculation"), place(text, "His"), 1.0)
    assert find_owners(text, [tagged])[0].source is None


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("Farouk told Reuters that it rained.", ("Reuters",)),
        ("According to Dawn, Farouk said that it rained.", ("Dawn",)),
        ("Farouk told reporters that it rained.", ()),
        ("Farouk told the BBC's viewers that it rained.", ()),
        ("Farouk said that it rained. Reuters is an agency.", ()),
    ],
    ids=["told", "according to", "no outlet", "possessive", "another sentence"],
)
def test_outlets(text: str, outlets: tuple[str, ...]) -> None:
    cue = "said" if "said" in text else "told"
    assert (
        outlets_named(text, Draft((place(text, "that it rained"),), place(text, cue), None, 1.0)) == outlets
    )
