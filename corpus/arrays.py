"""Arrays of numbers as files: nothing in them runs code, and threads read them one after the other."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import BinaryIO

import numpy as np

# numpy reads what a file says of its arrays with Python's own parser. In Python 3.11 that fails when another thread
# parses meanwhile (SystemError: AST constructor recursion depth mismatch; CPython's issue 106905).
_ONE_AT_A_TIME = Lock()


def read_arrays(file: Path | BinaryIO) -> dict[str, np.ndarray]:
    """The arrays of an .npz file by name. OSError, EOFError, ValueError or BadZipFile where it is none."""
    with _ONE_AT_A_TIME, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def map_array(path: Path) -> np.ndarray:
    """The array of an .npy file, read from disk where it is looked at. OSError, EOFError or ValueError."""
    with _ONE_AT_A_TIME:
        return np.load(path, mmap_mode="r", allow_pickle=False)
