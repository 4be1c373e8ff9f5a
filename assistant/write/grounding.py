"""A model's sentences become statements: each is tied to quotes of the passages it cites, and its support is judged.

Nothing is cited that the model did not cite. What is not supported is withheld, labels that stand for no passage are
kept and counted, and nothing else is dropped without being counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer.evidence import Shelf
from assistant.answer.units import Sentences, fold
from assistant.types import Evidence, Passage, Quote, Statement, Support
from assistant.write.judges import Judge
from assistant.write.quote import Found, find_quote, proposed_quote
from assistant.write.support import NO_MODELS, Scorer, Verdict, judged, rarity
from assistant.write.wording.numbers import figures
from assistant.write.wording.terms import NEGATIONS
from assistant.write.wording.tokens import content, read

LABELS_MOST = 3  # sources looked at for one sentence
ADDS = 0.08  # share of a sentence's words that a further source must hold for its quote to be kept
REPEATED = 0.85  # shared words / all words of two sentences from which they say the same
CONNECTIVE_WORDS = 3  # content words up to which a sentence without a figure or label may only lead over
FEWEST_WORDS = 2  # content words that a sentence without a figure must have: one word alone states nothing
NO_SOURCE = "no source is named"
TOO_SHORT = "too short to be checked"
UNKNOWN = "names a source that does not exist"
CHANGED = "the source has changed since it was searched"
SAYS_NOTHING = "source {} was named, but says nothing of this"
_LEADS_OVER = re.compile(
    r"^(?:in (?:summary|short|brief|sum)|overall|to sum up|in conclusion|here (?:is|are)|the following|the (?:sources?"
    r"|passages?|publications?) (?:say|give|name|list)|according to the (?:sources?|passages?|publications?)"
    r"|voici|en résumé|en resumen|según las fuentes)\b",
    re.I,
)


class Drafted(Protocol):
    """One sentence of a draft (`assistant.write.draft.DraftSentence`)."""

    @property
    def text(self) -> str:
        """Without labels."""

    @property
    def labels(self) -> tuple[int, ...]:
        """As the model gave them, also those that stand for no passage."""


@dataclass(frozen=True, slots=True)
class Grounded:
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
        """Whether the draft cannot be shown: nothing supported, or more than half of its claims are not."""
        return not self.statements or 2 * len(self.withheld) > self.claims


@dataclass(frozen=True, slots=True)
class Checker:
    """What the check reads with. Holds no state between answers; safe to share between threads."""

    shelf: Shelf
    sentences: Sentences
    scorer: Scorer = NO_MODELS
    judge: Judge | None = None


def ground(
    draft: Sequence[Drafted],
    evidence: Evidence,
    checker: Checker,
    language: str = "en",
    proposed: Sequence[Sequence[str]] = (),
) -> Grounded:
    """The draft's sentences, checked against the passages they cite.

    `language`: ISO 639-1 of the draft. `proposed[i]`: quotes that the model named for sentence i, which are used
    where they stand word for word in a passage it cites.
    """
    statements: list[Statement] = []
    withheld: list[Statement] = []
    unknown: dict[int, None] = {}
    repeated = connectives = 0
    for number, sentence in enumerate(draft):
        unknown |= dict.fromkeys(label for label in sentence.labels if not _known(label, evidence))
        if not sentence.labels and claims_nothing(sentence.text, language):
            connectives += 1
            continue
        if any(says_the_same(sentence.text, earlier.text, language) for earlier in [*statements, *withheld]):
            repeated += 1
            continue
        named = proposed[number] if number < len(proposed) else ()
        statement = check(sentence, evidence, checker, language, named)
        (withheld if statement.support is Support.NONE else statements).append(statement)
    return Grounded(tuple(statements), tuple(withheld), tuple(unknown), repeated, connectives)


def check(
    sentence: Drafted, evidence: Evidence, checker: Checker, language: str = "en", proposed: Sequence[str] = ()
) -> Statement:
    """One sentence with its quotes, its support and what a reader is warned of."""
    text = fold(sentence.text)
    labels = tuple(dict.fromkeys(sentence.labels))
    known = [label for label in labels if _known(label, evidence)][:LABELS_MOST]
    warnings = [] if all(_known(label, evidence) for label in labels) else [UNKNOWN]
    if not known:
        return Statement(text, (), Support.NONE, tuple(warnings or [NO_SOURCE]))
    if len(content(text, language)) < FEWEST_WORDS and not figures(text, language):
        return Statement(text, (), Support.NONE, tuple([*warnings, TOO_SHORT]))
    found: list[Found] = []
    for label in known:
        passage = evidence[label]
        if not _unchanged(passage, checker.shelf):
            warnings.append(CHANGED)
            continue
        quote = _quote(text, label, passage, checker, language, proposed)
        if quote is None:
            warnings.append(SAYS_NOTHING.format(label))
        else:
            found.append(quote)
    verdict, kept = _judged(text, found, evidence, checker, language)
    warnings += [SAYS_NOTHING.format(f.quote.label) for f in found if f not in kept]
    support = Support.PARTIAL if warnings and verdict.support is Support.FULL else verdict.support
    if not kept:
        return Statement(text, (), Support.NONE, tuple(dict.fromkeys(warnings)))
    return Statement(text, tuple(f.quote for f in kept), support, tuple(dict.fromkeys([*verdict.warnings, *warnings])))


def claims_nothing(text: str, language: str = "en") -> bool:
    """Whether a sentence without a label only leads over: a heading, an introduction that ends in a colon."""
    if figures(text, language):
        return False
    few = len(content(text, language)) <= CONNECTIVE_WORDS
    heading = text.rstrip().endswith((":", "：")) or text.rstrip()[-1:] not in ".!?…。！？"
    return (few and heading) or bool(_LEADS_OVER.match(text) and text.rstrip().endswith((":", "：")))


def says_the_same(one: str, other: str, language: str = "en") -> bool:
    """Whether two sentences have nearly the same words, the same figures and as many denials."""
    words, others = read(one, language).stems, read(other, language).stems
    if not words or len(words & others) < REPEATED * len(words | others):
        return False
    if [f.values for f in figures(one, language)] != [f.values for f in figures(other, language)]:
        return False
    denials = NEGATIONS.get(language)
    return denials is None or len(denials.findall(one)) == len(denials.findall(other))


def _known(label: int, evidence: Evidence) -> bool:
    return 1 <= label <= len(evidence.passages)


def _unchanged(passage: Passage, shelf: Shelf) -> bool:
    """Whether the document is still the one that the passage was cut from."""
    chunk = passage.chunk
    if shelf.document_sha256(chunk.publication) != passage.document_sha256:
        return False
    return shelf.document(chunk.publication).text[chunk.start : chunk.end] == chunk.text


def _quote(
    text: str, label: int, passage: Passage, checker: Checker, language: str, proposed: Sequence[str]
) -> Found | None:
    document = checker.shelf.document(passage.chunk.publication)
    weights = rarity(text, language)
    closeness = checker.scorer.closeness if checker.scorer.compares(passage.chunk.language or language) else None
    found = find_quote(text, label, passage, document, checker.sentences, weights, language, closeness)
    if found is None:
        return None
    for words in proposed:
        named = proposed_quote(words, label, passage, document, checker.sentences)
        if named is not None and found.quote.start <= named.start and named.end <= found.quote.end:
            return replace(found, quote=named)
    return found


def _judged(
    text: str, found: Sequence[Found], evidence: Evidence, checker: Checker, language: str
) -> tuple[Verdict, tuple[Found, ...]]:
    """The verdict on the quotes together, and the quotes that carry some of it, best first kept."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: -f.share):
        if not kept or each.share >= max(f.share for f in kept) * 0.5 or _adds(text, each.quote, kept, language):
            kept.append(each)
    in_order = tuple(f for f in found if f in kept)
    languages = {evidence[f.quote.label].chunk.language or language for f in in_order}
    verdict = judged(
        text,
        [f.quote.text for f in in_order],
        checker.scorer,
        checker.judge,
        language=language,
        source_language=languages.pop() if len(languages) == 1 else language,
        context="\n".join(f.context for f in in_order),
        following=[f.following for f in in_order],
    )
    return verdict, in_order


def _adds(text: str, quote: Quote, kept: Sequence[Found], language: str) -> bool:
    """Whether a quote holds words of the sentence that the others do not."""
    wanted = read(text, language).stems
    held = {stem for f in kept for stem in read(f.quote.text, language).stems}
    return bool(wanted) and len((read(quote.text, language).stems & wanted) - held) >= ADDS * len(wanted)
