"""What reading gives besides documents."""

from claimtrack.models import Value


class Unread(Value):
    """A place that could not be read: what is wrong there and how to go on.

    ``gone`` says that the site answers that there is no such page (any more).
    """

    place: str
    message: str
    hint: str = ""
    gone: bool = False


class Remark(Value):
    """Something worth knowing about a place that was read: files left out, an encoding guessed."""

    place: str
    message: str
