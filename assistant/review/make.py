"""Claims to be judged, from evaluation runs, saved conversations and pasted answers; samples; who judges what.

All draws are by sha256 of the seed and what is drawn: the same on every machine and in every version of Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.errors import RecordError, ReviewError
from assistant.review.pasted import Pasted, parse
from assistant.review.types import AnswerPart, ClaimDraft, ClaimQuote, Source, rater_key, rater_name
from assistant.show import words
from assistant.show.record import answer_from_record, turns_from_record
from assistant.texts.catalogue import _
from assistant.types import Quote, Statement

PRODUCT = "product"  # the judge whose verdicts answers carry: `Statement.support`
RECORDS, CASES = "records.jsonl", "cases.jsonl"  # in the folder of a run


# --- answers ---


def read_run(place: Path) -> tuple[Source, ...]:
    """The answers of an evaluation run: its folder, or its file of records, one JSON line a case.

    A case that failed has no answer and is left out. ReviewError when nothing can be read.
    """
    file = place / RECORDS if place.is_dir() else place
    kept = file.parent / CASES
    cases = {case["id"]: case for _number, case in _json_lines(kept) if "id" in case} if kept.is_file() else {}
    asked: dict[str, Source] = {}  # a case that was asked again counts once, as it was answered last
    for number, record in _json_lines(file):
        name = str(record.get("case", number))
        asked.pop(name, None)
        if record.get("answer") is not None:
            asked[name] = _of_record(record, cases, f"{file}, line {number}")
    return tuple(asked.values())


def _of_record(record: Mapping[str, Any], cases: Mapping[str, Mapping[str, Any]], where: str) -> Source:
    """`cases`: as JSON, by id; the tags and the history of a case are read here."""
    case = cases.get(str(record.get("case")), {})
    try:
        answer = answer_from_record(record["answer"])
    except RecordError as error:
        raise ReviewError(f"{where}: {error}") from None
    judges = {str(name): tuple(said) for name, said in (record.get("judges") or {}).items()}
    history, tags = tuple(case.get("history", ())), tuple(case.get("tags", ()))
    return Source(answer, history, tags, str(record.get("case", "")), case, judges)


def read_conversation(file: Path) -> tuple[Source, ...]:
    """The answers of a saved conversation, or the one that `icat ask --json` wrote. ReviewError otherwise."""
    try:
        return conversation(json.loads(_text(file)))
    except (ValueError, RecursionError, RecordError) as error:
        raise ReviewError(f"{file}: {error}; give a saved conversation, or what `icat ask --json` writes") from None


def conversation(record: object) -> tuple[Source, ...]:
    """The same of a record. RecordError when it, or an answer in it, cannot be read."""
    if isinstance(record, Mapping) and "request" in record:
        return (Source(answer_from_record(record)),)
    turns = turns_from_record(record)
    asked = tuple(turn.question for turn in turns)
    return tuple(Source(turn.answer, asked[:place]) for place, turn in enumerate(turns))


def read_pasted(file: Path) -> tuple[Pasted, ...]:
    """The answers of a file, by its content text or JSON. ReviewError when it cannot be read or holds none."""
    text = _text(file)
    try:
        return parse(text)
    except ReviewError as error:
        raise ReviewError(f"{file}: {error}") from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReviewError(f"{file}: cannot be read ({error.strerror}); name another file") from None
    except UnicodeDecodeError:
        raise ReviewError(f"{file}: is not UTF-8 text; save it as UTF-8") from None


def _json_lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not empty. A last line that a kill cut off is left out."""
    text = _text(file)
    whole = text[: text.rfind("\n") + 1] or text
    for number, line in enumerate(whole.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record: object = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            raise ReviewError(f"{file}, line {number}: is no JSON object; give the records of an evaluation run")
        yield number, record


# --- claims ---


def drafts(sources: Sequence[Source], withheld: bool = True) -> tuple[ClaimDraft, ...]:
    """Every statement of every answer, in order; `withheld`: also what was kept from the reader."""
    return tuple(draft for number, source in enumerate(sources, start=1) for draft in _drafts(source, number, withheld))


def _drafts(source: Source, number: int, withheld: bool) -> Iterator[ClaimDraft]:
    answer = source.answer
    listed = len(answer.listing.items) if answer.listing else 0
    for position, statement in enumerate(answer.statements):
        before = answer.statements[position - 1].text if position else ""
        part = AnswerPart.LISTED if position < listed else AnswerPart.SHOWN
        yield _draft(source, number, statement, part, position, before)
    for position, statement in enumerate(answer.withheld if withheld else ()):
        yield _draft(source, number, statement, AnswerPart.WITHHELD, position, "")


def wholes(sources: Sequence[Source]) -> tuple[ClaimDraft, ...]:
    """Each answer to a question as one claim, by what the reader was shown of it."""
    return tuple(
        ClaimDraft(
            question=source.answer.request.asked,
            text="\n".join(_lines(source.answer.statements)),
            part=AnswerPart.WHOLE,
            position=0,
            answer=number,
            tags=tuple(source.tags),
            case=source.case,
        )
        for number, source in enumerate(sources, start=1)
        if source.answer.statements and source.answer.request.asked.strip()
    )


def _lines(statements: Sequence[Statement]) -> Iterator[str]:
    """Their texts, a line that leads into several of them once."""
    lead = ""
    for statement in statements:
        if statement.lead and statement.lead != lead:
            yield statement.lead
        lead = statement.lead
        yield statement.text


def _draft(
    source: Source, number: int, statement: Statement, part: AnswerPart, position: int, before: str
) -> ClaimDraft:
    automatic = {PRODUCT: statement.support.value} if source.judged else {}
    place = position + (len(source.answer.statements) if part is AnswerPart.WITHHELD else 0)
    said = {name: verdicts[place] for name, verdicts in source.judges.items() if place < len(verdicts)}
    automatic |= {name: verdict for name, verdict in said.items() if verdict}
    return ClaimDraft(
        question=source.answer.request.asked,
        text=statement.text,
        lead=statement.lead,
        before=before,
        quotes=tuple(_quote(source, quote) for quote in statement.quotes),
        part=part,
        position=position,
        answer=number,
        tags=tuple(source.tags),
        case=source.case,
        automatic=automatic,
    )


def _quote(source: Source, quote: Quote) -> ClaimQuote:
    """A quote in its passage, with its source in words. A label that does not resolve has no passage."""
    passages, cited = source.answer.evidence.passages, source.cited.get(quote.label, "")
    if not 1 <= quote.label <= len(passages):
        return ClaimQuote(quote, quote.publication, "", "", "", True, cited)
    passage, found = passages[quote.label - 1], quote.label not in source.missing
    chunk = passage.chunk
    before = after = ""
    if chunk.start <= quote.start and quote.end <= chunk.end and chunk.publication == quote.publication:
        before, after = chunk.text[: quote.start - chunk.start], chunk.text[quote.end - chunk.start :]
    pages = words.quote_pages((quote,), passage.publication) if found else ""
    publication = passage.publication
    source = words.source_words(publication) if found else words.title_words(publication)
    return ClaimQuote(quote, source, pages, before, after, found, cited)


# --- samples and assignments ---


def sample(
    all_: Sequence[ClaimDraft], per_tag: int | None, tags: Iterable[str] = (), seed: int = 0
) -> tuple[ClaimDraft, ...]:
    """At least `per_tag` claims of every tag, where there are so many; None: all. `tags`: only claims with one of them.

    Claims without a tag count as one tag of their own. Rare tags draw first, and a claim counts for each of its
    tags, so that no more are taken than needed. The order stays. ReviewError for a tag that none has.
    """
    wanted, there = frozenset(tags), {tag for draft in all_ for tag in draft.tags}
    if unknown := sorted(wanted - there):
        no_such = _("no sentence has the tag {tag}; there are {tags}")
        if not there:
            no_such = _("no sentence has the tag {tag}; they have none")
        raise ReviewError(no_such.format(tag=", ".join(unknown), tags=", ".join(sorted(there))))
    left = [place for place, draft in enumerate(all_) if not wanted or wanted & set(draft.tags)]
    if per_tag is None:
        return tuple(all_[place] for place in left)
    members: dict[str, list[int]] = {}
    for place in left:
        for tag in all_[place].tags or ("",):
            if not wanted or tag in wanted:
                members.setdefault(tag, []).append(place)
    chosen: set[int] = set()
    for _tag, places in sorted(members.items(), key=lambda pair: (len(pair[1]), pair[0])):
        lacking = per_tag - len(chosen.intersection(places))
        rest = [place for place in places if place not in chosen]
        chosen |= set(_shuffled(rest, f"{seed} sample")[: max(lacking, 0)])
    return tuple(all_[place] for place in sorted(chosen))


def orders(
    claims: Iterable[int], raters: Sequence[str], seed: int, per_claim: int | None = None
) -> dict[str, tuple[int, ...]]:
    """Which claims, by number, each rater judges, in an order of their own. `per_claim`: how many raters; None: all.

    With fewer raters a claim than there are, each gets as many claims as the next, give or take one. ReviewError
    for a rater named twice, and for more raters a claim than there are.
    """
    names = [rater_name(name) for name in raters]
    if len({rater_key(name) for name in names}) < len(names):
        raise ReviewError(_("a rater is named twice; give each another name or initials"))
    if per_claim is not None and not 1 <= per_claim <= len(names):
        few = _("{number} raters for each claim are wanted, of {total}; name more raters")
        raise ReviewError(few.format(number=per_claim, total=len(names)))
    given: dict[str, list[int]] = {name: [] for name in names}
    for claim in _shuffled(claims, f"{seed} assign"):
        ranked = sorted(names, key=lambda name: (len(given[name]), _digest(f"{seed} {claim} {rater_key(name)}")))
        for name in ranked[: per_claim or len(names)]:
            given[name].append(claim)
    return {name: tuple(_shuffled(mine, f"{seed} order {rater_key(name)}")) for name, mine in given.items()}


def _shuffled(numbers: Iterable[int], drawn: str) -> list[int]:
    return sorted(numbers, key=lambda number: _digest(f"{drawn} {number}"))


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
