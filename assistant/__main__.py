"""`python -m assistant` is `icat`."""

from assistant.cli import entry

entry()
