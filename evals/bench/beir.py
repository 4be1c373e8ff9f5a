"""A benchmark in BEIR layout, as publications, chunks and documents of ours.

`corpus.jsonl` has _id, title and text; `queries.jsonl` _id and text; `qrels/test.tsv` query-id, corpus-id, score.
Of the metadata, `doc` of a passage names the document it is of (each is its own otherwise) and `sentences` cuts it; of
a query, `answerable` says whether the corpus answers it, `answers` how, `history` what was asked before (texts, or
turns with `role` or `speaker` and `text`, `content` or `question`), and what it rests on stands in `supporting` (title
and number of a sentence, or sentences) or `evidence` (sentences). A title may be a heading path joined by " > ".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import IcatError, UnknownPublication
from corpus.language import detect
from corpus.types import Block, BlockKind, Chunk, ChunkId, Document, Page, Publication, PublicationId

ASKING = frozenset({"", "user", "human", "questioner", "student"})  # sides of a conversation whose turns are questions
_BETWEEN = "\n\n"  # passages of one document


class BenchmarkError(IcatError):
    """A benchmark that cannot be read; the message gives file and line."""


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
    """Passages as chunks, each under its own id within the set; also a shelf of the documents they make up."""

    name: str
    publications: Mapping[PublicationId, Publication]
    chunks: tuple[Chunk, ...]
    passages: Mapping[ChunkId, str]  # their ids in the set
    queries: tuple[BenchQuery, ...]
    relevance: Mapping[str, Mapping[str, int]]  # query id -> passage id -> grade

    def document(self, publication: PublicationId) -> Document:
        if publication not in self._members:
            raise UnknownPublication(f"{publication}: not in the benchmark {self.name}")
        return _document(self.publications[publication], self._members[publication])

    def document_sha256(self, publication: PublicationId) -> str:
        return sha256(self.document(publication).text.encode()).hexdigest()

    def publication(self, publication: PublicationId) -> Publication:
        return self.publications[publication]

    @cached_property
    def _members(self) -> dict[PublicationId, list[Chunk]]:
        members: dict[PublicationId, list[Chunk]] = {}
        for chunk in self.chunks:
            members.setdefault(chunk.publication, []).append(chunk)
        return members


def read_benchmark(folder: Path, queries: int | None = None) -> Benchmark:
    """A folder in BEIR layout, with its first `queries` queries. BenchmarkError: file, line, what is wrong."""
    passages = _records(folder / "corpus.jsonl")
    asked = _records(folder / "queries.jsonl")
    cut = _sentences(passages)
    kept = [_query(where, record, cut) for where, record in list(asked.values())[:queries]]
    relevance = _relevance(folder / "qrels" / "test.tsv", passages, asked)
    publications: dict[PublicationId, Publication] = {}
    chunks: list[Chunk] = []
    ids: dict[str, PublicationId] = {}
    ends: dict[PublicationId, tuple[int, int]] = {}  # of each document: chunks so far, characters so far
    for where, record in passages.values():
        document = str((record.get("metadata") or {}).get("doc") or record["_id"])
        number = ids.setdefault(document, f"d{len(ids):06d}")
        path = tuple(part for part in (record.get("title") or "").split(" > ") if part.strip())
        if number not in publications:
            publications[number] = Publication(id=number, title=path[0] if path else document)
        count, start = ends.get(number, (0, 0))
        chunk = _chunk(where, record, number, count + 1, start, path)
        chunks.append(chunk)
        ends[number] = (count + 1, chunk.end + len(_BETWEEN))
    names = dict(zip((chunk.id for chunk in chunks), passages, strict=True))
    return Benchmark(folder.name, publications, tuple(chunks), names, tuple(kept), relevance)


def _chunk(
    where: str, record: Mapping[str, Any], publication: PublicationId, ordinal: int, start: int, path: tuple[str, ...]
) -> Chunk:
    text = record["text"] if record["text"].strip() else record.get("title") or ""
    if not text.strip():
        raise BenchmarkError(f"{where}: the passage has neither text nor title; remove it")
    identity = f"{publication}#{ordinal:04d}"
    language = detect(text) or "en"
    return Chunk(identity, publication, text, start, start + len(text), 1, 1, path, language)


def _query(where: str, record: Mapping[str, Any], cut: Mapping[str, list[str]]) -> BenchQuery:
    metadata = record.get("metadata") or {}
    answerable = metadata.get("answerable")
    if answerable not in (True, False, None):
        raise BenchmarkError(f"{where}: metadata.answerable is {answerable!r}; it may be true, false or absent")
    rests = _texts(where, metadata, "evidence") or _named(where, metadata, cut)
    answers, history = _texts(where, metadata, "answers"), _asked(where, metadata)
    return BenchQuery(record["_id"], record["text"], answerable, answers, history, rests)


def _texts(where: str, metadata: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = metadata.get(name) or []
    found = [found] if isinstance(found, str) else found
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise BenchmarkError(f"{where}: metadata.{name} is not a list of strings")
    return tuple(text for text in found if text.strip())


def _asked(where: str, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions of a history, oldest first; what was answered in between is the product's own to give."""
    turns = metadata.get("history") or []
    found = []
    for turn in turns if isinstance(turns, list) else [None]:
        side = str(turn.get("role") or turn.get("speaker") or "") if isinstance(turn, dict) else ""
        names = ("text", "content", "question")
        text = next((turn[name] for name in names if turn.get(name)), None) if isinstance(turn, dict) else turn
        if not isinstance(text, str):
            raise BenchmarkError(f"{where}: metadata.history is not a list of questions, or of turns with their text")
        if side.casefold() in ASKING and text.strip():
            found.append(text)
    return tuple(found)


def _sentences(passages: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """The sentences of each passage that has them, by its title."""
    cut = ((record.get("title"), (record.get("metadata") or {}).get("sentences")) for _, record in passages.values())
    return {title: texts for title, texts in cut if title and isinstance(texts, list)}


def _named(where: str, metadata: Mapping[str, Any], cut: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The sentences that `supporting` names by title and number, those that are not there left out, or gives."""
    supporting = metadata.get("supporting") or []
    if isinstance(supporting, list) and all(isinstance(each, str) for each in supporting):
        return _texts(where, metadata, "supporting")
    try:
        named = [(str(title), int(number)) for title, number in supporting]
    except (TypeError, ValueError):
        raise BenchmarkError(f"{where}: metadata.supporting is no list of [title, number] or of sentences") from None
    there = [(title, number) for title, number in named if 0 <= number < len(cut.get(title, ()))]
    return tuple(cut[title][number].strip() for title, number in there)


def _records(file: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each JSON line by its _id, with where it stands."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for where, line in _lines(file):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BenchmarkError(f"{where}: not JSON ({error})") from None
        if not isinstance(record, dict):
            raise BenchmarkError(f"{where}: not a JSON object")
        for field in ("_id", "text"):
            if not isinstance(record.get(field), str):
                raise BenchmarkError(f'{where}: "{field}" is missing or not a string')
        for field, kind in (("title", str), ("metadata", dict)):
            if not isinstance(record.get(field), kind | None):
                raise BenchmarkError(f'{where}: "{field}" is not a {"string" if kind is str else "JSON object"}')
        if record["_id"] in found:
            raise BenchmarkError(f"{where}: _id {record['_id']!r} is used twice; first in {found[record['_id']][0]}")
        found[record["_id"]] = (where, record)
    if not found:
        raise BenchmarkError(f"{file}: empty; a line of JSON is wanted for each record")
    return found


def _relevance(file: Path, passages: Mapping[str, Any], queries: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    relevance: dict[str, dict[str, int]] = {}
    for number, (where, line) in enumerate(_lines(file)):
        fields = line.rstrip("\n").split("\t")
        if number == 0 and fields[-1] == "score":
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


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """("file, line n", text) of every line that is not blank."""
    try:
        with file.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield f"{file}, line {number}", line
    except FileNotFoundError:
        raise BenchmarkError(
            f"{file}: not there; a benchmark has corpus.jsonl, queries.jsonl, qrels/test.tsv"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{file}: cannot be read as UTF-8 text ({error})") from None


def _document(publication: Publication, chunks: list[Chunk]) -> Document:
    """The passages of one document after another, every line a block."""
    text = _BETWEEN.join(chunk.text for chunk in chunks)
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        skipped = len(line) - len(line.lstrip())
        kind, level = BlockKind.PARAGRAPH, 0
        if bare.startswith("- ") and bare[2:].strip():
            kind, level = BlockKind.ITEM, 1
            inner = bare[2:].lstrip()
            skipped += len(bare) - len(inner)
            bare = inner
        if bare:
            blocks.append(Block(kind, start + skipped, start + skipped + len(bare), level))
        start += len(line)
    page = Page(1, None, 0, len(text))
    return Document(publication, text, (page,), tuple(blocks), np.arange(len(text), dtype=np.int32))
