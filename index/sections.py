"""Which section answers a question, learned from the questions that were anticipated for each: six languages, one net.

Vectors find a section by what it is about; this finds it by what people ask who need it. `icat train` makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np

from corpus.anticipated import Anticipated
from index import learned
from index.learned import Learned

NAME = "sections"  # of the files
FOLDER = Path(__file__).parent
ENCODER = "multilingual-e5-small"
Place = tuple[str, str]  # publication and heading


class SectionReader:
    """Reads questions. Safe to share between threads."""

    def __init__(self, encode: Callable[[str], np.ndarray], known: Learned, places: Sequence[Place]) -> None:
        """`encode`: (width,) of a text, by the adapted encoder; class n of the head is places[n]."""
        self._encode = encode
        self._weights, self._bias = known.heads[NAME]
        self.places = tuple(places)

    def logits(self, question: str) -> np.ndarray:
        """(n,) float32, how much speaks for each place; comparable within a question."""
        return self._encode(question) @ self._weights + self._bias


def open_sections(among: Collection[Place]) -> SectionReader | None:
    """The one that comes with the program; None where it has learned none of the places.

    WeightsError where it is damaged; ModelMissing without its encoder.
    """
    from index.encoders import open_adapted

    places = [(publication, heading) for publication, heading in learned.recorded(FOLDER, NAME)["places"]]
    if not set(places).intersection(among):
        return None
    known = learned.read(FOLDER, NAME)
    return SectionReader(open_adapted(ENCODER, known.adapter), known, places)


def train(questions: Sequence[Anticipated], progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learns from the questions and writes weights and record beside this file."""
    from index.adapting import Task, learn

    answers = [(each.publication, each.heading) for each in questions]
    places = sorted(set(answers))
    targets = np.array([places.index(place) for place in answers])
    nothing_more = np.zeros((len(questions), 0), dtype=np.float32)
    texts = [each.text for each in questions]
    found = learn(ENCODER, texts, nothing_more, (Task(NAME, len(places), targets),), progress=progress)
    heads = {task: (weights.astype(np.float16), bias) for task, (weights, bias) in found.heads.items()}
    record = {"made_from": made_from(questions), "encoder": ENCODER, "questions": len(questions), "places": places}
    learned.write(FOLDER, NAME, Learned(found.adapter, heads), record)


def made_from(questions: Sequence[Anticipated]) -> str:
    """Digest of the questions and their sections."""
    return learned.digest_of([f"{each.publication}\n{each.heading}\n{each.text}".encode() for each in questions])
