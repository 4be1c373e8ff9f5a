"""An evaluation run of answers with known sentences, verdicts of a judge among them, as `icat evaluate` keeps one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import written_pdf

from assistant.review.locate import all_located
from assistant.review.pasted import parse
from assistant.show.record import answer_to_record
from assistant.types import Support
from corpus.catalogue import load
from corpus.library import Library

QUOTES = (
    ("2", written_pdf.SENTENCE),
    ("2", "The test group should include women and men"),
    ("2", "the spot is changed and tested again"),
    ("2", "Counting broadcasts says nothing about change."),
    ("2", "the number of leaflets printed shows an output"),
    ("1", "Workers who share rooms also share telephones."),
)
EACH = 8  # sentences of an answer


def write(home: Path, name: str, tags: Sequence[str], judge: str, said: Sequence[str]) -> None:
    """One answer of EACH sentences for each tag; `said`: what the judge says of each sentence, through all answers."""
    library = Library(home, load())
    records, cases = [], []
    for number, tag in enumerate(tags):
        first = EACH * number
        (source,) = all_located(parse(_answer(tag, first)), library)
        shown = tuple(replace(statement, support=Support.FULL) for statement in source.answer.statements)
        answer = answer_to_record(replace(source.answer, statements=shown))
        records.append({"case": f"case-{number}", "answer": answer, "judges": {judge: said[first : first + EACH]}})
        cases.append({"id": f"case-{number}", "question": source.answer.request.asked, "tags": [tag]})
    folder = home / "runs" / name
    folder.mkdir(parents=True)
    for file, lines in (("records.jsonl", records), ("cases.jsonl", cases)):
        (folder / file).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _answer(tag: str, first: int) -> str:
    numbers = range(first, first + EACH)
    sentences = "\n".join(f"- {sentence(number)} [{number + 1}]" for number in numbers)
    quotes = (QUOTES[number % len(QUOTES)] for number in numbers)
    sources = "\n".join(
        f'[{number + 1}] {written_pdf.TITLE} | PDF p. {page} | "{quote}"'
        for number, (page, quote) in zip(numbers, quotes, strict=True)
    )
    return f"Question: What does the note say of {tag}?\n\n{sentences}\n\nSources:\n{sources}\n"


def sentence(number: int) -> str:
    return f"Sentence {number:02d} of the answers"
