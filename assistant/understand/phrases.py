"""Words and phrases of the YAML files, looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of them, as whole words, the longest first; Chinese ones need no space around."""
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\u3400-\u9fff])(?:{'|'.join(map(re.escape, longest))})(?![^\W\u3400-\u9fff])", re.I)
