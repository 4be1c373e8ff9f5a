"""A "not" that only one of sentence and source has over the same words, and words of opposite meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.texts.catalogue import _
from assistant.wording.concern import Concern, ConcernKind, says_alone, says_other
from assistant.wording.lexicon import any_of, pattern, table
from assistant.wording.tokens import Span, Text

SCOPE = 4  # content words after a denial that it is taken to deny
COPIED = 0.8  # of the words of two clauses in both: one is the other again


def denial_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """At most one. Nothing where a denial on the other side could be the same in other words."""
    for own, other, words in (
        (source, sentence, lambda said: _("leaves out “{words}”, which the source says").format(words=said)),
        (sentence, source, says_alone),
    ):
        for clause, word, denied in _denials(own):
            if _said_without(clause, denied, other, own):
                yield Concern(ConcernKind.DENIAL, words(word))
                return
    yield from _turned_copy(sentence, source)
    yield from _opposites(sentence, source)


def count(text: str, language: str) -> int:
    """How many words of denial a text has; 0 in a language in which none are known."""
    deny = pattern("denials", language, "deny")
    return len(deny.findall(text)) if deny else 0


def _denials(text: Text) -> Iterator[tuple[Span, str, frozenset[str]]]:
    """Every denial with its clause, its word and the stems that it denies."""
    deny, other = pattern("denials", text.language, "deny"), pattern("denials", text.language, "other")
    plain = other.sub(lambda found: " " * len(found[0]), text.text) if other else text.text
    for found in deny.finditer(plain) if deny else ():
        clause = text.clause_at(found.start())
        after = [token.stem for token in clause.tokens if token.start >= found.end() and token.stem] if clause else []
        if clause and after:
            yield clause, found[0], frozenset(after[:SCOPE])


def _said_without(clause: Span, denied: frozenset[str], other: Text, own: Text) -> bool:
    """Whether `other` says of the same what `clause` denies, in a sentence that denies nothing.

    Of the same: it holds half of what is denied and half of the words of the shorter of the two clauses.
    """
    nearest = other.nearest(clause.stems)
    if nearest is None or 2 * len(denied & nearest.stems) < len(denied):
        return False
    shared = clause.stems & nearest.stems
    if len(shared) < 2 or 2 * len(shared) < min(len(clause.stems), len(nearest.stems)):
        return False
    said_plainly = own.nearest(nearest.stems)
    if said_plainly is not None and said_plainly is not clause and shared <= said_plainly.stems:
        return False  # it says so elsewhere
    whole, like = other.sentence_of(nearest).text, pattern("denials", other.language, "like")
    words = [word.casefold() for word in like.findall(whole)] if like else []  # that say no without a denial
    return not count(whole, other.language) and all(word[:4] in clause.text.casefold() for word in words)


def _turned_copy(sentence: Text, source: Text) -> Iterator[Concern]:
    """A clause in the source's own words, with a denial more or less."""
    for clause in sentence.clauses:
        nearest = source.nearest(clause.stems)
        if nearest is None or len(clause.stems & nearest.stems) < max(
            2, COPIED * max(len(clause.stems), len(nearest.stems))
        ):
            continue
        pairs = ((clause, nearest), (sentence.sentence_of(clause), source.sentence_of(nearest)))
        more = [count(mine.text, sentence.language) - count(theirs.text, source.language) for mine, theirs in pairs]
        if all(more):
            denies, leaves_out = _("denies what the source says"), _("leaves out a denial")
            yield Concern(ConcernKind.DENIAL, denies if more[0] > 0 else leaves_out)
            return


def _opposites(sentence: Text, source: Text) -> Iterator[Concern]:
    for clause in sentence.clauses:
        nearest = source.nearest(clause.stems, whole=True)
        if nearest is None or len(clause.stems & nearest.stems) < 2 or re.search(r"\bthan\b", clause.text):
            continue
        for mine, theirs in _pairs(sentence.language):
            said, given = mine.search(clause.text), theirs.search(nearest.text)
            if not said or not given or mine.search(nearest.text) or theirs.search(clause.text):
                continue
            if _denied(said, clause.text, sentence.language) == _denied(given, nearest.text, source.language):
                yield Concern(ConcernKind.DENIAL, says_other(said[0], given[0]))
                return


@cache
def _pairs(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Both ways round."""
    sides = [(any_of(one), any_of(other)) for one, other in table("opposites", language)]
    return tuple(pair for one, other in sides for pair in ((one, other), (other, one)))


def _denied(word: re.Match[str], text: str, language: str) -> bool:
    """Whether a denial stands close before a word."""
    return bool(count(text[max(0, word.start() - 30) : word.start()], language))
