"""`icat calibrate`: the weights and thresholds of `answer.tiers`, fitted on questions whose answers are known.

The questions are those of the project's cases that are looked up, and of a file of one's own. Each is read as the
product reads an open question; what is told of it comes from weights that were fitted on other questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant import wiring
from assistant.answer.act import Asks
from assistant.answer.ranking import PartReading
from assistant.answer.tiers import ANSWERS_FROM, FITS, LOGITS, MAY_FROM, RIGHT, TierSignals, probability
from assistant.settings import Settings
from assistant.types import Act, Answer, Corrected, Request, Turn
from corpus.errors import IcatError
from corpus.language import short_language
from corpus.lines import read_lines
from evals.answers.metrics import share
from evals.figures.logistic import SignalWeights, fitted
from evals.figures.statistics import auc
from evals.figures.tables import Table, numbers
from evals.runs.cases import FOLDER, Located, default_files, read_cases
from evals.runs.corpora import open_corpus
from evals.runs.records import RUNS
from evals.types import CorpusName, Expected
from index import manifest

STARTER = FOLDER / "answerability.jsonl"
FRESH = FOLDER / "questions-fresh.jsonl"  # each with the sections that answer it, of the starter corpus
Known = tuple[bool, bool]  # whether a cross-encoder and anticipated questions have their say: what FITS is by
FOLDS, SEED = 5, 3
PRECISE = 0.80  # share answered of what is said to be, were both kinds of question asked as often
KEPT = 0.95  # share of the answerable questions for which something is shown
Thresholds = tuple[float, float]  # from which probability something is shown, and is said to answer
HEAD = ("questions", "yes", "no", "AUC", "yes: answered", "shown", "no: answered", "shown")


class CorpusQuestion(BaseModel):
    """A question, and whether the corpus answers it."""

    model_config = ConfigDict(frozen=True)  # further keys are notes

    question: str
    answerable: bool
    turns: tuple[str, ...] = ()  # what was asked before


class FreshQuestion(CorpusQuestion):
    """The same with the sections that answer it, by publication and heading."""

    kind: str
    sections: tuple[tuple[str, str], ...] = ()


_Question = TypeVar("_Question", bound=CorpusQuestion)


@dataclass(frozen=True, slots=True)
class SignalSample:
    """What the signals said of one question."""

    corpus: str  # its name and size
    language: str
    answerable: bool
    signals: TierSignals


def run(file: Path | None, home: Path | None, settings: Settings, line: Callable[[str], None]) -> int:
    """The command. `file` holds more questions, over the starter corpus, or over the library in the folder `home`."""
    more = questions_of(file) if file else []
    samples = project_samples(settings, [] if home else more)
    samples += samples_of(more, settings.model_copy(update={"home": home})) if home else []
    held = held_out(samples)
    found = thresholds(held, [sample.answerable for sample in samples])
    rows = {
        "fitted, each question by weights of the other folds": told(samples, held, found),
        "in use": told(samples, [probability(each.signals) for each in samples], (MAY_FROM, ANSWERS_FROM)),
    }
    for title, table in rows.items():
        line("\n".join([title, *Table(HEAD, table).lines(), ""]))
    fits = {known: fit(samples, known) for known in FITS}
    line(pasted("FITS", fits, {"ANSWERS_FROM": found[1], "MAY_FROM": found[0]}))
    located = located_samples(settings)
    line(pasted("RIGHT", {reads: fit_right(located, reads) for reads in RIGHT}, {}))
    return 0


def questions_of(file: Path) -> list[CorpusQuestion]:
    """The questions of a file, a JSON object a line. IcatError where one is not sound."""
    return [question for _, question in read_lines(file, CorpusQuestion.model_validate_json, IcatError)]


def project_samples(settings: Settings, more: Sequence[CorpusQuestion]) -> list[SignalSample]:
    """Of the project's own questions, over the starter and the synthetic corpus; `more` are asked of the first."""
    cases = read_cases(default_files())
    samples: list[SignalSample] = []
    for name in (CorpusName.STARTER, CorpusName.SYNTHETIC):
        home = open_corpus(name, settings, settings.home / RUNS).library.store.home
        asked = of_cases(each for each in cases if each.case.corpus is name)
        asked += [*questions_of(STARTER), *more] if name is CorpusName.STARTER else []
        samples += samples_of(asked, settings.model_copy(update={"home": home}))
    return samples


def of_cases(cases: Iterable[Located]) -> list[CorpusQuestion]:
    """The cases that are looked up by themselves: no list, nothing asked before, not to be refused."""
    asked = [each.case for each in cases if not each.case.lists and not each.case.history]
    known = [case for case in asked if case.expected is not Expected.REFUSED]
    return [CorpusQuestion(question=case.question, answerable=case.answerable) for case in known]


def samples_of(questions: Iterable[CorpusQuestion], settings: Settings) -> list[SignalSample]:
    """Of questions to the library in the data folder, each read as an open one; of several parts, of the first.

    Those for which nothing at all is found have no signals and are left out.
    """
    readings = [(asked, reading.signals) for asked, reading in read_for(questions, settings) if reading.signals]
    corpus = f"{settings.home.name}, {manifest.read(settings.home).chunks} passages"
    return [SignalSample(corpus, short_language(q.question), q.answerable, signals) for q, signals in readings]


def read_for(questions: Iterable[_Question], settings: Settings) -> Iterator[tuple[_Question, PartReading]]:
    """What is read for the first part of each question."""
    library = wiring.open_library(settings)
    if wiring.needs_index(settings, library):
        wiring.bring_up_to_date(settings, library)
    retriever = wiring.open_retriever(settings)
    understanding = wiring.open_understanding(retriever)
    asks = Asks(library, retriever, wiring.open_reranker(settings), settings.index.top_k)
    for asked in questions:
        turns = [Turn(text, Answer(Request(text, text))) for text in asked.turns]
        request = understanding.read(asked.question, turns, corrected=Corrected(Act.ASK))
        yield asked, asks.find(request).readings[0]


def located_samples(settings: Settings) -> list[tuple[TierSignals, bool]]:
    """Of the fresh questions: what the signals said, and whether the section shown first is one that answers."""
    home = open_corpus(CorpusName.STARTER, settings, settings.home / RUNS).library.store.home
    asked = [each for _, each in read_lines(FRESH, FreshQuestion.model_validate_json, IcatError)]
    open_ = [each for each in asked if each.kind != "list"]
    readings = read_for(open_, settings.model_copy(update={"home": home}))
    found = ((each.signals, each.ranked[0].section in asked.sections) for asked, each in readings if each.signals)
    return [(signals, right) for signals, right in found if signals.learned is not None and signals.asked is not None]


def fit_right(located: Sequence[tuple[TierSignals, bool]], reads: bool) -> SignalWeights | None:
    """New weights for RIGHT. As often as it is right among these questions, so often a probability is meant."""
    rows = [(signals, right) for signals, right in located if (signals.logit is not None) is reads]
    wanted = [right for _, right in rows]
    if len(set(wanted)) < 2:
        return None
    return fitted([signals for signals, _ in rows], wanted, tuple(RIGHT[reads][0]), [1.0] * len(rows))


def fit(samples: Sequence[SignalSample], known: Known) -> SignalWeights | None:
    """New weights for the signals of one of FITS, of the questions that have just these; None without both kinds.

    Both kinds weigh the same; a logit is cut as it is in use.
    """
    rows = [sample for sample in samples if _known(sample.signals) == known]
    wanted = [row.answerable for row in rows]
    return fitted([_cut(row.signals) for row in rows], wanted, tuple(FITS[known][0])) if len(set(wanted)) == 2 else None


def _known(signals: TierSignals) -> Known:
    return signals.logit is not None, signals.asked is not None


def _cut(signals: TierSignals) -> TierSignals:
    return signals if signals.logit is None else replace(signals, logit=float(np.clip(signals.logit, *LOGITS)))


def held_out(samples: Sequence[SignalSample]) -> list[float]:
    """The probability of each by weights that were fitted on the other folds; 0.5 where these give none."""
    from sklearn.model_selection import StratifiedKFold

    wanted = [sample.answerable for sample in samples]
    found = np.full(len(samples), 0.5)
    for others, mine in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(wanted, wanted):
        fits = {known: fit([samples[place] for place in others], known) for known in FITS}
        for place in mine:
            signals = samples[place].signals
            if weights := fits[_known(signals)]:
                found[place] = weights.probability(_cut(signals))
    return found.tolist()


def thresholds(probabilities: Sequence[float], wanted: Sequence[bool]) -> Thresholds:
    """The highest at which KEPT of the answerable are shown; the lowest from there with a precision of PRECISE, or 1.

    Precision counts both kinds of question alike, however many there are of each.
    """
    from sklearn.metrics import precision_recall_curve

    answerable = sorted(likely for likely, kind in zip(probabilities, wanted, strict=True) if kind)
    may = answerable[len(answerable) - ceil(KEPT * len(answerable))]
    weight = [0.5 / wanted.count(kind) for kind in wanted]
    precision, _, levels = precision_recall_curve(wanted, probabilities, sample_weight=weight)
    precise = levels[(precision[:-1] >= PRECISE) & (levels >= may)]
    return may, float(precise[0]) if len(precise) else 1.0


def told(samples: Sequence[SignalSample], probabilities: Sequence[float], at: Thresholds) -> list[tuple[str, ...]]:
    """A row for all questions, for those of each corpus, for those of each language: AUC, and what is shown of each."""
    rows = []
    names = [name for of in ("corpus", "language") for name in dict.fromkeys(getattr(each, of) for each in samples)]
    for group in ("all", *names):
        judged = [
            (likely, sample.answerable)
            for sample, likely in zip(samples, probabilities, strict=True)
            if group in ("all", sample.corpus, sample.language)
        ]
        yes, no = ([likely for likely, answerable in judged if answerable is kind] for kind in (True, False))
        area = auc([likely for likely, _ in judged], [answerable for _, answerable in judged])
        shares = (share(likely >= least for likely in kind) for kind in (yes, no) for least in reversed(at))
        rows.append((group, str(len(yes)), str(len(no)), *numbers((area, *shares))))
    return rows


def pasted(name: str, fits: Mapping[Any, SignalWeights | None], at: Mapping[str, float]) -> str:
    """Lines to put into `assistant/answer/tiers.py`; what could not be fitted is left out."""
    lines = []
    for known, each in fits.items():
        if each:
            values = ", ".join(f'"{name}": {weight:.4g}' for name, weight in each.weights.items())
            lines.append(f"    {known}: ({{{values}}}, {each.bias:.4g}),")
    return "\n".join([f"{name} = {{", *lines, "}", *(f"{each} = {least:.2f}" for each, least in at.items())])
