"""Whether a message asks for something that was made to be made otherwise: `remaking.yaml` looked for in a text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from corpus.quick_yaml import read_yaml

SOURCE = "remaking.yaml"


def asks_to_remake(text: str) -> bool:
    """'half the length, please', 'redo it for girls'; in six languages."""
    return bool(_words().search(text))


@cache
def _words() -> re.Pattern[str]:
    by_language = read_yaml(files("assistant.understand").joinpath(SOURCE).read_text(encoding="utf-8"))
    words = sorted((word for several in by_language.values() for word in several), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{'|'.join(map(re.escape, words))})(?![^\W\u3400-\u9fff])", re.I)
