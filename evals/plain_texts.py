"""Texts that were read from no file, as documents of one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from corpus.errors import UnknownPublication
from corpus.types import Block, BlockKind, Document, Page, Publication, PublicationId

ITEM = "- "  # how a line begins that is an item of a list; any other is a paragraph


@dataclass(frozen=True, slots=True)
class PlainTexts:
    """The texts of some publications."""

    publications: Mapping[PublicationId, Publication]
    texts: Mapping[PublicationId, str]

    def publication(self, publication: PublicationId) -> Publication:
        return self.publications[publication]

    def document(self, publication: PublicationId) -> Document:
        """UnknownPublication when it is none of these."""
        if publication not in self.texts:
            raise UnknownPublication(f"{publication}: not among these texts")
        return as_document(self.publications[publication], self.texts[publication])

    def document_sha256(self, publication: PublicationId) -> str:
        return sha256(self.texts[publication].encode()).hexdigest()


def as_document(publication: Publication, text: str) -> Document:
    """One page, every line that says something a block; the mark of an item stands outside of its block."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        item = bare.startswith(ITEM) and bool(bare[len(ITEM) :].strip())
        said = bare[len(ITEM) :].strip() if item else bare
        if said:
            first = start + line.index(said, len(line) - len(line.lstrip()) + (len(ITEM) if item else 0))
            kind = BlockKind.ITEM if item else BlockKind.PARAGRAPH
            blocks.append(Block(kind, first, first + len(said), 1 if item else 0))
        start += len(line)
    page = Page(1, None, 0, len(text))
    return Document(publication, text, (page,), tuple(blocks), np.arange(len(text), dtype=np.int32))
