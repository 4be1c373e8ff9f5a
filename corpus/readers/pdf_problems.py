"""Why a PDF, or one of its pages, gives no text that could be cited: one clear line each, with what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.layout.glyphs import PageChars
from corpus.quick_yaml import read_yaml
from corpus.types import Problem
from corpus.words import common_share, language_of

_TABLES = read_yaml(Path(__file__).with_name("problems.yaml").read_text(encoding="utf-8"))
# What went wrong -> [reason, advice].
FILE, PAGE, RECOGNITION = (_TABLES[name] for name in ("file", "page", "recognition"))
PICTURES = ("scan", "garbage", "footer")  # what is wrong with pages whose text can be recognised
SURE = 30  # words a page needs before its vocabulary says anything
GARBLED = 0.35  # share of common words; readable pages of the policy PDFs have 0.72 or more, garbled ones 0.28
FOREIGN = 0.15  # below it a page in a language without a word list may still be readable: other signs decide
_WORD = re.compile(r"[^\W\d_]{3,}")


def file_problem(file: str, reason: str, limit: int = 0) -> Problem:
    text, advice = FILE.get(reason, FILE["truncated"])
    return Problem(file, None, text.format(limit=limit), advice)


def page_problems(file: str, found: Sequence[tuple[int, str]], total: int, limit: int = 0) -> tuple[Problem, ...]:
    """One line for each run of pages with the same reason; `found` is (page, reason) in page order."""
    runs: list[list[int | str]] = []
    for page, reason in found:
        if runs and runs[-1][2] == reason and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page, reason])
    return tuple(_run_problem(file, *run, total, limit) for run in runs)


def _run_problem(file: str, first: int, last: int, reason: str, total: int, limit: int) -> Problem:
    text, advice = PAGE[reason]
    text = text.format(limit=limit)
    pictures = last - first + 1 if reason in PICTURES else 0
    if first == last:
        return Problem(file, first, text, advice, pictures)
    which = f"all {total} pages" if last - first + 1 == total else f"pages {first} to {last}"
    return Problem(file, first, f"{text} ({which})", advice, pictures)


def judge(page: PageChars, language: str = "en") -> tuple[str, str]:
    """What is wrong with the text of a page ("scan", "garbage", or "" when nothing is), and its language.

    `language` is that of the page before, which is tried first.
    """
    codes = page.codes[page.drawn]
    visible = codes[codes > 32]
    if not len(visible):
        return ("scan" if page.objects else ""), language
    kinds, counts = np.unique(visible, return_counts=True)
    odd = [bool(c > 0x10FFFF) or unicodedata.category(chr(c)) in ("Cc", "Co", "Cn", "Cs") for c in kinds.tolist()]
    share = counts[np.array(odd) | (kinds == 0xFFFD)].sum() / len(visible)
    if len(visible) > 20 and share > 0.3:
        return "garbage", language
    text = page.codes[page.codes < 0xD800].tobytes().decode("utf-32-le")
    words = _WORD.findall(text)
    if len(words) >= SURE and common_share(words[:200], language) > 0.6:
        return "", language
    language = language_of(text)
    return ("garbage" if _garbled(text, words, language, page.unmapped) else ""), language


def also_garbled(text: str, language: str) -> bool:
    """Whether a page of a file whose text is mostly garbled is so too, though it has few words to tell by."""
    words = _WORD.findall(text)
    return not words or common_share(words, language) < 0.6


def _garbled(text: str, words: list[str], language: str, unmapped: float) -> bool:
    """Whether the words of a page are no words, although their language has a list."""
    if len(words) < (8 if unmapped > 0.5 else SURE) or language == "zh":
        return False
    if language not in ("ar", "ru") and sum(word < "\u0250" for word in words) < len(words) / 2:
        return False  # a script without spaces or without a list
    share = common_share(words, language)
    if share >= GARBLED:
        return False
    if unmapped > 0.5 or language == "ar":
        return True
    letters = [char for char in text.lower() if char.isalpha()]
    if share >= FOREIGN or language == "ru":
        return False
    # A language without a list still has vowels and small letters; shifted or shuffled codes have not.
    vowels = sum(unicodedata.normalize("NFD", char)[0] in "aeiouyøæœıə" for char in letters) / len(letters)
    capitals = sum(bool(re.search(r"[^\W\d_A-Z][A-Z]", word)) for word in words) / len(words)
    return vowels < 0.22 or vowels > 0.65 or capitals > 0.4
