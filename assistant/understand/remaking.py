"""Whether a message asks for what was made to be made otherwise: `remaking.yaml` looked for in a text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import chain

from assistant.understand.phrases import any_of
from corpus.quick_yaml import read_yaml

SOURCE = "remaking.yaml"


def asks_to_remake(text: str) -> bool:
    """'half the length, please', 'redo it for girls'; in six languages."""
    return bool(_words().search(text))


@cache
def _words() -> re.Pattern[str]:
    by_language = read_yaml(files("assistant.understand").joinpath(SOURCE).read_text(encoding="utf-8"))
    return any_of(chain(*by_language.values()))
