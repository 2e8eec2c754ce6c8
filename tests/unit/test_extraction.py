"""Several articles at once: the same statements, in the same order, and an early end."""

import threading

import pytest
from patience import PATIENCE, wait_until

from claimtrack.documents.reading import Metadata
from claimtrack.models import Store
from claimtrack.pipeline import extraction, ingestion
from claimtrack.pipeline.extraction import extracting, statements_in
from claimtrack.settings import Settings

TEXTS = [
    f"Mayor Ana Sol said on Monday that bridge {number} was safe.\n\n"
    + f'"Nobody will cross number {number} before May," the engineer Tom Reed said.\n\n' * (1 + number % 3)
    for number in range(12)
]


@pytest.fixture
def folder(tmp_path):
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_any_number_of_jobs_stores_the_same(folder, jobs):
    given = ([folder], Metadata(), Settings(), None)
    one, _ = ingestion.ingest(Store(), *given, jobs=1)
    many, report = ingestion.ingest(Store(), *given, jobs=jobs)
    assert many == one
    assert report.statement_count == len(one.statements) > 12


def test_extracted_articles_come_in_the_order_of_their_places(folder):
    found = list(ingestion.extract([folder], Metadata(), Settings(), None, jobs=5))
    places = [article.document.place for article in found]
    assert places == sorted(places)
    assert len(places) == len(TEXTS)
    assert all(article.statements for article in found)


def test_waiting_documents_are_bounded(monkeypatch):
    started, go_on = [], threading.Event()

    def wait(document):
        started.append(document)
        assert go_on.wait(PATIENCE)
        return []

    monkeypatch.setattr(extraction, "statements_in", wait)
    submitted = []

    def submit_all(work):
        for _ in range(20):
            submitted.append(work.submit(None))

    with extracting(2) as work:
        feeder = threading.Thread(target=submit_all, args=(work,))
        feeder.start()
        wait_until(lambda: len(submitted) == 2 * extraction.AHEAD)
        feeder.join(0.5)
        assert feeder.is_alive()
        assert len(submitted) == 2 * extraction.AHEAD
        go_on.set()
        feeder.join(PATIENCE)
        assert [future.result() for future in submitted] == [[]] * 20


def test_an_error_drops_what_still_waits(monkeypatch):
    begun = []
    monkeypatch.setattr(extraction, "statements_in", begun.append)
    release = threading.Event()

    def interrupted():
        with extracting(1) as work:
            work._pool.submit(release.wait, PATIENCE)
            for number in range(3):
                last = work.submit(number)
            last.add_done_callback(lambda _: release.set())  # it never begins; it is done when dropped
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert begun == []


def test_an_article_that_breaks_the_extractor_is_no_silence(folder, monkeypatch):
    def broken(document):
        if document.place.endswith("03.txt"):
            raise RuntimeError("a bug")
        return statements_in(document)

    monkeypatch.setattr(extraction, "statements_in", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        ingestion.ingest(Store(), [folder], Metadata(), Settings(), None)
