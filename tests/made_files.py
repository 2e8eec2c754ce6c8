"""PDF, Word and EPUB files written by hand, so that a test says what stands in them."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A4 = (595, 842)


def pdf_line(left: float, y: float, text: str, size: float = 10, font: str = "F1") -> bytes:
    """Returns the drawing of one line; ``y`` counts from the foot of the page."""
    encoded = text.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        encoded = encoded.replace(mark, b"\\" + mark)
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, left, y, encoded)


def pdf_lines(left: float, top: float, lines: Iterable[str], size: float = 10, step: float = 12) -> bytes:
    """Returns the drawing of lines below each other; one that begins with two spaces stands in."""
    return b"".join(
        pdf_line(left + (12 if line.startswith("  ") else 0), top - step * number, line.strip(), size)
        for number, line in enumerate(lines)
        if line
    )


def make_pdf(
    pages: Sequence[bytes], info: Mapping[str, str] | None = None, trailer: str = "", turn: int = 0
) -> bytes:
    """Returns a PDF with the drawings as its pages, set in Times (F1) and, as F2, Helvetica."""
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in ("Times-Roman", "Helvetica")
    ]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *fonts]
    kids = []
    for drawing in pages:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (*A4, turn, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    entries = " ".join(f"/{key} ({value})" for key, value in (info or {}).items())
    objects.append(f"<< {entries} >>".encode("cp1252"))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R %s >>\n" % (
        len(objects) + 1,
        len(objects),
        trailer.encode(),
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def make_zip(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Returns a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return stream.getvalue()


def word_paragraph(text: str, style: str = "") -> str:
    """Returns a paragraph as Word has it; text that begins with a bracket is taken as it is."""
    inner = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def make_docx(body: str, core: str = "", **others: str | bytes) -> bytes:
    """Returns a Word file; ``core`` are its properties, ``others`` further parts of its text by name."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<r><Relationship Type="{relation}" Target="word/document.xml"/></r>',
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": '<c xmlns:dc="urn:dc" xmlns:dcterms="urn:terms" xmlns:cp="urn:cp">'
            f"{core}</c>",
            **{f"word/{name}.xml": content for name, content in others.items()},
        }
    )


def make_epub(
    chapters: Mapping[str, str], metadata: str = "", order: Sequence[str] = (), **others: str | bytes
) -> bytes:
    """Returns a book; ``order`` are the names of the chapters as they are read, else as they are given."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or chapters)
    return make_zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
            "</rootfiles></container>",
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="urn:dc">'
            f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/{name}.xhtml": content for name, content in chapters.items()},
            **{name.replace("__", "/"): content for name, content in others.items()},
        }
    )
