"""What has to be there before a case is asked: each corpus in a data folder of its own, kept for later runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from assistant import wiring
from assistant.settings import Settings
from corpus.disk import file_sha256
from corpus.library import Library
from corpus.toolkit.reader import Toolkit, ToolkitReader
from corpus.types import Document, PublicationId
from evals.runs.cases import DOCUMENTS, CaseError
from evals.types import CorpusName
from index.search import Stage
from index.types import Hit

FOLDER = "corpora"  # in the folder of the runs


class Shelf(Protocol):
    """The documents that quotes point into."""

    def document(self, publication: PublicationId) -> Document: ...

    def document_sha256(self, publication: PublicationId) -> str: ...

    def original(self, publication: PublicationId) -> Path | None: ...


class Searcher(Protocol):
    """The index, stage by stage."""

    def search(self, query: str, *, question: str | None, limit: int, stage: Stage) -> Sequence[Hit]: ...


@dataclass(frozen=True)
class Corpus:
    """A corpus that can be asked."""

    name: CorpusName
    shelf: Shelf
    toolkit: Toolkit
    assistant: Any  # assistant.assistant.Assistant, or what asks like one
    searcher: Searcher
    facts: dict[str, Any] = field(default_factory=dict)  # for the configuration of a run: what is in it


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
    say: Callable[[str], None] = lambda _: None,
) -> Corpus:
    """Reads, indexes and opens a corpus; what is there already is used again.

    Its folder is named by what goes in, so a document that changed makes a new one. CaseError where a document cannot
    be read: its cases would count against the product.
    """
    files = documents_of(name, policy)
    digest = sha256("".join(file_sha256(file) for file in files).encode()).hexdigest()
    home = runs / FOLDER / (f"{name.value}-{digest[:12]}" if files else name.value)
    home.mkdir(parents=True, exist_ok=True)
    elsewhere = settings.model_copy(update={"home": home})
    library = wiring.open_library(elsewhere)
    unreadable = 0
    if files:
        say(f"{name.value}: reading {len(files)} files")
        added = list(library.add(files))
        unreadable = sum(each.publication is None for each in added)
        if name is CorpusName.SYNTHETIC and unreadable:
            raise CaseError(
                "; ".join(str(problem) for each in added if not each.publication for problem in each.problems)
            )
    if wiring.needs_index(elsewhere, library):
        say(f"{name.value}: indexing")
        wiring.build_index(elsewhere, library)
    return _opened(name, elsewhere, library, {"files": len(files), "unreadable": unreadable})


def _opened(name: CorpusName, settings: Settings, library: Library, facts: dict[str, Any]) -> Corpus:
    reader = ToolkitReader()
    retriever = wiring.open_retriever(settings)
    manifest = retriever.manifest
    facts = {
        **facts,
        "publications": manifest.publications,
        "passages": manifest.chunks,
        "digest": manifest.corpus_digest,
        "embedder": manifest.embedder,
    }
    assistant = wiring.open_assistant(settings, library, reader)
    return Corpus(name, library, reader.read(library), assistant, retriever, facts)
