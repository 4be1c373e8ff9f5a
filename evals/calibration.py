"""How the weights in `answer.answerability` are fitted, and how well they do on a corpus they were not fitted on.

Questions whose answer is in the corpus come from cases written for it and from BEIR sets; questions without one
are written too, or are made by taking the passages away that answer (the whole document, where passages of one
document answer each other's questions). Each corpus counts the same, and so do both kinds of question; the two
corpora that are like those in use count double.

Measured with the packaged models; `declined` are answerable questions declined, `answered` are unanswerable ones
answered, at the threshold ANSWERS_FROM. "New corpus": weights fitted on the other three. "New question": five
folds over all four.

| corpus            | questions | new corpus: AUC, declined, answered | new question: AUC, declined, answered |
|-------------------|-----------|-------------------------------------|---------------------------------------|
| starter           | 80 + 62   | .933  .23  .13                      | .960  .11  .10                        |
| policy PDFs       | 48 + 42   | .990  .04  .05                      | .993  .04  .05                        |
| conditionalqa-dev | 100 + 114 | .886  .26  .12                      | .904  .17  .14                        |
| hotpotqa-500      | 100 + 100 | .884  .06  .31                      | .887  .06  .26                        |

The best single signals, in the same order: cross-encoder on the passage .933, .964, .869, .862; cosine .817, .910,
.901, .888. Left out because they added nothing: the second best passage, and how far the cosine stands out from the
background of the corpus.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from assistant.answer.answerability import ANSWERS_FROM, Signals, judge
from assistant.answer.evidence import Shelf, gather
from assistant.answer.lookup import look_up, question_read
from assistant.answer.reading import Reader
from assistant.types import Query
from corpus.types import ChunkId
from evals.figures import ranking as retrieval_metrics
from index.retriever import Retriever

PENALTY = 1.0  # L2, on weights of signals scaled to a deviation of 1; corpora weigh 100 each
STEPS = 60  # of Newton's method; it converges in about ten
FOLDS = 5
PASSAGES = 8  # as an answer takes

NAMES = ("best", "covered", "cosine", "foreign", "years")
LEXICAL = ("covered", "foreign", "years", "lacking")  # what is left where the cross-encoder cannot read


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and whether the corpus answers it once `without` has been taken away."""

    question: str
    answerable: bool
    story: str = ""  # what stands before the question
    without: frozenset[ChunkId] = frozenset()


@dataclass(frozen=True, slots=True)
class Sample:
    """What the signals said of a case."""

    corpus: str
    case: Case
    signals: Signals


@dataclass(frozen=True, slots=True)
class Fitted:
    """probability = 1 / (1 + exp(-(bias + sum of weight * signal)))."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signals: Signals) -> float:
        values = asdict(signals)
        total = self.bias + sum(weight * values[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Row:
    """One corpus, judged by weights fitted on the others."""

    corpus: str
    answerable: int
    unanswerable: int
    auc: float | None  # None where one kind of question is missing
    declined: float | None  # share of answerable questions declined at the threshold
    answered: float | None  # share of unanswerable questions answered at the threshold


def read_cases(file: Path) -> list[Case]:
    """Cases of one corpus: a JSON object a line with `question` and `answerable`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    records = (json.loads(line) for line in lines if line.strip())
    return [Case(record["question"], record["answerable"]) for record in records]


def twins(cases: Iterable[Case], gold: Mapping[str, AbstractSet[ChunkId]]) -> list[Case]:
    """Each answerable case, and the same without the chunks that answer it (by question text)."""
    found: list[Case] = []
    for case in cases:
        found.append(case)
        if case.answerable and gold.get(case.question):
            found.append(replace(case, answerable=False, without=frozenset(gold[case.question])))
    return found


def collect(corpus: str, cases: Sequence[Case], retriever: Retriever, shelf: Shelf, reader: Reader) -> list[Sample]:
    """One sample a case: the signals of the part that is answered best."""
    samples = []
    for case in cases:
        text = f"{case.story} {case.question}".strip()
        query = Query(text, text, question_read(text))
        lookup = look_up(retriever, query, PASSAGES + len(case.without)).without(case.without)
        evidence = gather(lookup.hits, shelf, PASSAGES)
        reading = reader.read(query, evidence, lookup)
        judgement = judge(reading, evidence, lookup)
        if judgement.signals:
            best = max(range(len(judgement.parts)), key=lambda part: judgement.parts[part])
            samples.append(Sample(corpus, case, judgement.signals[best]))
    return samples


def fit(samples: Sequence[Sample], names: Sequence[str], favoured: AbstractSet[str] = frozenset()) -> Fitted:
    """Logistic regression with an L2 penalty.

    Corpora, and kinds of question within a corpus, weigh the same; a favoured corpus, one that is like those in
    use, counts twice.
    """
    values, scale, shift = _scaled(samples, names)
    wanted = np.array([sample.case.answerable for sample in samples], dtype=float)
    weight = _balance(samples, favoured)
    penalty = np.diag([PENALTY] * len(names) + [0.0])
    beta = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-values @ beta))
        slope = values.T @ (weight * (p - wanted)) + penalty @ beta
        curve = (values * (weight * p * (1.0 - p))[:, None]).T @ values + penalty
        beta -= np.linalg.solve(curve, slope)
    weights = beta[:-1] / scale
    return Fitted(dict(zip(names, weights.tolist(), strict=True)), float(beta[-1] - weights @ shift))


def leave_one_out(
    samples: Sequence[Sample],
    names: Sequence[str] = NAMES,
    threshold: float = ANSWERS_FROM,
    favoured: AbstractSet[str] = frozenset(),
) -> list[Row]:
    """Each corpus judged by weights fitted on all the others."""
    rows = []
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        inside = [sample for sample in samples if sample.corpus == corpus]
        outside = [sample for sample in samples if sample.corpus != corpus]
        rows.append(score(corpus, inside, fit(outside, names, favoured).probability, threshold))
    return rows


def folds(
    samples: Sequence[Sample],
    names: Sequence[str] = NAMES,
    threshold: float = ANSWERS_FROM,
    favoured: AbstractSet[str] = frozenset(),
) -> list[Row]:
    """Each corpus judged by weights fitted on four fifths of the questions of all, its own other ones included."""
    judged: dict[int, float] = {}
    for part in range(FOLDS):
        inside = [index for index, sample in enumerate(samples) if _fold(sample) == part]
        fitted = fit([sample for sample in samples if _fold(sample) != part], names, favoured)
        judged |= {index: fitted.probability(samples[index].signals) for index in inside}
    rows = []
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        of = [index for index, sample in enumerate(samples) if sample.corpus == corpus]
        yes = [judged[index] for index in of if samples[index].case.answerable]
        no = [judged[index] for index in of if not samples[index].case.answerable]
        rows.append(_row(corpus, yes, no, threshold))
    return rows


def _fold(sample: Sample) -> int:
    """By question, so that a question and its twin are never apart."""
    return crc32(sample.case.question.encode()) % FOLDS


def score(
    corpus: str,
    samples: Sequence[Sample],
    probability: Callable[[Signals], float],
    threshold: float = ANSWERS_FROM,
) -> Row:
    """AUC, and both errors at a threshold, of one way to judge."""
    yes = [probability(sample.signals) for sample in samples if sample.case.answerable]
    no = [probability(sample.signals) for sample in samples if not sample.case.answerable]
    return _row(corpus, yes, no, threshold)


def _row(corpus: str, yes: Sequence[float], no: Sequence[float], threshold: float) -> Row:
    declined = sum(p < threshold for p in yes) / len(yes) if yes else None
    answered = sum(p >= threshold for p in no) / len(no) if no else None
    return Row(corpus, len(yes), len(no), auc(yes, no), declined, answered)


def auc(yes: Sequence[float], no: Sequence[float]) -> float | None:
    """Share of pairs in which the answerable question is scored higher; ties count half. None without pairs."""
    return retrieval_metrics.auc([*yes, *no], [True] * len(yes) + [False] * len(no))


def _scaled(samples: Sequence[Sample], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n, k + 1) signals with mean 0 and deviation 1, the last column 1; and the k deviations and means."""
    raw = np.array([[asdict(sample.signals)[name] for name in names] for sample in samples], dtype=float)
    shift, scale = raw.mean(axis=0), raw.std(axis=0)
    scale[scale == 0.0] = 1.0
    return np.column_stack([(raw - shift) / scale, np.ones(len(raw))]), scale, shift


def _balance(samples: Sequence[Sample], favoured: AbstractSet[str]) -> np.ndarray:
    """A weight per sample: 100 a corpus, 200 a favoured one, half of it for each kind of question."""
    kinds = [(sample.corpus, sample.case.answerable) for sample in samples]
    return np.array([(100.0 if kind[0] in favoured else 50.0) / kinds.count(kind) for kind in kinds])
