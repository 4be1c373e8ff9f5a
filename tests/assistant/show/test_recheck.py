"""Kept quotes held against the documents as they are now: the same, moved or gone, and no document read in vain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from answer_samples import SHA, two_sources

from assistant.show.recheck import recheck
from assistant.show.sources import Drift
from corpus.errors import IcatError
from corpus.types import Block, BlockKind, Document, Page, Publication

PAPER = "Demand is <b>not</b> simple. It has many sides."
DIGEST = "Who pays? Who gains?"


@dataclass
class Shelf:
    """Documents with a digest each, and which of them were read."""

    texts: dict[str, tuple[str, str]]  # id -> digest, text
    read: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def document(self, id: str) -> Document:
        self.read.append(id)
        text = self.texts[id][1]
        pages, blocks = (Page(1, None, 0, len(text)),), (Block(BlockKind.PARAGRAPH, 0, len(text)),)
        return Document(Publication(id=id, title=id), text, pages, blocks, np.arange(len(text), dtype=np.int32))

    def document_sha256(self, id: str) -> str:
        self.looked_up.append(id)
        if id not in self.texts:
            raise IcatError(f"{id}: not here")
        return self.texts[id][0]

    def original(self, id: str) -> Path | None:
        return None

    def layer(self, id: str) -> Path | None:
        return None


def test_where_no_document_changed_none_is_read_and_each_is_looked_up_once() -> None:
    shelf = Shelf({"demand": (SHA, PAPER), "digest": (SHA, DIGEST)})
    assert recheck([two_sources(), two_sources()], shelf) == ({}, {})
    assert (shelf.read, shelf.looked_up) == ([], ["demand", "digest"])


def test_a_quote_found_again_has_moved_and_another_is_gone() -> None:
    shelf = Shelf({"demand": ("new", "First. It has\nmany  sides."), "digest": (SHA, DIGEST)})
    (drifts,) = recheck([two_sources()], shelf)
    assert drifts == {(0, 0): Drift.GONE, (1, 0): Drift.MOVED}
    assert "digest" not in shelf.read


def test_of_a_document_that_was_removed_every_quote_is_gone() -> None:
    (drifts,) = recheck([two_sources()], Shelf({"demand": (SHA, PAPER)}))
    assert drifts == {(2, 0): Drift.GONE, (3, 0): Drift.GONE}


def test_each_quote_of_a_sentence_is_looked_at() -> None:
    answer = two_sources()
    both = replace(answer.statements[0], quotes=(answer.statements[0].quotes[0], answer.statements[2].quotes[0]))
    (drifts,) = recheck([replace(answer, statements=(both,))], Shelf({"demand": (SHA, PAPER)}))
    assert drifts == {(0, 1): Drift.GONE}


@pytest.mark.parametrize("answers", [[], [replace(two_sources(), statements=())]])
def test_nothing_kept_is_nothing_changed(answers: list) -> None:
    assert recheck(answers, Shelf({})) == tuple({} for _ in answers)
