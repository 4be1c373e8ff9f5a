"""The lines of a language model's draft, checked: what names a source against it, the rest for what it must not have.

A draft has tasks, questions and invented cases, which no source can say. They stand in it as the model's own, marked as
such; but a year, a share, money, a large number or an address that nobody gave the model is withheld as in an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.texts.catalogue import term
from assistant.types import DraftLine, DraftPart, DraftWords, Evidence, Statement, Support
from assistant.understand.orders import speaks_to_machine
from assistant.wording.facts import is_ratio, same
from assistant.wording.quantities import Measure, Quantity, quantities
from assistant.wording.tokens import read
from assistant.write.check import ORDER, Checker, addresses, check
from assistant.write.draft import DraftSentence
from assistant.write.layout import BLANK, MINUTES, WrittenLine, WrittenText
from assistant.write.support import ONLY_ASKED

LARGE = 1000  # from which a number is more than so many people, questions or minutes
SHORT = 600  # letters: some 100 words
INVENTED = "names {figure}, and no source for it"


@dataclass(slots=True)
class CheckedLines:
    """A draft after the check. Lines point at `statements`."""

    title: str = ""
    parts: tuple[DraftPart, ...] = ()
    statements: tuple[Statement, ...] = ()  # FULL or PARTIAL
    withheld: tuple[Statement, ...] = ()  # NONE
    unknown_labels: tuple[int, ...] = ()

    @property
    def short(self) -> bool:
        """Whether it is no longer than a poster or a caption, which may well be its sender's words alone."""
        return sum(len(line.text) for part in self.parts for line in part.lines) <= SHORT


def check_lines(
    text: WrittenText, evidence: Evidence, checker: Checker, given: Sequence[str], language: str = "en"
) -> CheckedLines:
    """`given`: other texts that the model had from its reader. `language`: ISO 639-1 of the draft.

    A title, a heading or the head of a column that has what it must not have is left out.
    """
    check_ = _Check(evidence, checker, given, language)
    parts = [
        DraftPart(check_.head(part.heading), tuple(lines), part.minutes, columns=tuple(map(check_.head, part.columns)))
        for part in text.parts
        if (lines := [line for each in part.lines for line in check_.lines(each)])
    ]
    return CheckedLines(
        check_.head(text.title),
        tuple(parts),
        tuple(check_.statements),
        tuple(check_.withheld),
        tuple(dict.fromkeys(check_.unknown)),
    )


@dataclass(slots=True)
class _Check:
    evidence: Evidence
    checker: Checker
    given: Sequence[str]
    language: str
    statements: list[Statement] = field(default_factory=list)
    withheld: list[Statement] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    known: str = ""
    figures: tuple[Quantity, ...] = ()

    def __post_init__(self) -> None:
        passages = (passage.chunk.text for passage in self.evidence.passages)
        self.known = "\n".join((*self.given, *passages))
        self.figures = quantities(self.known, self.language)

    def lines(self, line: WrittenLine) -> Iterator[DraftLine]:
        """A line of the draft for each of its sentences that names sources, and for those between them together."""
        if line.cells:
            yield from self._row(line)
            return
        lead, follows = line.lead, False
        own: list[str] = []
        for sentence in (*line.sentences, None):
            if sentence is not None and not sentence.labels:
                own += [] if self._is_withheld(sentence) else [" ".join(sentence.text.split())]
                continue
            if own:
                yield DraftLine(DraftWords.MODEL, _joined(own), lead=lead, follows=follows)
                lead, follows, own = "", True, []
            statement = self._checked(sentence, bool(line.lead)) if sentence is not None else None
            if statement is not None:
                yield DraftLine(DraftWords.WRITTEN, "", self._place(statement), lead=lead, follows=follows)
                lead, follows = "", True

    def _row(self, line: WrittenLine) -> Iterator[DraftLine]:
        """A row, which is shown whole or not at all: its first cell is the line, whose sources are those of the row."""
        first, *others = line.cells
        named = next((each for each in line.sentences if each.labels), None)
        if any(self._is_withheld(each) for each in line.sentences if not each.labels):
            return
        if named is None:
            yield DraftLine(DraftWords.MODEL, first or BLANK, cells=tuple(others))
        elif (statement := self._checked(named, True)) is not None:
            place = self._place(replace(statement, text=first or BLANK))
            yield DraftLine(DraftWords.WRITTEN, "", place, cells=tuple(others))

    def _place(self, statement: Statement) -> int:
        self.statements.append(statement)
        return len(self.statements) - 1

    def _is_withheld(self, sentence: DraftSentence) -> bool:
        """Whether a sentence that names no source has what it must not have; it is kept with the reason then."""
        if reason := self.invented(sentence.text):
            self.withheld.append(Statement(sentence.text, (), Support.NONE, (reason,)))
        return bool(reason)

    def _checked(self, sentence: DraftSentence, item: bool) -> Statement | None:
        """A sentence that names sources; None where it cannot be shown.

        `item`: of a list, where what its source asks is something to be looked at.
        """
        self.unknown += [label for label in sentence.labels if not 1 <= label <= len(self.evidence.passages)]
        claim = replace(sentence, text=MINUTES.sub("", sentence.text))  # how long something takes is no figure
        statement = check(claim, self.evidence, self.checker, self.language, "\n".join(self.given))
        if statement.support is Support.NONE:
            self.withheld.append(statement)
            return None
        if item and term(ONLY_ASKED) in statement.warnings:
            warnings = tuple(each for each in statement.warnings if each != term(ONLY_ASKED))
            statement = replace(statement, warnings=warnings, support=statement.support if warnings else Support.FULL)
        return replace(statement, text=" ".join(sentence.text.split()))

    def head(self, text: str) -> str:
        """Words above others, which have no sign of whose they are; "" where they cannot be shown."""
        return "" if self.invented(text) else text

    def invented(self, text: str) -> str:
        """Why words that name no source cannot be shown; "" where they can."""
        if speaks_to_machine(text):
            return term(ORDER)
        foreign = [each for each in addresses(text) if each not in self.known]
        said = quantities(text, self.language)
        sentence = read(text, self.language)
        foreign += [
            each.text
            for each in said
            if _is_fact(each) and not is_ratio(each, said) and not any(same(each, o, sentence) for o in self.figures)
        ]
        return term(INVENTED).format(figure=foreign[0]) if foreign else ""


def _joined(sentences: Sequence[str]) -> str:
    """As one paragraph: Chinese has no spaces between sentences."""
    return "".join(each if each[-1:] in "。！？" else f"{each} " for each in sentences).strip()


def _is_fact(figure: Quantity) -> bool:
    """Whether a figure says how something is in the world, and not how a session or a case is set."""
    if figure.word or figure.span:
        return False
    large = figure.measure is Measure.COUNT and max(figure.values) >= LARGE
    return large or bool(figure.money) or figure.measure in (Measure.SHARE, Measure.YEAR)
