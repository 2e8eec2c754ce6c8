import pytest

from claimtrack.documents.language import find_language
from claimtrack.lexicon import load_lexicon

NEWS = (
    "Farm minister Lena Orth has said that the dam will be built next year, whatever the province thinks. "
    "She told reporters that the money was there and that work would start in the spring."
)


@pytest.mark.parametrize(
    "group",
    [g for g in load_lexicon("languages").group if g.forms],
    ids=lambda group: group.name,
)
def test_a_sentence_of_each_language(group):
    for example in group.examples:
        assert find_language(" ".join([example] * 3)) == group.name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وزیر دفاع نے کہا ہے کہ پاکستان امن چاہتا ہے۔", "ur"),
        ("قال الوزير إن الجيش سينسحب.", "ar"),
        ("وزیر گفت که این پروژه تمام شد، چرا پرسیدید؟", "fa"),
        ("Министр сказал, что армия уйдёт.", "ru"),
        ("Міністр сказав, що її армія піде.", "uk"),
        ("मंत्री ने कहा कि सेना जाएगी।", "hi"),
        ("部长说军队将撤离。", "zh"),
        ("大臣は軍が撤退すると述べた。", "ja"),
        ("ᚠᚢᚦᚨᚱᚲ", "und"),
    ],
)
def test_scripts(text, language):
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NEWS, id="news"),
        pytest.param("Minister denies it", id="a headline"),
        pytest.param("No.", id="a word"),
        pytest.param("", id="nothing"),
        pytest.param("“ ” 1234 …", id="no letters"),
        pytest.param(f"{NEWS} “یہ سچ ہے،” she said.", id="a quotation in another script"),
        pytest.param(f"{NEWS} El ministro dijo que no.", id="a sentence in another language"),
        pytest.param("Khawaja Asif in Kabul", id="names"),
    ],
)
def test_english(text):
    assert find_language(text) == "en"


def test_a_long_text_of_no_known_language():
    assert find_language("lorem zipsum dolorix amet consectetur adipiscing " * 10) == "und"
