"""What an operator must fix. Each message is one line: what, where, what to do next."""


class IcatError(Exception):
    """Base of every error of ours: the command line prints its message and exits with `exit_code`."""

    exit_code = 1


class CatalogueError(IcatError):
    """The catalogue or a starter file does not validate; the message gives file and line."""


class UnreadablePublication(IcatError):
    """A file gives no text that could be cited."""


class UnknownPublication(IcatError):
    """No publication of that id in the catalogue or the store."""


class FetchError(IcatError):
    """A download that was refused, failed or is not what it should be."""
