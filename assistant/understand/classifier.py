"""What a message asks for, by a classifier trained on the examples beside it: probabilities, no decision.

`icat train` makes it. It sees the mean of the states of the packaged encoder, whose upper layers were changed for this
task, what the lexicon finds in the message, what was on the screen when it was typed, and the pieces of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from assistant.types import Act
from assistant.understand import grams
from assistant.understand.lexicon import SOURCE, Lexicon, lexicon, read_lexicon, words_of
from assistant.understand.slots import PART_ONE
from corpus.language import short_language
from corpus.sentences import QUESTION_MARKS
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from index import learned

ENCODER = "multilingual-e5-small"
VAGUE = "vague"  # a class beside the acts: too little is said to choose one
CLASSES = (*(act.value for act in Act), VAGUE)
PLACES = (*(activity.value for activity in Activity), PART_ONE)
AFTER = ("list", "answer", "draft", "refusal")  # what the last answer was; none of them for a first message
# Sections of the lexicon whose names are told one by one; of the others, that there is one.
_BY_NAME = ("activity", "kind", "artefact", "form", "asks for", "points back", "about")
_AT_ALL = ("level", "people", "detail", "number", "place", "answer language", "without", "whose lists")
GRAMS = "grams"  # the head that sees pieces of words
LEANS = "leans"  # the head that tells follow-ups
LEANS_GRAMS = "leans by grams"
GRAMS_WEIGH = 1.5  # of its logits against those of the encoder's; between 1 and 2 it is all the same
WEIGHTS = "weights"  # the files beside this one, see `index.learned`


@dataclass(frozen=True, slots=True)
class Reading:
    """What the classifier makes of a message: probabilities, 0..1."""

    acts: dict[Act, float]  # sum to 1 with `vague`
    vague: float  # that it says too little to choose
    kinds: dict[ItemKind, float]  # of a list, each by itself
    activities: dict[Activity, float]
    part_one: float  # that it is about what comes before an activity is chosen
    leans: float  # that an open question says less than it asks: the one before belongs to it


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where probabilities become decisions; read off messages that were held out, see `training`."""

    danger_from: float  # probability from which a message is one of danger: low, since it errs to caution
    harm_from: float  # from which it is refused: high, since a wrong refusal is an insult
    margin: float  # below, one reading in three is wrong
    named_from: float  # from which a kind or an activity is taken that no word names


def extras_of(text: str, after: str, words: Lexicon) -> np.ndarray:
    """(k,) float32 of 0 and 1: what is known of a message beside its meaning."""
    mentions = words.mentions(text, short_language(text))
    found = {(mention.section, mention.name) for mention in mentions}
    sections = {section for section, _ in found}
    length = len(words_of(text))
    flags = [
        *(after == each for each in AFTER),
        *((section, name) in found for section in _BY_NAME for name in words.names(section)),
        *(section in sections for section in _AT_ALL),
        text.rstrip().endswith(QUESTION_MARKS),
        length <= 2,
        length <= 5,
        length >= 40,
    ]
    return np.array(flags, dtype=np.float32)


class TrainedClassifier:
    """Reads messages. Safe to share between threads."""

    def __init__(
        self,
        encode: Callable[[str], np.ndarray],
        heads: Mapping[str, tuple[np.ndarray, np.ndarray]],
        thresholds: Thresholds,
        words: Lexicon,
    ) -> None:
        """`encode`: (width,) of a text; `heads`: weights (width + extras, classes) and biases of each task's logits."""
        self._encode, self._heads, self._words = encode, heads, words
        self.danger_from, self.harm_from = thresholds.danger_from, thresholds.harm_from
        self.margin, self.named_from = thresholds.margin, thresholds.named_from

    def read(self, text: str, after: str = "") -> Reading:
        """`after`: '', or one of AFTER."""
        seen = np.concatenate([self._encode(text), extras_of(text, after, self._words)])
        by_grams = (GRAMS, LEANS_GRAMS)
        logits = {task: seen @ weights + bias for task, (weights, bias) in self._heads.items() if task not in by_grams}
        likely = softmax(logits["acts"] + GRAMS_WEIGH * grams.logits(text, *self._heads[GRAMS]))
        acts = dict(zip(CLASSES, likely.tolist(), strict=True))
        kinds, places = sigmoid(logits["kinds"]).tolist(), sigmoid(logits["places"]).tolist()
        leans = 0.0  # where no example was written in mid-conversation
        if LEANS in logits:
            leans = softmax(logits[LEANS] + GRAMS_WEIGH * grams.logits(text, *self._heads[LEANS_GRAMS]))[1].item()
        return Reading(
            acts={act: acts[act] for act in Act},
            vague=acts[VAGUE],
            kinds=dict(zip(ItemKind, kinds, strict=True)),
            activities=dict(zip(Activity, places[:-1], strict=True)),
            part_one=places[-1],
            leans=leans,
        )


def open_classifier(folder: Traversable | None = None) -> TrainedClassifier:
    """That of a folder with its lexicon, by default the one that comes with the program.

    WeightsError where there is none that fits; ModelMissing without its encoder.
    """
    from index.encoders import open_adapted

    words = read_lexicon(folder / SOURCE) if folder else lexicon()
    place = folder or files(__package__)
    known = learned.read(place, WEIGHTS)
    encode = open_adapted(ENCODER, known.adapter)
    thresholds = learned.recorded(place, WEIGHTS)["thresholds"]
    return TrainedClassifier(encode, known.heads, Thresholds(**thresholds), words)


def softmax(logits: np.ndarray) -> np.ndarray:
    """exp(x) / sum of exp(x), over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))
