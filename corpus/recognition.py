"""What a reader of scans is told: which program makes text of them, and how to get it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from corpus.types import Problem

PROGRAM, ENGINE = "ocrmypdf", "tesseract"
GET = "`sudo apt-get install ocrmypdf` (on a Mac: `brew install ocrmypdf`)"
USE = "`ocrmypdf scan.pdf text.pdf` makes a PDF with text of it; add that"


def advice(problems: Iterable[Problem]) -> str:
    """One line on text recognition, where a problem asks for it; '' otherwise."""
    if not any("(OCR)" in problem.advice for problem in problems):
        return ""
    missing = [name for name in (PROGRAM, ENGINE) if shutil.which(name) is None]
    if missing:
        return f"{' and '.join(missing)} {'are' if missing[1:] else 'is'} not installed here: {GET}, then {USE}."
    return f"{USE}."
