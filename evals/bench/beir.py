"""A benchmark in BEIR layout, as publications, chunks and documents of ours.

`corpus.jsonl` has _id, title and text; `queries.jsonl` _id and text; `qrels/test.tsv` query-id, corpus-id, score.
Of the metadata, `doc` of a passage names the document it is of (each is its own otherwise) and `sentences` cuts it; of
a query, `answerable` says whether the corpus answers it, `answers` how, `history` what was asked before (texts, or
turns with `role` or `speaker` and `text`, `content` or `question`), and what it rests on stands in `supporting` (title
and number of a sentence, or sentences) or `evidence` (sentences). A title may be a heading path joined by " > ".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from corpus.errors import IcatError
from corpus.language import detect
from corpus.lines import content, read_lines
from corpus.types import Chunk, ChunkId, Publication, PublicationId
from evals.plain_texts import PlainTexts

ASKING = frozenset({"", "user", "human", "questioner", "student"})  # sides of a conversation whose turns are questions
FILES = ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv")
_BETWEEN = "\n\n"  # passages of one document


class BenchmarkError(IcatError):
    """A benchmark that cannot be read; the message gives file and line."""


# --- what stands in the files ---


def _listed(found: Any) -> Any:
    """None is nothing, one text a list of one."""
    return [found] if isinstance(found, str) else found or []


_Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _PassageFacts(_Read):
    doc: str | int | None = None
    sentences: _Texts = ()


class _Turn(_Read):
    side: str = Field("", validation_alias=AliasChoices("role", "speaker"))
    text: str = Field(validation_alias=AliasChoices("text", "content", "question"))


_Turns = Annotated[
    tuple[Annotated[_Turn, BeforeValidator(lambda turn: {"text": turn} if isinstance(turn, str) else turn)], ...],
    BeforeValidator(lambda found: found or ()),
]


class _QueryFacts(_Read):
    answerable: StrictBool | None = None
    answers: _Texts = ()
    evidence: _Texts = ()
    history: _Turns = ()
    supporting: Annotated[tuple[str | tuple[str, int], ...], BeforeValidator(_listed)] = ()


class _Line(_Read):
    id: str = Field(alias="_id")
    text: str


class _PassageLine(_Line):
    title: str | None = None
    metadata: _PassageFacts | None = None

    @model_validator(mode="after")
    def _says_something(self) -> _PassageLine:
        if not self.said.strip():
            raise ValueError("the passage has neither text nor title; remove it")
        return self

    @property
    def said(self) -> str:
        return self.text if self.text.strip() else self.title or ""

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(part for part in (self.title or "").split(" > ") if part.strip())


class _QueryLine(_Line):
    metadata: _QueryFacts | None = None


_Known = TypeVar("_Known", bound=_Line)


# --- what is made of it ---


@dataclass(frozen=True, slots=True)
class BenchQuery:
    id: str
    text: str
    answerable: bool | None  # None where the set does not say
    answers: tuple[str, ...] = ()
    history: tuple[str, ...] = ()  # questions asked before it, oldest first
    supporting: tuple[str, ...] = ()  # sentences that the answer rests on, as they stand in the corpus


@dataclass(frozen=True)
class Benchmark:
    """Passages as chunks, each under its own id within the set, and the documents they make up."""

    name: str
    shelf: PlainTexts
    chunks: tuple[Chunk, ...]
    passages: Mapping[ChunkId, str]  # their ids in the set
    queries: tuple[BenchQuery, ...]
    relevance: Mapping[str, Mapping[str, int]]  # query id -> passage id -> grade

    def relevant(self, query: BenchQuery) -> list[Chunk]:
        """The chunks whose grade is above 0."""
        return [self._by_name[name] for name, grade in self.relevance.get(query.id, {}).items() if grade > 0]

    @cached_property
    def _by_name(self) -> dict[str, Chunk]:
        return {self.passages[chunk.id]: chunk for chunk in self.chunks}


def read_benchmark(folder: Path, queries: int | None = None) -> Benchmark:
    """A folder in BEIR layout, with its first `queries` queries. BenchmarkError: file, line, what is wrong."""
    for name in FILES:
        if not (folder / name).exists():
            raise BenchmarkError(f"{folder / name}: not there; a benchmark has {', '.join(FILES)}")
    passages = _records(folder / "corpus.jsonl", _PassageLine.model_validate_json)
    asked = _records(folder / "queries.jsonl", _QueryLine.model_validate_json)
    relevance = _relevance(folder / "qrels" / "test.tsv", passages, asked)
    cut = {each.title: each.metadata.sentences for each in passages.values() if each.title and each.metadata}
    kept = tuple(_query(line, cut) for line in list(asked.values())[:queries])
    publications: dict[PublicationId, Publication] = {}
    texts: dict[PublicationId, list[str]] = {}
    numbers: dict[str, PublicationId] = {}
    chunks: list[Chunk] = []
    for line in passages.values():
        document = str(line.metadata.doc or line.id) if line.metadata else line.id
        number = numbers.setdefault(document, f"d{len(numbers):06d}")
        publications.setdefault(number, Publication(id=number, title=line.path[0] if line.path else document))
        before = texts.setdefault(number, [])
        start = sum(len(text) + len(_BETWEEN) for text in before)
        before.append(line.said)
        name, end, language = f"{number}#{len(before):04d}", start + len(line.said), detect(line.said) or "en"
        chunks.append(Chunk(name, number, line.said, start, end, 1, 1, line.path, language))
    shelf = PlainTexts(publications, {number: _BETWEEN.join(of) for number, of in texts.items()})
    names = dict(zip((chunk.id for chunk in chunks), passages, strict=True))
    return Benchmark(folder.name, shelf, tuple(chunks), names, kept, relevance)


def _query(line: _QueryLine, cut: Mapping[str, tuple[str, ...]]) -> BenchQuery:
    """Sentences that `supporting` names by title and number and that are not there are left out."""
    about = line.metadata or _QueryFacts()
    history = (turn.text for turn in about.history if turn.side.casefold() in ASKING)
    named = (each if isinstance(each, str) else _sentence(cut.get(each[0], ()), each[1]) for each in about.supporting)
    rests = _said(about.evidence) or _said(named)
    return BenchQuery(line.id, line.text, about.answerable, _said(about.answers), _said(history), rests)


def _sentence(cut: Sequence[str], number: int) -> str:
    return cut[number].strip() if 0 <= number < len(cut) else ""


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _records(file: Path, read: Callable[[str], _Known]) -> dict[str, _Known]:
    """Each line by its _id."""
    found: dict[str, tuple[str, _Known]] = {}
    for where, line in read_lines(file, read, BenchmarkError):
        if line.id in found:
            raise BenchmarkError(f"{where}: _id {line.id!r} is used twice; first in {found[line.id][0]}")
        found[line.id] = where, line
    if not found:
        raise BenchmarkError(f"{file}: empty; a line of JSON is wanted for each record")
    return {name: line for name, (_, line) in found.items()}


def _relevance(file: Path, passages: Mapping[str, Any], queries: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    relevance: dict[str, dict[str, int]] = {}
    for number, line in enumerate(content(file, BenchmarkError).split("\n"), start=1):
        where, fields = f"{file.name}:{number}", line.split("\t")
        if not line.strip() or (number == 1 and fields[-1] == "score"):
            continue
        if len(fields) != 3 or not fields[2].strip().lstrip("-").isdigit():
            raise BenchmarkError(f"{where}: wanted query-id, corpus-id and a whole score between tabs")
        query, passage, score = fields
        if query not in queries:
            raise BenchmarkError(f"{where}: query {query!r} is not in queries.jsonl")
        if passage not in passages:
            raise BenchmarkError(f"{where}: passage {passage!r} is not in corpus.jsonl")
        relevance.setdefault(query, {})[passage] = int(score)
    return relevance
