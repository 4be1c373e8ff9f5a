"""Which section answers a question, and which items fit a programme: six languages, one net, `icat train` makes it.

Vectors find a text by what it is about; this finds it by what people write who need it. Learned from the questions
that were anticipated for each section, and from programmes as people describe them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.anticipated import Anticipated
from corpus.language import short_language
from corpus.sentences import sentences
from index import learned
from index.learned import Learned

if TYPE_CHECKING:
    from corpus.toolkit.programmes import Programme
    from index.adapting import Plan

NAME = "sections"  # of the files, and of the task
ITEMS = "fitting"  # the other task
FOLDER = Path(__file__).parent
ENCODER = "multilingual-e5-small"
SHORT = 3  # sentences that are read at once
PIECES = 12  # of a long message, at most
OTHERS = 4000  # questions to the sections before that new ones are told from
# What each of them stands for; of all, each would stand for some 14. With eight sections that came, on 935 fresh
# questions to the others MRR .504 before; .497 with 5, .502 with 14, .474 with 1; to those that came .67, .53, .74.
STANDS_FOR = 5
DECAY = 1e-4  # of their weights
# How far a section for which more questions were written is brought back to the others. Of 160 sections with 30
# questions each among 401 with 92, on 119 fresh questions MRR .574 with 0, .609 with .5, .679 with 1; on 935 to the
# others, which were labelled before the 160 came, .652, .640, .611.
PRIOR = 0.5
ROUNDS, RATE, HEAD_RATE = 2, 5e-4, 1e-3  # of learning on
KEPT = 64  # texts whose probabilities are remembered
Place = tuple[str, str]  # publication and heading


class SectionReader:
    """Reads questions and programmes. Safe to share between threads."""

    def __init__(
        self,
        encode: Callable[[str], np.ndarray],
        known: Learned,
        places: Sequence[Place] = (),
        items: Sequence[str] = (),
    ) -> None:
        """`encode`: (width,) of a text, by the adapted encoder; class n of a head is places[n], or items[n]."""
        self.encode, self._heads = encode, known.heads
        self._probable = lru_cache(maxsize=KEPT)(self._log_probabilities)  # several parts of a message share its story
        self.places, self.items = tuple(places), tuple(items)

    def logits(self, text: str, task: str = NAME) -> np.ndarray:
        """(n,) float32, how much speaks for each place, or each item; comparable within a text."""
        weights, bias = self._heads[task]
        return self.encode(text) @ weights + bias

    def answering(self, message: str) -> np.ndarray:
        """(n,) float32, log probability of each place; of a long message the mean of that of all and of its pieces.

        What it is about may stand in two sentences of ten, and what was learned from is short (evals/README.md).
        """
        whole = self._probable(message)
        pieces = pieces_of(message)
        if not pieces:
            return whole
        several = np.logaddexp.reduce([self._probable(piece) for piece in pieces]) - np.log(len(pieces))
        return (whole + several) / 2

    def _log_probabilities(self, text: str) -> np.ndarray:
        logits = self.logits(text)
        return logits - np.logaddexp.reduce(logits)


def pieces_of(message: str) -> list[str]:
    """Every two sentences that follow each other of a message that has more than SHORT; none of a shorter one."""
    spans = list(sentences(message, short_language(message)))
    if len(spans) <= SHORT:
        return []
    apart = max(1, -(-(len(spans) - 1) // PIECES))
    return [message[start:end] for (start, _), (_, end) in list(pairwise(spans))[::apart]]


def open_sections(among: Collection[Place], name: str = NAME) -> SectionReader | None:
    """The one of some files that comes with the program; None where it has learned none of the places.

    Errors: `open_reader`.
    """
    places = {(publication, heading) for publication, heading in learned.recorded(FOLDER, name)["places"]}
    return open_of(name) if places.intersection(among) else None


def open_reader() -> SectionReader:
    """The one that comes with the program. WeightsError where it is damaged; ModelMissing without its encoder."""
    return open_of(NAME)


@cache
def open_of(name: str) -> SectionReader:
    """The one of some files: with an encoder of its own, or the head of another one's states."""
    from index.encoders import open_adapted

    known, record = learned.read(FOLDER, name), learned.recorded(FOLDER, name)
    places = [(publication, heading) for publication, heading in record["places"]]
    heads = dict(known.heads)
    if asked := record.get("asked"):
        weights, bias = heads[name]
        heads[name] = weights, bias - PRIOR * np.log(np.maximum(asked, 1)).astype(np.float32)
    states = record.get("states")
    encode = open_of(states).encode if states else open_adapted(ENCODER, known.adapter)
    return SectionReader(encode, replace(known, heads=heads), places, record.get("items", ()))


def train(
    questions: Sequence[Anticipated],
    programmes: Sequence[Programme],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Learns from both and writes weights and record beside this file."""
    from index.adapting import Plan

    places = sorted({(each.publication, each.heading) for each in questions})
    items = sorted({item for each in programmes for item in each.fits})
    _learn(questions, programmes, places, items, Plan(), progress)


def extend(
    questions: Sequence[Anticipated],
    programmes: Sequence[Programme],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Sequence[Place]:
    """Learns the sections that came since, beginning from all that was learned before, in half of the time.

    Their classes are first read off the states as they are, against some questions to the others; then everything is
    learned on for two rounds. Gives the sections that came; WeightsError where others went, or where the items that
    fit are no longer the same.
    """
    from index.adapting import Plan

    reader = open_reader()
    answers = [(each.publication, each.heading) for each in questions]
    came = sorted(set(answers) - set(reader.places))
    items = {item for each in programmes for item in each.fits}
    if set(reader.places) - set(answers) or items != set(reader.items):
        raise learned.WeightsError(f"{NAME}: more has changed than sections that came; {learned.MEND}")
    new = [place for place, answer in enumerate(answers) if answer in came]
    old = [place for place, answer in enumerate(answers) if answer not in came]
    taken = [*new, *old[:: max(1, len(old) // OTHERS)]]
    places = [*reader.places, *came]
    states = np.stack([reader.encode(questions[place].text) for place in taken])
    told = np.array([places.index(answers[place]) for place in taken])
    known = learned.read(FOLDER, NAME)
    counts = np.repeat([1.0, STANDS_FOR], [len(new), len(taken) - len(new)])
    heads = {**known.heads, NAME: with_classes(states, told, counts, known.heads[NAME], len(came))}
    plan = Plan(epochs=ROUNDS, rate=RATE, head_rate=HEAD_RATE)
    _learn(questions, programmes, places, reader.items, plan, progress, Learned(known.adapter, heads))
    return came


def _learn(
    questions: Sequence[Anticipated],
    programmes: Sequence[Programme],
    places: Sequence[Place],
    items: Sequence[str],
    plan: Plan,
    progress: Callable[[int, int], None],
    begin: Learned | None = None,
) -> None:
    """Learns places of questions and items of programmes, and writes both."""
    from index.adapting import Task, learn

    number = {place: n for n, place in enumerate(places)}
    told = np.array([*(number[each.publication, each.heading] for each in questions), *[-1] * len(programmes)])
    fitting = np.full((len(told), len(items)), np.nan, dtype=np.float32)
    for row, each in enumerate(programmes, start=len(questions)):
        fitting[row] = shares(each, items)
    texts = [each.text for each in (*questions, *programmes)]
    tasks = (Task(NAME, len(places), told), Task(ITEMS, len(items), fitting, shares=True))
    found = learn(ENCODER, texts, np.zeros((len(texts), 0), dtype=np.float32), tasks, plan, progress, begin)
    heads = {task: (weights.astype(np.float16), bias) for task, (weights, bias) in found.heads.items()}
    record = {
        "made_from": made_from(questions, programmes),
        "encoder": ENCODER,
        "questions": len(questions),
        "programmes": len(programmes),
        "places": places,
        "asked": np.bincount(told[: len(questions)], minlength=len(places)).tolist(),
        "items": items,
    }
    learned.write(FOLDER, NAME, Learned(found.adapter, heads), record)
    open_of.cache_clear()


def with_classes(
    states: np.ndarray,
    told: np.ndarray,
    counts: np.ndarray,
    head: tuple[np.ndarray, np.ndarray],
    more: int,
    decay: float = DECAY,
) -> tuple[np.ndarray, np.ndarray]:
    """A head with classes more, learned of (n, width) states and their (n,) classes; those before stay as they are.

    `counts`: (n,) how many texts each stands for. A head without a class, (width, 0), is learned from nothing.
    """
    from scipy.optimize import minimize
    from scipy.special import log_softmax, softmax

    weights, bias = head
    width, before = weights.shape
    fixed = states @ weights + bias
    wanted = np.eye(before + more, dtype=np.float32)[told]
    share = (counts / counts.sum())[:, None]
    begin = np.zeros(width * more + more)
    if before:
        mean, level = weights.mean(axis=1)[:, None], bias.mean()
        begin = np.concatenate([np.repeat(mean, more, axis=1).ravel(), np.full(more, level)])

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        column, level = parameters[: width * more].reshape(width, more), parameters[width * more :]
        logits = np.concatenate([fixed, states @ column + level], axis=1)
        value = -float((share * wanted * log_softmax(logits, axis=1)).sum())
        off = (share * (softmax(logits, axis=1) - wanted))[:, before:]
        slope = states.T @ off + 2 * decay * column
        return value + decay * float((column**2).sum()), np.concatenate([slope.ravel(), off.sum(axis=0)])

    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x.astype(np.float32)
    column, level = found[: width * more].reshape(width, more), found[width * more :]
    return np.concatenate([weights, column], axis=1), np.concatenate([bias, level])


def shares(programme: Programme, items: Sequence[str]) -> np.ndarray:
    """(n,) of 1: half of it for the item that fits most, the rest for the others alike."""
    first, *others = programme.fits
    whole = {first: 0.5 if others else 1.0} | {item: 0.5 / len(others) for item in others}
    return np.array([whole.get(item, 0.0) for item in items], dtype=np.float32)


def made_from(questions: Sequence[Anticipated], programmes: Sequence[Programme]) -> str:
    """Digest of the questions with their sections and the programmes with their items."""
    asked = [f"{each.publication}\n{each.heading}\n{each.text}".encode() for each in questions]
    return learned.digest_of([*asked, *(each.model_dump_json().encode() for each in programmes)])
