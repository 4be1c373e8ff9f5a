"""Which piece of ready-made material is wanted for a part of a draft: a head on the states of the net of `themes`.

Learned from what people write who want a piece, alone and with a theme behind it, and from how it begins in each
language. `icat train` makes it in minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from corpus.phrases import ReadyPhrases
from corpus.themes import of_part
from index import learned, sections, themes
from index.adapter import Adapter
from index.learned import Learned
from index.sections import FOLDER

NAME = "ready"  # of the files, and of the task
# Of the weights: on 260 parts that others had labelled, MRR .79, .78 without the words of the sections themselves; .77
# and .78 with a tenth and three times of it.
DECAY = 3e-4


def train(material: Sequence[ReadyPhrases], progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learns from phrases, by the states of the net of themes as it is, and writes weights and record beside it."""
    reader = sections.open_of(themes.NAME)
    texts = [(n, text) for n, each in enumerate(material) for text in _texts(each)]
    found = []
    for done, (_, text) in enumerate(texts, start=1):
        found.append(reader.encode(text))
        progress(done, len(texts))
    states, told = np.stack(found), np.array([n for n, _ in texts])
    none = np.zeros((states.shape[1], 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
    weights, bias = sections.with_classes(states, told, np.ones(len(texts)), none, len(material), DECAY)
    record = {
        "made_from": made_from(material),
        "encoder": sections.ENCODER,
        "states": themes.NAME,
        "phrases": len(texts),
        "places": [(each.publication, each.heading) for each in material],
    }
    heads = {sections.NAME: (weights.astype(np.float16), bias)}
    learned.write(FOLDER, NAME, Learned(Adapter({}), heads), record)
    sections.open_of.cache_clear()


def made_from(material: Sequence[ReadyPhrases]) -> str:
    """Digest of the phrases, and of the weights whose states are read."""
    before = learned.recorded(FOLDER, themes.NAME)["sha256"]
    return learned.digest_of([before.encode(), *(repr(each).encode() for each in material)])


def _texts(each: ReadyPhrases) -> list[str]:
    """Its own words; each phrase alone, and every second one as a part of what it is about."""
    return [*each.texts, *each.phrases, *(of_part(phrase, each.heading) for phrase in each.phrases[::2])]
