"""A real terminal to run the program in: keys go in one by one, and what it would show comes out."""

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from patience import PATIENCE, wait_until, wait_until_asleep

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """The program on a pseudo-terminal of its own, as its session's leader."""

    def __init__(
        self, folder: Path, *arguments: str, columns: int = 80, variables: Mapping[str, str] | None = None
    ) -> None:
        import fcntl
        import pty
        import termios

        kept = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
        environment = {**kept, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **(variables or {})}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            if name not in (variables or {}):
                environment.pop(name, None)
        self.output = ""
        self._seen = 0
        self.process, self._handle = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            for number in (signal.SIGINT, signal.SIGHUP):  # nohup and "&" leave them ignored
                signal.signal(number, signal.SIG_DFL)
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "claimtrack", *arguments], environment)

    def until(self, words: str) -> str:
        """Returns what is shown up to these words, which must come; what was asked for before is over."""
        deadline = time.monotonic() + PATIENCE
        while words not in self._new:
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"{words!r} did not come:\n{self._new}")
        shown, _, _ = self._new.partition(words)
        self._seen += len(shown) + len(words)
        return shown + words

    @property
    def text(self) -> str:
        """All that was shown, without styles."""
        return _STYLE.sub("", self.output).replace("\r", "")

    @property
    def _new(self) -> str:
        return self.text[self._seen :]

    def press(self, *keys: str) -> None:
        """Presses keys, each only when the program asks for one."""
        for key in keys:
            self.until("?\xa0help")
            self._wait_until_raw()
            os.write(self._handle, key.encode())

    def type(self, prompt: str, text: str) -> None:
        """Types a line once it is asked for; ``\\x03`` is Ctrl-C."""
        self.until(prompt)
        wait_until_asleep(self.process)
        os.write(self._handle, text.encode())

    def end(self) -> int:
        """Returns the exit code of the program, which must come to its end."""
        deadline = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < deadline, self._new
        _, status = os.waitpid(self.process, 0)
        os.close(self._handle)
        return os.waitstatus_to_exitcode(status)

    def hang_up(self) -> int:
        """Closes the terminal, as a closed window does, and returns how the program ended."""
        os.close(self._handle)
        deadline = time.monotonic() + PATIENCE
        while True:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
                raise AssertionError("it went on without a terminal")
            time.sleep(0.05)

    def _wait_until_raw(self) -> None:
        """Waits until single keys are read: what is typed before that is thrown away."""
        import termios

        wait_until(lambda: not termios.tcgetattr(self._handle)[3] & termios.ICANON, "no key is asked for")

    def _read(self) -> bool:
        """Takes in what is shown within a second; false once the program has ended."""
        ready, _, _ = select.select([self._handle], [], [], 1.0)
        if not ready:
            return True
        try:
            piece = os.read(self._handle, 65536)
        except OSError:  # on Linux the end of the other side reads as an error
            return False
        self.output += piece.decode("utf-8", "replace")
        return bool(piece)
