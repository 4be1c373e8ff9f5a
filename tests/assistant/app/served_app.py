"""The product as a user starts it: `icat` in processes of its own, over a data folder of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import IO

REPO = Path(__file__).resolve().parents[3]
MARKUP = "<img src=x onerror=\"window.harmed = 'document'\"> ${window.harmed = 'template'} {{harmed}}"
HARMFUL_DOCUMENT = f"""# Field notes on orchard visits

An orchard visit should be announced to the pickers a week before, says the marker {escape(MARKUP)} of this note.
"""


@dataclass(frozen=True)
class Served:
    """A running `icat serve` and its data folder."""

    url: str
    home: Path


@contextmanager
def serving(
    home: Path,
    port: int = 0,
    extra: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    errors: IO[str] | None = None,
) -> Iterator[str]:
    """`icat serve` in a process of its own until the block ends; gives its URL. `extra`: more of its environment.

    `errors`: where its logs go, all of them.
    """
    port = port or free_port()
    verbose = ["--verbose"] if errors else []
    command = [sys.executable, "-m", "assistant", *verbose, "serve", "--port", str(port), *options]
    environment = environment_of(home) | dict(extra or {})
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=REPO
    ) as server:
        try:
            line = server.stdout.readline()
            assert str(port) in line, f"the server said {line!r}"
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def icat(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "assistant", *arguments]
    done = subprocess.run(command, env=environment_of(home), capture_output=True, text=True, cwd=REPO)
    assert done.returncode == 0, done.stderr


def environment_of(home: Path) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    return {**others, "ICAT_HOME": str(home)}
