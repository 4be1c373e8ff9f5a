"""Which kit a draft needs, and which of its pieces a part asks for: two heads on the states of the net of `themes`.

A kit is ready-made material for one group of people or one field of work; all have the same pieces in the same order.
Learned from messages and parts that were labelled. `icat train` makes it in minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from corpus.kits import KitPiece, KitTexts
from corpus.themes import of_part
from index import learned, sections, themes
from index.adapter import Adapter
from index.learned import Learned
from index.sections import FOLDER

NAME = "kits"  # of the files
FITS, ASKS = "fits", "asks"  # the two tasks
SECOND = 0.3  # what the second of two kits that fit a message counts; the first one has the rest
# Of the weights: of 5,500 parts that were labelled, in four folds, 61 of 100 get their piece, 55 without what the draft
# is about; of 1,550 messages that a kit fits, 80 get one that fits.
DECAY = 3e-4
NAMED = 0.25  # what a name counts beside a message: with 1 some 76 of these 80
PIECES = tuple(KitPiece)  # class n of the second head is PIECES[n]


@dataclass(frozen=True, eq=False)
class KitReader:
    """Reads messages and parts of drafts. Safe to share between threads."""

    encode: Callable[[str], np.ndarray]
    heads: dict[str, tuple[np.ndarray, np.ndarray]]
    kits: tuple[str, ...]  # ids of their texts in English

    def fitting(self, message: str) -> dict[str, float]:
        """How much of a draft each kit should have, by its id, the likeliest first; together at most 1."""
        shares = self._probable(message, FITS)[1:]
        return {self.kits[n]: float(shares[n]) for n in np.argsort(-shares, kind="stable")}

    def asked(self, part: str, about: str) -> tuple[KitPiece, float]:
        """The piece that a part of a draft on something most likely asks for, and the probability of it.

        NONE counts like any other.
        """
        both = self._probable(part, ASKS) * self._probable(of_part(part, about), ASKS)
        probable = np.sqrt(both) / np.sqrt(both).sum()
        best = int(np.argmax(probable))
        return PIECES[best], float(probable[best])

    def _probable(self, text: str, task: str) -> np.ndarray:
        weights, bias = self.heads[task]
        logits = self.encode(text) @ weights + bias
        return np.exp(logits - np.logaddexp.reduce(logits))


@cache
def open_kits() -> KitReader:
    """The one that comes with the program. WeightsError where it is damaged; ModelMissing without its encoder."""
    known, record = learned.read(FOLDER, NAME), learned.recorded(FOLDER, NAME)
    return KitReader(sections.open_of(themes.NAME).encode, dict(known.heads), tuple(record["kits"]))


def train(texts: KitTexts, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learns both, by the states of the net of themes as it is, and writes weights and record beside it."""
    reader = sections.open_of(themes.NAME)
    kits = sorted(texts.names)
    fits = [(kits.index(kit) + 1, NAMED, text) for kit in kits for text in texts.names[kit]]
    for each in texts.messages:
        first, *second = [kits.index(kit) + 1 for kit in each.kits] or [0]
        fits.append((first, 1.0 - SECOND * len(second), each.text))
        fits += [(other, SECOND, each.text) for other in second]
    asks = [
        (PIECES.index(piece), 1.0, text)
        for each in texts.messages
        for part, piece in each.parts
        for text in (part, of_part(part, each.about))
    ]
    states: dict[str, np.ndarray] = {}
    wanted = list(dict.fromkeys(text for _, _, text in (*fits, *asks)))
    for done, text in enumerate(wanted, start=1):
        states[text] = reader.encode(text)
        progress(done, len(wanted))
    heads = {}
    for task, told, classes in ((FITS, fits, len(kits) + 1), (ASKS, asks, len(PIECES))):
        labels, counts, read = zip(*told, strict=True)
        rows = np.stack([states[text] for text in read])
        none = np.zeros((rows.shape[1], 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
        weights, bias = sections.with_classes(rows, np.array(labels), np.array(counts), none, classes, DECAY)
        heads[task] = weights.astype(np.float16), bias
    record = {"made_from": made_from(texts), "encoder": sections.ENCODER, "states": themes.NAME, "kits": kits}
    learned.write(FOLDER, NAME, Learned(Adapter({}), heads), record | {"texts": len(wanted)})
    open_kits.cache_clear()


def made_from(texts: KitTexts) -> str:
    """Digest of the texts, and of the weights whose states are read."""
    before = learned.recorded(FOLDER, themes.NAME)["sha256"]
    return learned.digest_of([before.encode(), repr(texts).encode()])
