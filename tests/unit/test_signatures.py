import pytest

from claimtrack.statements.signatures import find_live_entries, find_signed
from claimtrack.text import quotation_spans

NOBODY = [
    pytest.param(
        "“The Salt Road Home” (Jane Roe, Harbour Press) follows three sailors.", id="work in a sentence"
    ),
    pytest.param("“The Salt Road Home” (Jane Roe, Harbour Press)", id="work and its author"),
    pytest.param("“Bridge of Rain” Carl Berg, Valley Books", id="work without brackets"),
    pytest.param("“We shall pay for it.” (Translated from Urdu)", id="note in brackets"),
    pytest.param("“We shall pay for it.” (Dawn)", id="one word in brackets"),
    pytest.param("On Monday, Lomax said: “We shall pay for it.”", id="sentence with a comma"),
    pytest.param("Trump Addresses Munich Attack: ‘This Cannot Continue.’", id="headline"),
    pytest.param("Interview: “We shall pay for it.”", id="rubric"),
    pytest.param(
        "“We shall pay for it.”\n- Ada Lomax, minister\n- Tom Reed, harbour master", id="list below"
    ),
    pytest.param("‘We shall pay for it’\nJane Roe, Education Correspondent", id="headline over a byline"),
    pytest.param(
        "Jane Roe, Education Correspondent\n“It was long.”\nThe road was wet.", id="byline above one"
    ),
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_signature(text):
    assert find_signed(text, quotation_spans(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "14:05 Karachi: The ferry has left\n14:06 Update: The road is open\n",
        "14:05 Ada Lomax: There is no toll\n",
        "Sports: a\n14:05 Goal: One more\n14:09 Goal: And another\n",
    ],
    ids=["places and rubrics", "one entry", "an event"],
)
def test_what_is_no_entry_of_a_live_blog(text):
    assert find_live_entries(text) == []
