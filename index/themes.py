"""Which sections a good draft on a theme quotes: the net of `sections`, taught further by themes of trainers.

A theme asks nothing, and wants several sections where a question has one that answers; a part of a draft wants what
fits theme and part (`corpus.themes.of_part`). `icat train` makes it, beginning from what was learned of questions;
`sections.open_sections` opens it, and its `answering` tells the log of the share that each place has in a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from corpus.themes import Theme
from index import learned, sections
from index.learned import Learned
from index.sections import ENCODER, FOLDER, Place

NAME = "themes"  # of the files
LESS = 0.7  # of what the section before has, that the next best has of a theme
# Of 124 requests whose sections others had labelled, nDCG@8 .41 with the net of questions, .53 with a head of its
# own on the same states, .57 with the states taught as well, after one round. With parts three rounds are enough.
EPOCHS, RATE, HEAD_RATE = 3, 5e-4, 1e-3


def train(themes: Sequence[Theme], progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learns from themes, beginning from the net of `sections`, and writes weights and record beside this file."""
    from index.adapting import Plan, Task, learn

    before = learned.read(FOLDER, sections.NAME)
    places = [(publication, heading) for publication, heading in learned.recorded(FOLDER, sections.NAME)["places"]]
    begin = Learned(before.adapter, {sections.NAME: before.heads[sections.NAME]})
    task = Task(sections.NAME, len(places), targets(themes, places), shares=True)
    texts = [each.text for each in themes]
    plan = Plan(epochs=EPOCHS, rate=RATE, head_rate=HEAD_RATE)
    found = learn(ENCODER, texts, np.zeros((len(texts), 0), dtype=np.float32), (task,), plan, progress, begin)
    heads = {task: (weights.astype(np.float16), bias) for task, (weights, bias) in found.heads.items()}
    record = {"made_from": made_from(themes), "encoder": ENCODER, "themes": len(themes), "places": places}
    learned.write(FOLDER, NAME, Learned(found.adapter, heads), record)


def targets(themes: Sequence[Theme], places: Sequence[Place]) -> np.ndarray:
    """(themes, places) float32: the share of each place in a draft, LESS from one to the next, together 1."""
    shares = np.zeros((len(themes), len(places)), dtype=np.float32)
    for row, theme in enumerate(themes):
        parts = LESS ** np.arange(len(theme.sections))
        shares[row, [places.index(place) for place in theme.sections]] = parts / parts.sum()
    return shares


def made_from(themes: Sequence[Theme]) -> str:
    """Digest of the themes with their sections, and of the weights that it begins from."""
    before = learned.recorded(FOLDER, sections.NAME)["sha256"]
    return learned.digest_of([before.encode(), *(each.model_dump_json().encode() for each in themes)])
