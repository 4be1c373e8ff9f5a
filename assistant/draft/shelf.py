"""Ready-made material, as a library has it: whole sections, and how likely each is the one that is wanted.

It answers no question and is in no index. What is chosen is what was learned of people who want such a piece.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np

from assistant.answer.evidence import Documents, passage_of_chunk
from assistant.types import Evidence, Part
from corpus.chunking import chunk
from corpus.kits import KitPiece
from corpus.language import translation_of
from corpus.types import READY, Chunk, Document, Kind, Origin, Publication, PublicationId
from index import ready_made, sections
from index.anticipated import WeighedTexts, weighed
from index.kits import KitReader, open_kits
from index.snapshot import PublicationFacts, passes
from index.types import Filters

LONGEST = 10**6  # words of a chunk: a section is never cut
KEPT = 1000  # documents whose sections are remembered
# What was learned is too careful: of 260 parts that others had labelled, 65 % have a section that is likelier than .3
# with it, and 82 % of those the right one; without, 45 and 87 %.
SURER = 1.3


class ReadyTexts(Documents, Protocol):
    """The documents on this machine, and which are in force."""

    def in_force(self) -> Sequence[PublicationId]:
        """Their ids."""

    def publication(self, publication: PublicationId) -> Publication:
        """What is known of one."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """Whole sections, likeliest first."""

    evidence: Evidence
    likely: tuple[float, ...]  # how likely each is the one that is wanted, of all of its kinds; together at most 1


class ReadyShelf:
    """The ready-made sections of a library. Safe to share between threads."""

    def __init__(self, library: ReadyTexts) -> None:
        self._library = library

    def likeliest(
        self,
        kinds: Sequence[Kind],
        part: Part,
        language: str,
        filters: Filters,
        most: int,
        among: Collection[PublicationId] = (),
    ) -> Shelved:
        """At most so many sections of some kinds for a part of a draft, in the language of its reader.

        Of a text that is not there in this language, in English. `among`: only of these texts, by their ids in English,
        where some are named; how likely they are is said of all.
        """
        texts = dict(self._texts(kinds, language, filters))
        reader = sections.open_of(ready_made.NAME)
        known = [n for n, (text, _) in enumerate(reader.places) if text in texts]
        if not known:
            return Shelved(Evidence(), ())
        sought: WeighedTexts = ((part.reads, 1.0 - part.share), (part.text, part.share))
        logits = SURER * weighed([each for each in sought if each[1]], reader.answering)[known]
        shares = np.exp(logits - np.logaddexp.reduce(logits)).tolist()
        likeliest = sorted(zip(shares, known, strict=True), key=lambda each: -each[0])
        found = [(share, *reader.places[n]) for share, n in likeliest if not among or reader.places[n][0] in among]
        passages = (
            passage_of_chunk(self._section(text, heading, texts[text]), share, self._library)
            for share, text, heading in found[:most]
        )
        return Shelved(Evidence(tuple(passages)), tuple(share for share, *_ in found[:most]))

    def kits(self, message: str) -> Mapping[PublicationId, float]:
        """How much of a draft each kit should have, likeliest first; together at most 1."""
        return self._kits.fitting(message)

    def asked(self, part: str, about: str) -> tuple[KitPiece, float]:
        """Which piece of a kit a part of a draft asks for, and how likely that is."""
        return self._kits.asked(part, about)

    def piece(self, kit: PublicationId, piece: KitPiece, language: str, filters: Filters) -> Evidence:
        """One piece of a kit; nothing where the kit is not there, or not let through."""
        name = dict(self._texts((Kind.KITS,), language, filters)).get(kit)
        section = self._sections(name)[piece.section] if name else None
        return Evidence((passage_of_chunk(section, 1.0, self._library),) if section else ())

    @cached_property
    def _kits(self) -> KitReader:
        return open_kits()

    def _texts(
        self, kinds: Sequence[Kind], language: str, filters: Filters
    ) -> Iterator[tuple[PublicationId, PublicationId]]:
        """Each text of some kinds, by its id in English and that of the version that is wanted.

        In the first language that is wanted and there, else in English where no filter forbids.
        """
        here = {} if filters.origins and Origin.STARTER not in filters.origins else self._ready()
        for original in (name for name in here if not translation_of(name)[1]):
            wanted = (_in(each, original) for each in filters.languages or (language,))
            name = next((each for each in wanted if each in here), "" if filters.languages else original)
            if name and here[name].kind in kinds and passes(name, PublicationFacts.of(here[name]), filters):
                yield original, name

    def _ready(self) -> dict[PublicationId, Publication]:
        own = map(self._library.publication, self._library.in_force())
        return {each.id: each for each in own if each.origin is Origin.STARTER and each.kind in READY}

    def _sections(self, name: PublicationId) -> tuple[Chunk, ...]:
        return _sections_of(self._library.document(name))

    def _section(self, original: PublicationId, heading: str, name: PublicationId) -> Chunk:
        """That of a version of a text which stands in the place of one in English."""
        headings = [" ".join(each.headings[-1].split()) for each in self._sections(original)]
        return self._sections(name)[headings.index(" ".join(heading.split()))]


def _in(language: str, original: PublicationId) -> PublicationId:
    return original if language == "en" else f"{original}-{language}"


@lru_cache(maxsize=KEPT)
def _sections_of(document: Document) -> tuple[Chunk, ...]:
    return chunk(document, lambda text: len(text.split()), LONGEST, document.publication.language)
