"""What one would write instead with llama-index and its defaults, to be measured the same way.

SimpleDirectoryReader, SentenceSplitter and VectorStoreIndex over Chroma, with all-MiniLM-L6-v2: the packaged copy, so
that the comparison runs without a network. It needs requirements-bench.txt.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from corpus.errors import IcatError
from evals.bench.beir import Benchmark
from index.models import PACKAGED, packaged_folder

MODEL = "all-MiniLM-L6-v2"
NAME = f"llama-index, Chroma, {MODEL}"
DEEPEST = 50  # passages asked for, as of the product
FILE, PAGE, PASSAGE = "file_name", "pdf_page", "passage"  # what a hit's metadata say of where it stands
_WANTED = "run `pip install -r requirements-bench.txt`"


def passages_of(benchmark: Benchmark) -> list[Any]:
    """The passages of a set as llama-index's documents. IcatError when its parts are not installed."""
    document, _ = _library()
    return [
        document(
            id_=benchmark.passages[chunk.id],
            text=f"{' > '.join(chunk.headings)}\n{chunk.text}",
            metadata={PASSAGE: benchmark.passages[chunk.id]},
            excluded_embed_metadata_keys=[PASSAGE],
        )
        for chunk in benchmark.chunks
    ]


def pages_of(folder: Path) -> list[Any]:
    """The pages of a folder of files, as its reader gives them. IcatError when its parts are not installed."""
    _, reader = _library()
    pages = reader(str(folder), recursive=True, raise_on_error=False).load_data()
    counts: Counter[str] = Counter()
    for page in pages:  # its place in its file, from 1, where only we look: the reader gives printed labels only
        counts[page.metadata["file_path"]] += 1
        page.metadata[PAGE] = counts[page.metadata["file_path"]]
        page.excluded_embed_metadata_keys.append(PAGE)
        page.excluded_llm_metadata_keys.append(PAGE)
    return pages


def _library() -> tuple[Any, Any]:
    """llama-index's Document and SimpleDirectoryReader."""
    try:
        import llama_index.embeddings.huggingface
        import llama_index.readers.file
        import llama_index.vector_stores.chroma  # noqa: F401
        from llama_index.core import Document, SimpleDirectoryReader
    except ImportError as error:
        raise IcatError(f"the baseline needs {error.name}, which is not installed; {_WANTED}") from None
    return Document, SimpleDirectoryReader


@contextmanager
def indexed(documents: Sequence[Any]) -> Iterator[tuple[Callable[[str], list[dict[str, Any]]], float]]:
    """A search over the documents, giving each hit's metadata, and the seconds that embedding and storing took."""
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    model = HuggingFaceEmbedding(model_name=os.fspath(packaged_folder(PACKAGED[MODEL])), show_progress_bar=False)
    folder = Path(tempfile.mkdtemp(prefix="icat-baseline-"))
    settings = chromadb.Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(folder), settings=settings)
    try:
        store = ChromaVectorStore(chroma_collection=client.create_collection("baseline"))
        started = time.perf_counter()
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=model,
            transformations=[SentenceSplitter()],
        )
        seconds = time.perf_counter() - started
        retriever = index.as_retriever(similarity_top_k=DEEPEST)
        yield lambda text: [hit.node.metadata for hit in retriever.retrieve(text)], seconds
    finally:
        with suppress(AttributeError):  # older clients have no close; the folder goes all the same
            client.close()
        shutil.rmtree(folder, ignore_errors=True)
