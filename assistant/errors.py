"""What an operator, or who makes or does a review, must put right."""

from corpus.errors import IcatError


class SettingsError(IcatError):
    """A setting that is unknown, out of range, or cannot go with another one."""


class RecordError(IcatError):
    """A stored answer that cannot be read back: of another version, cut short, or tampered with."""


class ShelfError(IcatError):
    """The file of a language model that can't be had, is none, or is not here."""


class BackupError(IcatError):
    """A copy of the data folder that can't be made, read or restored."""


class NotServed(IcatError):
    """The address the chat should listen on is taken, or is none of this machine's."""


class AccountError(IcatError):
    """A user that is not there or already is, a password that is too easy, a file of users that can't be read."""


class NoSlides(IcatError):
    """What is to be shown as slides is no draft."""


class NoReferences(IcatError):
    """Nothing is cited, or a format that references can't be written in."""


class NotInDraft(IcatError):
    """A line that is to be changed and is not there, or can't be changed so."""


class CallError(IcatError):
    """What a program asked for and can't be given."""


class NotInstalled(IcatError):
    """A package that only an extra of this project brings."""


class ReviewError(IcatError):
    """A review that is not there, cannot be made or read, or a verdict that cannot be kept."""
