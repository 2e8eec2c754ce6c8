"""Subtitles and captions (.srt, .vtt) -> article: what is said, in paragraphs, a turn of a speaker each.

Cues are joined into running text. Named speakers become ``NAME: text``, as in a printed transcript; a
change of speaker without a name gets the label of an unknown one, so that nobody is given another's
words. Both formats are read by one tolerant grammar: files found in practice are seldom valid.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO, NamedTuple

from claimtrack.documents.decoding import decode
from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.outcome import Remark
from claimtrack.documents.subtitles.captions import Caption, Line, without_repeats
from claimtrack.documents.subtitles.voices import Voiced, find_voices
from claimtrack.errors import InputError
from claimtrack.settings import Settings

PAUSE = 3.0
"""Seconds of silence after which a sentence's end is a paragraph's, too; speakers breathe in one."""

PARAGRAPH = 600
"""Characters from which a paragraph without turns ends with its sentence, as in print."""

LONGEST_PARAGRAPH = 2_000
"""Characters at which text without full stops, as machines write it, is cut between two captions."""

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3})\d*)?"
_TIMING = re.compile(rf"\s*{_TIME}\s*[-–—]{{1,3}}>\s*{_TIME}(?=\s|$)")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_WEBVTT = re.compile(r"WEBVTT(?:[ \t]+(?:[-–—:]\s*)?(.*))?$")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]{1,100})>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|</?>|<\d[\d:.,]{3,14}>|\{\\[^{}]{0,100}\}|\{[biu]\}")
_READING = re.compile(r"<rt>[^<]{0,100}(?:</rt>)?", re.IGNORECASE)
_UNSEEN = {0: None, 0x200E: None, 0x200F: None, 0xFEFF: None}
_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)\]]*$")


class _Cue(NamedTuple):
    start: float
    end: float
    lines: tuple[str, ...]


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark]:
    """Yields the one text of a subtitle file.

    Raises:
        InputError: No line of the file says when something is said, or nothing is said.
    """
    raw = read_whole(stream, settings)
    text, remark = decode(raw)
    if remark:
        yield Remark(place="", message=remark)
    lines = _LINE_END.split(text)
    cues = _vtt_cues(lines) if _WEBVTT.match(lines[0].strip()) else _srt_cues(lines)
    if not cues:
        raise InputError(
            "there are no captions in this file",
            "Each needs a line such as 00:00:01,000 --> 00:00:04,000; save a plain transcript as .txt.",
        )
    said = "\n\n".join(_paragraphs(find_voices(_captions(cues))))
    if not said:
        raise InputError("nothing is said in these captions", "Leave it out, or save what is said as .txt.")
    yield Article(text=said + "\n", header=Header(title=_title(lines[0])), raw=raw)


def _title(first: str) -> str | None:
    match = _WEBVTT.match(first.strip())
    return (match[1] or "").strip() or None if match else None


def _vtt_cues(lines: list[str]) -> list[_Cue]:
    """Returns the cues of a WebVTT file; an empty line ends one, notes and styles are none."""
    cues: list[_Cue] = []
    at, count = 0, len(lines)
    while at < count:
        timing = _TIMING.match(lines[at])
        at += 1
        if timing is None:
            if _BLOCK.match(lines[at - 1]) and (at < 2 or not lines[at - 2]):
                at = _next_empty(lines, at)
            continue
        first = at
        while at < count and lines[at] and not _TIMING.match(lines[at]):
            at += 1
        cues.append(_cue(timing, lines[first:at]))
    return cues


def _next_empty(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at]:
        at += 1
    return at


def _srt_cues(lines: list[str]) -> list[_Cue]:
    """Returns the cues of a SubRip file; one goes on to the next one's time, whatever is empty within."""
    timings = [(at, match) for at, line in enumerate(lines) if (match := _TIMING.match(line))]
    cues: list[_Cue] = []
    for nth, (at, timing) in enumerate(timings):
        is_last = nth + 1 == len(timings)
        end = len(lines) if is_last else timings[nth + 1][0]
        if not is_last and end > at + 1 and lines[end - 1].strip().isdigit():
            end -= 1
        cues.append(_cue(timing, lines[at + 1 : end]))
    return cues


def _cue(timing: re.Match[str], lines: list[str]) -> _Cue:
    parts = timing.groups()
    return _Cue(_seconds(*parts[:4]), _seconds(*parts[4:]), tuple(lines))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def _captions(cues: list[_Cue]) -> list[Caption]:
    """Returns the captions in order of time, each line as it is shown, none twice."""
    ordered = sorted(cues, key=lambda cue: cue.start)
    return without_repeats([Caption(cue.start, cue.end, tuple(_shown(cue))) for cue in ordered])


def _shown(cue: _Cue) -> Iterator[Line]:
    """Yields a cue's lines without tags; the voice of a tag is that of all words until the next one."""
    voice: str | None = None
    for line in cue.lines:
        pieces = _VOICE.split(_READING.sub("", line))
        for nth, piece in enumerate(pieces):
            plain = " ".join(unescape(_TAG.sub("", piece)).translate(_UNSEEN).split())
            if nth % 2:
                voice = plain.rstrip(": ") or None
            elif plain:
                yield Line(voice, plain)


def _paragraphs(voiced: list[Voiced]) -> Iterator[str]:
    """Yields paragraphs: one a turn where speakers are named, else as turns, pauses and length ask for."""
    has_names = any(line.label for line in voiced)
    paragraph: list[str] = []
    length, ended = 0, 0.0
    for line in voiced:
        pause = line.start - ended
        if paragraph and (line.is_turn or (not has_names and _ends(paragraph[-1], length, pause))):
            yield " ".join(paragraph)
            paragraph, length = [], 0
        paragraph.append(f"{line.label}: {line.words}" if line.label else line.words)
        length += len(paragraph[-1]) + 1
        ended = line.end
    if paragraph:
        yield " ".join(paragraph)


def _ends(last: str, length: int, pause: float) -> bool:
    if _SENTENCE_END.search(last[-5:]):
        return pause >= PAUSE or length >= PARAGRAPH
    return length >= LONGEST_PARAGRAPH
