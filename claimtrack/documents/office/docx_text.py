"""The XML of a Word file's text -> its paragraphs, as somebody reads them who accepts all changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claimtrack.documents.office.packages import Attributes, clean, local_name

BETWEEN_CELLS = " | "
"""Stands between the cells of a table's row."""

LONGEST_ROW = 200
"""Characters of a row that is put on one line; in a longer one cells hold prose and get their own lines."""

_NAMESPACE = "wordprocessingml"
_UNREAD = frozenset(("del", "moveFrom", "pPrChange", "rPrChange", "rt", "delText", "instrText"))
"""Elements whose text nobody sees: what was deleted, how it was set before, pronunciation, field codes."""

_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off")


class Paragraph(NamedTuple):
    """A paragraph of one or more lines; ``style`` is the name of its style in lower case, or empty."""

    text: str
    style: str = ""


@dataclass
class _Open:
    """A paragraph whose end is still to come; ``runs_on`` says that its end was deleted."""

    parts: list[str] = field(default_factory=list)
    style: str = ""
    runs_on: bool = False


class WordText:
    """Takes the elements of a Word file's XML one by one and collects ``paragraphs``."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        """Begins; ``styles`` are the names of paragraph styles by their ids."""
        self.paragraphs: list[Paragraph] = []
        self._styles = styles
        self._open: list[_Open] = []
        self._rows: list[list[list[Paragraph]]] = []
        self._unread = 0
        self._in_properties = False
        self._in_text = False
        self._hidden = False
        self._is_placeholder = False
        self._run_over: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Takes the start of an element."""
        local = local_name(name)
        if self._unread:
            self._unread += 1
        elif local == "Fallback":  # a drawing told a second time, for older programs
            self._unread = 1
        elif _NAMESPACE in name:
            values = {local_name(key): value for key, value in attributes.items()}
            if self._in_properties:
                self._set(local, values)
            else:
                self._enter(local, values)

    def end(self, name: str) -> None:
        """Takes the end of an element."""
        if self._unread:
            self._unread -= 1
            return
        if _NAMESPACE not in name:
            return
        match local_name(name):
            case "pPr":
                self._in_properties = False
            case "t":
                self._in_text = False
            case "r":
                self._hidden = False
            case "p" if self._open:
                self._close(self._open.pop())
            case "tc" | "body" | "footnote" | "endnote":
                self._flush()
            case "tr" if self._rows:
                self._emit(_row(self._rows.pop()))

    def add(self, text: str) -> None:
        """Takes text."""
        if self._in_text and not self._unread and not self._hidden and self._open:
            self._open[-1].parts.append(text)

    def _set(self, local: str, values: Mapping[str, str]) -> None:
        """Takes a property of the paragraph that is open."""
        if local == "pStyle" and self._open:
            style = values.get("val", "")
            self._open[-1].style = self._styles.get(style, style.casefold())
        elif local in ("del", "moveFrom") and self._open:
            self._open[-1].runs_on = True
        elif local == "pPrChange":
            self._unread = 1

    def _enter(self, local: str, values: Mapping[str, str]) -> None:
        match local:
            case "p":
                self._open.append(_Open())
            case "pPr":
                self._in_properties = True
            case "t":
                self._in_text = True
            case "vanish":
                self._hidden = values.get("val") not in _OFF
            case "tr":
                self._rows.append([])
            case "tc" if self._rows:
                self._rows[-1].append([])
            case "showingPlcHdr":
                self._is_placeholder = values.get("val") not in _OFF
            case "sdtContent" if self._is_placeholder:
                self._is_placeholder = False
                self._unread = 1
            case "footnote" | "endnote" if values.get("type", "normal") != "normal":
                self._unread = 1
            case _ if local in _UNREAD:
                self._unread = 1
            case _ if local in _SIGNS and self._open and not self._hidden:
                self._open[-1].parts.append(_SIGNS[local])

    def _close(self, closed: _Open) -> None:
        self._run_over.extend(closed.parts)
        if closed.runs_on:
            return
        lines = filter(None, map(clean, "".join(self._run_over).split("\n")))
        self._run_over.clear()
        self._emit([Paragraph(line, closed.style) for line in lines])

    def _flush(self) -> None:
        """Ends a paragraph whose own end was deleted and that nothing follows."""
        if self._run_over:
            self._close(_Open())

    def _emit(self, paragraphs: list[Paragraph]) -> None:
        """Puts paragraphs into the cell that is open, else into the text."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].extend(paragraphs)
        else:
            self.paragraphs.extend(paragraphs)


def _row(cells: list[list[Paragraph]]) -> list[Paragraph]:
    """Returns a table's row: a line if it is short, after a speaker's name, else the cells' paragraphs."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and len(filled[0]) == 1 and filled[0][0].text.endswith(":"):
        (label,), (first, *others) = filled
        return [Paragraph(f"{label.text} {first.text}"), *others]
    texts = [paragraph.text for cell in filled for paragraph in cell]
    if len(filled) > 1 and len(texts) == len(filled) and sum(map(len, texts)) <= LONGEST_ROW:
        return [Paragraph(BETWEEN_CELLS.join(texts))]
    return [paragraph for cell in filled for paragraph in cell]
