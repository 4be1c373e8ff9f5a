"""A process that builds an index and is killed on the way: run by test_build, one order per line of input.

It imports what is slow once, and forks for every order, before any thread or store is opened. Order: `home`, `url`,
`version` of the corpus, `at`: a step of the program ("manifest.py:write>replace") and how often it is met before
SIGKILL; null to run to the end. Answer: the exit status, and how often each step was met.
"""

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import chromadb  # noqa: F401  (imported here so that no fork has to)
from fakes import HashedWords

from corpus.types import Chunk, Publication
from index.build import Progress, build
from index.types import IndexSettings

SIZE = 150
INDEX = str(Path(__file__).resolve().parents[2] / "index") + os.sep
PUBLICATIONS = {"paper": Publication(id="paper", title="A paper")}


def corpus(version: int) -> list[Chunk]:
    """SIZE chunks; of every version, the first third is common to all and the rest its own."""
    texts = [
        f"Passage {n} of every version." if n < SIZE // 3 else f"Passage {n}, version v{version}." for n in range(SIZE)
    ]
    return [Chunk(f"paper#{n}", "paper", text, n * 100, n * 100 + len(text), 1, 1) for n, text in enumerate(texts)]


class Steps:
    """Counts the calls made by the index's code, and ends the process, as the system would, at one of them."""

    def __init__(self, at: tuple[str, int] | None) -> None:
        self.met: Counter[str] = Counter()
        self._at = at

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        if event not in ("call", "c_call") or not frame.f_code.co_filename.startswith(INDEX):
            return
        step = f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_code.co_name}"
        if event == "c_call":
            step += f">{called.__name__}"
        self.met[step] += 1
        if self._at == (step, self.met[step]):
            os.kill(os.getpid(), signal.SIGKILL)


def run(order: dict, told: int) -> None:
    """Carry out one order, in a process of its own; writes progress and the steps met to the pipe `told`."""
    steps = Steps(tuple(order["at"]) if order["at"] else None)

    def progress(now: Progress) -> None:
        os.write(told, f"{now.step} {now.done} {now.total}\n".encode())

    settings = IndexSettings(chroma=order["url"])
    sys.setprofile(steps)
    build(corpus(order["version"]), PUBLICATIONS, Path(order["home"]), settings, HashedWords(64), progress)
    sys.setprofile(None)
    os.write(told, f"steps {json.dumps(steps.met)}\n".encode())


def serve() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(json.loads(line), sys.stdout.fileno())
            os._exit(0)
        print(f"started {child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"ended {status}", flush=True)


if __name__ == "__main__":
    serve()
