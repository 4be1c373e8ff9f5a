"""A model's sentences become statements, tied to quotes of the passages they cite: plain, marked or withheld.

Withheld is only what names no source or one that does not exist, what has a figure, date, name or address that stands
nowhere in the passages it cites, what speaks to a machine, and what leans on a sentence that was withheld. Everything
else is shown, marked where its quote does not plainly say it. Nothing is cited that the model did not cite, and nothing
is dropped without being counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answer.evidence import Documents
from assistant.texts.catalogue import term
from assistant.types import Evidence, Passage, Quote, Statement, Support
from assistant.understand.orders import speaks_to_machine
from assistant.wording.denials import count
from assistant.wording.lexicon import pattern
from assistant.wording.quantities import quantities
from assistant.wording.tokens import content, read
from assistant.write.draft import DraftSentence
from assistant.write.judges import Judge
from assistant.write.quote import FoundQuote, find_quote
from assistant.write.support import NO_MODELS, NOT_FOUND, SupportModels, judged, rarity
from corpus.errors import UnknownPublication
from corpus.types import BlockKind, Document

LABELS_MOST = 3  # sources looked at for one sentence
ADDS = 0.08  # share of a sentence's words that a further source must hold for its quote to be kept
REPEATED = 0.85  # shared words / all words of two sentences from which they say the same
CONNECTIVE_WORDS = 3  # content words up to which a sentence without a figure or label may only lead over
FEWEST_WORDS = 2  # content words that a sentence without a figure must have: one word alone states nothing
NO_SOURCE = "no source is named"
UNKNOWN = "names a source that does not exist"
CHANGED = "the source has changed since it was searched"
SAYS_NOTHING = "source {} was named, but says nothing of this"
LEANS = "it goes on from a sentence that is left out"
ORDER = "it speaks to a machine, not to a reader"
ADDRESS = "names an address that stands in no source it cites"
_ADDRESS = re.compile(r"(?:\w+:/+|www\.)[^\s<>()\[\]\"']+|(?:javascript|data|vbscript):\S+", re.I)
_LEADS_OVER = re.compile(
    r"^(?:in (?:summary|short|brief|sum)|overall|to sum up|in conclusion|here (?:is|are)|the following|the (?:sources?"
    r"|passages?|publications?) (?:say|give|name|list)|according to the (?:sources?|passages?|publications?)"
    r"|voici|en résumé|en resumen|según las fuentes)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft after the check."""

    statements: tuple[Statement, ...]  # FULL, or PARTIAL with the reasons as warnings, in the order of the draft
    withheld: tuple[Statement, ...]  # NONE, with the reasons
    unknown_labels: tuple[int, ...] = ()  # in order, each once
    repeated: int = 0  # sentences left out because one before says the same
    connectives: int = 0  # sentences and headings left out because they claim nothing

    @property
    def claims(self) -> int:
        """Sentences that claim something, each once."""
        return len(self.statements) + len(self.withheld)

    @property
    def ungrounded(self) -> bool:
        """Whether the draft cannot be shown: nothing is left, or most of it is withheld."""
        return not self.statements or 2 * len(self.withheld) > self.claims


@dataclass(frozen=True, slots=True)
class Checker:
    """What the check reads with. Holds no state between answers; safe to share between threads."""

    documents: Documents
    models: SupportModels = NO_MODELS
    judge: Judge | None = None


def check_draft(
    draft: Sequence[DraftSentence], evidence: Evidence, checker: Checker, language: str = "en"
) -> CheckedDraft:
    """The draft's sentences, checked against the passages they cite. `language`: ISO 639-1 of the draft."""
    statements: list[Statement] = []
    withheld: list[Statement] = []
    unknown: dict[int, None] = {}
    repeated = connectives = 0
    torso = False  # whether the sentence before is withheld
    for sentence in draft:
        unknown |= dict.fromkeys(label for label in sentence.labels if not _known(label, evidence))
        if claims_nothing(sentence, language):
            connectives += 1
            continue
        if any(says_the_same(sentence.text, earlier.text, language) for earlier in [*statements, *withheld]):
            repeated += 1
            continue
        statement = check(sentence, evidence, checker, language)
        if torso and statement.support is not Support.NONE and points_back(statement.text, language):
            statement = Statement(statement.text, statement.quotes, Support.NONE, (term(LEANS),))
        torso = statement.support is Support.NONE
        (withheld if torso else statements).append(statement)
    return CheckedDraft(tuple(statements), tuple(withheld), tuple(unknown), repeated, connectives)


def check(
    sentence: DraftSentence, evidence: Evidence, checker: Checker, language: str = "en", given: str = ""
) -> Statement:
    """One sentence with its quotes, its support and what a reader is warned of.

    `given`: what its reader said, whose names it may have.
    """
    text = " ".join(sentence.text.split())
    labels = tuple(dict.fromkeys(sentence.labels))
    if not labels or not all(_known(label, evidence) for label in labels):
        return Statement(text, (), Support.NONE, (term(UNKNOWN if labels else NO_SOURCE),))
    if speaks_to_machine(text):
        return Statement(text, (), Support.NONE, (term(ORDER),))
    cited = " ".join(evidence[label].chunk.text for label in labels)
    if any(address not in cited for address in addresses(text)):
        return Statement(text, (), Support.NONE, (term(ADDRESS),))
    warnings: list[str] = []
    idle: list[int] = []  # labels that say nothing of it
    found: list[FoundQuote] = []
    for label in labels[:LABELS_MOST]:
        passage = evidence[label]
        if not _unchanged(passage, checker.documents):
            warnings.append(term(CHANGED))
            continue
        quote = _quote(text, label, passage, checker, language)
        found += [quote] if quote else []
        idle += [] if quote else [label]
    if not found:
        reasons = (*warnings, *map(term(SAYS_NOTHING).format, idle))
        return Statement(text, (), Support.NONE, tuple(dict.fromkeys(reasons)))
    kept = _that_carry(text, found, language)
    idle += [each.quote.label for each in found if each not in kept or not each.bears]
    verdict = judged(
        text,
        [each.quote.text for each in kept],
        checker.models,
        checker.judge,
        language=language,
        source_language=_language_of([each.quote for each in kept], evidence, language),
        cited=[_cited(evidence[each.quote.label], checker.documents) for each in kept],
        context="\n".join(_context(evidence[each.quote.label]) for each in kept),
        given=given,
    )
    bears = kept[0].bears
    if verdict.support is not Support.FULL or not bears:
        warnings += map(term(SAYS_NOTHING).format, idle)  # left out where another source says it all
    said = [words for words in verdict.warnings if words != term(NOT_FOUND) or bears]
    support = Support.PARTIAL if warnings and verdict.support is Support.FULL else verdict.support
    return Statement(text, tuple(each.quote for each in kept), support, tuple(dict.fromkeys([*said, *warnings])))


def addresses(text: str) -> list[str]:
    """Addresses of pages, and what a browser could run."""
    return [found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)]


def claims_nothing(sentence: DraftSentence, language: str = "en") -> bool:
    """Whether a sentence is one word, or, without a label, only leads over: a heading, an introduction with a colon."""
    text = sentence.text
    if quantities(text, language):
        return False
    words = len(content(text, language))
    if sentence.labels:
        return words < FEWEST_WORDS
    colon = text.rstrip().endswith((":", "："))
    heading = colon or text.rstrip()[-1:] not in ".!?…。！？"
    return (words <= CONNECTIVE_WORDS and heading) or bool(_LEADS_OVER.match(text) and colon)


def says_the_same(one: str, other: str, language: str = "en") -> bool:
    """Whether two sentences have nearly the same words, the same figures and as many denials."""
    words, others = read(one, language).stems, read(other, language).stems
    if not words or len(words & others) < REPEATED * len(words | others):
        return False
    if [q.values for q in quantities(one, language)] != [q.values for q in quantities(other, language)]:
        return False
    return count(one, language) == count(other, language)


def points_back(text: str, language: str = "en") -> bool:
    """Whether a sentence opens with a word that stands for something said before: "This means ...", "However, ..."."""
    opened = text.lstrip("\"“'(«¿¡")
    back, alone = (pattern("points back", language, name) for name in ("opens", "stands alone"))
    return bool(back and back.match(opened)) and not (alone and alone.match(opened))


def _known(label: int, evidence: Evidence) -> bool:
    return 1 <= label <= len(evidence.passages)


def _unchanged(passage: Passage, documents: Documents) -> bool:
    """Whether the document is there, and still the one that the passage was cut from."""
    chunk = passage.chunk
    try:
        if documents.document_sha256(chunk.publication) != passage.document_sha256:
            return False
    except UnknownPublication:  # removed since a draft was made that is changed now
        return False
    return documents.document(chunk.publication).text[chunk.start : chunk.end] == chunk.text


def _quote(text: str, label: int, passage: Passage, checker: Checker, language: str) -> FoundQuote | None:
    document = checker.documents.document(passage.chunk.publication)
    models = checker.models
    languages = {language, passage.chunk.language or language}
    closeness = partial(models.closeness, languages=languages) if models.compares(*languages) else None
    return find_quote(text, label, passage, document, rarity(text, language), language, closeness)


def _that_carry(text: str, found: Sequence[FoundQuote], language: str) -> tuple[FoundQuote, ...]:
    """The quotes that carry some of a sentence, in the order of its labels; the nearest one in any case."""
    best = max(found, key=lambda each: (each.bears, each.share))
    kept = [best]
    for each in sorted(found, key=lambda each: -each.share):
        if (
            each is not best
            and each.bears
            and (each.share >= best.share * 0.5 or _adds(text, each.quote, kept, language))
        ):
            kept.append(each)
    return tuple(each for each in found if each in kept)


def _adds(text: str, quote: Quote, kept: Sequence[FoundQuote], language: str) -> bool:
    """Whether a quote holds words of the sentence that the others do not."""
    wanted = read(text, language).stems
    held = {stem for each in kept for stem in read(each.quote.text, language).stems}
    return bool(wanted) and len((read(quote.text, language).stems & wanted) - held) >= ADDS * len(wanted)


def _language_of(quotes: Sequence[Quote], evidence: Evidence, language: str) -> str:
    """Of the passages; that of the sentence where they are of several, or none is known."""
    languages = {evidence[quote.label].chunk.language or language for quote in quotes}
    return languages.pop() if len(languages) == 1 else language


def _cited(passage: Passage, documents: Documents) -> str:
    """The whole passage, with the head of the table that it begins in."""
    chunk = passage.chunk
    head = _table_head(documents.document(chunk.publication), chunk.start)
    return f"{head}\n{chunk.text}" if head else chunk.text


def _table_head(document: Document, start: int) -> str:
    """The first row of the table that runs over the start of a passage; "" where none does."""
    rows: list[str] = []
    for block in document.blocks:
        if block.start >= start:
            return rows[0] if rows and block.kind is BlockKind.ROW else ""
        rows = [*rows, document.text[block.start : block.end]] if block.kind is BlockKind.ROW else []
    return ""


def _context(passage: Passage) -> str:
    """Title, date and headings: what names and figures may come from too."""
    about = passage.publication
    parts = [about.title, about.subtitle, about.date_label, *about.agencies, *passage.chunk.headings]
    return "\n".join(part for part in parts if part)
