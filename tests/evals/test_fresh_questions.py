"""Questions of people who knew neither texts nor code: how often a section that answers is shown, and first.

Where each is answered was written down before it was asked (`evals/cases/questions-fresh.jsonl`).
"""

import json
import re
from pathlib import Path

import pytest

from assistant import wiring
from assistant.settings import load_settings
from assistant.types import Act, Corrected, Turn
from corpus.language import translation_of
from corpus.starter import starter
from evals.runs.cases import FOLDER

KINDS = ("everyday", "professional")


@pytest.fixture(scope="module")
def shown(starter_home: Path) -> list[tuple[bool, bool]]:
    """Of each question: whether the first section shown answers it, and whether any does."""
    settings = load_settings().model_copy(update={"home": starter_home})
    library = wiring.open_library(settings)
    assistant = wiring.open_assistant(settings, library)
    found, originals = [], _originals()
    lines = (FOLDER / "questions-fresh.jsonl").read_text(encoding="utf-8").splitlines()
    known = [asked for asked in map(json.loads, lines) if asked["kind"] in KINDS and asked["sections"]]
    for asked in known[::8]:  # an eighth of each set tells as much, and asking takes long
        turns = [Turn(text, assistant.answer(text)) for text in asked.get("turns", ())]
        answer = assistant.answer(asked["question"], turns, corrected=Corrected(Act.ASK))
        found_in = [(each.publication.id, each.chunk.headings[-1]) for each in answer.evidence.passages]
        sections = [list(originals.get(section, section)) for section in found_in]
        right = [section in asked["sections"] for section in sections]
        found.append((right[:1] == [True], any(right)))
    return found


def _originals() -> dict[tuple[str, str], tuple[str, str]]:
    """The section in English that each section of a translation translates."""
    headings = {
        text.publication.id: re.findall(r"^## (.+)$", text.path.read_text(encoding="utf-8"), re.MULTILINE)
        for text in starter()
    }
    return {
        (name, mine): (original, theirs)
        for name, own in headings.items()
        for original, code in [translation_of(name)]
        if code and len(headings.get(original, ())) == len(own)
        for mine, theirs in zip(own, headings[original], strict=True)
    }


def test_a_section_that_answers_is_mostly_shown_and_often_first(shown: list[tuple[bool, bool]]):
    assert len(shown) == 83
    assert sum(first for first, _ in shown) / len(shown) >= 0.6
    assert sum(any_ for _, any_ in shown) / len(shown) >= 0.78
