"""Answers and conversations as JSON-safe records, for the browser's storage and for `--json`.

A record has the fields of the types themselves. What is kept leaves out those that are as by default, and what one part
says, another that points at it does not repeat: a publication stands once, and the words of a quote are those of its
passage. For a program all of it is spelled out. Either way records come back from outside, so they are validated; a
wrong one is a `RecordError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.errors import RecordError
from assistant.types import Answer, Turn
from corpus.catalogue import explain

VERSION = 3
DERIVED = ("version", "status", "said", "publications")  # of a record: no fields of an answer
MOST = 20_000_000  # characters that a record may leave unsaid; the longest list of the starter library leaves 61,000
T = TypeVar("T")


def answer_to_record(answer: Answer) -> dict[str, Any]:
    """The answer as dicts, lists, strings, numbers, booleans and None. Its status is for programs: it is derived."""
    record = _with_publications(plain(Answer, answer))
    for part, said in list(_said_elsewhere(record)):
        for name in [name for name, value in said.items() if part[name] == value]:
            del part[name]
    return {"version": VERSION, "status": answer.status.value, **record}


def answer_in_full(answer: Answer, said: Iterable[str]) -> dict[str, Any]:
    """The same for a program: every field is there, and every quote has its words. Publications still stand once.

    `said`: what is said beside its statements (`outline.said_beside`).
    """
    record = _with_publications(plain_whole(Answer, answer))
    for passage in _passages(record):
        del passage["publication"]
    return {"version": VERSION, "status": answer.status.value, "said": list(said), **record}


def answer_from_record(record: object) -> Answer:
    """The answer of a record. RecordError when it is of another version or does not validate."""
    version = record.get("version") if isinstance(record, Mapping) else None
    if version != VERSION:
        raise RecordError(f"stored answer: version {version!r}, wanted {VERSION}; ask the question again")
    try:
        full = json.loads(json.dumps(record))
        room = MOST
        for part, said in _said_elsewhere(full):
            for name in said.keys() - part.keys():
                part[name] = said[name]
                room -= len(str(said[name]))
            if room < 0:
                raise ValueError("it would be too long")
        for passage in _passages(full):
            del passage["of"]
        known = {name: value for name, value in full.items() if name not in DERIVED}
        answer = read(Answer, known)
        if answer.listing and len(answer.listing.items) > len(answer.statements):
            raise ValueError("it lists more than it states")
        lines = [line for part in answer.draft.parts for line in part.lines] if answer.draft else []
        if any(line.statement >= len(answer.statements) for line in lines):
            raise ValueError("its draft shows more than it states")
        return answer
    except (LookupError, TypeError, AttributeError, RecursionError):
        raise RecordError("stored answer: a part of it points at nothing; ask the question again") from None
    except ValueError as error:
        raise RecordError(f"stored answer: {error}; ask the question again") from None


def turns_to_record(turns: Sequence[Turn]) -> dict[str, Any]:
    """A conversation, oldest turn first."""
    kept = [{"question": turn.question, "answer": answer_to_record(turn.answer)} for turn in turns]
    return {"version": VERSION, "turns": kept}


def turns_from_record(record: object) -> tuple[Turn, ...]:
    """The conversation of a record. RecordError when it, or any answer in it, cannot be read."""
    if not isinstance(record, Mapping) or record.get("version") != VERSION:
        raise RecordError(f"stored conversation: not of version {VERSION}; start a new one")
    turns = record.get("turns")
    if not isinstance(turns, list):
        raise RecordError("stored conversation: turns is not a list; start a new one")
    found = []
    for number, turn in enumerate(turns, start=1):
        if not isinstance(turn, Mapping) or not isinstance(turn.get("question"), str):
            raise RecordError(f"stored conversation: turn {number} has no question; start a new one")
        found.append(Turn(turn["question"], answer_from_record(turn.get("answer"))))
    return tuple(found)


# --- any of our types ---


@cache
def _adapter(kind: type[T]) -> TypeAdapter[tuple[T]]:
    # Within a tuple, since a dataclass of its own takes no config. Those inside it follow it.
    return TypeAdapter(tuple[kind], config=ConfigDict(strict=True, extra="forbid", allow_inf_nan=False))


def plain(kind: type[T], value: T) -> dict[str, Any]:
    """The fields that are not as by default, as JSON has them."""
    return _adapter(kind).dump_python((value,), mode="json", exclude_defaults=True)[0]


def plain_whole(kind: type[T], value: T) -> dict[str, Any]:
    """All fields, as JSON has them."""
    return _adapter(kind).dump_python((value,), mode="json")[0]


def read(kind: type[T], record: object) -> T:
    """The value whose fields those are: no type is stretched, no key too many, `__post_init__` has its say.

    ValueError of one line: 'listing.items[0].item.level: Input should be ...'.
    """
    try:
        return _adapter(kind).validate_json(json.dumps([record]))[0]
    except ValidationError as error:
        fault = explain(error).removeprefix("[0]").lstrip(".: ")
        raise ValueError(fault.replace("Value error, ", "")) from None
    except (TypeError, RecursionError):
        raise ValueError("it is not JSON") from None


# --- what is said once ---


def _with_publications(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its publications in a list of their own, each once; a passage says which of them it is `of`."""
    publications: dict[str, Any] = {}
    for passage in _passages(record):
        passage["publication"].pop("facts", None)  # of the catalogue
        publications.setdefault(passage["publication"]["id"], passage["publication"])
        passage["of"] = list(publications).index(passage["publication"]["id"])
    return {**record, "publications": list(publications.values())}


def _passages(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*record.get("evidence", {}).get("passages", ()), *record.get("nearest", ())]


def _said_elsewhere(record: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each part that points at others, with what those say of it; the others come before it.

    Only fields without a default: those of a full record are always there.
    """
    for passage in _passages(record):
        yield passage, {"publication": record["publications"][passage["of"]]}
        chunk = passage["chunk"]
        yield chunk, {"publication": passage["publication"]["id"], "end": chunk["start"] + len(chunk["text"])}
    passages = record.get("evidence", {}).get("passages", ())
    statements = record.get("statements", ())
    for statement in (*statements, *record.get("withheld", ())):
        for quote in statement["quotes"]:
            if 1 <= quote["label"] <= len(passages):
                yield quote, _said_of_quote(quote, passages[quote["label"] - 1])
    for listed, statement in zip((record.get("listing") or {}).get("items", ()), statements, strict=False):
        yield listed["item"], {"text": statement["text"]}
        for quote in statement["quotes"][:1]:
            yield listed["item"], {"publication": quote["publication"], "span": [quote["start"], quote["end"]]}


def _said_of_quote(quote: Mapping[str, Any], passage: Mapping[str, Any]) -> dict[str, Any]:
    """What the passage of its label says of a quote: its words, too, where they lie in it."""
    chunk = passage["chunk"]
    said = {"publication": chunk["publication"], "document_sha256": passage["document_sha256"]}
    if chunk["start"] <= quote["start"] <= quote["end"] <= chunk["end"]:
        said["text"] = chunk["text"][quote["start"] - chunk["start"] : quote["end"] - chunk["start"]]
    return said
