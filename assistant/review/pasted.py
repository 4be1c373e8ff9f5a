"""Pasted answers, of this product or any other: sentences with [n] labels, and numbered sources. Text or JSON.

Text, one answer or several with a line of dashes between them:

    Question: What is displacement?
    Tags: definition, awareness

    Displacement moves a crime elsewhere [1]. It can be measured [2].
    - Police records help [1, 2]

    Sources:
    [1] toolkit | p. 12 | "Displacement means that a crime moves elsewhere."
    [2] Pivoting toward the Evidence | Displacement can be measured … in two ways.

`Question:` and `Tags:` may be left out. A source is a publication (its id or its title), a page ("p. 12" as printed,
"PDF p. 14" in the file) and a quote, with bars between them; page or quote may be missing. Without bars, what stands in
quotation marks at the end is the quote, and a page before it the page: [1] Toolkit, p. 12: "Displacement means …". A
label may have several sources, and a quote may run over several lines. "…" leaves words out: what stands on each side
is looked for alone.

JSON, one object or a list of them; `answer` may also be a list of sentences:

    {"question": "…", "answer": "… [1]", "tags": ["definition"],
     "sources": [{"label": 1, "publication": "toolkit", "page": "12", "quote": "…"}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import ReviewError
from assistant.show.words import printable
from assistant.texts.catalogue import _, ngettext
from corpus.sentences import sentences

_LABELS = re.compile(r"\s*\[[S^]?(\d{1,3}(?:\s*[,;–-]\s*S?\d{1,3})*)\]")
_RANGE = re.compile(r"S?(\d{1,3})(?:\s*[–-]\s*S?(\d{1,3}))?")
_BETWEEN = re.compile(r"\n[ \t]*-{3,}[ \t]*(?:\n|$)")
_HEAD = re.compile(r"(question|tags)\s*:\s*(.*)", re.IGNORECASE)
_SOURCES = re.compile(r"[#*\s]*(?:sources|references)[:*\s]*", re.IGNORECASE)
_SOURCE = re.compile(r"(?:[-*•]\s+)?(?:\[[S^]?(\d{1,3})\]|(\d{1,3})[.)](?=\s)):?\s*(.*)")
_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_PAGE = re.compile(r"(?:pdf\s+)?(?:pp?\.|pages?)\s*\S.*|\d{1,4}|[ivxlc]{1,7}", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«»'‘’]+")
_QUOTE_LAST = re.compile(r"(?:^|(?<=[\s:,]))[\"“„«]\s*([^\"“”„«»]+?)\s*[\"”“»]\.?$")
_PAGE_LAST = re.compile(
    r"(?:^|(?<=[\s,;(]))((?:PDF\s+)?(?:pp?\.|pages?)\s*[\divxlc–-]+(?:\s*\(PDF\s[^()]{1,20}\))?)\)?$", re.IGNORECASE
)
_JSON = re.compile(r"\s*(?:\[\s*)?\{")
MAX_CHARACTERS = 500_000  # of one file: some hundred long answers
MAX_LINE = 10_000  # characters: no paragraph of an answer; sentences are found in time that grows with its square


class PastedSource(BaseModel):
    """One numbered source."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    label: int = Field(ge=1, le=999)
    publication: str = ""  # an id or a title
    page: str = ""  # "12", "p. 12", "PDF p. 14"
    quote: str = ""

    @property
    def words(self) -> str:
        """As the answer names it: 'toolkit, p. 12'."""
        page = f"p. {self.page}" if re.fullmatch(r"[\divxlc]+", self.page, re.IGNORECASE) else self.page
        return printable(", ".join(part for part in (self.publication, page) if part))


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = ""
    answer: str | tuple[str, ...]
    sources: tuple[PastedSource, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastedSentence:
    """One sentence or list item, without its labels."""

    text: str
    labels: tuple[int, ...]  # as pasted, in order of first use
    lead: str = ""  # the line above a list item that ends in a colon


@dataclass(frozen=True, slots=True)
class Pasted:
    """One answer as it was pasted."""

    question: str
    sentences: tuple[PastedSentence, ...]
    sources: tuple[PastedSource, ...]
    tags: tuple[str, ...] = ()


def parse(text: str) -> tuple[Pasted, ...]:
    """The answers of a text. ReviewError when it holds none, or is too long."""
    if len(text) > MAX_CHARACTERS:
        long = ngettext(
            "{n} character; paste at most {most} at a time", "{n} characters; paste at most {most} at a time", len(text)
        )
        raise ReviewError(long.format(n=len(text), most=MAX_CHARACTERS))
    text = _whole(text)
    found = _of_json(text) if _JSON.match(text) else _of_text(text)
    answers = tuple(answer for answer in found if answer.sentences)
    if not answers:
        raise ReviewError(_("no sentence of an answer; the README shows how a pasted answer looks"))
    return answers


def _whole(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _of_json(text: str) -> Iterator[Pasted]:
    try:
        content = json.loads(_whole(json.dumps(json.loads(text), ensure_ascii=False)))
        answers = TypeAdapter(tuple[_Answer, ...]).validate_python(content if isinstance(content, list) else [content])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        fault = _("pasted answer {place}: {fault}").format(place=place, fault=first["msg"])
        raise ReviewError(fault) from None
    except (ValueError, RecursionError) as error:
        raise ReviewError(_("no JSON ({fault})").format(fault=error)) from None
    for each in answers:
        if isinstance(each.answer, str):
            said = tuple(_sentences(each.answer.splitlines()))
        else:
            said = tuple(sentence for text in each.answer if (sentence := _sentence(text)).text)
        tags = tuple(filter(None, map(printable, each.tags)))
        yield Pasted(printable(each.question), said, each.sources, tags)


def _of_text(text: str) -> Iterator[Pasted]:
    for part in _BETWEEN.split("\n" + text):
        question, tags, body, sources, in_sources = "", (), [], [], False
        for line in map(str.strip, part.splitlines()):
            if in_sources:
                _add_line(sources, line)
            elif _SOURCES.fullmatch(line):
                in_sources = True
            elif not any(body) and (head := _HEAD.fullmatch(line)):
                if head[1].lower() == "question":
                    question = printable(head[2])
                else:
                    tags = tuple(filter(None, map(printable, head[2].split(","))))
            else:
                body.append(re.sub(r"^answer\s*:\s*", "", line, flags=re.IGNORECASE) if not any(body) else line)
        numbered = tuple(_source(label, words) for label, words in sources if label)
        yield Pasted(question, tuple(_sentences(body)), numbered, tags)


def _add_line(sources: list[tuple[int, str]], line: str) -> None:
    """A line of the list of sources: a new one, or more of the last one."""
    if match := _SOURCE.fullmatch(line):
        sources.append((int(match[1] or match[2]), match[3]))
    elif line and sources:
        label, words = sources[-1]
        sources[-1] = (label, f"{words} {line}")


def _source(label: int, text: str) -> PastedSource:
    text = " ".join(text.split())
    if "|" not in text:
        return _plain_source(label, text)
    publication, *fields = (field.strip() for field in text.split("|"))
    page = fields.pop(0) if fields and _PAGE.fullmatch(fields[0]) else ""
    quote = " | ".join(fields).strip(" |")  # a row of a table has bars of its own
    begins, ends = _QUOTED.match(quote), _QUOTED.search(quote[-1:])
    if begins and ends and len(quote) > 2:
        quote = quote[begins.end() : -1].strip()
    return PastedSource(label=label, publication=publication, page=page, quote=quote)


def _plain_source(label: int, text: str) -> PastedSource:
    """'Title, p. 12: "quote"', each part of which may be missing."""
    found = _QUOTE_LAST.search(text)
    rest = (text[: found.start()] if found else text).strip(" ,;:")
    page = _PAGE_LAST.search(rest)
    publication = (rest[: page.start()] if page else rest).strip(" ,;:(")
    return PastedSource(
        label=label, publication=publication, page=page[1] if page else "", quote=found[1] if found else ""
    )


def _sentences(lines: Sequence[str]) -> Iterator[PastedSentence]:
    """Sentences of paragraphs, and list items whole; headings (#) are left out."""
    lead = ""
    for line in map(str.strip, lines):
        if not line:
            continue
        if line.startswith("#"):
            lead = ""
            continue
        bullet = _BULLET.match(line)
        if bullet:
            item = _sentence(line[bullet.end() :], lead)
            if item.text:
                yield item
            continue
        lead = ""
        if line.endswith(":") and not _LABELS.search(line):
            lead = printable(line)
            continue
        yield from _of_paragraph(line)


def _of_paragraph(line: str) -> Iterator[PastedSentence]:
    """Labels that stand after a full stop belong to the sentence before it."""
    if len(line) > MAX_LINE:
        long = ngettext(
            "a paragraph of {n} character; break it up, or give a list of sentences",
            "a paragraph of {n} characters; break it up, or give a list of sentences",
            len(line),
        )
        raise ReviewError(long.format(n=len(line)))
    moved = re.sub(r"(?<![.!?])([.!?]++)((?:\s*\[[S^]?\d[^\]]{0,40}\])+)", r"\2\1", line)
    for start, end in sentences(moved):
        sentence = _sentence(moved[start:end])
        if re.search(r"\w", sentence.text):
            yield sentence


def _sentence(text: str, lead: str = "") -> PastedSentence:
    labels = dict.fromkeys(label for match in _LABELS.finditer(text) for label in _numbers(match[1]))
    bare = printable(_LABELS.sub("", text)).replace("**", "")
    return PastedSentence(bare, tuple(labels), lead)


def _numbers(inside: str) -> Iterator[int]:
    """1, 3, 4 for '1, 3-4'."""
    for match in _RANGE.finditer(inside):
        first, last = int(match[1]), int(match[2] or match[1])
        yield from range(first, last + 1) if last - first < 20 else (first, last)
