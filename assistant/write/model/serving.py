"""Runs weights through llama.cpp as a child: the only door to xllamacpp. An OpenAI-compatible server on 127.0.0.1.

Started as a file, and stands alone: nothing of ours is imported. It reads one line of JSON, the order, from stdin, and
writes one, its address, to stdout. It ends when stdin closes, which the end of its parent, however it comes, brings.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
from typing import Any, TypedDict

ERRORS = 1  # of llama.cpp's verbosity: nothing that a reader asks gets into its log
PR_SET_PDEATHSIG = 1  # prctl(2)


class Order(TypedDict):
    """What is to be served. The key comes this way because a command line can be read by every user of a machine."""

    file: str  # GGUF
    key: str  # that every request has to show
    context_tokens: int  # of one request
    at_once: int  # requests that are worked on together
    threads: int
    cache_mib: int  # memory for what was read of earlier requests, at most


def started(order: Order) -> Any:
    """The server, once it has loaded. RuntimeError of few words where it can't; the reason is on stderr by then."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.verbosity = ERRORS
    params.model.path = order["file"]
    params.api_keys = [order["key"]]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.ui = params.endpoint_slots = False
    params.n_parallel = order["at_once"]
    params.n_ctx = order["context_tokens"] * order["at_once"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = order["threads"]
    # Prompts begin with the same instructions: what was read of them is kept, and read once.
    params.cache_prompt = True
    params.cache_ram_mib = order["cache_mib"]
    return xllamacpp.Server(params)


def _end_with_parent(signal_number: int) -> None:
    """On Linux: by this signal when the thread that started this process ends; 0: not any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)
        if select.select([sys.stdin], [], [], 0)[0]:  # it had ended already
            os._exit(0)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    address = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else a library writes
    order: Order = json.loads(sys.stdin.readline())
    # While it loads, no other thread of Python runs that could see stdin close. Afterwards the thread that has started
    # this process may end before its parent does.
    _end_with_parent(signal.SIGTERM)
    server = started(order)
    _end_with_parent(0)
    address.write(f"{server.listening_address}\n")
    address.flush()
    sys.stdin.read()
    os._exit(0)  # it would otherwise finish what it is writing


if __name__ == "__main__":
    main()
