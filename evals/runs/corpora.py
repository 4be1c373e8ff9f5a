"""What has to be there before a case is asked: each corpus in a data folder of its own, kept for later runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import wiring
from assistant.settings import Settings
from corpus.disk import file_sha256
from corpus.library import Library
from corpus.toolkit.reader import Toolkit, ToolkitReader
from evals.runs.cases import DOCUMENTS, CaseError
from evals.types import CorpusName
from index.retriever import Retriever

if TYPE_CHECKING:
    from assistant.assistant import Assistant

FOLDER = "corpora"  # in the folder of the runs


@dataclass(frozen=True)
class Corpus:
    """A corpus that can be asked."""

    name: CorpusName
    library: Library
    toolkit: Toolkit
    assistant: Assistant
    retriever: Retriever
    facts: Mapping[str, Any] = field(default_factory=dict)  # for the configuration of a run: what is in it


def documents_of(name: CorpusName, policy: Path | None) -> tuple[Path, ...]:
    """The files that a corpus has beside the starter texts. CaseError where their folder is not there."""
    folder = {CorpusName.STARTER: None, CorpusName.SYNTHETIC: DOCUMENTS, CorpusName.POLICY: policy}[name]
    if folder is None:
        return ()
    if not folder.is_dir():
        raise CaseError(f"{folder}: no such folder of documents")
    return tuple(sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")))


def open_corpus(
    name: CorpusName,
    settings: Settings,
    runs: Path,
    policy: Path | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Corpus:
    """Reads, indexes and opens a corpus; what is there already is used again.

    Its folder is named by what goes in and how it is indexed: what changes makes a new one. CaseError where a document
    of ours cannot be read: its cases would count against the product.
    """
    files = documents_of(name, policy)
    said = [settings.index.embedder, str(settings.index.chunk_tokens), *map(file_sha256, files)]
    home = runs / FOLDER / f"{name.value}-{sha256(' '.join(said).encode()).hexdigest()[:12]}"
    home.mkdir(parents=True, exist_ok=True)
    settings = settings.model_copy(update={"home": home})
    library, reader = wiring.open_library(settings), ToolkitReader()
    if files:
        say(f"{name.value}: reading {len(files)} files")
    refused = [added for added in library.add(files) if added.publication is None] if files else []
    if refused and name is CorpusName.SYNTHETIC:
        raise CaseError("; ".join(str(problem) for added in refused for problem in added.problems))
    if wiring.needs_index(settings, library):
        say(f"{name.value}: indexing")
        wiring.build_index(settings, library)
    retriever = wiring.open_retriever(settings)
    facts = {
        "files": len(files),
        "unreadable": len(refused),
        "publications": retriever.manifest.publications,
        "passages": retriever.manifest.chunks,
        "digest": retriever.manifest.corpus_digest,
        "embedder": retriever.manifest.embedder,
    }
    assistant = wiring.open_assistant(settings, library, reader)
    return Corpus(name, library, reader.read(library), assistant, retriever, facts)
