"""What the command line writes: lines or JSON on stdout, and its exit code for nothing found."""

from __future__ import annotations

import json
import sys
from typing import Any

NOTHING = 3  # no answer, nothing found, a file that can't be read


def line(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def as_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
