"""What ``verify`` found, in all forms."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack.cli.output import Result

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.padding import Padding
    from rich.text import Text

    from claimtrack.notes.checks import Part
    from claimtrack.notes.tables import Record
    from claimtrack.pipeline.verification import ArticleCheck, QuotationCheck


def verification_result(checks: "Sequence[ArticleCheck]") -> Result:
    """Returns the checks of all articles; people are told of those that are not as they were."""
    return Result(
        table=lambda width: _table(checks),
        markdown=lambda: _notes(checks),
        records=lambda: [_record(check) for check in checks],
        rows=lambda: [row for check in checks for row in _rows(check)],
    )


def _summary(checks: "Sequence[ArticleCheck]") -> list[str]:
    """Returns what was found in all, a line per question."""
    said = sum(check.statement_count for check in checks)
    faulty = sum(1 for check in checks for each in check.quotations if each.faults)
    altered = sum(1 for check in checks if check.faults)
    today: Counter[str] = Counter()
    for check in checks:
        today.update({wording.value: count for wording, count in sorted(check.counts.items())})
    stored = "each word for word at its place"
    if faulty or altered:
        stored = f"ALTERED since they were read: {_count(faulty, 'quotation')}, {_count(altered, 'article')}"
    return [
        f"stored: {_count(said, 'quotation')} in {_count(len(checks), 'article')}, {stored}",
        f"articles today: {_told(Counter(check.state.value for check in checks))}",
        f"quotations today: {_told(today)}",
    ]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none looked at"


def _count(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else what + 's'}"


def _worth_telling(checks: "Sequence[ArticleCheck]") -> "Iterator[ArticleCheck]":
    return (c for c in checks if c.is_damaged or c.has_changed or c.quotations)


def _state(check: "ArticleCheck") -> str:
    told = f"{check.state.value}, {check.detail}" if check.detail else check.state.value
    return f"{told}; altered in the store" if check.is_damaged else told


def _standing(check: "QuotationCheck") -> str:
    """Returns what has become of a quotation, and where its words stand now."""
    from claimtrack.notes.phrases import characters

    told = check.found.wording.value if check.found else "not compared"
    if check.found and check.found.now:
        told += f", now {characters(check.found.now)}"
    return "; ".join([told, *check.faults])


def _parts(check: "QuotationCheck") -> "list[Part]":
    return [(each.edit.value, each.text) for each in check.found.differences] if check.found else []


def _notes(checks: "Sequence[ArticleCheck]") -> str:
    from claimtrack.notes.markdown import bullet_list

    sections = [_article_notes(check) for check in _worth_telling(checks)]
    return "\n".join([bullet_list(_summary(checks)), *sections])


def _article_notes(check: "ArticleCheck") -> str:
    from claimtrack.notes.checks import quoted_differences
    from claimtrack.notes.inline import code, escape, quote
    from claimtrack.notes.phrases import attribution, headline, outlet

    document = check.document
    lines = [
        f"## {code(document.place)}: {escape(_state(check))}",
        "",
        f"- *{escape(headline(document))}*, {escape(outlet(document))}",
        f"- article {document.id}, SHA-256 {document.sha256}",
        *(f"- {escape(fault)}" for fault in check.faults),
    ]
    for each in check.quotations:
        lines += [
            "",
            f"**{escape(attribution(each.statement))}** ({each.statement.id}), {escape(_standing(each))}:",
            "",
        ]
        parts = _parts(each)
        lines.append(quoted_differences(parts) if parts else quote(each.statement.text))
    return "\n".join(lines) + "\n"


def _table(checks: "Sequence[ArticleCheck]") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from claimtrack.cli.render import FAINT, ID, NAME, QUOTE
    from claimtrack.notes.checks import plain_differences
    from claimtrack.notes.phrases import attribution, headline, one_line, outlet, verbatim

    lines: list[RenderableType] = [Text(line) for line in _summary(checks)]
    for check in _worth_telling(checks):
        document = check.document
        lines += [
            Text(),
            Text.assemble((one_line(document.place), NAME), f": {one_line(_state(check))}", overflow="fold"),
            _indent(Text(f"{headline(document)}; {outlet(document)}", FAINT)),
            *(_indent(Text(fault)) for fault in check.faults),
        ]
        for each in check.quotations:
            parts = _parts(each)
            words = plain_differences(parts) if parts else verbatim(each.statement)
            lines += [
                _indent(Text.assemble(attribution(each.statement), "  ", (each.statement.id, ID))),
                _indent(Text(words, QUOTE), 6),
                _indent(Text(_standing(each), FAINT), 6),
            ]
    return Group(*lines)


def _indent(text: "Text", columns: int = 3) -> "Padding":
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, columns), expand=False)


def _record(check: "ArticleCheck") -> "Record":
    from claimtrack.notes.tables import document_record

    return {
        "document": document_record(check.document),
        "status": check.state.value,
        "detail": check.detail or None,
        "faults": list(check.faults),
        "statement_count": check.statement_count,
        "counts": {wording.value: count for wording, count in sorted(check.counts.items())},
        "statements": [_quotation_record(each) for each in check.quotations],
    }


def _quotation_record(check: "QuotationCheck") -> "Record":
    statement = check.statement
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "text": statement.text,
        "content": [span.model_dump() for span in statement.content],
        "status": check.found.wording.value if check.found else None,
        "faults": list(check.faults),
        "now": [span.model_dump() for span in check.found.now] if check.found else [],
        "differences": [{"edit": edit, "text": text} for edit, text in _parts(check)],
    }


def _rows(check: "ArticleCheck") -> "Iterator[Record]":
    """Yields a flat row per quotation that is not as it was, or one for the article."""
    from claimtrack.models import JOINER
    from claimtrack.notes.checks import plain_differences

    document = check.document
    article = {
        "document_id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "article_status": check.state.value,
        "detail": check.detail or None,
        "article_faults": "; ".join(check.faults),
    }
    for each in check.quotations or (None,):
        now = each.found.now if each and each.found else ()
        yield {
            **article,
            "id": each.statement.id if each else None,
            "speaker": each.statement.speaker if each else None,
            "status": each.found.wording.value if each and each.found else None,
            "faults": "; ".join(each.faults) if each else None,
            "text": each.statement.text if each else None,
            "now": JOINER.join(span.text for span in now) or None,
            "now_start": now[0].start if now else None,
            "now_end": now[-1].end if now else None,
            "differences": plain_differences(_parts(each)) if each else None,
        }
