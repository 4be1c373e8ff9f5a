"""What becomes of a language model's drafts: shown, withheld or replaced, sentence by sentence.

`python -m evals.support.written FILE` asks open questions of the project's own cases with the model that is set, keeps
each draft with the passages it was written from and what the check made of its sentences, a line a case, and prints the
figures. It goes on where it stopped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.commands.output import line
from assistant.types import Answer, Done, Evidence, Outcome, Passage, Retrieved, Statement, Support, Usage
from assistant.write.author import Author, language_of
from assistant.write.check import Checker, check_draft
from assistant.write.draft import parse
from assistant.write.model.types import Waiting, Writer, Writing
from corpus.errors import IcatError
from corpus.lines import read_lines
from corpus.types import StrictModel
from evals.runs.cases import default_files, read_cases
from evals.runs.corpora import Corpus, open_corpus
from evals.types import CorpusName, EvalCase
from prompts import Message

NOT_ASKED = "not asked"  # the outcome where nothing was found to write from


class SentenceRecord(StrictModel):
    """One checked sentence of a draft."""

    text: str
    support: Support  # NONE: withheld
    warnings: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()  # "publication, PDF page: the words"


class DraftRecord(StrictModel):
    """What became of one draft."""

    id: str  # of the case
    question: str
    corpus: CorpusName
    draft: str  # as the model wrote it
    passages: tuple[dict[str, Any], ...]  # as it saw them: label, publication, start, end, headings, text
    outcome: str  # of `assistant.types.Outcome`, or NOT_ASKED
    reason: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0  # of writing and checking
    sentences: tuple[SentenceRecord, ...] = ()  # shown ones, then withheld ones; also of a draft that is not shown


class RecordingWriter:
    """A writer whose last text is kept."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.name, self.context_tokens = writer.name, writer.context_tokens
        self.answer_tokens, self.draft_tokens = writer.answer_tokens, writer.draft_tokens
        self.count_tokens = writer.count_tokens
        self.text = ""

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> RecordedWriting:
        self.text = ""
        return RecordedWriting(self._writer.write(messages, answer_tokens), self)


class RecordedWriting(Writing):
    """A writing that its writer keeps."""

    def __init__(self, inner: Writing, writer: RecordingWriter) -> None:
        self._inner, self._writer = inner, writer
        self.close = inner.close

    @property
    def usage(self) -> Usage:
        return self._inner.usage

    def __next__(self) -> str | Waiting:
        step = next(self._inner)
        self._writer.text += step if isinstance(step, str) else ""
        return step


def open_questions(cases: Sequence[EvalCase], limit: int, skip: int = 0) -> list[EvalCase]:
    """At most `limit` cases that a model would write for, spread evenly over all, those before `skip` left out."""
    fit = [case for case in cases if case.answerable and not case.lists and not case.history]
    step = max(len(fit) // limit, 1)
    return fit[skip % step :: step][:limit]


def record(case: EvalCase, corpus: Corpus, writer: RecordingWriter, checker: Checker) -> DraftRecord:
    """A case asked; where passages were found, its draft and what became of it."""
    evidence = Evidence()
    for event in corpus.assistant.ask(case.question):
        if isinstance(event, Retrieved):
            evidence = event.evidence
        elif isinstance(event, Done):
            verbatim = event.answer
    kept = DraftRecord(id=case.id, question=case.question, corpus=case.corpus, draft="", passages=(), outcome=NOT_ASKED)
    if not evidence or verbatim.listing is not None:
        return kept
    started = time.perf_counter()
    answer = _whole(Author(writer, checker).write(verbatim, evidence, ()))
    seconds = time.perf_counter() - started
    drafting, usage = answer.drafting, answer.usage or Usage(0, 0)
    assert drafting is not None, "an author always says what became of its draft"
    seen = Evidence(evidence.passages[: len(evidence.passages) - drafting.dropped])
    return kept.model_copy(
        update={
            "draft": writer.text,
            "passages": tuple({"label": label} | _chunk(seen[label]) for label in range(1, len(seen.passages) + 1)),
            "outcome": drafting.outcome.value,
            "reason": drafting.reason,
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "seconds": round(seconds, 1),
            "sentences": tuple(map(_sentence, checked(writer.text, case.question, seen, checker))),
        }
    )


def _whole(writing: Generator[object, None, Answer]) -> Answer:
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return end.value


def checked(draft: str, question: str, evidence: Evidence, checker: Checker) -> list[Statement]:
    """Every sentence of a draft, checked: supported ones first. Also where the draft as a whole is not shown."""
    claims = [sentence for sentence in parse(draft).sentences if not sentence.lead]
    language = language_of([claim.text for claim in claims], question, evidence)
    found = check_draft(claims, evidence, checker, language)
    return [*found.statements, *found.withheld]


def _chunk(passage: Passage) -> dict[str, Any]:
    chunk = passage.chunk
    place = {"publication": chunk.publication, "start": chunk.start, "end": chunk.end}
    return place | {"headings": list(chunk.headings), "text": chunk.text}


def _sentence(statement: Statement) -> SentenceRecord:
    quotes = tuple(f"{q.publication}, PDF page {q.page}: {' '.join(q.text.split())}" for q in statement.quotes)
    return SentenceRecord(text=statement.text, support=statement.support, warnings=statement.warnings, quotes=quotes)


def read(file: Path) -> list[DraftRecord]:
    """What is in a file; nothing where there is none."""
    lines = read_lines(file, DraftRecord.model_validate_json, IcatError) if file.exists() else []
    return [each for _, each in lines]


def counted(records: Sequence[DraftRecord]) -> Iterator[str]:
    """The figures of a run, as lines."""
    outcomes = Counter(each.outcome for each in records)
    asked = [each for each in records if each.outcome != NOT_ASKED]
    yield f"{len(records)} questions: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    if asked:
        means = (sum(getattr(r, name) for r in asked) / len(asked) for name in ("tokens_in", "tokens_out", "seconds"))
        yield "per draft: {:.0f} tokens read, {:.0f} written, {:.0f} s".format(*means)
    for name, shown in (("shown", True), ("of drafts not shown", False)):
        of = [s for r in asked if (r.outcome == Outcome.SHOWN.value) is shown for s in r.sentences]
        full, partial, none = (
            sum(s.support is each for s in of) for each in (Support.FULL, Support.PARTIAL, Support.NONE)
        )
        yield f"sentences {name}: {full} full, {partial} partial, {none} withheld"


def main(argv: Sequence[str] | None = None) -> int:
    """Asks what has no line yet, and counts. SettingsError without a model."""
    from assistant import wiring
    from assistant.model_settings import ModelSettings
    from assistant.settings import load_settings
    from assistant.write.model.door import LanguageModel

    parser = argparse.ArgumentParser(prog="python -m evals.support.written", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corpus", type=CorpusName, default=CorpusName.STARTER, choices=tuple(CorpusName))
    parser.add_argument("--policy", type=Path, help="folder of real PDFs")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0, help="other questions: each number gives others")
    options = parser.parse_args(argv)
    settings = load_settings()
    plain = settings.model_copy(update={"model": ModelSettings(), "judge": ""})  # every model but the one that writes
    writer = RecordingWriter(LanguageModel(settings.model))
    cases = [each.case for each in read_cases(default_files()) if each.case.corpus is options.corpus]
    done = {each.id for each in read(options.file)}
    with tempfile.TemporaryDirectory() as folder, options.file.open("a", encoding="utf-8") as out:
        corpus = open_corpus(options.corpus, plain, Path(folder), options.policy)
        models = wiring.open_support(wiring.open_reranker(settings))
        checker = Checker(corpus.library, models)
        for case in open_questions(cases, options.limit, options.skip):
            if case.id not in done:
                out.write(record(case, corpus, writer, checker).model_dump_json() + "\n")
                out.flush()
    for text in counted(read(options.file)):
        line(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
