import io

import pytest

from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark
from claimtrack.documents.subtitles.reader import read
from claimtrack.errors import InputError
from claimtrack.settings import Settings


def items(raw):
    return list(read(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), Settings()))


def said(raw):
    (article,) = items(raw)
    assert isinstance(article, Article)
    return article.text.strip().split("\n\n")


def srt(*cues, length=2.0, gap=0.0):
    """Cues one after another, each so many seconds long."""
    parts = []
    for number, cue in enumerate(cues):
        start = number * (length + gap)
        parts.append(f"{number + 1}\n{clock(start)} --> {clock(start + length)}\n{cue}\n")
    return "\n".join(parts)


def clock(seconds):
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02},000"


TIME = "00:00:01,000 --> 00:00:02,000"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(f"1\n{TIME}\nWe shut\nthe school.\n", "We shut the school.", id="one cue"),
        pytest.param(f"\ufeff1\r\n{TIME}\r\nWe shut it.\r\n\r\n", "We shut it.", id="mark and line ends"),
        pytest.param(f"1\r{TIME}\rWe shut it.\r", "We shut it.", id="old line ends"),
        pytest.param(f"{TIME}\nWe shut it.", "We shut it.", id="no number"),
        pytest.param("00:01.0 --> 00:02.0\nWe shut it.", "We shut it.", id="short times"),
        pytest.param("0:00:01:000 -> 0:00:02:000\nWe shut it.", "We shut it.", id="odd times"),
        pytest.param("00:00:01 --> 00:00:02\nWe shut it.", "We shut it.", id="times without fractions"),
        pytest.param("1\n00:00:01,000 --> 99:99:99,999 X1:1 Y1:2\nWe shut it.", "We shut it.", id="places"),
        pytest.param(
            f"7\n{TIME}\nWe shut it\n7\n{TIME}\nin 1945.", "We shut it in 1945.", id="no empty line"
        ),
        pytest.param(
            f"1\n{TIME}\nWe shut it in\n1945\n\n2\n{TIME}\nor so.", "We shut it in 1945 or so.", id="a year"
        ),
        pytest.param(
            f"1\n{TIME}\nWe shut\n\nit.\n\n2\n{TIME}\nYes.", "We shut it. Yes.", id="empty line within"
        ),
        pytest.param(
            "2\n00:00:05,000 --> 00:00:06,000\nin May.\n\n1\n" + TIME + "\nWe shut it",
            "We shut it in May.",
            id="wrong order",
        ),
        pytest.param(f"1\n{TIME}\n<i>We</i> <font color='#f00'>shut</font> it.", "We shut it.", id="tags"),
        pytest.param(f"1\n{TIME}\n{{\\an8}}{{i}}We shut it.", "We shut it.", id="placing"),
        pytest.param(f"1\n{TIME}\nAsh &amp; Son &gt; 5&nbsp;men.\u200e", "Ash & Son > 5 men.", id="entities"),
        pytest.param(f"1\n{TIME}\nIf 3 < 4 or x<5, we shut it.", "If 3 < 4 or x<5, we shut it.", id="no tag"),
        pytest.param(f"1\n{TIME}\nWe [laughs] shut it. (APPLAUSE)", "We shut it.", id="sounds"),
        pytest.param(
            f"1\n{TIME}\nWe [inaudible] it (the school).", "We [inaudible] it (the school).", id="gaps"
        ),
        pytest.param(
            f"1\n{TIME}\n♪ La la\n\n2\n{TIME}\nWe shut it.\n\nCaptions by X", "We shut it.", id="songs"
        ),
        pytest.param(
            f"WEBVTT\n\nNOTE no\n{TIME}\nnot this\n\n{TIME}\nWe shut it.", "We shut it.", id="a note"
        ),
        pytest.param(
            f"WEBVTT\nX-MAP=1\n\nSTYLE\n::cue {{}}\n\nid 1\n{TIME}\nYes.\n\njunk", "Yes.", id="styles"
        ),
        pytest.param("WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE well: no.", "NOTE well: no.", id="no note"),
        pytest.param(
            f"WEBVTT\n\n{TIME}\n<ruby>Ada<rt>ei</rt></ruby> <lang ur>came</lang>.", "Ada came.", id="ruby"
        ),
    ],
)
def test_what_is_said(raw, expected):
    assert said(raw) == [expected]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        pytest.param(
            ["ANNA REED: Did you?", "We ask.", "MOYO: No.", "ANNA REED: When?"],
            ["ANNA REED: Did you? We ask.", "MOYO: No.", "ANNA REED: When?"],
            id="names in capitals",
        ),
        pytest.param(
            ["Anna Reed: Did you?", "Moyo (Labour): No.", "Anna Reed: When?", "Moyo (Labour): In May."],
            ["Anna Reed: Did you?", "Moyo (Labour): No.", "Anna Reed: When?", "Moyo (Labour): In May."],
            id="names that come back",
        ),
        pytest.param(["Remember: we", "said no."], ["Remember: we said no."], id="a word that does not"),
        pytest.param(
            ["He said: no.", "He said: yes."], ["He said: no. He said: yes."], id="words in lower case"
        ),
        pytest.param(["NOTE: no.", "PHOTO: yes."], ["NOTE: no. PHOTO: yes."], id="labels of facts"),
        pytest.param(
            [">> REED: Did you?", ">> No. >> MOYO: Yes."],
            ["REED: Did you?", "SPEAKER: No.", "MOYO: Yes."],
            id="signs of change",
        ),
        pytest.param([">> Did you?", ">> No."], ["Did you?", "No."], id="changes without any name"),
        pytest.param(
            ["&gt;&gt; THE ANSWER IS: NO.", ">> ADA LOMAX:\nTHE QUESTION IS: WHY?", "IT IS: SO."],
            ["SPEAKER: THE ANSWER IS: NO.", "ADA LOMAX: THE QUESTION IS: WHY? IT IS: SO."],
            id="all in capitals",
        ),
        pytest.param(["- Did you?\n- No."], ["Did you?", "No."], id="dialogue"),
        pytest.param(["We shut it - or\n-20 of them."], ["We shut it - or -20 of them."], id="no dialogue"),
        pytest.param(
            ["[Anna Reed] Did you?", "(MOYO): No.", "[Anna Reed] When?", "(MOYO): May.", "[Applause] Yes."],
            ["Anna Reed: Did you?", "MOYO: No.", "Anna Reed: When?", "MOYO: May. Yes."],
            id="names in brackets",
        ),
        pytest.param(
            ["<v Anna Reed>Did you?</v>", "<v.loud Moyo>No, <v Anna Reed>When?", "Nobody knows.", "<v>Yes."],
            ["Anna Reed: Did you?", "Moyo: No,", "Anna Reed: When?", "SPEAKER: Nobody knows. Yes."],
            id="voices",
        ),
        pytest.param(
            ["<v Moyo>We shut", "the school.", "<v Moyo>Yes."],
            ["Moyo: We shut the school. Yes."],
            id="a voice goes on",
        ),
    ],
)
def test_who_says_it(cues, expected):
    assert said(srt(*cues)) == expected


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        pytest.param(
            ["we will", "we will\nbuild it", "build it\nin May"], "we will build it in May", id="two lines"
        ),
        pytest.param(
            ["one\ntwo\nthree", "two\nthree\nfour", "three\nfour\nfive"],
            "one two three four five",
            id="three lines",
        ),
        pytest.param(
            ["we", "we will", "we will build", "we will build it"], "we will build it", id="word by word"
        ),
        pytest.param(
            ["No.", "No.", "We will", "build", "it", "there,", "we", "say"],
            "No. No. We will build it there, we say",
            id="said twice",
        ),
        pytest.param(["a", "a\nno", "no", "no\nno toll"], "a no no toll", id="repeated word"),
    ],
)
def test_captions_that_roll(cues, expected):
    assert said(srt(*cues)) == [expected]


def test_captions_at_the_same_time_are_compared():
    raw = "00:00:01,000 --> 00:00:03,000\nNo.\n\n00:00:02,000 --> 00:00:04,900\nNo.\n\n"
    apart = "00:00:05,000 --> 00:00:06,900\nNo.\n\n"
    rest = "".join(f"00:00:0{second},000 --> 00:00:0{second},900\n{second}.\n\n" for second in (7, 8, 9))
    assert said(raw + apart + rest) == ["No. No. 7. 8. 9."]


def test_paragraphs_end_with_pauses_and_with_length():
    assert said(srt("We shut it.", "Yes.", gap=5)) == ["We shut it.", "Yes."]
    assert said(srt("We shut", "it.", gap=5)) == ["We shut it."]
    long = said(srt(*["We shut the school in the valley at last."] * 100))
    assert all(600 <= len(paragraph) < 660 for paragraph in long[:-1])
    endless = said(srt(*[f"and {number} we shut the school in the valley" for number in range(200)]))
    assert all(2000 <= len(paragraph) < 2060 for paragraph in endless[:-1])


def test_the_title_and_the_bytes():
    raw = b"WEBVTT - A talk\n\n00:01.000 --> 00:02.000\nYes."
    (article,) = items(raw)
    assert article.header.title == "A talk"
    assert article.raw == raw


def test_a_guessed_encoding_is_remarked():
    remark, article = items(f"1\n{TIME}\n".encode() + "It’s shut.".encode("cp1252"))
    assert isinstance(remark, Remark)
    assert article.text == "It’s shut.\n"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "no captions", id="empty"),
        pytest.param(b"a text\n" * 9, "no captions", id="a text"),
        pytest.param(b"WEBVTT\n\n", "no captions", id="no cues"),
        pytest.param(f"1\n{TIME}\n[MUSIC]\n".encode(), "nothing is said", id="music"),
        pytest.param(b"\0\1\2" * 9, "binary", id="binary"),
    ],
)
def test_what_cannot_be_read(raw, words):
    with pytest.raises(InputError, match=words) as caught:
        items(raw)
    assert caught.value.hint or words == "binary"


@pytest.mark.parametrize(
    "filling",
    [
        "A:\n",
        "[A {\\",
        "<v ",
        "(",
        ">> ",
        "- a\n",
        "♪ ",
        "A " * 9 + ":",
        "WEBVTT\n",
        TIME + "\n",
        "<rt>",
        "12\n",
    ],
)
def test_hostile_captions_take_linear_time(filling):
    for article in items(f"{TIME}\nYes. {filling * 20_000}\n\n{TIME}\nNo."):
        assert "No." in article.text
