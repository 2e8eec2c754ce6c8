import os
from pathlib import Path

import pytest

from claimtrack.documents.forms import IN_FOLDERS
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.places import Source, find_sources, normal_place

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.html", "sub/c.MD", "sub/.hidden.txt", ".git/d.txt", "e.xyz"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return Path("in")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("./a//b.txt", "a/b.txt"),
        ("a/../b.txt", "b.txt"),
        ("../a.txt", "../a.txt"),
        ("/x//y/", "/x/y"),
        ("-", "-"),
        ("a/-", "a/-"),
    ],
)
def test_normal_place(path, place):
    assert normal_place(path) == place


def test_a_folder_is_read_sorted_with_what_is_left_out_counted(folder):
    assert list(find_sources(["in"])) == [
        Remark(
            place="in",
            message=f"3 other or hidden files left out: out of a folder {' '.join(IN_FOLDERS)} are read",
        ),
        Source("in/a.html", "in/a.html"),
        Source("in/b.txt", "in/b.txt"),
        Source("in/sub/c.MD", "in/sub/c.MD"),
    ]


def test_the_same_file_is_read_once(folder):
    paths = ["in/b.txt", "./in//b.txt", str(folder.resolve() / "b.txt"), "in/sub/../b.txt"]
    assert [source.place for source in find_sources(paths)] == [str(folder.resolve() / "b.txt")]
    assert list(find_sources(["in", "in"])) == list(find_sources(["in/"]))


def test_a_file_named_by_itself_is_read_whatever_it_is_called(folder):
    assert list(find_sources(["in/e.xyz", "in/sub/.hidden.txt", "-"])) == [
        Source("-", "-"),
        Source("in/e.xyz", "in/e.xyz"),
        Source("in/sub/.hidden.txt", "in/sub/.hidden.txt"),
    ]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere.txt", "no such file"),
        ("", "no such file"),
        ("a\0b", "null"),
        ("in/b.txt/c", "Not a directory"),
    ],
)
def test_what_is_not_there(folder, path, words):
    (found,) = find_sources([path])
    assert isinstance(found, Unread)
    assert words in found.message
    assert found.hint


def test_a_folder_without_articles(tmp_path):
    (tmp_path / "x.xyz").write_text("x")
    (found,) = find_sources([str(tmp_path)])
    assert isinstance(found, Unread)
    assert found.message == "no articles in this folder (1 other or hidden file left out)"


@POSIX
def test_links(folder):
    (folder / "sub" / "up").symlink_to(folder.resolve(), target_is_directory=True)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "z.txt").symlink_to("b.txt")
    (folder / "other").symlink_to("sub", target_is_directory=True)
    found = list(find_sources(["in"]))
    assert [item.place for item in found if isinstance(item, Source)] == [
        "in/a.html",
        "in/b.txt",
        "in/other/c.MD",
    ]
    assert {item.place: item.message for item in found if isinstance(item, Unread)} == {
        "in/gone.txt": "there is no such file or folder",
        "in/self.txt": "cannot be opened: Too many levels of symbolic links",
        "in/other/up": "this link leads back to a folder that it stands in",
    }


@POSIX
def test_a_name_that_is_no_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "w") as file:
            file.write("text")
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    (found,) = find_sources([str(tmp_path)])
    assert isinstance(found, Source)
    assert found.place.endswith("/caf\ufffd.txt")
    assert os.fsencode(found.path) == path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_in_a_folder_is_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.txt")
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    found = list(find_sources([str(tmp_path)]))
    assert [Path(item.place).name for item in found if isinstance(item, Source)] == ["a.txt"]
