"""What an operator must fix about models and the index."""

from corpus.errors import IcatError


class ModelMissing(IcatError):
    """Weights that are not on this machine; the message names what to install or set."""


class ModelRefused(IcatError):
    """Weights whose sha256 differs from the recorded one, or that would run code when loaded."""


class StaleIndex(IcatError):
    """The index does not match the settings or the corpus; the message names the command that mends it."""


class IndexUnavailable(IcatError):
    """No index has been built, or its server cannot be reached."""
