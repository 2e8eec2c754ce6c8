"""Notes brought up to date: generated blocks follow the store, every word of the person stays."""

import re

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from claimtrack.errors import InputError
from claimtrack.notes.into import Block, Update, update_notes
from claimtrack.notes.kept import take_apart
from claimtrack.notes.markdown import CHECKLIST

CONFLICTS = [f"cf-{letter * 12}" for letter in "abcdef"]
SEARCHES = [f"q-{digit * 12}" for digit in "012"]
TASKS = "\n".join(f"- [ ] {check}" for check in CHECKLIST)
PROPERTIES = {"claimtrack_version": "1", "claimtrack_store": "sha256:00"}


def conflict(item: str, words: str = "words") -> Block:
    return Block(
        id=item,
        text=f"## Conflict {item}\n\nA possible conflict, unreviewed.\n\n> {words}\n\nRead:\n\n{TASKS}",
    )


def search(item: str, found: list[Block]) -> Block:
    listed = "\n".join(f"{n}. {block.id}" for n, block in enumerate(found, 1))
    return Block(id=item, text=f"# Search\n\n- search: `claimtrack {item}`\n\n{listed}".strip())


def update(before: str, items: list[str], of: str = SEARCHES[0], words: str = "words") -> Update:
    found = [conflict(item, words) for item in items]
    return update_notes(before, "notes.md", search(of, found), found, PROPERTIES, lambda item: f"why {item}")


def order(text: str) -> list[str]:
    return [block.id for block in take_apart(text, "n")[1]]


A, B, C = CONFLICTS[:3]
Q, R = SEARCHES[:2]


def test_a_new_file_has_front_matter_and_a_block_each():
    made = update("", [A, B])
    assert (made.added, made.renewed, made.gone, made.notes) == (2, 0, 0, ())
    assert order(made.text) == [Q, A, B]
    matter, _, body = made.text.removeprefix("---\n").partition("---\n")
    assert yaml.safe_load(matter) == {
        "claimtrack_version": "1",
        "claimtrack_store": "sha256:00",
        "claimtrack_searches": [f"claimtrack {Q}"],
        "claimtrack_found": 2,
        "claimtrack_unreviewed": 2,
    }
    assert body.startswith(f"\n<!-- claimtrack begin {Q} -->\n\n# Search\n")
    assert made.text.endswith(" -->\n")
    tokens = MarkdownIt("gfm-like").use(front_matter_plugin).parse(made.text)
    assert tokens[0].type == "front_matter"
    assert [t.content for t in tokens if t.type == "html_block"] == [
        line + "\n" for line in made.text.split("\n") if line.startswith("<!--")
    ]


def test_again_changes_nothing():
    made = update("", [A, B]).text
    again = update(made, [A, B])
    assert again.text == made
    assert (again.added, again.renewed, again.gone) == (0, 0, 0)


def test_the_persons_words_stay_with_their_conflict_when_ranks_change():
    text = update("", [A, B]).text
    text = (
        text.replace(f"<!-- claimtrack begin {B}", f"I rang her.\n\n<!-- claimtrack begin {B}")
        + "\nMy end.\n"
    )
    made = update(text, [C, B, A], words="other words")
    assert order(made.text) == [Q, C, A, B]
    assert not re.search(r"-->\n<!--", made.text)
    assert (made.added, made.renewed) == (1, 2)
    _, blocks = take_apart(made.text, "n")
    assert [block.own.strip() for block in blocks] == ["", "", "I rang her.", "My end."]
    assert all("> other words" in block.text for block in blocks[1:])


def test_a_new_conflict_comes_behind_the_words_below_the_one_ranked_before_it():
    text = update("", [A, B]).text.replace(
        f"<!-- claimtrack begin {B}", f"Under A.\n\n<!-- claimtrack begin {B}"
    )
    made = update(text, [A, C, B]).text
    assert order(made) == [Q, A, C, B]
    assert made.index("Under A.") < made.index(f"begin {C}")


def test_a_file_of_ones_own_is_added_to():
    own = "---\ntitle: mine\n---\n# My story\n\nwithout an end"
    made = update(own, [A]).text
    assert made.startswith(own + "\n\n<!-- claimtrack begin q-")
    assert "claimtrack_store" not in made


@pytest.mark.parametrize("own", ["", "\n", " \n\t\n"])
def test_an_empty_file_is_a_new_one(own):
    assert update(own, [A]).text == update("", [A]).text


def test_what_is_no_longer_found_goes_unless_a_person_wrote_there():
    text = update("", [A, B, C]).text.replace(
        f"<!-- claimtrack begin {B}", f"Mine.\n<!-- claimtrack begin {B}"
    )
    made = update(text, [C])
    assert made.gone == 2
    assert order(made.text) == [Q, A, C]
    block = take_apart(made.text, "n")[1][1]
    assert block.text.startswith(
        f"> [!WARNING]\n> **No longer found.** why {A} What follows is as it was found last.\n\n"
        f"## Conflict {A}\n"
    )
    assert block.own == "\nMine.\n"
    assert block.searches == ()
    again = update(made.text, [C])
    assert (again.text, again.gone) == (made.text, 0)
    back = update(made.text, [A, C]).text
    assert "No longer found" not in back
    assert "Mine.\n" in back


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [ ] " + CHECKLIST[0], "- [x] " + CHECKLIST[0]),
        ("- [ ] " + CHECKLIST[3], "- [-] " + CHECKLIST[3] + " ✅ 2025-01-02, by Nell\n  - see below"),
        ("- [ ] " + CHECKLIST[-1], f"- [ ] {CHECKLIST[-1]}\n- [ ] ring the harbour"),
    ],
    ids=["ticked", "ticked with a word", "a task of one's own"],
)
def test_tasks_are_the_persons(old, new):
    text = update("", [A]).text.replace(old, new)
    assert update(text, [A]).text == text
    made = update(text, [A], words="other words").text
    assert new in made
    assert "> other words" in made
    assert made.count("- [") == text.count("- [")
    gone = update(text, []).text
    assert new in gone
    assert "No longer found" in gone


def test_a_block_edited_by_hand_stays_and_is_told():
    text = update("", [A, B]).text.replace(f"## Conflict {A}", f"## Conflict {A}, checked")
    assert update(text, [A, B]).notes == ()
    made = update(text, [A, B], words="other words")
    line = text[: text.index(f"<!-- claimtrack begin {A}")].count("\n") + 1
    assert f"notes.md, line {line}: {A} was edited by hand" in made.notes[0]
    assert f"## Conflict {A}, checked\n\nA possible conflict, unreviewed.\n\n> words" in made.text
    assert made.text.count("> other words") == 1
    gone = update(made.text, [B], words="other words").text
    assert (
        f"**No longer found.** why {A} What follows is as it was found last.\n\n## Conflict {A}, checked"
        in gone
    )
    assert update(gone, [A, B], words="other words").text == made.text


def test_an_emptied_block_is_written_anew():
    text = update("", [A]).text
    emptied = re.sub(rf"(begin {A} .*-->\n)(?:.*\n)*?(<!-- claimtrack end {A})", r"\1\2", text)
    assert "## Conflict" not in emptied
    assert update(emptied, [A]).text == text


def test_what_a_tidying_program_changes_is_no_edit():
    text = update("", [A]).text.replace("unreviewed.\n\n", "unreviewed\\.  \n\n\n")
    made = update(text, [A], words="other words")
    assert made.notes == ()
    assert "> other words" in made.text


def test_two_searches_keep_their_blocks():
    text = update(update("", [A, B]).text, [B, C], of=R).text
    assert order(text) == [Q, A, B, R, C]
    assert f"begin {B} {Q} {R} -->" in text
    assert yaml.safe_load(text.split("---\n")[1])["claimtrack_searches"] == [
        f"claimtrack {Q}",
        f"claimtrack {R}",
    ]
    made = update(text, [A]).text
    assert order(made) == [Q, A, B, R, C]
    assert f"begin {B} {R} -->" in made
    assert order(update(made, [], of=R).text) == [Q, A, R]


def test_the_front_matter_keeps_what_a_person_added():
    text = update("", [A]).text.replace(
        "---\nclaimtrack_version", "---\ntags:\n  - port # mine\nclaimtrack_version"
    )
    text = text.replace("claimtrack_store: ", "# as of\nclaimtrack_store: ").replace(
        "claimtrack_searches:\n  -", "claimtrack_searches:\n-"
    )
    made = update(text, [A, B]).text
    assert made.startswith('---\ntags:\n  - port # mine\nclaimtrack_version: "1"\n# as of\nclaimtrack_store')
    assert yaml.safe_load(made.split("---\n")[1])["claimtrack_found"] == 2
    without = text.replace("claimtrack_found: 1\n", "")
    assert "claimtrack_found" not in update(without, [A, B]).text


def test_an_indented_comment_is_understood():
    text = update("", [A]).text
    assert update(text.replace("<!-- claimtrack", "  <!-- claimtrack"), [A], words="x").text.count("> x") == 1


def test_windows_line_ends_stay():
    text = update("Mine.\r\n", [A]).text
    assert text.startswith("Mine.\r\n\r\n<!-- claimtrack begin")
    assert not re.search(r"(?<!\r)\n", text)
    assert update(text, [A]).text == text
    fresh = update("", [A, B]).text.replace("\n", "\r\n")
    made = update(fresh, [A, B, C], words="other words").text
    assert not re.search(r"(?<!\r)\n", made)
    assert "claimtrack_found: 3\r\n" in made


def test_a_byte_order_mark_stays_in_front():
    made = update("\ufeff" + update("", [A]).text, [A, B]).text
    assert made.startswith("\ufeff---\nclaimtrack_version")
    assert "claimtrack_found: 2\n" in made
    assert made.count("\ufeff") == 1


BEGIN, END = f"<!-- claimtrack begin {A} {Q} -->", f"<!-- claimtrack end {A} 01234567 -->"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (f"{BEGIN}\nx\n", 1, "begins and does not end"),
        (f"x\n{END}\n", 2, "ends, and has not begun"),
        (
            f"{BEGIN}\n{BEGIN.replace(A, B)}\n{END}\n",
            1,
            "does not end before cf-bbbbbbbbbbbb begins in line 2",
        ),
        (f"{BEGIN}\n{END.replace(A, B)}\n", 2, f"{B} ends within {A}, which began in line 1"),
        (f"{BEGIN}\n{END}\n\n{BEGIN}\n{END}\n", 4, "begins a second time, after line 1"),
        (f"x\n{BEGIN.replace('begin', 'beginn')}\n{END}\n", 2, "not as it was written"),
        (f"{BEGIN}\n{END} my words\n", 2, "not as it was written"),
        (f"{BEGIN}\n{END}\n<!--claimtrack-->", 3, "not as it was written"),
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", 2, "a merge left its conflict"),
        ("a\r\n>>>>>>> other\r\n", 2, "a merge left its conflict"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(text, line, told):
    with pytest.raises(InputError) as raised:
        update(text, [A])
    assert f"notes.md, line {line}: " in raised.value.message
    assert told in raised.value.message
    assert "Nothing was written." in raised.value.hint


OWN = st.lists(
    st.sampled_from(["\n", "\r\n", "  ", "My words.", "# Head", "---", "- [x] done", "> q", "é\u2028\x0c"])
    | st.text(max_size=12),
    max_size=5,
).map("".join)  # fmt: skip
RUNS = st.lists(
    st.tuples(
        st.sampled_from(SEARCHES),
        st.permutations(CONFLICTS),
        st.integers(0, 6),
        st.sampled_from(["one", "two"]),
    ),
    min_size=1,
    max_size=5,
)


def words_of(text: str) -> list[str]:
    """Returns the person's own words: what stands before, between and behind the blocks."""
    head, blocks = take_apart(text, "n")
    return [own.strip("\r\n \t") for own in (head, *(block.own for block in blocks)) if own.strip("\r\n \t")]


@settings(max_examples=150, deadline=None)
@given(st.data(), OWN, RUNS)
def test_own_words_survive_any_sequence_of_updates(data, before, runs):
    assume(not re.search(r"^[ \t]*<!--\s*claimtrack|^<{7}|^>{7}|^---", before, re.MULTILINE))
    text = before
    for of, ranked, count, words in runs:
        start, blocks = take_apart(text, "n")
        told = [data.draw(OWN) for _ in blocks]
        assume(not any(re.search(r"<!--|<{7}|>{7}", own) for own in told))
        edited = start + "".join(
            block.raw + own + ("" if own.endswith("\n") else "\n") + block.own
            for block, own in zip(blocks, told, strict=True)
        )
        mine = words_of(edited)
        text = update(edited, ranked[:count], of=of, words=words).text
        if edited.strip():
            at = 0
            for own in mine[bool(blocks and start.startswith("---")) :]:
                assert own in text[at:]
                at = text.index(own, at) + len(own)
        below = {block.id: block.own.strip() for block in take_apart(text, "n")[1]}
        for block in take_apart(edited, "n")[1]:
            assert below.get(block.id, "") == block.own.strip()
        assert update(text, ranked[:count], of=of, words=words).text == text
        assert len(order(text)) == len(set(order(text)))
        assert set(ranked[:count]) <= set(order(text))
