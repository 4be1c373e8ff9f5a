"""How the parts are put together, given the settings. Each part is imported only by the command that needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant import progress
from assistant.settings import MODEL_JUDGES, Settings
from assistant.texts.catalogue import _
from corpus.catalogue import load
from corpus.library import Library
from corpus.listing import in_other_languages
from corpus.types import READY, Chunk, Document, Origin, Publication, PublicationId

if TYPE_CHECKING:
    from assistant.assistant import Assistant, Reads
    from assistant.types import Wanted
    from assistant.understand.about import LibraryFacts
    from assistant.understand.classifier import TrainedClassifier
    from assistant.understand.spelling import Speller
    from assistant.understand.understanding import Understanding
    from assistant.write.author import Author
    from assistant.write.judges import Judge
    from assistant.write.model.shelf import Kept
    from assistant.write.model.types import Teller, Writer
    from assistant.write.support import SupportModels
    from corpus.toolkit.reader import ToolkitReader
    from index.build import Progress
    from index.retriever import Retriever
    from index.types import Embedder, IndexManifest, Reranker


OFF_TOPIC_FROM = 0.5  # probability from which the theme of a draft is of another field
DRAFT_PASSAGES, DRAFT_READ = 40, 12  # passages that a draft is arranged of, and extracts that are read of them


def open_library(settings: Settings) -> Library:
    """The corpus in force. CatalogueError or StoreError when it can't be read."""
    return Library(settings.home, load())


def open_embedder(settings: Settings) -> Embedder:
    from index.encoders import open_embedder

    return open_embedder(settings.index.embedder)


def open_reader() -> Embedder:
    """The embedder that the weights for reading requests and for checking sentences were made with."""
    from index.encoders import open_embedder
    from index.models import ENGLISH

    return open_embedder(ENGLISH)


def open_reranker(settings: Settings) -> Reranker | None:
    from index.encoders import open_reranker

    return open_reranker(settings.index.reranker)


def open_retriever(settings: Settings) -> Retriever:
    """IndexUnavailable before the first build, StaleIndex when it was built otherwise, ModelMissing without weights."""
    from index.retriever import Retriever

    return Retriever(settings.home, settings.index, open_embedder(settings))


def open_assistant(settings: Settings, library: Library, toolkit: ToolkitReader | None = None) -> Assistant:
    """Ready to answer: models loaded, index open. `toolkit`: the reader that others use too: it keeps what it read."""
    from assistant.answer.act import Asks, OffTopic
    from assistant.assistant import Assistant
    from assistant.draft.act import Drafts
    from assistant.draft.shelf import ReadyShelf
    from assistant.people.masking import Masking
    from assistant.show.act import Reshapes
    from assistant.toolkit.fit import Fitting
    from assistant.toolkit.listing import Lists
    from assistant.types import Act
    from assistant.understand.about import About
    from assistant.understand.classifier import open_classifier
    from assistant.understand.lexicon import lexicon
    from assistant.write.check import Checker
    from assistant.write.reworded import Rewordings
    from corpus.toolkit.reader import ToolkitReader
    from index import sections

    with ThreadPoolExecutor(1) as beside:  # weights are unpacked side by side
        cross_encoder, read = beside.submit(open_reranker, settings), beside.submit(open_classifier)
        retriever = open_retriever(settings)
    reranker, classifier = cross_encoder.result(), read.result()
    writer = open_writer(settings)
    toolkit = toolkit or ToolkitReader()
    lists = Lists(library, toolkit, Fitting(sections.open_reader))
    quotes = Asks(library, retriever, reranker, settings.index.top_k)
    material = Asks(library, retriever, reranker, DRAFT_PASSAGES, read=DRAFT_READ)
    checks = Rewordings(Checker(library, open_support(reranker)))

    def elsewhere(theme: str) -> bool:
        return classifier.read(theme).acts[Act.OFF_TOPIC] >= OFF_TOPIC_FROM

    shelf = ReadyShelf(library)
    drafts = Drafts(material, shelf, lists, lexicon(), checks, elsewhere=elsewhere)
    others = {
        Act.LIST: lists,
        Act.RESHAPE: Reshapes(),
        Act.ABOUT: About(lexicon(), lambda: _facts(library, toolkit), lambda: writer_words(settings)),
        Act.DANGER: quotes,  # no model is told of it
    }
    rules = open_understanding(retriever, lists.count, classifier)
    acts = {**others, Act.ASK: quotes, Act.DRAFT: drafts, Act.OFF_TOPIC: OffTopic(quotes)}
    masking = Masking()
    quoting = Assistant(rules, acts, drafts=drafts, passages=retriever, masking=masking)
    if writer is None:
        return quoting
    author = open_author(settings, writer, library, reranker)
    asks = Asks(library, retriever, reranker, settings.index.top_k, author=author)
    written = Drafts(material, shelf, lists, lexicon(), checks, author, elsewhere)
    acts = {**others, Act.ASK: asks, Act.DRAFT: written, Act.OFF_TOPIC: OffTopic(asks)}
    # A model on this machine is too slow to be asked twice.
    understanding = open_model_reading(writer, rules) if settings.model.configured else rules
    return Assistant(understanding, acts, quoting, written, retriever)


def open_model_reading(writer: Writer, rules: Reads) -> Reads:
    """Reads open questions with a model, behind which the rules stand."""
    from assistant.understand.lexicon import lexicon
    from assistant.understand.parts import parts_of
    from assistant.write.model.tasks import ModelReading

    words = lexicon()
    return ModelReading(writer, rules.read, lambda text, language: parts_of(text, words, language))


def open_speller(retriever: Retriever) -> Speller:
    """Mends typing errors by the words of the index in force."""
    from assistant.understand.lexicon import lexicon
    from assistant.understand.spelling import Speller

    return Speller(lexicon(), lambda: retriever.lexicon)


def open_understanding(
    retriever: Retriever,
    count: Callable[[Wanted], int] = lambda wanted: 0,
    classifier: TrainedClassifier | None = None,
) -> Understanding:
    """Reads messages; typing errors are mended by the words of the index. `count`: items of lists."""
    from assistant.understand.classifier import open_classifier
    from assistant.understand.lexicon import lexicon
    from assistant.understand.understanding import Understanding

    return Understanding(
        classifier or open_classifier(),
        lexicon(),
        open_speller(retriever).mended,
        count,
        _likeliest_section,
    )


def _likeliest_section(message: str) -> float:
    """How surely one section of the starter corpus answers a message, 0..1."""
    from math import exp

    from index import sections

    return exp(float(sections.open_reader().answering(message).max()))


def _facts(library: Library, toolkit: ToolkitReader) -> LibraryFacts:
    """What is on this machine, for questions about the assistant itself."""
    from assistant.show.words import title_words
    from assistant.understand.about import LibraryFacts
    from corpus.toolkit.types import ItemKind

    here = [library.publication(name) for name in library.in_force()]
    elsewhere = in_other_languages(here, "en")
    here = [publication for publication in here if publication.id not in elsewhere]
    items = toolkit.read(library).in_force
    starters = sum(publication.origin is Origin.STARTER for publication in here)
    kinds = [item.kind for item in items]
    return LibraryFacts(
        titles=tuple(title_words(publication) for publication in here),
        originals=len(here) - starters,
        starters=starters,
        lessons=kinds.count(ItemKind.LESSON),
        questions=kinds.count(ItemKind.QUESTION),
        indicators=kinds.count(ItemKind.INDICATOR),
        starter_lists=any(item.origin is Origin.STARTER for item in items),
    )


def kept_model(settings: Settings) -> Kept | None:
    """The model of `icat model get` that writes; None where there is none, or a server is set in its place."""
    from assistant.write.model.shelf import ModelShelf

    return None if settings.model.configured else ModelShelf(settings.home).chosen()


def open_writer(settings: Settings) -> Teller | None:
    """The language model of the server that is set, else the one that is kept on this machine; None without either."""
    if settings.model.configured:
        from assistant.write.model.door import open_model

        return open_model(settings.model)
    kept = kept_model(settings)
    if kept is None:
        return None
    from assistant.write.model.local import LocalModel

    return LocalModel(kept, settings.model)


def writer_words(settings: Settings) -> str:
    """One sentence on the language model that writes, or that none does."""
    if kept := kept_model(settings):
        here = _("The language model {name} writes answers on this machine: nothing is sent to any other.")
        return here.format(name=kept.name)
    if not settings.model.configured:
        return _("No language model is set: answers are made of the publications' own words.")
    elsewhere = _("The language model {name} writes answers: your question and the passages found are sent to it.")
    return elsewhere.format(name=settings.model.name)


def open_author(settings: Settings, writer: Teller, library: Library, reranker: Reranker | None) -> Author:
    """What has a language model write, and checks it. ModelMissing: no judge."""
    from assistant.write.author import Author
    from assistant.write.check import Checker

    return Author(writer, Checker(library, open_support(reranker), open_judge(settings, writer)))


def open_support(reranker: Reranker | None) -> SupportModels:
    """What the check of a written sentence reads with: the English embedder, beside it the one of all languages."""
    from assistant.write.support import SupportModels
    from index.encoders import open_embedder
    from index.sections import ENCODER

    return SupportModels(reranker, open_reader(), beyond=open_embedder(ENCODER))


def open_search(settings: Settings, embedder: Embedder) -> Callable[[str], Sequence[Chunk]]:
    """What a question leads to: the passages found, as the cross-encoder orders them where it reads their language."""
    from assistant.answer.ranking import reads
    from index.retriever import Retriever

    retriever, reranker = Retriever(settings.home, settings.index, embedder), open_reranker(settings)

    def search(question: str) -> Sequence[Chunk]:
        found = [hit.chunk for hit in retriever.search(question)]
        if reranker is None or not all(reads(reranker, question, chunk.language) for chunk in found):
            return found
        scores = reranker.score(question, [chunk.text for chunk in found])
        return [found[place] for place in (-scores).argsort(kind="stable")]

    return search


def open_judge(settings: Settings, model: Teller | None) -> Judge | None:
    """The judge that is set. None: only the deterministic check judges. ModelMissing when it can't be had."""
    if settings.judge == MODEL_JUDGES and model is not None:
        from assistant.write.model.tasks import ModelJudge

        return ModelJudge(model)
    if not settings.judge:
        return None
    from assistant.write.judges import InferenceJudge
    from index.encoders import open_entailment

    opened = open_entailment(settings.judge)
    return InferenceJudge(opened) if opened else None


def build_index(
    settings: Settings,
    library: Library,
    progress: Callable[[Progress], None] = lambda _: None,
    rebuild: bool = False,
    cut: bool = False,
) -> IndexManifest:
    """Bring the index to the corpus in force; only what changed is cut and encoded, with `rebuild` all, with `cut` all
    is cut, and encoded what is new then."""
    from corpus import kept_questions
    from corpus.anticipated import read_anticipated
    from index.build import build, kept_chunks

    embedder = open_embedder(settings)
    publications: dict[PublicationId, Publication] = {}
    pieces: list[Chunk] = []
    questions = list(read_anticipated())
    prints = _fingerprints(library)  # first: what is added or changed from here on makes the index out of date
    kept = {} if rebuild or cut else kept_chunks(settings.home, settings.index, embedder, prints)
    for name in prints:
        publication = library.publication(name)
        if publication.origin is Origin.STARTER and name in kept:  # hundreds, of which a new version changes few
            publications[name] = publication
            pieces += kept[name]
            continue
        document = library.document(name)
        publications[document.publication.id] = document.publication
        pieces += chunks_of(document, embedder, settings)
        questions += kept_questions.questions_of(settings.home, document)
    return build(
        pieces,
        publications,
        settings.home,
        settings.index,
        embedder,
        progress,
        documents=prints,
        questions=questions,
        rebuild=rebuild,
    )


def chunks_of(document: Document, embedder: Embedder, settings: Settings) -> tuple[Chunk, ...]:
    """What is indexed of a document. The project's own sections are short, to be read whole: twice as large.

    The language of the project's own is what they say: to tell it of each chunk would be a quarter of a build of all.
    """
    from corpus.chunking import chunk

    publication = document.publication
    own = publication.origin is Origin.STARTER
    size = settings.index.chunk_tokens * (2 if own else 1)
    return chunk(document, embedder.count_tokens, size, publication.language if own else "")


def bring_up_to_date(settings: Settings, library: Library, rebuild: bool = False) -> IndexManifest:
    """The same with progress on stderr."""
    with progress.building() as tick:
        return build_index(settings, library, tick, rebuild)


def needs_index(settings: Settings, library: Library) -> bool:
    """Whether the index is missing, or was built from other texts than those in force.

    Settings that differ are not mended silently: opening the index raises StaleIndex with the command to run.
    """
    from index import manifest
    from index.errors import IndexUnavailable

    try:
        current = manifest.read(settings.home)
    except IndexUnavailable:
        return True
    return current.documents != _fingerprints(library)


def searched(library: Library) -> dict[PublicationId, Publication]:
    """The documents in force that an index is built from, by id.

    What is ready-made for drafts is not among them: it answers nothing, and is chosen by what was learned of it.
    """
    here = {listed.publication.id: listed.publication for listed in library.publications()}
    known = {name: here.get(name) or library.publication(name) for name in library.in_force()}
    return {name: each for name, each in known.items() if each.origin is not Origin.STARTER or each.kind not in READY}


def _fingerprints(library: Library) -> dict[PublicationId, str]:
    """sha256 over the text, the record and the questions of every document that is searched."""
    from corpus import kept_questions
    from corpus.anticipated import file_of

    prints = {}
    for name, known in searched(library).items():
        asked = [file for file in (file_of(name), kept_questions.file_of(library.store.home, name)) if file.exists()]
        texts = "".join(file.read_text("utf-8") for file in asked)
        parts = f"{library.document_sha256(name)} {known.model_dump_json()} {texts}"
        prints[name] = sha256(parts.encode()).hexdigest()
    return prints
