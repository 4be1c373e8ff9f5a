"""What becomes of a language model's drafts: shown, withheld or replaced, and what people say of each sentence.

`python -m evals.written ask FILE` asks cases with the model that is set and keeps drafts and sentences, a line a case;
it goes on where it stopped. `again FILE --out NEW` checks the same drafts with the check as it is now, without a model.
`count FILE` prints the figures, as the others do at their end. A person writes `verdict` beside each sentence before:
"full", "partial" or "none", what its quotes support.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from assistant.commands.output import line
from assistant.types import Answer, Done, Evidence, Outcome, Retrieved, Statement, Support, Usage
from assistant.write.author import Author, language_of
from assistant.write.draft import StreamingParser
from assistant.write.grounding import Checker, ground
from assistant.write.support import Scorer
from corpus.sentences import sentences
from evals.runs.cases import default_files, read_cases
from evals.support.models import Hearing, Repeating
from evals.types import CorpusName, EvalCase, Expected

if TYPE_CHECKING:
    from evals.runs.corpora import Corpus

OPEN = (Expected.ANSWERED, Expected.PARTLY)


class Sentence(BaseModel):
    """One checked sentence of a draft."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    support: Support  # NONE: withheld
    warnings: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()  # "publication, PDF page: the words"
    verdict: str = ""  # a person's: "full", "partial" or "none"; "" until read


class Written(BaseModel):
    """What became of one draft."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    question: str
    corpus: CorpusName
    model: str
    draft: str  # as the model wrote it
    seen: int = 0  # passages that it saw
    outcome: str  # of `assistant.types.Outcome`; "not asked" where nothing was found to write from
    reason: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0  # of writing and checking
    sentences: tuple[Sentence, ...] = ()  # shown ones, then withheld ones; also of a draft that is not shown


def open_questions(cases: Sequence[EvalCase], limit: int, skip: int = 0) -> list[EvalCase]:
    """At most `limit` cases that a model would write for, spread evenly over all, those before `skip` left out."""
    fit = [case for case in cases if case.expected in OPEN and not case.lists and not case.history]
    step = max(len(fit) // limit, 1)
    return fit[skip % step :: step][:limit]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer and what it was written from."""

    answer: Answer
    evidence: Evidence  # that the model saw
    seconds: float  # of writing and checking


def written(question: str, corpus: Corpus, author: Author, seen: int | None = None) -> Draft:
    """The answer to a question; the verbatim one where nothing was found. `seen`: passages that the model may see."""
    evidence = Evidence()
    for event in corpus.assistant.ask(question):
        if isinstance(event, Retrieved):
            evidence = Evidence(event.evidence.passages[:seen])
        elif isinstance(event, Done):
            if not event.answer.statements or event.answer.listing is not None:
                return Draft(event.answer, evidence, 0.0)
            started = time.perf_counter()
            writing = author.write(event.answer, evidence, ())
            while True:
                try:
                    next(writing)
                except StopIteration as end:
                    answer: Answer = end.value
                    kept = len(evidence.passages) - (answer.drafting.dropped if answer.drafting else 0)
                    return Draft(answer, Evidence(evidence.passages[:kept]), time.perf_counter() - started)
    raise AssertionError("ask ended without Done")


def sentences_of(draft: str, question: str, evidence: Evidence, checker: Checker) -> list[Statement]:
    """Every sentence of a draft, checked: supported ones first. Also where the draft as a whole is not shown."""
    parser = StreamingParser()
    parser.feed(draft)
    parser.finish()
    claims = [sentence for sentence in parser.draft.sentences if not sentence.lead]
    language = language_of([claim.text for claim in claims], question, evidence)
    found = ground(claims, evidence, checker, language)
    return [*found.statements, *found.withheld]


def record(case: EvalCase, found: Draft, text: str, checker: Checker) -> Written:
    """What is kept of a case."""
    drafting, usage = found.answer.drafting, found.answer.usage
    judged = sentences_of(text, case.question, found.evidence, checker) if drafting else []
    return Written(
        case=case.id,
        question=case.question,
        corpus=case.corpus,
        model=drafting.model if drafting else "",
        draft=text,
        seen=len(found.evidence.passages),
        outcome=drafting.outcome.value if drafting else "not asked",
        reason=drafting.reason if drafting else "",
        tokens_in=usage.tokens_in if usage else 0,
        tokens_out=usage.tokens_out if usage else 0,
        seconds=round(found.seconds, 1),
        sentences=tuple(_sentence(statement) for statement in judged),
    )


def _sentence(statement: Statement) -> Sentence:
    quotes = tuple(f"{q.publication}, PDF page {q.page}: {' '.join(q.text.split())}" for q in statement.quotes)
    return Sentence(text=statement.text, support=statement.support, warnings=statement.warnings, quotes=quotes)


def with_verdicts(found: Written, before: Written) -> Written:
    """The verdicts of an earlier check, where sentence and quotes are still the same."""
    known = {(each.text, each.quotes): each.verdict for each in before.sentences}
    sentences = tuple(
        each.model_copy(update={"verdict": known.get((each.text, each.quotes), "")}) for each in found.sentences
    )
    return found.model_copy(update={"sentences": sentences, "seconds": before.seconds})


def read(file: Path) -> list[Written]:
    """The lines of a file."""
    return [Written.model_validate_json(text) for text in file.read_text(encoding="utf-8").splitlines() if text]


def counted(records: Sequence[Written]) -> Iterator[str]:
    """The figures of a run, as lines."""
    outcomes = Counter(each.outcome for each in records)
    asked = [each for each in records if each.outcome != "not asked"]
    yield f"{len(records)} questions: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    if asked:
        tokens = sum(each.tokens_in for each in asked) / len(asked), sum(each.tokens_out for each in asked) / len(asked)
        seconds = sum(each.seconds for each in asked) / len(asked)
        yield f"per draft: {tokens[0]:.0f} tokens read, {tokens[1]:.0f} written, {seconds:.0f} s"
    for name, of in (
        ("shown", [s for r in asked if r.outcome == Outcome.SHOWN.value for s in r.sentences]),
        ("of drafts not shown", [s for r in asked if r.outcome != Outcome.SHOWN.value for s in r.sentences]),
    ):
        supports = Counter(each.support for each in of)
        yield f"sentences {name}: {supports[Support.FULL]} full, {supports[Support.PARTIAL]} partial, " + (
            f"{supports[Support.NONE]} withheld"
        )
    yield from _by_eye([s for r in asked for s in r.sentences if s.verdict])


def _by_eye(read: Sequence[Sentence]) -> Iterator[str]:
    for support, verdict, words in (
        (Support.FULL, "full", "called full, and full by eye"),
        (Support.PARTIAL, "full", "called partial, though full by eye"),
        (Support.NONE, "full", "withheld, though full by eye"),
        (Support.FULL, "none", "called full, and none by eye"),
    ):
        of = [each for each in read if each.support is support]
        if of:
            hits = sum(each.verdict == verdict for each in of)
            yield f"{words}: {hits} of {len(of)}"


def _run(options: argparse.Namespace, home: Path) -> None:
    """Opens the corpus, with every model of the settings but the one that writes; asks or checks again."""
    from assistant import wiring
    from assistant.settings import load_settings
    from assistant.write.model.door import LanguageModel
    from assistant.write.model.settings import ModelSettings
    from evals.runs.corpora import open_corpus

    settings = load_settings()
    plain = settings.model_copy(update={"model": ModelSettings(), "judge": ""})
    corpus = open_corpus(options.corpus, plain, home, options.policy)
    scorer = Scorer(wiring.open_reranker(settings), wiring.open_embedder(settings))
    checker = Checker(corpus.shelf, sentences, scorer)
    if options.action == "again":
        with options.out.open("w", encoding="utf-8") as out:
            for before in read(options.file):
                out.write(again(before, corpus, checker).model_dump_json() + "\n")
        return
    writer = Hearing(LanguageModel(settings.model))
    cases = [each.case for each in read_cases(default_files()) if each.case.corpus is options.corpus]
    done = {each.case for each in read(options.file)} if options.file.exists() else set()
    with options.file.open("a", encoding="utf-8") as out:
        for case in open_questions(cases, options.limit, options.skip):
            if case.id in done:
                continue
            found = written(case.question, corpus, Author(writer, checker))
            out.write(record(case, found, "".join(writer.pieces), checker).model_dump_json() + "\n")
            out.flush()
            writer.pieces = []


def again(before: Written, corpus: Corpus, checker: Checker) -> Written:
    """The same draft with the check as it is now. A draft that failed, or was never written, stays as it is."""
    if before.outcome in ("not asked", Outcome.FAILED.value):
        return before
    writer = Repeating(before.model, before.draft, Usage(before.tokens_in, before.tokens_out))
    found = written(before.question, corpus, Author(writer, checker), before.seen)
    case = EvalCase.model_construct(id=before.case, question=before.question, corpus=before.corpus)
    return with_verdicts(record(case, found, before.draft, checker), before)


def main(argv: Sequence[str] | None = None) -> int:
    """Asks, checks again, or counts."""
    parser = argparse.ArgumentParser(prog="python -m evals.written", description=__doc__)
    parser.add_argument("action", choices=("ask", "again", "count"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--corpus", type=CorpusName, default=CorpusName.STARTER, choices=tuple(CorpusName))
    parser.add_argument("--policy", type=Path, help="folder of real PDFs")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0, help="other questions: each number gives others")
    parser.add_argument("--out", type=Path, help="of `again`, which needs it: where the new lines go")
    parser.add_argument("--home", type=Path, help="folder for the corpora (default: a temporary one)")
    options = parser.parse_args(argv)
    if options.action == "again" and options.out is None:
        parser.error("again wants --out")
    if options.action != "count":
        with tempfile.TemporaryDirectory() as folder:
            _run(options, options.home or Path(folder))
    for text in counted(read(options.out if options.action == "again" else options.file)):
        line(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
