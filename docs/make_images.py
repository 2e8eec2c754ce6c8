"""Makes the images in ``docs/images``: the terminal from what the program shows, the report by Chromium.

``--check`` only compares the words of the terminal's image. Without Chromium the report's image stays.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_examples import Desk, differences

IMAGES = Path(__file__).parent / "images"
TERMINAL = IMAGES / "contradictions.svg"
REPORT = IMAGES / "report.png"

LINE = 'claimtrack contradictions --speaker "Khawaja Asif" --limit 1'
COLUMNS = 104
"""Wide enough for both statements side by side."""

WIDTH, HEIGHT = 1180, 1000
"""Pixels of the report's image: a speaker's timeline, and one conflict with both its sides."""

_WINDOW = f"""<!doctype html><meta charset="utf-8">
<style>
body {{ margin: 0 }}
iframe {{ border: 0; display: block; width: {WIDTH}px; height: {HEIGHT}px }}
</style>
<iframe src="conflicts.html#PLACE"></iframe>
"""
"""Chromium takes its picture of the top of a page; this one begins at a place further down."""

_FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>claimtrack contradictions</title>
<style>
.{unique_id}-matrix {{
  font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
"""Rich's own frame loads a font from the network; this one takes what the reader has."""


def terminal_image(desk: Desk) -> str:
    """Returns a picture of what the command shows on a terminal with colours."""
    from rich.console import Console
    from rich.text import Text

    desk.run("claimtrack ingest seeds/")
    shown = desk.run(f"TERM=xterm-256color COLUMNS={COLUMNS} {LINE} 2>/dev/null")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(
            record=True, width=COLUMNS, file=nowhere, color_system="truecolor", force_terminal=True
        )
        console.print(Text.from_ansi(shown.rstrip()), soft_wrap=True)
    svg = console.export_svg(title=LINE, code_format=_FRAME, unique_id="claimtrack")
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


def words(svg: str) -> str:
    """Returns the words in a picture of a terminal."""
    return "\n".join(unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def report_image(desk: Desk, chromium: str) -> None:
    """Takes a picture of the report."""
    desk.run("claimtrack ingest seeds/")
    desk.run("claimtrack report conflicts.html 2>/dev/null")
    page = (desk.folder / "conflicts.html").read_text(encoding="utf-8")
    place = re.findall(r'id="(sp-\w+)-name">(?:<bdi>)?Khawaja Asif', page) or [""]
    window = desk.folder / "window.html"
    window.write_text(_WINDOW.replace("PLACE", place[0]), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--disable-gpu",
        "--force-prefers-reduced-motion",
    ]
    taken = [f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={REPORT}", window.as_uri()]
    subprocess.run([chromium, *options, *taken], check=True, capture_output=True, timeout=300)


def main() -> None:
    """Makes the images, or ends with 1 where the terminal's is not up to date."""
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk(Path(scratch))
        svg = terminal_image(desk)
        if "--check" in sys.argv:
            different = differences(words(TERMINAL.read_text(encoding="utf-8")), words(svg))
            sys.exit(f"{TERMINAL.name} is not up to date. Run: make docs\n{different}" if different else 0)
        TERMINAL.write_text(svg, encoding="utf-8")
        if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
            report_image(desk, chromium)


if __name__ == "__main__":
    main()
