"""One exception family; only ``cli/`` turns it into text and an exit code.

ClaimtrackError
├── InputError       an article or argument that cannot be read
├── StoreError       the store is damaged, newer, locked or cannot be written
├── SettingsError    claimtrack.toml or an option holds something impossible
├── LexiconError     a rule file is malformed
└── NotFoundError    a speaker, statement or conflict that is not there
"""


class ClaimtrackError(Exception):
    """What went wrong and where; ``hint`` says how to fix it."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message


class InputError(ClaimtrackError):
    """An article or argument that cannot be read."""


class StoreError(ClaimtrackError):
    """The store is damaged, newer than this program, locked or cannot be written."""


class SettingsError(ClaimtrackError):
    """A setting is unknown or out of range."""


class LexiconError(ClaimtrackError):
    """A rule file is malformed."""


class NotFoundError(ClaimtrackError):
    """A speaker, statement, article or conflict that is not there, or is not the only one."""
