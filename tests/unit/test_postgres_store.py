"""What only a server can do: be away, be shared, lose a connection, and have a password."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from threading import Thread

import psycopg
import pytest
from conftest import make_document, make_statement
from patience import PATIENCE

from claimtrack.cli.configuration import read_configuration, store_name
from claimtrack.errors import StoreError
from claimtrack.models import Speaker, Store
from claimtrack.pipeline.marks import Marks
from claimtrack.store.access import place_of
from claimtrack.store.opening import open_store
from claimtrack.store.postgres_store import PostgresStore

ADA, TOM = Speaker(id="sp-1", name="Ada Lomax"), Speaker(id="sp-2", name="Tom Reed")

HOLDING = """
import sys, time
from pathlib import Path
from claimtrack.models import Speaker, Store
from claimtrack.pipeline.marks import Marks
from claimtrack.store.postgres_store import PostgresStore
with PostgresStore(sys.argv[1], Marks()).change() as change:
    change.save(Store(speakers=(Speaker(id="sp-1", name="Ada Lomax"),)))
    change.store
    print("held", flush=True)
    time.sleep(3600)
"""


def store(address, patience=PATIENCE):
    return PostgresStore(address, Marks(), patience)


def save(address, *speakers):
    with store(address).change() as change:
        change.save(Store(speakers=speakers))


# --- trouble -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "postgresql://ann:secret@127.0.0.1:1/claims",
            "cannot reach the store postgresql://ann@127.0.0.1:1/",
        ),
        ("postgresql://ann@127.0.0.1:none/claims", "cannot reach the store"),
        ("postgres://ann@[::1/claims", "is no address"),
        ("postgresql://ann@127.0.0.1:1/claims?sslmode=odd", "cannot reach the store"),
    ],
)
def test_a_server_that_cannot_be_reached(address, words):
    with pytest.raises(StoreError) as caught:
        _ = open_store(address, Marks()).exists
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_database_that_is_not_there(postgres_server):
    with pytest.raises(StoreError, match='database "none" does not exist'):
        store(postgres_server.address("none")).read()


def test_an_empty_database_is_no_store_and_stays_empty(database):
    assert not store(database).exists
    assert store(database).read() == Store()
    assert store(database).digest() == ""
    with store(database).change() as change:
        change.save(Store())
    assert not store(database).exists


def test_tables_of_a_newer_claimtrack_are_left_alone(database):
    save(database, ADA)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE claimtrack.notes SET value = '2' WHERE name = 'tables'")
    for use in (store(database).read, lambda: save(database, TOM)):
        with pytest.raises(StoreError, match=r"newer claimtrack \(tables 2, known here: 1\)"):
            use()


def test_who_may_only_read_is_told_so(database):
    save(database, ADA)
    with psycopg.connect(database) as connection:
        name = f"reader{os.getpid()}"
        connection.execute(f"CREATE ROLE {name} LOGIN".encode())
        connection.execute(f"GRANT USAGE ON SCHEMA claimtrack TO {name}".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA claimtrack TO {name}".encode())
    reader = database.replace("claimtrack@", f"{name}@")
    assert store(reader).read().speakers == (ADA,)
    with pytest.raises(StoreError, match=r"cannot write the store .*permission denied"):
        save(reader, TOM)
    assert store(database).read().speakers == (ADA,)


def test_a_damaged_value_is_named(database):
    save(database, ADA)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE claimtrack.speakers SET value = '{}'")
    with pytest.raises(StoreError, match=r"cannot read the store .*the table speakers does not fit: id"):
        store(database).read()


@pytest.mark.parametrize("words", ["a\0b", "\0", "café \U0001f600", "%s %(x)s ? '; DROP TABLE log; --"])
def test_odd_texts_are_kept(database, words):
    document = make_document(f"Ada Lomax said {words} today.", f"in/{words}.txt", title=words)
    content = Store(
        documents=(document,),
        statements=(make_statement(document, words),),
        speakers=(ADA.model_copy(update={"name": words}),),
    )
    with store(database).change() as change:
        change.save(content)
        change.mark()
    assert store(database).read() == content


def test_what_is_no_text_is_refused(database):
    with pytest.raises(StoreError, match="bytes that are no text"):
        save(database, ADA.model_copy(update={"name": "a\udcff"}))
    assert not store(database).exists


# --- sharing -------------------------------------------------------------------------------------


def test_one_writes_at_a_time(database):
    save(database, ADA)
    with store(database).change() as change:
        change.save(Store(speakers=(ADA, TOM)))
        waited = r"another claimtrack has been writing .* for 0 seconds"
        with pytest.raises(StoreError, match=waited), store(database, 0.2).change():
            raise AssertionError
    with store(database).change() as change:
        assert change.store.speakers == (ADA, TOM)


def test_who_waits_goes_on_when_the_other_is_done(database):
    save(database)

    def add(number):
        for turn in range(5):
            with store(database).change() as change:
                new = Speaker(id=f"sp-{number}{turn}", name=f"Speaker {number} {turn}")
                change.save(change.store.model_copy(update={"speakers": (*change.store.speakers, new)}))

    threads = [Thread(target=add, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store(database).read().speakers) == 30


def test_the_lock_of_a_killed_process_is_free(database):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, database], stdout=subprocess.PIPE, text=True
    ) as held:
        assert held.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="has been writing"), store(database, 0.2).change():
            raise AssertionError
        held.send_signal(signal.SIGKILL)
        held.wait()
    with store(database).change() as change:
        assert change.store.speakers == (ADA,)


def test_what_was_saved_before_the_connection_broke_is_there(database):
    save(database, ADA)

    def break_off():
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'claimtrack' AND datname = current_database()"
            )

    def work():
        with store(database).change() as change:
            change.save(Store(speakers=(ADA, TOM)))
            break_off()
            change.save(Store(speakers=(TOM,)))

    with pytest.raises(StoreError, match=r"cannot (reach|write) the store"):
        work()
    assert store(database).read().speakers == (ADA, TOM)


def test_readers_and_writers_do_not_wait_for_each_other(database):
    save(database, ADA)
    with store(database).change() as change, closing(store(database).open_to_read()) as connection:
        change.save(Store(speakers=(ADA, TOM)))
        shelf = store(database).shelf(connection)
        assert shelf.speakers() == (ADA,)
        assert store(database).read().speakers == (ADA, TOM)  # it would wait for ever


def test_the_digest_follows_the_content(database, postgres_server):
    save(database, ADA)
    first = store(database).digest()
    assert len(first) == 64
    save(database, ADA, TOM)
    second = store(database).digest()
    save(database, ADA)
    assert second != first == store(database).digest()
    other = postgres_server.new_database()
    save(other, ADA)
    assert store(other).digest() == first


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:secret@desk.example/claims", "postgresql://ann@desk.example/claims"),
        ("postgresql://desk.example:5433/claims", "postgresql://desk.example:5433/claims"),
        ("postgres://ann@/c?host=/run/pg&password=secret", "postgres://ann@/c?host=/run/pg"),
        ("POSTGRESQL://a:b:c@d/e?sslpassword=x&sslmode=require", "postgresql://a@d/e?sslmode=require"),
    ],
)
def test_no_password_is_shown(address, shown):
    assert place_of(address).name == shown


def test_side_files_lie_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one, same, other = (
        place_of(f"postgresql://ann{secret}@desk.example/{name}").beside("cache")
        for name, secret in (("claims", ""), ("claims", ":secret"), ("others", ""))
    )
    assert one == same != other
    assert one.parent == tmp_path / "claimtrack"
    assert one.suffix == ".cache"


def test_a_settings_file_may_name_a_server(tmp_path):
    (tmp_path / "claimtrack.toml").write_text('store = "postgresql://ann@desk.example/claims"\n')
    assert store_name(None, read_configuration(tmp_path)) == "postgresql://ann@desk.example/claims"
    assert store_name("a.json", read_configuration(tmp_path)) == "a.json"


def test_a_missing_driver_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"needs psycopg.*claimtrack\[postgres\]"):
        store("postgresql://ann@desk.example/claims").read()


def test_values_are_json_that_others_can_read(database):
    save(database, ADA)
    with psycopg.connect(database) as connection:
        (raw,) = connection.execute("SELECT value FROM claimtrack.speakers").fetchone()
    assert json.loads(raw)["name"] == "Ada Lomax"
