"""A million random bytes as everything that claimtrack reads: a clear word, and no crash."""

import gzip
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .desk import FERRY, Desk

SIZE = 1_000_000
SECONDS = 120.0
"""Processor time that no input of that size may take more of."""

HANGING = 600.0
"""Seconds after which a process is taken for hanging, however busy the machine is."""

MEMORY = 1_500_000_000
"""Bytes that a process may hold at most: the models take some 300 million of them."""

BEGINNINGS = {
    "txt": b"",
    "md": b"---\ntitle: x\n---\n",
    "html": b"<!DOCTYPE html><html><body><p>",
    "pdf": b"%PDF-1.7\n",
    "docx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    "epub": b"PK\x03\x04\x14\x00\x00\x00\x00\x00",
    "eml": b"From: a@example.org\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\n",
    "mbox": b"From a@example.org Mon Jan  1 00:00:00 2024\nSubject: x\n\n",
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\n",
    "vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
    "json": b'{"text": "',
    "jsonl": b'{"text": "a"}\n',
    "xml": b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>',
    "warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000\r\n\r\n",
    "warc.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "zip": b"PK\x03\x04",
}
"""Kind of file -> what it begins with, so that its reader is the one that gets the noise."""

MARKS = (b'"', b"<", b">", b"{", b"[", b"\n\n", b"&#", b"said ", b"--b\r\n", "“".encode(), b"-->", b": ")
"""What formats are made of, and a cue."""

STORES = {"claims.json": b'{"schema": "claimtrack/1", ', "claims.db": b"SQLite format 3\0"}
"""Kind of store -> what one begins with."""


@dataclass(frozen=True)
class Heard:
    """What became of one input: exit code, processor seconds, bytes of memory, and what is wrong in it."""

    name: str
    code: int
    seconds: float
    memory: int
    wrong: tuple[str, ...]


def random_bytes(chance: random.Random, size: int) -> bytes:
    """Returns any bytes at all."""
    return chance.randbytes(size)


def printable(chance: random.Random, size: int) -> bytes:
    """Returns printable characters and line ends at random."""
    return bytes(chance.choices(range(32, 127), k=size - size // 60) + [10] * (size // 60))


def marks(chance: random.Random, size: int) -> bytes:
    """Returns the marks that formats are made of, at random."""
    return b"".join(chance.choices(MARKS, k=size // 3))[:size]


NOISES: tuple[Callable[[random.Random, int], bytes], ...] = (random_bytes, printable, marks)


def inputs(folder: Path, seed: int, size: int = SIZE) -> Iterator[tuple[str, list[str]]]:
    """Yields a name and the words of a command for every input, whose file is written."""
    chance = random.Random(seed)
    for ending, beginning in BEGINNINGS.items():
        for noise in NOISES:
            path = folder / f"{noise.__name__}.{ending}"
            raw = beginning + noise(chance, size)
            if ending == "warc.gz" and noise is not random_bytes:
                raw = gzip.compress(BEGINNINGS["warc"] + noise(chance, size))
            path.write_bytes(raw)
            yield f"{ending}, {noise.__name__}", ["ingest", path.name]
    for noise in NOISES:
        path = folder / f"{noise.__name__}.noise"
        path.write_bytes(noise(chance, size))
        for words in (["ingest", "--urls"], ["compare", "--pairs"], ["review", "--import"]):
            yield f"{' '.join(words)}, {noise.__name__}", [*words, path.name]


def listen(folder: Path, seed: int, size: int = SIZE, wanted: Callable[[str], bool] = bool) -> list[Heard]:
    """Returns what became of every input that is wanted, by name."""
    desk = Desk(folder / "noise", "claims.json")
    desk.folder.mkdir(parents=True)
    (desk.folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    desk.run("ingest", "ferry.txt")
    heard = [
        hear(desk, name, words, desk.store_path.name)
        for name, words in inputs(desk.folder, seed, size)
        if wanted(name)
    ]
    chance = random.Random(seed)
    for noise in NOISES:
        for kind, start in STORES.items():
            store = desk.folder / f"{noise.__name__}-{kind}"
            raw = start + noise(chance, size)
            store.write_bytes(raw)
            name = f"{kind}, {noise.__name__}"
            if wanted(name):
                heard.append(_refused(hear(desk, name, ["statements"], store.name), store, raw))
    return heard


def _refused(heard: Heard, store: Path, raw: bytes) -> Heard:
    """Returns what became of a damaged store: it must be refused and left as it is."""
    wrong = [*heard.wrong]
    if heard.code != 3:
        wrong.append(f"{heard.name}: a damaged store was taken, exit code {heard.code}")
    if store.read_bytes() != raw:
        wrong.append(f"{heard.name}: a damaged store was overwritten")
    return Heard(heard.name, heard.code, heard.seconds, heard.memory, tuple(wrong))


def hear(desk: Desk, name: str, words: list[str], store: str) -> Heard:
    """Returns what became of one command."""
    told = desk.folder / "told"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
    command = [sys.executable, "-m", "claimtrack", *words, "--store", store]
    with told.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=desk.folder, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
        )
        status, usage = _ended(process)
    code = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    memory, text = usage.ru_maxrss * unit, told.read_bytes().decode("utf-8", "replace")
    wrong = []
    if code not in (0, 3) or "Traceback" in text:
        wrong.append(f"{name}: exit code {code}: {text[-300:]}")
    if code == 3 and "error: " not in text:
        wrong.append(f"{name}: not said what is wrong")
    if {"\x1b", "\x9b", "\x07"} & set(text):
        wrong.append(f"{name}: an escape sequence reached the terminal")
    seconds = usage.ru_utime + usage.ru_stime
    wrong.extend([f"{name}: {seconds:.0f} s"] if seconds > SECONDS else [])
    wrong.extend([f"{name}: {memory / 1e6:.0f} MB"] if memory > MEMORY else [])
    return Heard(name, code, seconds, memory, tuple(wrong))


def _ended(process: "subprocess.Popen[bytes]") -> "tuple[int, resource.struct_rusage]":
    """Returns the wait status of a process and what it used; one that hangs is killed."""
    started = time.monotonic()
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            return status, usage
        if time.monotonic() - started > HANGING:
            process.kill()
        time.sleep(0.02)
