"""What a child process is made to do in test_isolation; found there through the parent's import path."""

import ctypes
import os
import sys
import time
from pathlib import Path


def echo(*values):
    return values


def process() -> int:
    return os.getpid()


def environment(*names: str) -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in names)


def fail() -> None:
    raise ValueError("first line\nsecond line")


def crash() -> None:
    ctypes.string_at(0)


def give_up() -> None:
    os.abort()


def crash_once(mark: Path) -> str:
    if mark.exists():
        return "second time"
    mark.touch()
    os._exit(7)


def hang() -> None:
    while True:
        time.sleep(60)


def hang_and_say(where: Path) -> None:
    where.write_text(str(os.getpid()))
    hang()


def grow(mebibytes: int) -> int:
    return len(bytearray(mebibytes << 20))


def shout() -> str:
    print("noise on standard output", flush=True)
    sys.stdout.buffer.write(b"\x00" * 100)
    sys.stdout.flush()
    os.write(1, b"more noise")
    return "quiet"


def smuggle() -> Path:
    return Path("/")
