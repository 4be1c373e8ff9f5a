"""The steps of an answer, for whoever observes them. They hold no text: nothing of a question leaves by this way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

ANSWER = "answer"  # the whole of one, the others are within it
TURN = "turn"  # until a request's turn comes


@dataclass(slots=True)
class ObservedStep:
    """A step while it is taken."""

    name: str
    status: str = ""  # of an answer, how it ended; '' until then, and for all other steps
    error: str = ""  # the kind of what was raised

    @property
    def ending(self) -> str:
        """Of an answer: its status, 'error', or 'stopped' by who asked."""
        return "error" if self.error else self.status or "stopped"


Observer = Callable[[ObservedStep], AbstractContextManager[None]]

_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """From now on it is entered with every step, in the thread that takes it, and left when that ends."""
    if observer not in _observers:
        _observers.append(observer)


@contextmanager
def step(name: str) -> Iterator[ObservedStep]:
    """Around what is done in a step; of functions that give no generator, also a decorator."""
    current = ObservedStep(name)
    with ExitStack() as entered:
        for observer in _observers:
            entered.enter_context(observer(current))
        try:
            yield current
        except Exception as error:
            current.error = type(error).__name__
            raise
