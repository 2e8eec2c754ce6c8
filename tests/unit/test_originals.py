"""Original bytes by digest: kept once, whole, and never outside their folder."""

import hashlib

import pytest

from claimtrack.errors import InputError
from claimtrack.store.originals import Originals

RAW = b"<p>The dam will be built.</p>"
DIGEST = hashlib.sha256(RAW).hexdigest()


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        (".html", f"{DIGEST}.html"),
        (".warc.gz", f"{DIGEST}.warc.gz"),
        ("", DIGEST),
        ("/../../x", DIGEST),
        (".html/../..", DIGEST),
    ],
)
def test_the_digest_is_the_name(tmp_path, ending, name):
    Originals(tmp_path / "raw").keep(DIGEST, RAW, ending)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept == tmp_path / "raw" / DIGEST[:2] / name
    assert kept.read_bytes() == RAW


def test_what_is_there_stays(tmp_path):
    originals = Originals(tmp_path)
    originals.keep(DIGEST, RAW, ".html")
    kept = tmp_path / DIGEST[:2] / f"{DIGEST}.html"
    before = kept.stat().st_mtime_ns
    originals.keep(DIGEST, RAW, ".html")
    assert kept.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot keep the original"):
        Originals(tmp_path / "file").keep(DIGEST, RAW, ".html")


def test_a_name_that_is_no_digest_is_a_bug(tmp_path):
    with pytest.raises(AssertionError):
        Originals(tmp_path).keep("../x", RAW, "")
