"""Where publications differ: the same thing said with another figure, year or definition, both shown with their dates.

Precision first: two sentences must say nearly the same but for the figure, or define the same word, and come from
different publications. Nothing is decided between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.types import Answer, Difference, Evidence, Passage, Saying, Statement
from assistant.wording.quantities import Measure, Quantity, quantities
from assistant.wording.tokens import content, read
from corpus.sentences import sentences

ALIKE = 0.6  # shared content words / those of the shorter sentence, from which two say the same but for a figure
ALIKE_BOTH = 0.45  # the same of the longer one: no remark within a long sentence
ASKED = 1  # content words of the question that both must have
SUBJECT_WORDS = 6
DEFINED_OTHERWISE = 0.4  # shared content words of two definitions of one word below which they are two
_DEFINES = re.compile(
    r"^(?:the term )?[“\"']?(?P<term>[^\W\d_](?:[^,.;:“”\"]){2,60}?)[”\"']? (?:means|is defined as|refers to"
    r"|is understood as|stands for)\s+(?P<meaning>.{12,})$",
    re.I,
)
_NO_DATE = "no date"


def differences(evidence: Evidence, question: str, language: str = "en") -> tuple[Difference, ...]:
    """The differences between passages of different publications that bear on a question, in order of labels."""
    asked = content(question, language)
    told = [
        (label, sentence)
        for label, passage in enumerate(evidence.passages, start=1)
        for sentence in _sentences(passage)
        if len(content(sentence, language) & asked) >= min(ASKED, len(asked))
    ]
    found: list[Difference] = []
    for (one, first), (other, second) in combinations(told, 2):
        passages = evidence[one], evidence[other]
        if passages[0].chunk.publication == passages[1].chunk.publication:
            continue
        subject = _differ(first, second, language)
        if subject and not any(_has(each, first) or _has(each, second) for each in found):
            found.append(Difference(subject, (_saying(first, one, passages[0]), _saying(second, other, passages[1]))))
    return tuple(found)


def shown_differences(answer: Answer, evidence: Evidence) -> Answer:
    """The answer with the differences among `evidence` on its question; passages they need are added at its end.

    Only differences with a publication that the answer quotes: others would be news about something else.
    """
    if not answer.statements:
        return answer
    quoted = {quote.publication for statement in answer.statements for quote in statement.quotes}
    found = [
        each
        for each in differences(evidence, answer.request.stand_alone)
        if any(evidence[saying.label].chunk.publication in quoted for saying in each.readings)
    ]
    passages = list(answer.evidence.passages)
    places = {passage.chunk.id: label for label, passage in enumerate(passages, start=1)}
    shown = []
    for each in found:
        readings = []
        for saying in each.readings:
            passage = evidence[saying.label]
            if passage.chunk.id not in places:
                passages.append(passage)
                places[passage.chunk.id] = len(passages)
            readings.append(replace(saying, label=places[passage.chunk.id]))
        shown.append(replace(each, readings=tuple(readings)))
    return replace(answer, evidence=Evidence(tuple(passages)), differences=tuple(shown))


def as_of(statement: Statement, evidence: Evidence) -> str:
    """ "(as of 2016-10)" for a statement with a figure and no year of its own, from the oldest source that has a date.

    "" where it has no figure, names a year itself, or no source has a date.
    """
    said = quantities(statement.text)
    if not any(_is_figure(figure) for figure in said) or any(figure.measure is Measure.YEAR for figure in said):
        return ""
    dates = [evidence[quote.label].publication.date_label for quote in statement.quotes]
    dated = sorted(date for date in dates if date != _NO_DATE)
    return f"(as of {dated[0]})" if dated else ""


def _sentences(passage: Passage) -> Iterator[str]:
    text = passage.chunk.text
    for start, end in sentences(text, passage.chunk.language):
        yield " ".join(text[start:end].split())


def _has(difference: Difference, sentence: str) -> bool:
    return any(saying.words == sentence for saying in difference.readings)


def _saying(sentence: str, label: int, passage: Passage) -> Saying:
    return Saying(sentence, label, passage.publication.date_label)


def _differ(one: str, other: str, language: str) -> str:
    """What two sentences differ about; "" where they do not, or speak of different things."""
    if term := _defined_otherwise(one, other, language):
        return term
    mine, theirs = content(one, language), content(other, language)
    shared = mine & theirs
    if len(shared) < 2 or len(shared) < ALIKE * min(len(mine), len(theirs)):
        return ""
    if len(shared) < ALIKE_BOTH * max(len(mine), len(theirs)):
        return ""
    if not _figures_differ(quantities(one, language), quantities(other, language), (one, other), language):
        return ""
    return " ".join([token.text for token in read(one, language).tokens if token.stem in shared][:SUBJECT_WORDS])


def _figures_differ(one: Sequence[Quantity], other: Sequence[Quantity], texts: tuple[str, str], language: str) -> bool:
    """Whether both give one figure of a kind and not the same: a count of the same noun, a share, or the only year."""
    for unit in (Measure.COUNT, Measure.SHARE):
        mine, theirs = [f for f in one if f.measure is unit], [f for f in other if f.measure is unit]
        if len(mine) != 1 or len(theirs) != 1 or mine[0].values & theirs[0].values:
            continue
        if unit is Measure.SHARE or _counted(texts[0], mine[0], language) & _counted(texts[1], theirs[0], language):
            return True
    counts = [f for f in (*one, *other) if f.measure in (Measure.COUNT, Measure.SHARE)]
    years = [{v for f in each if f.measure is Measure.YEAR for v in f.values} for each in (one, other)]
    return not counts and all(len(each) == 1 for each in years) and years[0] != years[1]


def _counted(text: str, figure: Quantity, language: str) -> frozenset[str]:
    """The first two content words after a figure: what it counts."""
    after = [t.stem for t in read(text, language).tokens if t.start >= figure.end and t.stem]
    return frozenset(after[:2])


def _is_figure(figure: Quantity) -> bool:
    """Whether a figure can change with time: a share or a count, but no small number in words."""
    return figure.measure in (Measure.COUNT, Measure.SHARE, Measure.TIMES) and not figure.word


def _defined_otherwise(one: str, other: str, language: str) -> str:
    first, second = _DEFINES.match(one), _DEFINES.match(other)
    if not first or not second or content(first["term"], language) != content(second["term"], language):
        return ""
    mine, theirs = content(first["meaning"], language), content(second["meaning"], language)
    if not mine or not theirs or len(mine & theirs) >= DEFINED_OTHERWISE * min(len(mine), len(theirs)):
        return ""
    return first["term"].strip()
