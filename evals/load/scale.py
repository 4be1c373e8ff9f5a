"""How a search grows with the library: `python -m evals.load.scale SET` builds indexes of 10⁴ passages and more.

Passages are made of sentences of a set in BEIR layout, drawn at random. Their vectors are sums of a random direction
for each word, so that closeness means something and nothing has to be encoded: what is measured is storing, opening and
searching. Each size is opened and searched in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.commands.output import line
from corpus.sentences import sentences
from corpus.types import Chunk, Publication
from evals.bench.beir import Benchmark, read_benchmark
from evals.figures.timing import memory_mb, timed
from index.build import build
from index.retriever import Retriever
from index.types import IndexSettings
from index.words import words

SIZES = (10_000, 100_000, 1_000_000)
SENTENCES = 3  # a passage
PASSAGES = 100  # a publication
QUERIES = 200
DIMENSIONS = 384
SETTINGS = IndexSettings(reranker="")


class RandomDirections:
    """Embedder: the sum of a direction for each word, the same in every process."""

    name, dimensions, max_tokens = "random-directions", DIMENSIONS, 512

    def __init__(self) -> None:
        self._of: dict[str, np.ndarray] = {}

    def embed_query(self, text: str) -> np.ndarray:
        whole = np.sum([self._direction(word) for word in words(text)] or [self._direction("")], axis=0)
        return whole / np.linalg.norm(whole)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts])

    def count_tokens(self, text: str) -> int:
        return len(words(text))

    def _direction(self, word: str) -> np.ndarray:
        if word not in self._of:
            made = np.random.default_rng(list(word.encode())).standard_normal(DIMENSIONS)
            self._of[word] = made.astype(np.float32)
        return self._of[word]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m evals.load.scale", description=__doc__)
    parser.add_argument("set", type=Path, help="in BEIR layout")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--opened", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    benchmark = read_benchmark(options.set)
    if options.opened:
        line(_searched(options.opened, [query.text for query in benchmark.queries][:QUERIES]))
        return 0
    for number in options.passages:
        with tempfile.TemporaryDirectory() as folder:
            home, began = Path(folder), time.monotonic()
            build(_passages(benchmark, number), _publications(number), home, SETTINGS, RandomDirections())
            seconds = time.monotonic() - began
            stored = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
            line(f"{number:,} passages: built in {seconds:.0f} s, {stored:.0f} MB stored, {memory_mb():.0f} MB held")
            command = [sys.executable, "-m", "evals.load.scale", str(options.set), "--opened", folder]
            subprocess.run(command, check=True)
    return 0


def _passages(benchmark: Benchmark, number: int) -> Iterator[Chunk]:
    """The same for the same number, whatever is asked of them."""
    texts = [chunk.text[start:end] for chunk in benchmark.chunks for start, end in sentences(chunk.text)]
    chosen = np.random.default_rng(number).integers(len(texts), size=(number, SENTENCES))
    for place, picked in enumerate(chosen):
        text = " ".join(texts[each] for each in picked)
        name = f"made-{place // PASSAGES:06d}"
        yield Chunk(f"{name}#{place % PASSAGES:04d}", name, text, 0, len(text), 1, 1)


def _publications(number: int) -> dict[str, Publication]:
    names = [f"made-{place:06d}" for place in range(-(-number // PASSAGES))]
    return {name: Publication(id=name, title=f"Made up, {name[5:]}") for name in names}


def _searched(home: Path, questions: Sequence[str]) -> str:
    """Opens the index and searches it, one question after another."""
    began = time.monotonic()
    retriever = Retriever(home, SETTINGS, RandomDirections())
    opened = time.monotonic() - began
    _, times = timed(retriever.search, questions)
    half, most = np.percentile(times, (50, 95))
    speed = f"searched in {half:.0f} ms (p50) and {most:.0f} (p95)"
    return f"  opened in {opened:.1f} s, {speed}, {memory_mb():.0f} MB held"


if __name__ == "__main__":
    sys.exit(main())
