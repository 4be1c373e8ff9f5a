"""`icat train`: the classifier of messages made anew from `examples/*.jsonl`, the lexicon and what people ask.

On all but every HELD_OUT-th example; thresholds are read off those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from assistant.types import Act
from assistant.understand import grams
from assistant.understand.classifier import (
    CLASSES,
    ENCODER,
    GRAMS,
    LEANS,
    LEANS_GRAMS,
    PLACES,
    VAGUE,
    WEIGHTS,
    Thresholds,
    TrainedClassifier,
    extras_of,
)
from assistant.understand.lexicon import SOURCE, Lexicon, read_lexicon
from corpus.asked import Asked
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.toolkit.types import ItemKind
from index.learned import Learned, digest_of, write

if TYPE_CHECKING:
    from index.adapting import Plan

FOLDER = Path(__file__).parent
EXAMPLES = "examples"
HELD_OUT = 12
ALONE_OF = 3  # messages that stand alone have many like them among the examples; follow-ups have not
LISTS = ("Indicators", "Design questions", "Lessons to consider", "Means of verification")  # headings
# Chosen on messages and questions not trained on (evals/README.md has what other values do): help is shown wherever
# somebody may be in danger, and where something else is likelier the answer comes with it; refused is what is sure.
DANGER_FROM, HARM_FROM = 0.1, 0.95
WRONG_BELOW = 1 / 5  # below the margin, one reading in five is wrong
Progress = Callable[[int, int], None]


class Example(BaseModel):
    """One labelled message. Its act is the name of its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    language: str  # ISO 639-1, one of the lexicon's
    after: Literal["", "list", "answer", "draft", "refusal"] = ""
    kinds: tuple[ItemKind, ...] | None = None  # of a list; None: not labelled
    activities: tuple[str, ...] | None = None


Message = TypeVar("Message", bound=Example)


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    example: Example
    act: str  # one of CLASSES


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What became of the examples that were not learned from."""

    right: dict[str, float]  # by act, the share whose likeliest act it is
    thresholds: Thresholds


def read_examples(folder: Path, languages: Sequence[str]) -> list[LabelledMessage]:
    """All examples, file by file. CatalogueError with file and line for one that does not validate."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        act = file.stem.replace("_", " ")
        if act not in CLASSES:
            raise CatalogueError(
                f"{file.name}: no act is called {act!r}; the files are named after {', '.join(CLASSES)}"
            )
        found += [LabelledMessage(example, act) for example in read_messages(file, Example, languages)]
    return found


def read_messages(file: Path, kind: type[Message], languages: Sequence[str]) -> list[Message]:
    """The messages of a file, a line each. CatalogueError with file and line for one that does not validate."""
    found = read_lines(file, kind.model_validate_json, CatalogueError)
    for where, message in found:
        if message.language not in languages:
            wrong = f"{message.language!r} is no language of the lexicon ({', '.join(languages)})"
            raise CatalogueError(f"{where}: language: {wrong}")
    return [message for _, message in found]


def train(
    progress: Progress = lambda done, total: None,
    folder: Path = FOLDER,
    asked: Sequence[Asked] = (),
    plan: Plan | None = None,
) -> HeldOut:
    """Writes weights and their record into the folder; a kill leaves the old ones.

    `asked`: messages that sections answer, of which some are learned. `plan`: how, by default Plan().
    """
    from index.adapting import Plan, learn

    words = read_lexicon(folder / SOURCE)
    seen, held = _parted([*read_examples(folder / EXAMPLES, words.languages), *learned_of(asked)])
    texts, extras = _given(seen, words)
    tasks = _tasks(seen)
    learned = learn(ENCODER, texts, extras, tasks, plan or Plan(), progress)
    more = {GRAMS: grams.learn(texts, tasks[0].targets, len(CLASSES)), **_follow_ups(learned, seen, words)}
    learned = replace(learned, heads={**learned.heads, **more})
    result = _read_off(learned, held, words)
    record = {
        "made_from": made_from(folder, asked),
        "encoder": ENCODER,
        "examples": len(seen) + len(held),
        "thresholds": {name: round(value, 3) for name, value in asdict(result.thresholds).items()},
        "held_out": {act: round(share, 3) for act, share in result.right.items()},
    }
    write(folder, WEIGHTS, learned, record)
    return result


def made_from(folder: Path = FOLDER, asked: Sequence[Asked] = ()) -> str:
    """Digest of examples, lexicon and messages: weights whose record has another one are out of date."""
    sources = [*sorted((folder / EXAMPLES).glob("*.jsonl")), folder / SOURCE]
    learned = [f"{each.act} {each.example.after} {each.example.text}".encode() for each in learned_of(asked)]
    return digest_of([*(source.read_bytes() for source in sources), *learned])


def learned_of(asked: Sequence[Asked]) -> list[LabelledMessage]:
    """Of those that are labelled: follow-ups, what is no open question, and every ALONE_OF-th of the others by digest.

    Open questions to sections that are lists themselves are left out: they may as well ask for the list.
    """
    return [
        LabelledMessage(
            Example(text=each.text, language=each.language, after="answer" if each.before else ""), Act(each.act)
        )
        for each in asked
        if each.act is not None and (each.act != Act.ASK or _of_use(each))
    ]


def _of_use(asked: Asked) -> bool:
    return asked.heading not in LISTS and (bool(asked.before) or _number(asked.text) % ALONE_OF == 0)


def _parted(labelled: Sequence[LabelledMessage]) -> tuple[list[LabelledMessage], list[LabelledMessage]]:
    """Those to learn from, and every HELD_OUT-th by the digest of its text."""
    held = [_number(each.example.text) % HELD_OUT == 0 for each in labelled]
    return (
        [each for each, out in zip(labelled, held, strict=True) if not out],
        [each for each, out in zip(labelled, held, strict=True) if out],
    )


def _given(labelled: Sequence[LabelledMessage], words: Lexicon) -> tuple[list[str], np.ndarray]:
    """Texts, and what else is known of them. A message that needs no answer before it may well come after one."""
    rows = []
    for each in labelled:
        after = each.example.after
        if not after and each.act not in (Act.RESHAPE, VAGUE):
            after = _by_chance(each.example.text)
        rows.append(extras_of(each.example.text, after, words))
    return [each.example.text for each in labelled], np.stack(rows)


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


def _by_chance(text: str) -> str:
    """'' for two texts in three, else something that may have been on the screen; always the same for a text."""
    number = _number(f"after {text}")
    return ("list", "answer", "answer", "draft")[number // 3 % 4] if number % 3 == 0 else ""


def _tasks(labelled: Sequence[LabelledMessage]):
    from index.adapting import Task

    def each_of(names: Sequence[str], told: Callable[[Example], Sequence[str] | None]) -> np.ndarray:
        rows = [told(each.example) for each in labelled]
        nothing = [np.nan] * len(names)
        return np.array([nothing if row is None else [name in row for name in names] for row in rows], dtype=np.float32)

    return (
        Task("acts", len(CLASSES), np.array([CLASSES.index(each.act) for each in labelled])),
        Task("kinds", len(ItemKind), each_of(tuple(ItemKind), lambda example: example.kinds or None), 0.5),
        Task("places", len(PLACES), each_of(PLACES, lambda example: example.activities), 0.5),
    )


def _follow_ups(
    learned: Learned, seen: Sequence[LabelledMessage], words: Lexicon
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The heads that tell a question written in mid-conversation from one that stands alone; none without both."""
    from sklearn.linear_model import LogisticRegression

    from index.encoders import open_adapted

    asked = [each.example for each in seen if each.act in (Act.ASK, Act.DRAFT)]
    leans = np.array([bool(each.after) for each in asked], dtype=np.int64)
    if leans.all() or not leans.any():
        return {}
    encode = open_adapted(ENCODER, learned.adapter)
    states = np.stack([np.concatenate([encode(each.text), extras_of(each.text, "", words)]) for each in asked])
    fitted = LogisticRegression(class_weight="balanced", max_iter=1000).fit(states, leans)
    told, bias = grams.rows_of(fitted)
    return {LEANS: (told.T, bias), LEANS_GRAMS: grams.learn([each.text for each in asked], leans, 2)}


def _read_off(learned: Learned, held: Sequence[LabelledMessage], words: Lexicon) -> HeldOut:
    """How often the likeliest act of a held-out message is right, and where its probabilities become decisions."""
    from index.encoders import open_adapted

    undecided = Thresholds(DANGER_FROM, HARM_FROM, 0.0, 0.0)
    classifier = TrainedClassifier(open_adapted(ENCODER, learned.adapter), learned.heads, undecided, words)
    readings = [classifier.read(each.example.text, each.example.after) for each in held]
    acts = np.array([[*each.acts.values(), each.vague] for each in readings])
    truth = np.array([CLASSES.index(each.act) for each in held])
    right = acts.argmax(axis=1) == truth
    danger, harm = CLASSES.index(Act.DANGER), CLASSES.index(Act.HARM)
    ordinary = (truth != danger) & (truth != harm)
    places = np.array([[*each.activities.values(), each.part_one, *each.kinds.values()] for each in readings])
    named = _tasks(held)
    labels = np.concatenate([named[2].targets, named[1].targets], axis=1)
    thresholds = Thresholds(
        danger_from=DANGER_FROM,
        harm_from=HARM_FROM,
        margin=_margin(acts[ordinary], right[ordinary]),
        named_from=_equal_errors(places[~np.isnan(labels)], labels[~np.isnan(labels)]),
    )
    by_act = {name: right[truth == place] for place, name in enumerate(CLASSES)}
    return HeldOut({name: float(each.mean()) for name, each in by_act.items() if each.size}, thresholds)


def _margin(acts: np.ndarray, right: np.ndarray) -> float:
    """The margin at which WRONG_BELOW of the readings are wrong, by logistic regression of right on margin; 0..1.

    0 where none is wrong.
    """
    if right.all():
        return 0.0
    from sklearn.linear_model import LogisticRegression

    ordered = np.sort(acts, axis=1)
    margins = ordered[:, -1:] - ordered[:, -2:-1]
    fitted = LogisticRegression(C=1e6).fit(margins, right)
    at = (np.log((1 - WRONG_BELOW) / WRONG_BELOW) - fitted.intercept_[0]) / fitted.coef_[0, 0]
    return float(np.clip(at, 0.0, 1.0))


def _equal_errors(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """The threshold at which as many are wrongly taken as wrongly left out."""
    order = np.sort(probabilities)[::-1]
    return float(order[min(int(labels.sum()), len(order) - 1)])
