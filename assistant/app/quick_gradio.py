"""Gradio, imported in a third of the time.

At each import it compares the stub file of each component with its source, which is for editors only, and writes into
the folder it is installed in. `inspect.getfile` tells it here that there is no source, as it does of a class typed in.
It also imports `mcp` where that is installed, for a server of its own that is not used here.
"""

from __future__ import annotations

import inspect
import sys
from types import ModuleType

_GETFILE = inspect.getfile


def _getfile(object: object) -> str:
    """OSError for what is Gradio's."""
    if getattr(object, "__module__", "").startswith("gradio."):
        raise OSError("no stub file is wanted")
    return _GETFILE(object)


def _imported() -> ModuleType:
    inspect.getfile = _getfile
    away = {} if "mcp" in sys.modules else {"mcp": None}  # whose import fails
    sys.modules.update(away)
    try:
        import gradio
    finally:
        inspect.getfile = _GETFILE
        for name in away:
            del sys.modules[name]
    return gradio


gr = _imported()
