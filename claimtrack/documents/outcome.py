"""What reading gives besides documents."""

from claimtrack.models import Value


class Unread(Value):
    """A place that could not be read: what is wrong there and how to go on."""

    place: str
    message: str
    hint: str = ""


class Remark(Value):
    """Something worth knowing about a place that was read: files left out, an encoding guessed."""

    place: str
    message: str
