"""Several scores of the same chunks made one: standardised, mixed, and seen with what stands around each chunk.

The weights were chosen on three sets together (guidance with long questions, general questions, headings of policy
documents) and read off halves that had no part in choosing them; `evals/README.md` has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KEYWORD = 0.15  # share of BM25 in the mixture, the rest is dense (Bruch et al. 2023 on mixing standardised scores)
QUESTION = 0.2  # share of the bare question in the query vector, the rest is the question with its story
LANGUAGE = 0.3  # share taken away of how much nearer than the rest the passages in one language are on average
FEW = 10  # passages of a language count as if so many average ones were among them
PUBLICATION = 0.5  # weight of what the best chunks of the same publication score
SECTION = 0.3  # weight of what the same section scores
SUBJECT = 0.5  # share taken away of what a chunk's cosine owes to the subject of its publication
BEST = 3  # chunks a publication is judged by


@dataclass(frozen=True, eq=False)
class Places:
    """Where each of n chunks stands, and in which language; equal numbers, same place or language."""

    publications: np.ndarray  # (n,) int
    sections: np.ndarray  # (n,) int: publication and its first two headings
    languages: np.ndarray  # (n,) int


@dataclass(frozen=True, eq=False)
class Subjects:
    """What each of m publications is about: the mean of its chunks."""

    means: np.ndarray  # (m, d) float32, rows of length 1
    publications: np.ndarray  # (n,) of each chunk
    typical: np.ndarray  # (n,) float32, cosine of each chunk with the mean of its publication

    @classmethod
    def of(cls, vectors: np.ndarray, publications: np.ndarray) -> Subjects:
        """`vectors`: (n, d), rows of length 1; every number from 0 to the highest of `publications` is there."""
        means = np.zeros((int(publications.max(initial=-1)) + 1, vectors.shape[1]), dtype=np.float32)
        np.add.at(means, publications, vectors)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return cls(means, publications, np.vecdot(vectors, means[publications]))

    def shares(self, vector: np.ndarray) -> np.ndarray:
        """(n,) float32: what of each chunk's cosine with the vector lies along the mean of its publication."""
        return np.vecdot(self.means, vector)[self.publications] * self.typical


def query_vector(whole: np.ndarray, question: np.ndarray, share: float = QUESTION) -> np.ndarray:
    """One unit vector, (d,) float32, of a question with its story and of the same without it, both unit vectors."""
    mixed = (1 - share) * whole + share * question
    return (mixed / np.linalg.norm(mixed)).astype(np.float32)


def fuse(
    dense: np.ndarray,
    keyword: np.ndarray,
    places: Places | None = None,
    asked: np.ndarray | None = None,
    subject: np.ndarray | None = None,
) -> np.ndarray:
    """(n,) float32 from cosines and BM25 scores of the same n chunks, n >= 0; higher is better.

    With z standardised over the n chunks, and d the cosines less LANGUAGE of what `_lead` says:
    (1 - KEYWORD) z(d - SUBJECT subject) + KEYWORD z(keyword) + PUBLICATION p + SECTION s, where p is the mean z(d) of
    the BEST best chunks of the chunk's publication, those it lacks counting 0 lest short ones gain, and s the mean of
    all chunks of its section. Without `places`, d is dense and p = s = 0. `subject`, (n,), is what of each cosine lies
    along the mean of its publication (`Subjects.shares`): who says which report is meant gets that report by p, and in
    it not what introduces it. `asked` is added (`AskedScores.added`).
    """
    if places is not None and len(dense):
        dense = dense - LANGUAGE * _lead(dense, places.languages)
    closeness = standardised(dense)
    own = closeness if subject is None else standardised(dense - SUBJECT * subject)
    mixed = (1 - KEYWORD) * own + KEYWORD * standardised(keyword)
    if places is not None and len(closeness):
        mixed += PUBLICATION * _mean_of_best(closeness, places.publications)
        mixed += SECTION * _mean(closeness, places.sections)
    if asked is not None:
        mixed += asked
    return mixed.astype(np.float32)


def reordered(scores: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """Scores with what moves those among them that it knows, NaN for others; the best of the known stays as high.

    So what was learned of some publications puts none of them before others, of which nothing was learned.
    """
    known = ~np.isnan(moves)
    if not known.any():
        return scores
    moved = scores.copy()
    moved[known] += moves[known]
    moved[known] -= moved[known].max() - scores[known].max()
    return moved


def standardised(scores: np.ndarray) -> np.ndarray:
    """(s - mean) / standard deviation, float64; zeros where all scores are equal, or there are none."""
    wide = np.asarray(scores, dtype=np.float64)
    if not len(wide) or not (deviation := wide.std()) > 1e-9:
        return np.zeros_like(wide)
    return (wide - wide.mean()) / deviation


def _lead(scores: np.ndarray, languages: np.ndarray) -> np.ndarray:
    """For each entry, by how much the mean of its language is above the mean of all.

    A model of many languages puts a passage that is near a question by its language before one that is near by its
    meaning, so that an answer in English is hardly found among documents in the language of the question.
    """
    overall = float(np.mean(scores, dtype=np.float64))
    totals = np.bincount(languages, weights=np.asarray(scores, dtype=np.float64) - overall)
    return (totals / (np.bincount(languages) + FEW))[languages]


def _mean(scores: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """For each entry, the mean of its group."""
    totals = np.bincount(groups, weights=scores)
    return (totals / np.maximum(np.bincount(groups), 1))[groups]


def _mean_of_best(scores: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """For each entry, the mean of the BEST highest of its group; those that it lacks count 0."""
    order = np.lexsort((-scores, groups))
    ranked = groups[order]
    first = np.searchsorted(ranked, ranked)  # where each one's group starts
    best = order[np.arange(len(order)) - first < BEST]
    return (np.bincount(groups[best], weights=scores[best], minlength=int(groups.max()) + 1) / BEST)[groups]
