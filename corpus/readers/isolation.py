"""Functions run in child processes with a time and a memory limit, so that no file takes this process down.

A child is kept and used again. It is a plain `python -c`, not multiprocessing: that would import the caller's
`__main__` a second time. A child's reply may hold only numbers, text, bytes and containers of them, so that a
file that takes a child over can't run code here.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from corpus.deadline import deadline

START_SECONDS = 60.0  # to start a child; 0.3 s on a quiet machine
GRACE_SECONDS = 1.0  # for a child to leave by itself
LARGEST_REPLY = 1 << 30  # bytes
JOBS = 500  # a child is replaced after so many: what libraries leak stays bounded
TOO_SLOW = "allow more time (ICAT_READING_SECONDS), or save it anew as a simpler PDF"
TOO_BIG = "allow more memory (ICAT_READING_MEMORY_MB), or save it anew as a simpler PDF"
BROKEN = "open it in another program and save it anew, as PDF or plain text"
_SIZE = struct.Struct(">Q")
# Settings of this product, which a child does not read, and what others keep secret under common names.
_WITHHELD = re.compile(r"^ICAT_|(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)(?:_|$)", re.IGNORECASE)
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import corpus.readers.worker as w; w.serve()"


class Failed(Exception):
    """The function did not come back with a value; `reason` says why, without the file."""

    def __init__(self, reason: str, advice: str, detail: str = "") -> None:
        super().__init__(f"{reason}; {advice}")
        self.reason = reason
        self.advice = advice
        self.detail = detail  # the child's traceback, for the log


def _stopped() -> Failed:
    return Failed("reading was stopped", "start again")


class _Ended(Exception):
    """The child is gone."""


class _Late(Exception):
    """The child took too long and was killed."""


class _Died(Exception):
    """The child ended in the middle of a job."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code  # below 0: the signal


class _Plain(pickle.Unpickler):
    """Numbers, text, bytes and containers; nothing that names a class or function."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"a reader's reply names {module}.{name}")


class _Child:
    """One child process, used by one thread at a time."""

    def __init__(self) -> None:
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(_import_path())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )

    def start(self) -> None:
        """Waits until the child has imported what it needs."""
        try:
            self._receive(START_SECONDS)
        except (_Ended, _Late):
            raise Failed(
                "the reading process does not start",
                f"run `{sys.executable} -c 'import corpus.readers.worker'` to see why",
            ) from None

    def run(self, function: str, arguments: tuple, seconds: float, memory_mib: int) -> tuple[str, Any, bool]:
        """(how it ended, value or explanation, whether the child is to be replaced). _Ended when it died."""
        self.jobs += 1
        request = pickle.dumps((function, arguments, seconds, memory_mib))
        try:
            self._process.stdin.write(_SIZE.pack(len(request)) + request)
            self._process.stdin.flush()
        except OSError:
            raise _Ended from None
        return self._receive(seconds)

    def _receive(self, seconds: float) -> Any:
        """The next reply. _Late when it takes longer, _Ended when there is none."""
        with deadline(seconds, self.kill) as late:
            try:
                size = _SIZE.unpack(self._read(_SIZE.size))[0]
                if size > LARGEST_REPLY:
                    raise _Ended
                return _Plain(io.BytesIO(self._read(size))).load()
            except (_Ended, OSError, ValueError, pickle.UnpicklingError, EOFError):
                if late.is_set():
                    raise _Late from None
                raise _Ended from None

    def _read(self, size: int) -> bytes:
        got = self._process.stdout.read(size)
        if len(got) < size:
            raise _Ended
        return got

    def kill(self) -> None:
        with suppress(OSError):
            self._process.kill()

    def bury(self) -> int:
        """Kills what is left and gives the exit code: below 0 the signal that ended it."""
        with suppress(OSError):  # what was not flushed has no reader
            self._process.stdin.close()
        try:
            return self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()
        finally:
            self._process.stdout.close()


class Pool:
    """At most `size` children, started when first needed, shared by any number of threads."""

    def __init__(self, size: int) -> None:
        self._free = threading.BoundedSemaphore(size)
        self._guard = threading.Lock()
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False
        atexit.register(self.close)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, function: str, *arguments: Any, seconds: float, memory_mib: int) -> Any:
        """What "module:function" returns in a child. Failed: too slow, too big, crashed, or an exception."""
        with self._free:
            child = self._take()
            used = child.jobs > 0
            try:
                return self._run(child, function, arguments, seconds, memory_mib)
            except _Died as died:
                if not used or self._closed:  # else it may have died of what an earlier file left behind
                    raise _stopped() if self._closed else _crash(died.code, memory_mib) from None
            try:
                return self._run(self._started(), function, arguments, seconds, memory_mib)
            except _Died as died:
                raise _crash(died.code, memory_mib) from None

    def close(self) -> None:
        """Ends every child, also those at work: their calls fail."""
        self._closed = True
        atexit.unregister(self.close)
        with self._guard:
            children, self._idle = [*self._idle, *self._busy], []
        for child in children:
            child.kill()

    def _run(self, child: _Child, function: str, arguments: tuple, seconds: float, memory_mib: int) -> Any:
        """One job in one child, which is kept, or buried when it is dead, spent or in an unknown state."""
        keep = False
        try:
            state, value, spent = child.run(function, arguments, seconds, memory_mib)
            keep = not spent and child.jobs < JOBS
        except _Late:
            raise Failed(f"took longer than {seconds:g} s to read", TOO_SLOW) from None
        except _Ended:
            raise _Died(child.bury()) from None
        finally:
            self._give_back(child, keep)
        if state == "memory":
            raise Failed(f"needs more than {memory_mib} MiB to read", TOO_BIG)
        if state == "refused":
            raise Failed(*value)
        if state == "error":
            kind, message, detail = value
            raise Failed(f"the reader failed ({kind}: {message or 'no message'})", BROKEN, detail)
        return value

    def _take(self) -> _Child:
        with self._guard:
            if self._idle:
                child = self._idle.pop()
                self._busy.add(child)
                return child
        return self._started()

    def _started(self) -> _Child:
        if self._closed:
            raise _stopped()
        child = _Child()
        with self._guard:
            self._busy.add(child)
        try:
            child.start()
        except BaseException:
            self._give_back(child, keep=False)
            raise
        return child

    def _give_back(self, child: _Child, keep: bool) -> None:
        with self._guard:
            self._busy.discard(child)
            if keep and not self._closed:
                self._idle.append(child)
                return
        child.bury()


def _import_path() -> list[str]:
    """Where this process finds modules, so that a child finds the same ones from any folder."""
    return [entry or os.getcwd() for entry in sys.path]


def environment(own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a child is told of our environment: it works on untrusted files and needs no secret."""
    told = {name: value for name, value in own.items() if not _WITHHELD.search(name)}
    return {**told, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _crash(code: int, memory_mib: int) -> Failed:
    if code == -signal.SIGABRT:  # what pdfium does where it gets no memory
        return Failed(f"needs more than {memory_mib} MiB to read, or is damaged", TOO_BIG)
    name = f"exit code {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
    return Failed(f"the reader crashed ({name})", BROKEN)
