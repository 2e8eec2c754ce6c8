import pytest

from claimtrack.errors import NotFoundError
from claimtrack.models import Speaker, Store
from claimtrack.pipeline import find_speaker

SPEAKERS = (
    Speaker(id="sp-1", name="Lena Orth", aliases=("Minister Orth", "L. Orth")),
    Speaker(id="sp-2", name="Lena Falk"),
    Speaker(id="sp-3", name="José Ñandú Pérez", aliases=("J. Pérez",)),
    Speaker(id="sp-4", name="Imran Khan"),
    Speaker(id="sp-5", name="Irfan Khan"),
    Speaker(id="sp-6", name="Foreign Office"),
)
STORE = Store(speakers=SPEAKERS)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lena Orth", "Lena Orth"),
        ("  lena   ORTH ", "Lena Orth"),
        ("l. orth", "Lena Orth"),
        ("jose nandu perez", "José Ñandú Pérez"),
        ("foreign office", "Foreign Office"),
    ],
)
def test_a_known_form(typed, name):
    speaker, note = find_speaker(STORE, typed)
    assert (speaker.name, note) == (name, None)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("Orth", "Lena Orth", id="surname"),
        pytest.param("perez", "José Ñandú Pérez", id="surname without accents"),
        pytest.param("orth lena", "Lena Orth", id="turned"),
        pytest.param("Farm Minister Lena Orth", "Lena Orth", id="titles before"),
        pytest.param("Lena Ort", "Lena Orth", id="letter missing"),
        pytest.param("Lean Orth", "Lena Orth", id="letters swapped"),
        pytest.param("Imrran Khaan", "Imran Khan", id="two letters doubled"),
        pytest.param("Foregn Offise", "Foreign Office", id="two slips"),
    ],
)
def test_a_name_that_is_not_exact_is_said(typed, name):
    speaker, note = find_speaker(STORE, typed)
    assert speaker.name == name
    assert note == f"{typed!r} taken as {name}"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("Lena", "Lena Falk, Lena Orth", id="given name"),
        pytest.param("khan", "Imran Khan, Irfan Khan", id="surname"),
        pytest.param("Imfan Khan", "Imran Khan, Irfan Khan", id="a slip between two"),
    ],
)
def test_a_name_of_several_lists_them(typed, names):
    with pytest.raises(NotFoundError, match="fits 2 speakers") as caught:
        find_speaker(STORE, typed)
    assert names in caught.value.hint


@pytest.mark.parametrize("typed", ["Lana Forthy", "Orth Vader", "Ort", "", "   ", "ہے"])
def test_a_name_of_nobody_gets_the_nearest(typed):
    with pytest.raises(NotFoundError, match="no speaker is called") as caught:
        find_speaker(STORE, typed)
    assert "claimtrack speakers" in caught.value.hint


def test_the_nearest_name_is_offered_first():
    with pytest.raises(NotFoundError) as caught:
        find_speaker(STORE, "Lena Horthyx")
    assert caught.value.hint.startswith("Nearest names: Lena Orth")


def test_a_store_without_speakers():
    with pytest.raises(NotFoundError) as caught:
        find_speaker(Store(), "Orth")
    assert "ingest" in caught.value.hint
