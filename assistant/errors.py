"""What an operator must fix about settings and the app."""

from corpus.errors import IcatError


class SettingsError(IcatError):
    """A setting that is unknown, out of range, or cannot go with another one."""


class RecordError(IcatError):
    """A stored answer that cannot be read back: of another version, cut short, or tampered with."""


class NotServed(IcatError):
    """The address the chat should listen on is taken, or is none of this machine's."""
