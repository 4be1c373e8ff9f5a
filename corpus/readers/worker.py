"""The child's side of `isolation`: takes jobs from standard input, one by one, and answers on standard output.

A request is a function's name, its arguments and its limits; see `isolation` for what a reply may hold.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.readers.formats import Refused

ORPHAN_SECONDS = 30.0  # beyond the time limit: by then the parent has killed this process, unless it is gone
SPENT = 0.25  # of the memory limit still held after a job: better a new process
_SIZE = struct.Struct(">Q")


def serve() -> None:
    """Runs until the parent closes the pipe."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # a library that prints must not write into a reply
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _no_core_file()
    import_module("corpus.readers.dispatch")
    nowhere = open(os.devnull, "w")  # noqa: SIM115 - faulthandler keeps the file
    start = _address_space()
    _send(replies, ("ready", None, False))
    while len(head := requests.read(_SIZE.size)) == _SIZE.size:
        function, arguments, seconds, memory_mib = pickle.loads(requests.read(_SIZE.unpack(head)[0]))
        memory = memory_mib << 20
        _limit_address_space(start + memory)
        faulthandler.dump_traceback_later(seconds + ORPHAN_SECONDS, exit=True, file=nowhere)
        reply = _answer(function, arguments)
        faulthandler.cancel_dump_traceback_later()
        _limit_address_space(None)
        spent = reply[0] == "memory" or _address_space() - start > SPENT * memory
        _send(replies, (*reply, spent))


def _answer(function: str, arguments: tuple) -> tuple[str, Any]:
    """("value", it), ("memory", None), ("refused", (reason, advice)) or ("error", (kind, message, traceback))."""
    module, _, name = function.partition(":")
    try:
        return "value", getattr(import_module(module), name)(*arguments)
    except MemoryError:
        return "memory", None
    except Refused as refused:
        return "refused", (refused.reason, refused.advice)
    except Exception as error:  # whatever a broken file brings out of a library is that file's failure only
        lines = str(error).split("\n")
        return "error", (type(error).__name__, lines[0][:200], traceback.format_exc())


def _send(replies: BinaryIO, reply: tuple) -> None:
    body = pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)
    replies.write(_SIZE.pack(len(body)))
    replies.write(body)
    replies.flush()


def _address_space() -> int:
    """Bytes of address space in use; 0 where the platform does not say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _limit_address_space(limit: int | None) -> None:
    """None lifts it. Without effect where the platform has no such limit (Windows, macOS)."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = hard if limit is None or (hard != resource.RLIM_INFINITY and hard < limit) else limit
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _no_core_file() -> None:
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
