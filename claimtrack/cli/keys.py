"""One key at a time from the keyboard, for the walks in which a person decides."""

import sys

import typer

QUIT = "q"
"""What ends a walk; the end of the input and Escape count as this key."""

_ENDS = frozenset({"", "\x04", "\x1b"})
"""Nothing more to read, Ctrl-D, Escape."""


def can_walk() -> bool:
    """Is there a person at a terminal on both sides?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def read_key() -> str:
    """Returns the key pressed, in lower case; Ctrl-C raises KeyboardInterrupt."""
    try:
        key = typer.getchar()
    except EOFError:
        return QUIT
    return QUIT if key in _ENDS else key.lower()
