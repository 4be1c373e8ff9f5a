"""Packages that only an extra of this project brings: whether one is here, and in which version it is wanted."""

from __future__ import annotations

import importlib
from importlib import metadata
from importlib.util import find_spec

from packaging.requirements import Requirement

from assistant.errors import NotInstalled

PROJECT = "icat-assistant"


def is_here(package: str) -> bool:
    """Whether it can be imported; nothing is."""
    importlib.invalidate_caches()
    try:
        return find_spec(package) is not None
    except ValueError:  # something stands in its place that was never imported
        return False


def pinned(package: str, extra: str) -> str:
    """It, in the version that this project was tried with, as pip takes it."""
    declared = map(Requirement, metadata.requires(PROJECT) or ())
    return next(
        (
            f"{each.name}{each.specifier}"
            for each in declared
            if each.name == package and each.marker is not None and each.marker.evaluate({"extra": extra})
        ),
        package,
    )


def require(package: str, extra: str, what: str) -> None:
    """NotInstalled where it is not here: what needs it, and how to have it."""
    if not is_here(package):
        raise NotInstalled(f"{what} needs a package that is not here: pip install {pinned(package, extra)}")
