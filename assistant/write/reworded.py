"""Words that a reader put in place of a quote: a quote again where the source has them, else checked against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer.extracts import CELLS
from assistant.show.words import printable
from assistant.types import Evidence, Passage, Quote, Statement, Support
from assistant.write.author import language_of
from assistant.write.check import Checker, check
from assistant.write.draft import DraftSentence
from corpus.errors import UnknownPublication
from corpus.sentences import sentences
from corpus.types import Block, BlockKind, Document

_LEAST = (Support.FULL, Support.PARTIAL, Support.NONE)


class Rewordings:
    """Checks such words. Holds no state between answers; safe to share between threads."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def checked(self, text: str, quoted: Statement, evidence: Evidence) -> Statement | None:
        """The words as a quote, where each line is whole sentences of one passage, in its order.

        Else with the support of the sentence that has least of it, and all reasons. None where a document is not there
        as it was.
        """
        labels = tuple(dict.fromkeys(quote.label for quote in quoted.quotes))
        passages = {label: self._whole(evidence[label], label, quoted.quotes) for label in labels}
        here = {label: passage for label, passage in passages.items() if passage is not None}
        if len(here) < len(labels):
            return None
        for label, passage in here.items():
            document = self._checker.documents.document(passage.chunk.publication)
            if found := _quoted_again(text, label, passage, document):
                return replace(found, lead=quoted.lead, lines=found.lines if quoted.lines else ())
        return self._judged(text, labels, evidence, here)

    def _whole(self, passage: Passage, label: int, quotes: Sequence[Quote]) -> Passage | None:
        """A passage with all that is quoted of it, which may go beyond it; None where its document has changed."""
        documents, chunk = self._checker.documents, passage.chunk
        try:
            if documents.document_sha256(chunk.publication) != passage.document_sha256:
                return None
        except UnknownPublication:
            return None
        text = documents.document(chunk.publication).text
        spans = [(quote.start, quote.end) for quote in quotes if quote.label == label]
        start, end = min(chunk.start, *(span[0] for span in spans)), max(chunk.end, *(span[1] for span in spans))
        if not 0 <= start < end <= len(text):  # a record that was written by nobody here
            return None
        return replace(passage, chunk=replace(chunk, start=start, end=end, text=text[start:end]))

    def _judged(
        self, text: str, labels: tuple[int, ...], evidence: Evidence, whole: Mapping[int, Passage]
    ) -> Statement:
        """Sentence by sentence, as what a language model writes is."""
        read = Evidence(tuple(whole.get(n, passage) for n, passage in enumerate(evidence.passages, start=1)))
        cited = Evidence(tuple(whole.values()))
        language = language_of([text], "", cited) or "en"
        written = [line[start:end] for line in text.split("\n") for start, end in sentences(line, language)]
        found = [check(DraftSentence(each, labels), read, self._checker, language) for each in written]
        support = max((each.support for each in found), key=_LEAST.index, default=Support.NONE)
        warnings = dict.fromkeys(warning for each in found for warning in each.warnings)
        return Statement(text, (), support, tuple(warnings))


def _quoted_again(text: str, label: int, passage: Passage, document: Document) -> Statement | None:
    """The words as whole sentences of a passage, each line within one of its blocks; None where they are not.

    A part of a sentence is no quote: it may say the opposite of the whole.
    """
    runs, quotes, kinds = list(_runs(document, passage)), [], []
    for line in text.split("\n"):
        after = quotes[-1].end if quotes else passage.chunk.start
        found = (run for run in runs if run[1] >= after and printable(document.text[run[1] : run[2]]) == line)
        block, start, end = next(found, (None, 0, 0))
        if block is None:
            return None
        quotes.append(passage.quote(document, start, end, label))
        table = block.kind is BlockKind.ROW and CELLS in quotes[-1].text
        kinds.append(block.kind if table or block.kind is BlockKind.ITEM else BlockKind.PARAGRAPH)
    return Statement(text, tuple(quotes), Support.VERBATIM, lines=tuple(kinds))


def _runs(document: Document, passage: Passage) -> Iterator[tuple[Block, int, int]]:
    """Every run of whole sentences of one block of a passage, with its place in the document."""
    chunk = passage.chunk
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or block.end <= chunk.start or block.start >= chunk.end:
            continue
        places = list(sentences(document.text[block.start : block.end], chunk.language))
        for first, (start, _) in enumerate(places):
            for _, end in places[first:]:
                yield block, block.start + start, block.start + end
