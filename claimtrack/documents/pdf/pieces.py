"""PDF on standard input -> its pieces of text with their places, one JSON object a line, on standard output.

Run as a program of its own, never imported by the reader: what a hostile or broken PDF can do to the
library that opens it (endless work, all the memory, a crash) ends with this process. It imports nothing
of claimtrack.

The first line is ``{"pages", "info"}``, then one a page: ``{"pieces": [[text, left, right, y, size]],
"pictures", "unknown"}``. ``y`` is the baseline and grows downwards; ``pictures`` says whether there is
anything on the page; ``unknown`` is the share of letters whose font does not say what they are. What cannot
be read is ``{"error"}``: password, broken or large.
"""

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

MOST_PAGES = 1_000
"""Pages; a longer file is no article, report or transcript of a day."""

MOST_SECONDS = 60
"""Seconds of work, where the system can limit it; 1,000 full pages take 17 on a laptop."""

MOST_OUTPUT = 30_000_000
"""Bytes of pieces with their places; those of 1,000 full pages are 5,000,000."""

MOST_MEMORY = 1_000_000_000
"""Bytes that the process may take, where the system can limit it."""

GAP = 1.0
"""Line heights between two letters of a line above which they belong to different pieces."""

SHIFT = 0.15
"""Line heights between two baselines above which they belong to different pieces."""

SAMPLE = 200
"""Letters of a page from which the direction of its text is told, and whether its fonts can be read."""

_HYPHENS = (0x02, 0xFFFE)
"""What the library gives for a hyphen at a line's end."""

_SOFT = "\u00ad"
"""A hyphen that is only printed at a line's end."""


class Letter(NamedTuple):
    """One character: where it begins and ends on its line, its baseline, and the height of a line.

    ``number`` counts the characters of the page, as the library has them.
    """

    character: str
    left: float
    right: float
    y: float
    size: float
    number: int


def main() -> None:
    """Writes what is in the PDF."""
    _limit()
    left = MOST_OUTPUT
    for record in _records(sys.stdin.buffer.read()):
        line = json.dumps(record).encode("ascii") + b"\n"
        left -= len(line)
        sys.stdout.buffer.write(line if left > 0 else b'{"error": "large"}\n')
        if left <= 0:
            return


def _limit() -> None:
    """Lets a file that asks for more end the process; no image of its memory is left on the disk."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _records(raw: bytes) -> Iterator[dict[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        count = len(document)
        if count > MOST_PAGES:
            yield {"error": "large"}
            return
        yield {"pages": count, "info": document.get_metadata_dict()}
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        yield {"error": "password" if locked else "broken"}
        return
    for number in range(count):
        try:
            yield _page(document[number])
        except pypdfium2.PdfiumError:
            yield {"pieces": [], "pictures": True, "unknown": 0.0}


def _page(page: Any) -> dict[str, Any]:
    from pypdfium2 import raw

    text = page.get_textpage()
    turn = _direction(text)
    pieces = [
        _joined(piece)
        for piece in _pieces(_letters(text, turn))
        if _quarter(raw.FPDFText_GetCharAngle(text, piece[0].number)) == turn
    ]
    sample = _sample(text)
    unknown = sum(raw.FPDFText_HasUnicodeMapError(text, index) == 1 for index in sample)
    pictures = raw.FPDFPage_CountObjects(page) > 0
    text.close()
    page.close()
    return {
        "pieces": [piece for piece in pieces if piece[0]],
        "pictures": pictures,
        "unknown": round(unknown / max(1, len(sample)), 2),
    }


def _sample(text: Any) -> range:
    count = text.count_chars()
    return range(0, count, max(1, count // SAMPLE))


def _letters(text: Any, turn: int) -> Iterator[Letter]:
    """Yields the letters of a page in the order of the file, turned so that most lines run to the right."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0, 0x0A, 0x0D) or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        low, high = _turned(box.left, box.bottom, turn), _turned(box.right, box.top, turn)
        yield Letter(
            "-" if code in _HYPHENS else chr(code),
            min(low[0], high[0]),
            max(low[0], high[0]),
            -_turned(x.value, y.value, turn)[1],
            abs(high[1] - low[1]),
            index,
        )


def _direction(text: Any) -> int:
    """Returns the quarter turns, against the clock, of most letters on the page."""
    from pypdfium2 import raw

    turns = Counter(_quarter(raw.FPDFText_GetCharAngle(text, index)) for index in _sample(text))
    return min(turns, key=lambda turn: (-turns[turn], turn), default=0)


def _quarter(angle: float) -> int:
    """Returns an angle, which the library counts with the clock, in quarter turns against it."""
    return round(-2 * angle / math.pi) % 4


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Returns a point of a page whose text runs at ``turn`` where it would be if it ran to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _pieces(letters: Iterator[Letter]) -> Iterator[list[Letter]]:
    """Yields stretches of letters that follow each other on one line without a gap."""
    piece: list[Letter] = []
    last: Letter | None = None
    for letter in letters:
        if letter.size == 0:
            if last and letter.character == " ":  # between words, as the library sees it
                piece.append(last._replace(character=" "))
            continue
        if last and not _goes_on(last, letter):
            yield piece
            piece = []
        piece.append(letter)
        last = letter
    if piece:
        yield piece


def _goes_on(before: Letter, letter: Letter) -> bool:
    size = max(before.size, letter.size)
    is_level = abs(letter.y - before.y) <= SHIFT * size
    return is_level and -size / 2 <= letter.left - before.right <= GAP * size


def _joined(piece: list[Letter]) -> list[Any]:
    """Returns a piece as text, left, right, baseline and size; without spaces at its ends."""
    solid = [letter for letter in piece if not letter.character.isspace()]
    if not solid:
        return ["", 0, 0, 0, 0]
    printed = "".join(letter.character for letter in piece).strip()
    hyphen = "-" if printed.endswith(_SOFT) else ""
    text = " ".join(printed.replace(_SOFT, "").split()) + hyphen
    sizes = Counter(round(letter.size, 1) for letter in solid)
    size = max(sizes, key=lambda size: (sizes[size], size))
    places = (solid[0].left, max(letter.right for letter in solid), solid[0].y)
    return [text, *(round(place, 1) for place in places), size]


if __name__ == "__main__":
    main()
