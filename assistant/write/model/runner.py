"""The package that runs models on this machine, an extra of this one: whether it is here, and how it gets here."""

from __future__ import annotations

import subprocess
import sys

from assistant import extras
from assistant.errors import ShelfError

PACKAGE, EXTRA = "xllamacpp", "local"
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--quiet")


def is_here() -> bool:
    """Whether it can be imported; nothing is."""
    return extras.is_here(PACKAGE)


def pinned() -> str:
    """It, in the version that this project was tried with, as pip takes it."""
    return extras.pinned(PACKAGE, EXTRA)


def install() -> None:
    """Into the environment that runs this. ShelfError, with what pip said last, where that fails."""
    done = subprocess.run([sys.executable, *PIP, pinned()], capture_output=True, text=True)
    if done.returncode or not is_here():
        said = (done.stderr.strip() or "pip gave no reason").splitlines()[-1]
        raise ShelfError(f"{pinned()} could not be installed: {said}; try `{sys.executable} -m pip install {pinned()}`")
