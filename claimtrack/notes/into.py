"""Notes that a person keeps, brought up to date: generated blocks change, the person's words do not."""

import re
from collections.abc import Callable, Sequence

from claimtrack.models import Value
from claimtrack.notes.kept import (
    BYTE_ORDER_MARK,
    Kept,
    digest_of,
    take_apart,
    tasks_of,
    with_notice,
    with_tasks,
    without_notice,
)
from claimtrack.notes.markdown import CHECKLIST
from claimtrack.notes.properties import Properties, front_matter, with_properties

_SEARCH = re.compile(r"^- search: (?:(`+) ?)?(.*?)(?: ?\1)?$", re.MULTILINE)
_UNREVIEWED = re.compile(r"^A possible conflict, unreviewed\b", re.MULTILINE)


class Block(Value):
    """What is to stand in the notes about one search, conflict or statement; ``text`` ends in no line end."""

    id: str
    text: str


class Update(Value):
    """The notes brought up to date, and what a person should know of it."""

    text: str
    added: int = 0
    renewed: int = 0
    gone: int = 0
    notes: tuple[str, ...] = ()


def update_notes(
    before: str,
    name: str,
    search: Block,
    found: Sequence[Block],
    properties: Properties,
    why_gone: Callable[[str], str],
) -> Update:
    """Returns the notes with the blocks of one search, best first, and all else as it was.

    A new block comes behind the one ranked before it and the words below that. A block that the search
    no longer finds goes, unless a person wrote below or into it: then it stays, and says ``why_gone``.

    Raises:
        InputError: The comments around the blocks in the file ``name`` do not fit together.
    """
    start = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else ""
    head, kept = take_apart(before.removeprefix(start), name)
    fresh = {block.id: block for block in (search, *found)}
    after = [_renewed(old, fresh[old.id], search.id) if old.id in fresh else _left(old, search.id, why_gone)
             for old in kept]  # fmt: skip
    standing = _with_new([block for block in after if block], search, found)
    line_end = "\r\n" if before.count("\r\n") * 2 > before.count("\n") else "\n"
    told = {**properties, **_counted(standing)}
    head = with_properties(head, told, line_end) if before.strip() else front_matter(told, line_end)
    return Update(
        text=start + _put_together(head, standing, line_end),
        added=sum(1 for block in standing if not block.line and block.id != search.id),
        renewed=sum(1 for block in standing if block.line and block.searches and not block.raw),
        gone=sum(1 for old, new in zip(kept, after, strict=True) if new is None or _lost(old, new)),
        notes=tuple(
            f"{name}, line {old.line}: {old.id} was edited by hand and stays so, though there is news of it. "
            "Write below the block instead; empty it to have it written anew"
            for old in kept
            if old.is_edited and old.id in fresh and digest_of(fresh[old.id].text) != old.digest
        ),
    )


def _lost(old: Kept, new: Kept) -> bool:
    return bool(old.searches) and not new.searches


def _renewed(old: Kept, block: Block, search: str) -> Kept:
    """Returns a block as it is found now, its tasks as the person left them."""
    searches = () if block.id == search else tuple(sorted({*old.searches, search}))
    if old.is_edited:
        text, digest = without_notice(old.text), old.digest
    else:
        text, digest = with_tasks(block.text, _matched(tasks_of(block.text), tasks_of(old.text))), ""
    digest = digest or digest_of(text)
    if (text, digest, searches) == (old.text, old.digest, old.searches):
        return old
    return old.model_copy(update={"text": text, "digest": digest, "searches": searches, "raw": ""})


def _matched(new: list[str], old: list[str]) -> list[str]:
    """Returns the new tasks as the person left them, and behind them those of the person alone."""
    left = list(old)
    matched = []
    for task in new:
        same = next((line for line in left if line[len("- [ ] ") :].startswith(task[len("- [ ] ") :])), None)
        if same is not None:
            left.remove(same)
        matched.append(same or task)
    return matched + left


def _left(old: Kept, search: str, why_gone: Callable[[str], str]) -> Kept | None:
    """Returns a block that the search did not find; ``None`` where it can go."""
    if search not in old.searches:
        return old
    searches = tuple(name for name in old.searches if name != search)
    if searches:
        return old.model_copy(update={"searches": searches, "raw": ""})
    untouched = {f"- [ ] {check}" for check in CHECKLIST}
    if not (old.own.strip() or old.is_edited or set(tasks_of(old.text)) - untouched):
        return None
    text = with_notice(old.text, why_gone(old.id))
    return old.model_copy(update={"text": text, "searches": (), "raw": ""})


def _with_new(standing: list[Kept], search: Block, found: Sequence[Block]) -> list[Kept]:
    """Returns the blocks with those that are new, each behind the one ranked before it."""
    if all(block.id != search.id for block in standing):
        standing = [*standing, Kept(id=search.id, text=search.text, digest=digest_of(search.text))]
    known, section = {block.id for block in standing}, _section(standing, search.id)
    behind: dict[str, list[Kept]] = {}
    anchor = search.id
    for block in found:
        if block.id not in known:
            new = Kept(id=block.id, searches=(search.id,), text=block.text, digest=digest_of(block.text))
            behind.setdefault(anchor, []).append(new)
        elif block.id in section:
            anchor = block.id
    return [block for old in standing for block in (old, *behind.get(old.id, ()))]


def _section(standing: Sequence[Kept], search: str) -> set[str]:
    """Returns the blocks between that of a search and that of the next search."""
    start = next(n for n, block in enumerate(standing) if block.id == search) + 1
    others = (n for n, block in enumerate(standing) if n >= start and block.id.startswith("q-"))
    return {block.id for block in standing[start : next(others, len(standing))]}


def _counted(standing: Sequence[Kept]) -> Properties:
    """Returns what the front matter says of the whole file."""
    found = [block for block in standing if block.searches]
    commands = [match[2] for b in standing if b.id.startswith("q-") and (match := _SEARCH.search(b.text))]
    return {
        "claimtrack_searches": commands,
        "claimtrack_found": len(found),
        "claimtrack_unreviewed": sum(1 for block in found if _UNREVIEWED.search(block.text)),
    }


def _put_together(head: str, blocks: Sequence[Kept], line_end: str) -> str:
    out, is_beside_new = head, False
    for block in blocks:
        if out and (is_beside_new or not block.line):
            out += line_end * (2 - out.endswith("\n") - out.endswith(("\n\n", "\n\r\n")))
        out += (block.raw or _written(block, line_end)) + block.own
        is_beside_new = not block.line
    return out


def _written(block: Kept, line_end: str) -> str:
    names = " ".join((block.id, *block.searches))
    lines = [
        f"<!-- claimtrack begin {names} -->",
        "",
        *block.text.split("\n"),
        "",
        f"<!-- claimtrack end {block.id} {block.digest} -->",
        "",
    ]
    return line_end.join(lines)
