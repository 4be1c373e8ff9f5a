"""The package that runs models on this machine, an extra of this one: whether it is here, and how it gets here."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec

from packaging.requirements import Requirement

from assistant.errors import ShelfError

PACKAGE = "xllamacpp"
PROJECT, EXTRA = "icat-assistant", "local"
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--quiet")


def is_here() -> bool:
    """Whether it can be imported; nothing is."""
    importlib.invalidate_caches()
    try:
        return find_spec(PACKAGE) is not None
    except ValueError:  # something stands in its place that was never imported
        return False


def pinned() -> str:
    """It, in the version that this project was tried with, as pip takes it."""
    declared = map(Requirement, metadata.requires(PROJECT) or ())
    return next(
        (
            f"{each.name}{each.specifier}"
            for each in declared
            if each.name == PACKAGE and each.marker is not None and each.marker.evaluate({"extra": EXTRA})
        ),
        PACKAGE,
    )


def install() -> None:
    """Into the environment that runs this. ShelfError, with what pip said last, where that fails."""
    done = subprocess.run([sys.executable, *PIP, pinned()], capture_output=True, text=True)
    if done.returncode or not is_here():
        said = (done.stderr.strip() or "pip gave no reason").splitlines()[-1]
        raise ShelfError(f"{pinned()} could not be installed: {said}; try `{sys.executable} -m pip install {pinned()}`")
