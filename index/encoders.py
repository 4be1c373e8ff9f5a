"""Text to vectors, question and passage to a score: the door to the libraries that run models.

Packaged int8 ONNX weights run on onnxruntime directly: importing sentence-transformers takes 10 s on two
cores, this 0.3 s. Each text is one run of its own, as many at a time as there are cores, longest first.
That is not what one does on a GPU, and it is deliberate. The weights are quantised dynamically, with one
scale per batch, so that in a batch a text's vector depends on its neighbours (cosine down to 0.993 against
itself alone); and one by one is faster here, as nothing is padded (two cores, passages of 105 tokens on
average: 15,000 tokens/s; in batches of 2,048 tokens 11,000, of 8,192 tokens 6,700). So a vector is the same
whenever and beside whatever it is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from corpus.language import of_question
from index.adapter import Adapter, adapted
from index.e5 import PackedE5
from index.errors import ModelRefused
from index.models import (
    PACKAGED,
    SETTING,
    ModelRole,
    PackagedModel,
    Prefixes,
    foreign_folder,
    foreign_prefixes,
    foreign_revision,
    packaged_folder,
)
from index.onnx_graph import encoder
from index.types import Embedder, Reranker

_UNIT = {"normalize_embeddings": True, "show_progress_bar": False}
KEPT = 128  # queries whose vectors are remembered
BATCH = 32  # of sentence-transformers, its default; it sorts by length itself


def open_embedder(name: str) -> Embedder:
    """The embedder of a packaged name or of two joined by "+", else of a sentence-transformers name or path.

    ModelMissing: not on this machine. ModelRefused: altered, of the wrong role, or runs code when loaded.
    """
    first, plus, second = name.partition("+")
    if plus and first in PACKAGED and second in PACKAGED:
        return _pair(first, second)
    model = _packaged(name, ModelRole.EMBEDDER)
    if model is None:
        folder, label = _foreign(name, ModelRole.EMBEDDER)
        return SentenceTransformersEmbedder(folder, foreign_revision(label, folder), foreign_prefixes(label))
    if model.runtime == "sentence-transformers":
        return SentenceTransformersEmbedder(packaged_folder(model), model.revision, model.prefixes)
    return _opened(model)


@cache
def _pair(first: str, second: str) -> PairEmbedder:
    """One for all that ask, as below."""
    read = PACKAGED[second].languages
    return PairEmbedder(open_embedder(first), open_embedder(second), lambda text: of_question(text) in read)


@cache
def _opened(model: PackagedModel) -> OnnxEmbedder:
    """One for all that ask: they are safe for several threads, and hold 60 to 120 MB each."""
    return OnnxEmbedder(model)


def open_reranker(name: str) -> Reranker | None:
    """The cross-encoder of a packaged name, else of a sentence-transformers name or path; None for ''.

    Errors as for `open_embedder`.
    """
    if not name:
        return None
    model = _packaged(name, ModelRole.RERANKER)
    if model is None:
        folder, label = _foreign(name, ModelRole.RERANKER)
        return SentenceTransformersReranker(folder, foreign_revision(label, folder))
    return _opened_reranker(model)


@cache
def _opened_reranker(model: PackagedModel) -> OnnxReranker:
    """One for all that ask, for the same reasons."""
    return OnnxReranker(model)


def open_entailment(name: str) -> SentenceTransformersEntailment | None:
    """The natural-language-inference cross-encoder of a sentence-transformers name or path; None for ''.

    Errors as for `open_embedder`; ModelRefused also where none of its labels is "entailment".
    """
    if not name:
        return None
    folder, label = _foreign(name, ModelRole.JUDGE)
    return SentenceTransformersEntailment(folder, foreign_revision(label, folder))


def open_adapted(name: str, adapter: Adapter) -> Callable[[str], np.ndarray]:
    """What a packaged encoder makes of a text once it is adapted: (width,) float32, the mean of its states.

    Only for encoders that are read layer by layer. Errors as for `open_embedder`.
    """
    model = PACKAGED[name]
    if model.runtime != "e5":
        raise ModelRefused(f"{name}: its layers cannot be changed")
    network = _E5(model, adapter)
    return lambda text: network.states(model.prefixes.query + text).mean(axis=0)


def open_states(name: str, adapter: Adapter) -> Callable[[str], tuple[list[tuple[int, int]], np.ndarray]]:
    """What a packaged encoder, adapted, makes of each piece of a text: its n places, half-open, and (n, width) float32.

    Only for encoders that are read layer by layer. Errors as for `open_embedder`.
    """
    model = PACKAGED[name]
    if model.runtime != "e5":
        raise ModelRefused(f"{name}: its pieces cannot be told apart")
    network, prefix = _E5(model, adapter), model.prefixes.query

    def read(text: str) -> tuple[list[tuple[int, int]], np.ndarray]:
        before = len(network.pieces(prefix))
        states = network.states(prefix + text)[1 + before : -1]
        return network.places(text)[: len(states)], states

    return read


class OnnxEmbedder:
    """A packaged bi-encoder on onnxruntime. Safe for several threads."""

    def __init__(self, model: PackagedModel) -> None:
        self.name = model.revision
        self.max_tokens = model.max_tokens
        self._prefixes = model.prefixes
        self._pooling = model.pooling
        self.network = _E5(model) if model.runtime == "e5" else _Bert(model)
        self.dimensions = self.network.width
        self._queries = lru_cache(maxsize=KEPT)(self._embed)  # a message is looked up by several parts of the program

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        vectors = _each(lambda text: self._embed(self._prefixes.passage + text), texts)
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)

    def embed_query(self, text: str) -> np.ndarray:
        return self._queries(self._prefixes.query + text)

    def count_tokens(self, text: str) -> int:
        return len(self.network.pieces(text))

    def _embed(self, text: str) -> np.ndarray:
        states = self.network.states(text)
        vector = states[0] if self._pooling == "cls" else states.mean(axis=0)
        vector /= np.linalg.norm(vector)
        vector.flags.writeable = False  # others may be given it, too
        return vector


class PairEmbedder:
    """Two embedders in one vector: the first reads every language, the second fewer, and those better.

    A passage has the vectors of both, each by sqrt(1/2), and so has a query that both read: the product of the two is
    the mean of two cosines. A query that only the first reads has zeros for the second.
    """

    def __init__(self, first: Embedder, second: Embedder, reads: Callable[[str], bool]) -> None:
        """`reads`: whether the second reads a query. It is shown all passages: a short one's language is a guess."""
        self.name = f"{first.name}+{second.name}"
        self.dimensions = first.dimensions + second.dimensions
        self.max_tokens = min(first.max_tokens, second.max_tokens)
        self._first, self._second, self._reads = first, second, reads

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        return _side_by_side(self._first.embed_passages(texts), self._second.embed_passages(texts))

    def embed_query(self, text: str) -> np.ndarray:
        first = self._first.embed_query(text)
        if not self._reads(text):
            return np.concatenate([first, np.zeros(self._second.dimensions, dtype=np.float32)])
        return _side_by_side(first, self._second.embed_query(text))

    def count_tokens(self, text: str) -> int:
        return self._first.count_tokens(text)


def _side_by_side(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.concatenate([first, second], axis=-1) * np.float32(0.5**0.5)


class OnnxReranker:
    """A packaged cross-encoder on onnxruntime. Safe for several threads."""

    def __init__(self, model: PackagedModel) -> None:
        self.name = model.revision
        self.max_tokens = model.max_tokens
        self.languages = model.languages
        self._network = _Bert(model)
        self._network.tokenizer.enable_truncation(model.max_tokens)  # the longer of the two is cut

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        return np.array(_each(lambda passage: self._score(question, passage), passages), dtype=np.float32)

    def _score(self, question: str, passage: str) -> float:
        encoding = self._network.tokenizer.encode(question, passage)
        return float(self._network.run(encoding.ids, encoding.type_ids)[0, 0])


class _Bert:
    """One ONNX graph of the BERT kind and its tokenizer, as files of a folder."""

    def __init__(self, model: PackagedModel) -> None:
        from tokenizers import Tokenizer

        folder = packaged_folder(model)
        self._max_tokens = model.max_tokens
        self._session = _session(folder / model.weights)
        self.width = self._session.get_outputs()[0].shape[-1]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def pieces(self, text: str) -> list[int]:
        """Ids of the pieces of a text, without special ones and without truncation."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def states(self, text: str) -> np.ndarray:
        """(n, width) float32, of each piece of a text that is cut at max_tokens, special ones included."""
        ids = self.tokenizer.encode(text).ids
        if len(ids) > self._max_tokens:
            ids = [*ids[: self._max_tokens - 1], ids[-1]]  # the last one is [SEP]
        return self.run(ids, [0] * len(ids))[0]

    def run(self, ids: list[int], types: list[int]) -> np.ndarray:
        """The first output for one sequence: (1, tokens, width), or (1, 1) of a cross-encoder."""
        row, segments = np.array([ids], dtype=np.int64), np.array([types], dtype=np.int64)
        fed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": segments}
        return self._session.run(None, fed)[0]


@cache
def _packed(model: PackagedModel) -> PackedE5:
    """One for all that read it: vocabulary and table of embeddings are the same, however the layers are changed."""
    return PackedE5(packaged_folder(model) / model.weights)


class _E5:
    """multilingual-e5-small as `index.e5` reads it; graph and int8 weights are made when it is opened."""

    def __init__(self, model: PackagedModel, adapter: Adapter | None = None) -> None:
        self._packed = _packed(model)
        bert = self._packed.encoder()
        # The weights are kept: the session reads them where they are.
        graph, self._weights = encoder(adapted(bert, adapter) if adapter else bert)
        self._session = _session(graph, self._weights)
        self.width = self._packed.width

    def pieces(self, text: str) -> list[int]:
        """Ids of the pieces of a text, without special ones and without truncation."""
        return self._packed.pieces(text)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where in the text each of its pieces stands, half-open."""
        return self._packed.places(text)

    def states(self, text: str) -> np.ndarray:
        """(n, width) float32, of each piece of a text that is cut at max_tokens, special ones included."""
        return self._session.run(None, {"embeddings": self._packed.embeddings(self.pieces(text))})[0][0]


def _session(model: Path | bytes, weights: Mapping[str, np.ndarray] = MappingProxyType({})) -> Any:
    """An onnxruntime session of a file, or of a graph whose weights are given."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the cores are kept busy by runs side by side, see `_each`
    options.inter_op_num_threads = 1
    if weights:
        # What a written graph says is what is to be run: sums fused with normalisations take 8 times as long.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])


class SentenceTransformersEmbedder:
    """Any other embedding model, through sentence-transformers, with the prompts its settings name, or `prefixes`."""

    def __init__(self, folder: Path, name: str, prefixes: Prefixes) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = _load(SentenceTransformer, folder)
        self._prompts = Prefixes() if any(self._model.prompts.values()) else prefixes
        # Vectors made without the prefixes are others: an index must not take them for these.
        self.name = f"{name}+prefixes" if self._prompts != Prefixes() else name
        self.dimensions = int(self._model.get_embedding_dimension())
        self.max_tokens = int(self._model.max_seq_length or 512)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        prompt = self._prompts.passage or None
        vectors = self._model.encode_document(list(texts), prompt=prompt, batch_size=BATCH, **_UNIT)
        return np.asarray(vectors, dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        vector = self._model.encode_query(text, prompt=self._prompts.query or None, **_UNIT)
        return np.asarray(vector, dtype=np.float32)

    def count_tokens(self, text: str) -> int:
        return len(self._model.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])


class SentenceTransformersReranker:
    """Any other cross-encoder with one output, through sentence-transformers."""

    def __init__(self, folder: Path, name: str) -> None:
        from sentence_transformers import CrossEncoder

        self.name = name
        self.languages: frozenset[str] = frozenset()  # a folder does not say
        self._model = _load(CrossEncoder, folder)
        if self._model.num_labels != 1:
            found = f"gives {self._model.num_labels} labels, not one score"
            raise ModelRefused(f"{folder}: {found}; set {SETTING[ModelRole.RERANKER]} to another model")
        self.max_tokens = int(self._model.max_seq_length or 512)

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        from torch.nn import Identity  # logits; the model's own choice may be a sigmoid

        if not passages:
            return np.empty(0, dtype=np.float32)
        pairs = [(question, passage) for passage in passages]
        logits = self._model.predict(pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(logits, dtype=np.float32).reshape(len(passages))


class SentenceTransformersEntailment:
    """Any cross-encoder that tells entailment from contradiction, through sentence-transformers."""

    def __init__(self, folder: Path, name: str) -> None:
        from sentence_transformers import CrossEncoder

        self.name = name
        self._model = _load(CrossEncoder, folder)
        labels = {int(place): str(label).casefold() for place, label in self._model.config.id2label.items()}
        found = [place for place, label in labels.items() if label.startswith("entail")]
        if len(found) != 1:
            advice = f"set {SETTING[ModelRole.JUDGE]} to a model for natural-language inference"
            raise ModelRefused(f"{folder}: none of its labels ({', '.join(labels.values())}) is entailment; {advice}")
        self._entails = found[0]

    def probabilities(self, premise: str, claims: Sequence[str]) -> np.ndarray:
        """(n,) float32, 0..1: for each claim, the probability that the premise entails it."""
        if not claims:
            return np.empty(0, dtype=np.float32)
        pairs = [(premise, claim) for claim in claims]
        scores = self._model.predict(pairs, batch_size=BATCH, apply_softmax=True, show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32)[:, self._entails]


def _packaged(name: str, role: ModelRole) -> PackagedModel | None:
    """The packaged model of that name, None when the name is another's. ModelRefused for the wrong role."""
    model = PACKAGED.get(name)
    if model is not None and model.role is not role:
        other = SETTING[model.role]
        raise ModelRefused(f"{SETTING[role]}={name}: it is of the kind {model.role}; set {other} to it instead")
    return model


def _foreign(name: str, role: ModelRole) -> tuple[Path, str]:
    """The folder of a model of the user's and what it is called: a hub name as it is, a path by its last part."""
    folder = foreign_folder(name, role)
    return folder, folder.name if Path(name).expanduser().is_dir() else name


def _load(kind: type, folder: Path) -> Any:
    """A sentence-transformers class opened on a folder that `refuse_code` has passed."""
    safe = {"local_files_only": True, "trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}
    try:
        return kind(str(folder), **safe)
    except Exception as error:  # whatever the library meets in a stranger's folder; it goes on as the cause
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        found = f"sentence-transformers cannot load it ({line})"
        raise ModelRefused(f"{folder}: {found}; use another model") from error


def _each(function: Callable[[str], Any], texts: Sequence[str]) -> list[Any]:
    """function(text) of every text, in the order given, as many at a time as there are cores.

    The longest go first: the cores finish together, and memory is asked for once.
    """
    order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
    if len(texts) <= 1:
        return [function(text) for text in texts]
    with ThreadPoolExecutor(min(_cores(), len(texts)), thread_name_prefix="encode") as pool:
        found = dict(zip(order, pool.map(lambda place: function(texts[place]), order), strict=True))
    return [found[place] for place in range(len(texts))]


def _cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
