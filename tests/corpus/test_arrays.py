"""Arrays are read by many threads at once."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np

from corpus.arrays import read_arrays

READS = 300  # by each of four threads: without the lock some fail each time


class Garbage:
    """Runs code when it is collected, so that another thread may go on in the midst of what collected it."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        for _ in range(300):
            pass


def test_threads_read_arrays_while_garbage_is_collected():
    file = BytesIO()
    np.savez(file, numbers=np.arange(3))
    content = file.getvalue()

    def read(depth: int) -> int:
        """From calls as deep as that: Python's parser compares depths."""
        if depth:
            return read(depth - 1)
        total = 0
        for _ in range(READS):
            Garbage()
            total += int(read_arrays(BytesIO(content))["numbers"].sum())
        return total

    before = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(20)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            totals = list(pool.map(read, (0, 50, 100, 150)))
    finally:
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
    assert totals == [3 * READS] * 4
