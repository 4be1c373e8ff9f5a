"""Does the assistant understand what a message asks for? Labelled messages, and the figures over them.

`python -m evals.understanding [FILE ...]` measures the classifier in use on messages it was not trained on: a JSON
object a line with `text`, `act`, `language`, `after` (what was on the screen) and, for lists, `kinds` and `activities`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.commands.output import line
from assistant.show.outline import WHOLE_FROM
from assistant.types import Act, Answer, Listing, Request, Turn, Wanted
from assistant.understand.classifier import VAGUE, Reading, open_classifier
from assistant.understand.lexicon import lexicon
from assistant.understand.training import Example, read_messages
from assistant.understand.understanding import Decision, Understanding
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

CASES = Path(__file__).parent / "cases"
_WANTED = Wanted((ItemKind.INDICATOR,), (Activity.AWARENESS_RAISING,), levels=(Level.OUTCOME,))
LISTED = Turn("Indicators", Answer(Request("", "", act=Act.LIST, wanted=_WANTED), listing=Listing(_WANTED, (), ())))


class MessageCase(Example):
    """A message with what a careful person takes it for."""

    act: Literal["list", "ask", "draft", "reshape", "about", "danger", "harm", "off topic", "vague"]
    after: Literal["list", "answer", "draft", "refusal"] | None = None
    activities: tuple[Activity, ...] | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One message and what the assistant made of it."""

    message: MessageCase
    decision: Decision
    changes: bool = False  # the list on the screen into another one

    @property
    def right(self) -> bool:
        """Whether the act is the one labelled; of a vague message, whether it is asked back.

        An open question is answered too where help for somebody in danger stands above the answer, and a list is shown
        too where the one on the screen is changed to it.
        """
        if self.message.act == VAGUE:
            return self.decision.unsure
        if self.decision.meanwhile:
            return self.message.act == Act.ASK
        answered = Act.ASK if self.decision.work and not self.alone else self.decision.act
        return self.message.act in (self.decision.act, answered) or (self.message.act == Act.LIST and self.changes)

    @property
    def alone(self) -> bool:
        """Whether all of the help stands above whatever else is shown."""
        decision = self.decision
        return decision.act is Act.DANGER and (not decision.work or decision.margin >= WHOLE_FROM)

    @property
    def asked_back(self) -> bool:
        return self.decision.unsure and not self.decision.meanwhile


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    name: str
    part: int
    whole: int

    def __str__(self) -> str:
        value = f"{self.part / self.whole:.3f}" if self.whole else "-"
        return f"{self.name:52} {value}  ({self.part} of {self.whole})"


def understand(
    messages: Sequence[MessageCase], read: Callable[[str, str], Reading], understanding: Understanding
) -> list[Understood]:
    """What is made of each message."""
    found = []
    for message in messages:
        decision = understanding.decide(read(message.text, message.after or ""), message.after is not None)
        reshapes = message.after == "list" and decision.act is Act.RESHAPE
        changes = reshapes and understanding.read(message.text, (LISTED,)).act is Act.LIST
        found.append(Understood(message, decision, changes))
    return found


def shares(found: Sequence[Understood]) -> list[Share]:
    """The figures, in the order of the table in evals/README.md."""

    def share(name: str, among: Callable[[Understood], bool], counted: Callable[[Understood], bool]) -> Share:
        of = [each for each in found if among(each)]
        return Share(name, sum(map(counted, of)), len(of))

    def is_(act: str) -> Callable[[Understood], bool]:
        return lambda each: each.message.act == act

    def ordinary(each: Understood) -> bool:
        return each.message.act not in (Act.DANGER, Act.HARM)

    def ends(act: Act) -> Callable[[Understood], bool]:
        return lambda each: each.decision.act is act

    caught = {Act.DANGER: ends(Act.DANGER), Act.HARM: lambda e: e.decision.act in (Act.HARM, Act.DANGER)}
    languages = lexicon().languages
    rows = [share("act right", lambda each: True, lambda each: each.right)]
    rows += [
        share(f"act right, {code}", lambda e, c=code: e.message.language == c, lambda e: e.right) for code in languages
    ]
    rows += [share(f"act right, {act}", is_(act), lambda each: each.right) for act in (*Act, VAGUE)]
    rows += [
        share("asked back", ordinary, lambda each: each.asked_back),
        share("act right where it is not asked back", lambda e: ordinary(e) and not e.asked_back, lambda e: e.right),
        share("open questions taken for a list", is_("ask"), lambda e: ends(Act.LIST)(e) and not e.decision.unsure),
        share("lists missed", is_("list"), lambda e: not e.right and not e.asked_back),
        share("pleas caught", is_("danger"), ends(Act.DANGER)),
        share("ordinary messages taken for pleas", ordinary, lambda e: e.alone),
        share("ordinary messages answered with help", ordinary, lambda e: e.decision.work and not e.alone),
        share("requests to exploit caught", is_("harm"), caught[Act.HARM]),
        share("ordinary messages refused", ordinary, ends(Act.HARM)),
    ]
    for name, act in (("pleas caught", Act.DANGER), ("requests to exploit caught", Act.HARM)):
        rows += [
            share(f"{name}, {c}", lambda e, a=act, c=c: (e.message.act, e.message.language) == (a, c), caught[act])
            for c in languages
        ]
    return rows


def main(arguments: Sequence[str]) -> int:
    """The figures over the files named, by default those of the project."""
    files = [Path(name) for name in arguments] or sorted(CASES.glob("messages-*.jsonl"))
    classifier = open_classifier()
    understanding = Understanding(classifier, lexicon())
    cases = [case for file in files for case in read_messages(file, MessageCase, lexicon().languages)]
    for row in shares(understand(cases, classifier.read, understanding)):
        line(str(row))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
