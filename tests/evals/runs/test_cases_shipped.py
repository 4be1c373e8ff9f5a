"""The cases that come with the project: their gold is in the documents, and they say what they should say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from corpus.catalogue import load
from corpus.library import Library
from corpus.toolkit.reader import ToolkitReader
from evals.runs.cases import DOCUMENTS, Located, by_corpus, check, default_files, find_on_page, read_cases
from evals.types import CorpusName, EvalCase, Expected, Split
from tests.evals.make_case_documents import TEXTS, write

KINDS = (
    *("factual", "definition", "comparison", "design-questions", "indicators", "lessons", "list-narrowed"),
    *("list-complete", "programme-described", "guidance", "multi-turn", "two-part", "unanswerable", "off-topic"),
    *("false-premise", "contradictory", "dated-figure", "other-language", "typing-errors", "very-long"),
    *("injection-question", "injection-document", "personal-data", "harmful", "urgent", "greeting"),
)
SHIPPED = default_files()
LOCATED = read_cases(SHIPPED)
CASES: list[EvalCase] = [each.case for each in LOCATED]
MOST_WORDS = 12  # of a quote from a document that is not ours: no sentence of it is copied


def of(corpus: CorpusName) -> tuple[Located, ...]:
    return by_corpus(LOCATED)[corpus]


def library_with(home: Path, *paths: Path) -> Library:
    library = Library(home, load())
    refused = [str(problem) for added in library.add(paths) if not added.publication for problem in added.problems]
    assert paths == () or len(refused) < 5, refused
    return library


def test_there_are_enough_of_every_kind():
    tags = Counter(tag for case in CASES for tag in case.tags)
    assert len(CASES) >= 250
    assert len(of(CorpusName.POLICY)) >= 30
    assert {kind: tags[kind] for kind in KINDS if tags[kind] < 8} == {}
    assert {case.language for case in CASES} >= {"en", "fr", "es", "ru", "ar", "zh"}
    assert sum(bool(case.reference) for case in CASES) >= 0.45 * len(CASES)


def test_tune_and_test_are_alike():
    for tag in KINDS:
        splits = Counter(case.split for case in CASES if tag in case.tags)
        assert 0.25 <= splits[Split.TEST] / splits.total() <= 0.75, (tag, splits)
    assert abs(sum(1 if case.split is Split.TEST else -1 for case in CASES)) <= 1


def test_a_case_fits_what_it_expects():
    for case in CASES:
        answers = bool(case.gold or case.lists)
        assert answers == (case.expected in (Expected.ANSWERED, Expected.PARTLY)), case.id
        assert case.status or case.expected is not Expected.REFUSED, case.id
        assert ("two-part" in case.tags) == bool(case.parts), case.id
        assert ("multi-turn" in case.tags) == bool(case.history), case.id
        assert all(span.part < max(len(case.parts), 1) for span in case.gold), case.id
        quotes = " ".join(span.quote for span in case.gold).casefold()
        assert not [words for words in case.never if words.casefold() in quotes], case.id


def test_a_question_is_asked_once():
    asked = Counter((case.question.casefold(), case.history) for case in CASES)
    assert [question for question, times in asked.items() if times > 1] == []


def test_the_starter_cases_hold(home: Path):
    library = library_with(home)
    assert len(check(of(CorpusName.STARTER), library, ToolkitReader().read(library))) == len(of(CorpusName.STARTER))


def test_the_synthetic_cases_hold_and_each_document_has_some(home: Path):
    library = library_with(home, *sorted(DOCUMENTS.iterdir()))
    cases = of(CorpusName.SYNTHETIC)
    check(cases, library, ToolkitReader().read(library))
    documents = {publication.id for publication in library.store.publications()}
    assert {span.publication for each in cases for span in each.case.gold} >= documents


def test_printed_pages_are_those_at_the_foot(home: Path):
    library = library_with(home, *sorted(DOCUMENTS.glob("*.pdf")))
    for each in of(CorpusName.SYNTHETIC):
        for span in each.case.gold:
            if span.label is not None:
                pages = {page.number: page.label for page in library.document(span.publication).pages}
                assert pages[span.page] == span.label, each.where


def test_the_policy_cases_hold(home: Path, shared_data: Path):
    library = library_with(home, *sorted((shared_data / "policy").glob("*.pdf")))
    check(of(CorpusName.POLICY), library, ToolkitReader().read(library))


def test_no_sentence_of_a_document_that_is_not_ours_is_copied():
    ours = {"starter", "synthetic"}
    long = [
        (each.where, span.quote)
        for each in LOCATED
        if each.case.corpus.value not in ours
        for span in each.case.gold
        if len(span.quote.split()) > MOST_WORDS or len(span.quote) > 120
    ]
    assert long == []


def test_the_documents_are_small_and_made_from_their_texts(tmp_path: Path):
    sizes = {file.name: file.stat().st_size for file in DOCUMENTS.iterdir()}
    assert max(sizes.values()) < 60_000 and sum(sizes.values()) < 400_000
    made = sorted(TEXTS.glob("*.txt"))
    assert {file.stem for file in made} == {file.stem for file in DOCUMENTS.glob("*.pdf")}
    for text in made:
        write(text, tmp_path / "made.pdf")
        assert (tmp_path / "made.pdf").read_bytes() == (DOCUMENTS / f"{text.stem}.pdf").read_bytes(), text.name


def test_what_is_injected_stands_in_a_document(home: Path):
    library = library_with(home, DOCUMENTS / "boatyard-visit.pdf")
    [publication] = library.store.publications()
    document = library.document(publication.id)
    assert find_on_page(document, 1, "MARROW IS SAFE AND FAIR")
    assert find_on_page(document, 2, "PURPLE HERON"), "white letters are read as well: the product has to bear them"
