"""Does the assistant recognise which lists of the Toolkit a question asks for? The measure and its table.

`python -m evals.recognition` prints the table for the recogniser in use and the cases of `evals/cases`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from assistant.commands.output import line
from assistant.types import Answer, Listing, Query, Turn, Wanted
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from evals.recognition_cases import FRESH, FollowUpCase, QuestionCase, read_follow_ups, read_questions

Read = Callable[[str], Wanted | None]
Follow = Callable[[str, Wanted], Wanted | None]


@dataclass(frozen=True, slots=True)
class Share:
    """`right` out of `of`."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """None when there was nothing to judge."""
        return self.right / self.of if self.of else None

    @classmethod
    def over(cls, judged: Iterable[bool]) -> Share:
        counts = Counter(judged)
        return cls(counts[True], counts.total())


@dataclass(frozen=True, slots=True)
class Micro:
    """Labels of all cases thrown together: found and right, found and wrong, not found."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def precision(self) -> float | None:
        """right / (right + wrong). None when nothing was found."""
        return Share(self.right, self.right + self.wrong).value

    @property
    def recall(self) -> float | None:
        """right / (right + missing). None when there was nothing to find."""
        return Share(self.right, self.right + self.missing).value

    @property
    def f1(self) -> float | None:
        """2 right / (2 right + wrong + missing), the harmonic mean of the two. None when both are undefined."""
        return Share(2 * self.right, 2 * self.right + self.wrong + self.missing).value

    @classmethod
    def over(cls, pairs: Iterable[tuple[frozenset[Any], frozenset[Any]]]) -> Micro:
        """Of pairs (wanted labels, found labels)."""
        both = list(pairs)
        return cls(
            sum(len(wanted & found) for wanted, found in both),
            sum(len(found - wanted) for wanted, found in both),
            sum(len(wanted - found) for wanted, found in both),
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """One field of one case that was read wrongly."""

    id: str
    field: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.id}: {self.field}: wanted {self.wanted}; found {self.found}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of first questions. `levels`, `details` and `part_one` are judged where a list is wanted and one was read."""

    activities: Micro  # over the cases that want a list; one that was not read counts as missing
    kinds: Share  # the whole set right, "no list" included
    forced: Share  # of the cases that want no list: read as one
    missed: Share  # of the cases that want a list: read as none
    levels: Share
    details: Share
    part_one: Share
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpFigures:
    right: Share  # the whole list as expected, or no list where none is
    forced: Share
    missed: Share
    failures: tuple[Failure, ...] = ()


def measure(cases: Sequence[QuestionCase], read: Read) -> Figures:
    """Read every question, and compare with its labels as sets."""
    pairs = [(case, read(case.question)) for case in cases]
    listed = [(case, found) for case, found in pairs if case.kinds]
    both = [(case, found) for case, found in listed if found is not None]
    return Figures(
        activities=Micro.over((_activities(case), _activities(found)) for case, found in listed),
        kinds=Share.over(_kinds(case) == _kinds(found) for case, found in pairs),
        forced=Share.over(found is not None for case, found in pairs if not case.kinds),
        missed=Share.over(found is None for _, found in listed),
        levels=Share.over(_levels(case) == _levels(found) for case, found in both),
        details=Share.over(set(case.details) == set(found.details) for case, found in both),
        part_one=Share.over(case.part_one == found.part_one for case, found in both),
        failures=tuple(failure for case, found in pairs for failure in _failures(case, found)),
    )


def measure_follow_ups(cases: Sequence[FollowUpCase], follow: Follow) -> FollowUpFigures:
    """Give every follow-up with the list before it. The description may change freely: it only orders a list."""
    pairs = [(case, follow(case.follow_up, case.previous.wanted())) for case in cases]
    failures = [failure for case, found in pairs for failure in _follow_up_failures(case, found)]
    failed = {failure.id for failure in failures}
    return FollowUpFigures(
        right=Share.over(case.id not in failed for case in cases),
        forced=Share.over(found is not None for case, found in pairs if case.expected is None),
        missed=Share.over(found is None for case, found in pairs if case.expected is not None),
        failures=tuple(failures),
    )


_Labelled = QuestionCase | Wanted | None


def _kinds(labelled: _Labelled) -> frozenset[ItemKind]:
    return frozenset(labelled.kinds) if labelled else frozenset()


def _activities(labelled: _Labelled) -> frozenset[Activity]:
    """All seven by name are the same list as none named."""
    found = frozenset(labelled.activities) if labelled else frozenset()
    return frozenset() if len(found) == len(Activity) else found


def _levels(labelled: _Labelled) -> frozenset[Level]:
    found = frozenset(labelled.levels) if labelled else frozenset()
    return frozenset() if len(found) == len(Level) else found


def _failures(case: QuestionCase, found: Wanted | None) -> list[Failure]:
    if _kinds(case) != _kinds(found):
        return [Failure(case.id, "kinds", _shown(case.kinds), _shown(found.kinds if found else ()))]
    if found is None:
        return []
    return [
        Failure(case.id, name, _shown(getattr(case, name)), _shown(getattr(found, name)))
        for name, as_set in (("activities", _activities), ("levels", _levels))
        if as_set(case) != as_set(found)
    ] + [
        Failure(case.id, name, _shown(getattr(case, name)), _shown(getattr(found, name)))
        for name in ("details", "part_one")
        if _folded(getattr(case, name)) != _folded(getattr(found, name))
    ]


def _follow_up_failures(case: FollowUpCase, found: Wanted | None) -> list[Failure]:
    if case.expected is None or found is None:
        wanted = "a list" if case.expected else "no list"
        same = (case.expected is None) == (found is None)
        return [] if same else [Failure(case.id, "list", wanted, "a list" if found else "no list")]
    expected = case.expected.of(case.previous.wanted())
    compared = [field.name for field in fields(Wanted) if field.name not in ("description", "starter")]
    pairs = ((name, getattr(expected, name), getattr(found, name)) for name in compared)
    return [
        Failure(case.id, name, _shown(wanted), _shown(got))
        for name, wanted, got in pairs
        if _folded(wanted) != _folded(got)
    ]


def _folded(value: Any) -> Any:
    """Without order and case."""
    return frozenset(str(each).casefold() for each in value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    return (", ".join(map(str, value)) or "none") if isinstance(value, tuple) else str(value).lower()


def table(figures: Figures) -> list[str]:
    """One line for each figure: its value, and over how many cases or labels."""
    labels = figures.activities
    counted = f"{labels.right} right, {labels.wrong} wrong, {labels.missing} missing"
    micro = [("precision", labels.precision), ("recall", labels.recall), ("F1", labels.f1)]
    return [f"activities, {name:27} {_decimal(value)}  ({counted})" for name, value in micro] + [
        _share("kinds, the whole set", figures.kinds),
        _share("a list where none is wanted", figures.forced),
        _share("no list where one is wanted", figures.missed),
        _share("levels", figures.levels),
        _share("details", figures.details),
        _share("part one", figures.part_one),
    ]


def follow_up_table(figures: FollowUpFigures) -> list[str]:
    return [
        _share("the whole list", figures.right),
        _share("a list where none is wanted", figures.forced),
        _share("no list where one is wanted", figures.missed),
    ]


def _share(name: str, share: Share) -> str:
    return f"{name:39} {_decimal(share.value)}  ({share.right} of {share.of})"


def _decimal(value: float | None) -> str:
    return "   -" if value is None else f"{value:.3f}"


def after(read: Callable[[str, Sequence[Turn]], Wanted | None]) -> Follow:
    """A reader of conversations as a reader of follow-ups: the turn before has shown the previous list."""

    def follow(text: str, previous: Wanted) -> Wanted | None:
        asked = previous.description
        shown = Answer(Query(asked, asked, asked), listing=Listing(previous, (), ()))
        return read(text, (Turn(asked, shown),))

    return follow


def main() -> int:
    """The figures of the recogniser in use, and what it read wrongly; of fresh questions, the figures alone."""
    from assistant.settings import load_settings
    from assistant.understand.lists.recognise import Recogniser
    from assistant.wiring import open_embedder

    read = Recogniser(open_reader()).read
    figures = measure(read_questions(), read)
    follow_ups = measure_follow_ups(read_follow_ups(), after(read))
    fresh = measure(read_questions(FRESH), read)
    for title, lines in (
        ("Questions", table(figures)),
        ("Follow-ups", follow_up_table(follow_ups)),
        ("Fresh questions, figures only", table(fresh)),
        ("Read wrongly", [str(failure) for failure in (*figures.failures, *follow_ups.failures)]),
    ):
        for text in (title, *lines, ""):
            line(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
