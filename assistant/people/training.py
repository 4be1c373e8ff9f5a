"""`python -m assistant.people.training`: learns to tell details of people, from messages with marks. Half an hour.

In `messages.jsonl` every detail of a person stands in ⟦kind|…⟧, in `names.jsonl` only names do, in ⟦…⟧. Examples of
`understand/` have none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from assistant import progress
from assistant.people.told import ENCODER, KINDS, WEIGHTS
from assistant.people.types import Personal
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.marks import without_marks
from index.adapting import Plan, TaggedText, learn_pieces
from index.learned import digest_of, write

FOLDER = Path(__file__).parent
EXAMPLES = [FOLDER.parent / "understand" / "examples" / f"{act}.jsonl" for act in ("ask", "draft", "list", "off_topic")]
MARKED, NAMED = FOLDER / "messages.jsonl", FOLDER / "names.jsonl"
PLAIN = 1500  # examples that are learned from
SMALL = 0.35  # share of the messages with marks that are learned from in small letters as well
PLAN, SEED = Plan(epochs=3), 0


class MarkedMessage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str


def made_from() -> str:
    """Digest of all that the weights are learned from."""
    return digest_of([file.read_bytes() for file in (MARKED, NAMED, *EXAMPLES)])


def texts() -> Iterator[TaggedText]:
    """What is learned from."""
    random = Random(SEED)
    for file, only in ((MARKED, 0), (NAMED, KINDS.index(Personal.NAME))):
        for where, message in read_lines(file, MarkedMessage.model_validate_json, CatalogueError):
            tagged = of_marked(message.text, where, only)
            yield tagged
            small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in tagged.text)
            if tagged.spans and small != tagged.text and random.random() < SMALL:
                yield TaggedText(small, tagged.spans, only)
    plain = [
        example.text
        for file in EXAMPLES
        for _, example in read_lines(file, MarkedMessage.model_validate_json, CatalogueError)
    ]
    yield from (TaggedText(text, ()) for text in random.sample(plain, PLAIN))


def of_marked(text: str, where: str, only: int = 0) -> TaggedText:
    """A message without its marks, and where they stood. CatalogueError for a kind that is none."""
    plain, marks = without_marks(text)
    if strange := [kind for *_, kind in marks if kind and kind not in KINDS]:
        raise CatalogueError(f"{where}: {strange[0]!r} is no kind of detail")
    spans = tuple((start, end, KINDS.index(Personal(kind or Personal.NAME))) for start, end, kind in marks)
    return TaggedText(plain, spans, only)


def main() -> int:
    with progress.counting("learning", " steps") as tick:
        learned = learn_pieces(ENCODER, list(texts()), len(KINDS), PLAN, tick)
    write(FOLDER, WEIGHTS, learned, {"made_from": made_from(), "encoder": ENCODER})
    return 0


if __name__ == "__main__":
    sys.exit(main())
