"""`python -m assistant.people.training`: learns to tell names, from messages with marks and from sentences.

Messages of people have their names in ⟦ ⟧ (`messages.jsonl`); sentences are made of `names.yaml` and of the examples of
`understand/`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.people.names import ENCODER, WEIGHTS, features
from assistant.people.sentences import FILE, SCRIPTS, NamedSentence, Sentences
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from index.adapter import Adapter
from index.learned import Learned, digest_of, write

FOLDER = Path(__file__).parent
EXAMPLES = sorted((FOLDER.parent / "understand" / "examples").glob("*.jsonl"))
MARKED = FOLDER / "messages.jsonl"
TIMES = 3  # that a message with marks is learned from, once of them in small letters
EACH = {
    "en": 1400,
    "fr": 1200,
    "es": 1200,
    "ru": 1400,
    "ar": 2000,
    "zh": 1800,
}  # sentences; by how hard names are to tell
LONGEST = 260  # characters of a message
KEPT = 0.5  # share of the pieces outside names that are learned from
# At a recall of .93 of known messages three nets have a precision of .95, one net that is learned for longer .93.
NETS, HIDDEN, EPOCHS, BATCH, SEED = 3, 64, 3, 512, 0


class MessageText(BaseModel):
    """One of the examples; what it asks for does not matter here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    language: str


def made_from() -> str:
    """Digest of all that the weights are learned from."""
    return digest_of([FILE.read_bytes(), MARKED.read_bytes(), *(file.read_bytes() for file in EXAMPLES)])


def sentences() -> Iterator[NamedSentence]:
    """What is learned from, as many of each language as EACH says."""
    random, maker = Random(SEED), Sentences(SEED)
    texts: dict[str, list[str]] = {language: [] for language in SCRIPTS}
    for file in EXAMPLES:
        for _, example in read_lines(file, MessageText.model_validate_json, CatalogueError):
            if len(example.text) <= LONGEST and example.language in texts:
                texts[example.language].append(example.text)
    for language, number in EACH.items():
        for text in random.sample(texts[language], number):
            yield maker.named(text, language)
    for _, message in read_lines(MARKED, MessageText.model_validate_json, CatalogueError):
        sentence = of_marked(message.text)
        yield from [sentence] * (TIMES - 1)
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in sentence.text)
        yield NamedSentence(small, sentence.names)


def of_marked(text: str) -> NamedSentence:
    """A message without its marks, and where they stood."""
    names: list[tuple[int, int]] = []
    for found in re.finditer("⟦([^⟧]*)⟧", text):
        start = found.start() - 2 * len(names)
        names.append((start, start + len(found[1])))
    return NamedSentence(re.sub("[⟦⟧]", "", text), tuple(names))


def learn() -> Learned:
    """The mean of several nets, which is one net, with the scale of the states in its first weights."""
    from sklearn.neural_network import MLPClassifier

    from index.encoders import open_states

    states, chance = open_states(ENCODER), np.random.default_rng(SEED)
    parts, labels = [], []
    for sentence in sentences():
        places, found = states(sentence.text)
        inside = np.array([any(a < end and start < b for a, b in sentence.names) for start, end in places], dtype=bool)
        taken = inside | (chance.random(len(inside)) < KEPT)
        parts.append(features(found)[taken].astype(np.float16))
        labels.append(inside[taken])
    pieces, wanted = np.concatenate(parts), np.concatenate(labels)
    middle = pieces.mean(0, dtype=np.float64).astype(np.float32)
    spread = pieces.std(0, dtype=np.float64).astype(np.float32)
    nets = [MLPClassifier((HIDDEN,), alpha=1e-3, batch_size=BATCH, random_state=SEED + n) for n in range(NETS)]
    for net in nets:
        for _ in range(EPOCHS):
            order = chance.permutation(len(pieces))
            for start in range(0, len(order), 20 * BATCH):
                rows = order[start : start + 20 * BATCH]
                net.partial_fit((pieces[rows] - middle) / spread, wanted[rows], classes=[False, True])
    hidden = np.hstack([net.coefs_[0] for net in nets]) / spread[:, np.newaxis]
    bias = np.hstack([net.intercepts_[0] for net in nets]) - middle @ hidden
    last = np.vstack([net.coefs_[1] for net in nets]) / NETS
    heads = {"hidden": (hidden, bias), "name": (last, np.mean([net.intercepts_[1] for net in nets], axis=0))}
    return Learned(
        Adapter({}), {name: (weights.astype(np.float32), b.astype(np.float32)) for name, (weights, b) in heads.items()}
    )


def main() -> int:
    write(FOLDER, WEIGHTS, learn(), {"made_from": made_from(), "encoder": ENCODER})
    return 0


if __name__ == "__main__":
    sys.exit(main())
