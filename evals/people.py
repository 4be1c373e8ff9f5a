"""Are details of people left out, and nothing else? `python -m evals.people FILE` prints recall and precision.

FILE has a JSON object a line: `id`, `text`, `language`, and `spans`, each with `text` and `kind`; none in guidance.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.commands.output import line
from assistant.people.masking import Masking
from assistant.people.types import Personal
from corpus.errors import CatalogueError
from corpus.lines import read_lines

MISSED, WRONG = "missed", "masked"


class LabelledDetail(BaseModel):
    """One detail, as it is written in its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    kind: Personal


class PersonalMessage(BaseModel):
    """A message with the details that a careful person finds in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: str
    text: str
    spans: tuple[LabelledDetail, ...]


@dataclass(frozen=True, slots=True)
class MaskedMessage:
    """One message, and what was left out of it: places, half-open, with their kinds."""

    message: PersonalMessage
    masked: tuple[tuple[int, int, Personal], ...]

    @property
    def wanted(self) -> list[tuple[int, int, Personal]]:
        """Where the labelled details stand; one that is written twice stands twice, where it is labelled twice."""
        found, at = [], Counter[str]()
        for span in self.message.spans:
            start = self.message.text.index(span.text, at[span.text])
            at[span.text] = start + len(span.text)
            found.append((start, start + len(span.text), span.kind))
        return found

    @property
    def covered(self) -> list[bool]:
        """For each labelled detail, whether all its letters and digits are left out."""
        text = self.message.text
        hidden = {place for start, end, _ in self.masked for place in range(start, end)}
        return [all(i in hidden for i in range(a, b) if text[i].isalnum()) for a, b, _ in self.wanted]

    @property
    def right(self) -> list[bool]:
        """For each place left out, whether it overlaps a labelled detail."""
        return [any(start < b and a < end for a, b, _ in self.wanted) for start, end, _ in self.masked]


def measure(messages: Sequence[PersonalMessage], find: Callable[[str], Sequence[tuple[int, int, Personal]]]) -> str:
    """Recall = details covered / details labelled; precision = places that overlap one / places left out."""
    results = [MaskedMessage(message, tuple(find(message.text))) for message in messages]
    found: Counter[tuple[str, str, bool]] = Counter()
    for result in results:
        for (_, _, kind), covered in zip(result.wanted, result.covered, strict=True):
            found.update((MISSED, group, covered) for group in ("all", kind, result.message.language))
        for (_, _, kind), right in zip(result.masked, result.right, strict=True):
            found.update((WRONG, group, right) for group in ("all", kind, result.message.language))
    groups = list(dict.fromkeys(group for _, group, _ in found))
    return "\n".join(
        f"{group:<10} recall {_share(found, MISSED, group)}   precision {_share(found, WRONG, group)}"
        for group in groups
    )


def _share(found: Counter[tuple[str, str, bool]], what: str, group: str) -> str:
    right, total = found[what, group, True], found[what, group, True] + found[what, group, False]
    return f"{right / total:.3f} ({right} of {total})" if total else "  -   (0 of 0)"


def main(arguments: Sequence[str]) -> int:
    messages = [
        message
        for name in arguments
        for _, message in read_lines(Path(name), PersonalMessage.model_validate_json, CatalogueError)
    ]
    masking = Masking()
    line(measure(messages, lambda text: [(each.start, each.end, each.kind) for each in masking.find(text)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
