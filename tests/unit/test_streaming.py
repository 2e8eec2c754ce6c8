"""Long results: line by line, and into a file that appears whole or not at all."""

import json
import os
import subprocess
import sys

import pytest

from claimtrack.cli.session import Session
from claimtrack.cli.streaming import put_out_lines
from claimtrack.errors import InputError


def failing():
    yield "a\r\n"
    raise InputError("the second line is missing")


@pytest.mark.parametrize("before", [None, "old"])
def test_what_breaks_off_leaves_the_file_as_it_was(tmp_path, before):
    path = tmp_path / "out.csv"
    if before:
        path.write_text(before)
    with pytest.raises(InputError, match="second line"):
        put_out_lines(Session(), failing(), str(path))
    assert [each.name for each in tmp_path.iterdir()] == (["out.csv"] if before else [])
    assert not before or path.read_text() == before


def test_line_ends_stay_as_they_are(tmp_path, capsysbinary):
    put_out_lines(Session(quiet=True), ["a\r\n", "b\n"], str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes() == b"a\r\nb\n"
    put_out_lines(Session(quiet=True), ["a\r\n", "b\n"], "-")
    assert capsysbinary.readouterr().out == b"a\r\nb\n"


@pytest.mark.skipif(os.name == "nt", reason="links and masks are POSIX")
def test_a_link_stays_a_link_and_a_new_file_is_as_any_new_file(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    put_out_lines(Session(quiet=True), ["new"], str(tmp_path / "link.csv"))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"
    before = os.umask(0o027)
    try:
        put_out_lines(Session(quiet=True), ["new"], str(tmp_path / "new.csv"))
    finally:
        os.umask(before)
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="/dev/stdout is POSIX")
def test_a_name_of_standard_output_is_written_to_where_that_is_a_pipe():
    command = [sys.executable, "-m", "claimtrack", "schema", "statement", "-o", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "StatementRecord"


def test_what_is_no_file_is_written_to(tmp_path):
    put_out_lines(Session(quiet=True), ["gone"], os.devnull)
    with pytest.raises(InputError, match="cannot write"):
        put_out_lines(Session(quiet=True), ["x"], str(tmp_path))
