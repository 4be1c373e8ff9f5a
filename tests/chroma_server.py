"""A Chroma server in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    """A Chroma server over what an earlier one left in the folder, until the block ends; skips where there is none."""
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip(f"no Chroma server: {program} is not there")
    folder.mkdir(exist_ok=True)
    command = [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_heartbeat(server, f"http://127.0.0.1:{port}", folder / "log")
            yield server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _await_heartbeat(server: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            continue
    pytest.fail(f"the Chroma server did not come up: {log.read_text(errors='replace')[-500:]}")
