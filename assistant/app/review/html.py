"""Reviews, and one claim with its sources, as HTML. Pure; whatever was typed or read is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.review.types import Claim, ClaimQuote, Judgement, RaterProgress, Review
from assistant.review.view import ClaimView
from assistant.show import html as render
from assistant.show.markup import safe, tag
from assistant.show.sources import SourceView

NONE_YET = "There is no review on this machine yet. Make one below: from a conversation, from answers you paste, or \
from an evaluation run."
NO_RATERS = "Nobody judges it yet. Add a rater: a name or initials."
WHOLE_SOURCES = "Read the whole answer against its question. Its sentences are judged beside their sources."
NO_CITATION = "This sentence has no citation."
NOT_FOUND = "This quote is not in the publications on this machine. It is shown as it was given."


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One review in the list."""

    review: Review
    counts: str  # how many sentences and answers it has, in words
    progress: tuple[RaterProgress, ...]


# --- the list ---


def reviews_html(reviews: Sequence[ReviewCard]) -> str:
    """One card a review: who judges, how far they are, and what can be done."""
    if not reviews:
        return tag("p", NONE_YET, "icat-hint")
    return f'<ul class="icat-rv-cards">{"".join(map(_card, reviews))}</ul>'


def _card(card: ReviewCard) -> str:
    review, id = card.review, safe(card.review.id)
    facts = f"{id} · made {safe(review.made[:10])} · {card.counts} · from {safe(review.source)}"
    raters = "".join(_rater(review, each) for each in card.progress)
    raters = f'<ul class="icat-rv-raters">{raters}</ul>' if raters else tag("p", NO_RATERS, "icat-hint")
    named = f'<span class="icat-unseen"> of {safe(review.title)}</span>'
    return (
        f'<li class="icat-rv-card" data-review="{id}"><h3 dir="auto" tabindex="-1">{safe(review.title)}</h3>'
        f'{tag("p", facts, "icat-hint")}{raters}<div class="icat-rv-do">'
        f'<a class="icat-rv-link" href="#review-{id}-results">Results{named}</a>'
        f'<form class="icat-rv-assign" data-review="{id}">'
        f'<label class="icat-unseen" for="review-add-{id}">Another rater{named}</label>'
        f'<input id="review-add-{id}" name="rater" type="text" maxlength="40" autocomplete="off" dir="auto" '
        'placeholder="Name or initials" required><button type="submit">Add a rater</button></form>'
        f'<button type="button" data-rv="remove" value="{id}" data-title="{safe(review.title)}">Remove{named}</button>'
        "</div></li>"
    )


def _rater(review: Review, each: RaterProgress) -> str:
    name, said = safe(each.rater), f"{each.judged} of {each.total}"
    verb = "Look again" if each.done else "Go on" if each.judged else "Begin"
    later = f", {each.skipped} put off" if each.skipped else ""
    return (
        f'<li data-rater="{name}"><bdi>{name}</bdi><progress max="{max(each.total, 1)}" value="{each.judged}" '
        f'aria-label="{name}: judged"></progress><small>{said}{later}</small>'
        f'<button type="button" data-rv="rate" value="{safe(review.id)}" data-rater="{name}">{verb} as {name}'
        f'<span class="icat-unseen"> in {safe(review.title)}</span></button></li>'
    )


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def counts(claims: Sequence[Claim]) -> str:
    """'6 sentences', or '6 sentences, 1 answer'."""
    wholes = sum(claim.whole for claim in claims)
    sentences = counted(len(claims) - wholes, "sentence")
    return f"{sentences}, {counted(wholes, 'answer')}" if wholes else sentences


# --- one claim ---


def claim_html(claim: Claim | ClaimView) -> str:
    """The question, the sentence in its place with the quotes it rests on, or the whole answer."""
    html = _context("Question", claim.question) if claim.question else ""
    html += _context("Before it", claim.before) if claim.before else ""
    html += _context("Introduced by", claim.lead) if claim.lead else ""
    html += (
        f'<h3 class="icat-rv-sentence{" icat-rv-whole" if claim.whole else ""}" tabindex="-1" dir="auto" '
        f'id="review-sentence"><span class="icat-unseen" dir="ltr">{"Answer" if claim.whole else "Sentence"} to judge: '
        f"</span>{_lines(claim.text)}</h3>"
    )
    if claim.whole:
        return html
    quotes = "".join(_quote(shown, number, len(claim.quotes)) for number, shown in enumerate(claim.quotes, start=1))
    return html + (quotes or tag("p", NO_CITATION, "icat-warning"))


def _lines(text: str) -> str:
    """One sentence, or an extract with its lines."""
    return "<br>".join(map(safe, text.split("\n")))


def _context(name: str, text: str) -> str:
    return f'<p class="icat-rv-context"><b>{name}:</b> <span dir="auto">{safe(text)}</span></p>'


def _quote(shown: ClaimQuote, number: int, of: int) -> str:
    place = ", ".join(part for part in (shown.source, shown.pages) if part) if shown.found else ""
    name = f"Quote {number} of {of}" if of > 1 else "Quote"
    html = f"<b>{name}</b> <small><bdi>{safe(place)}</bdi></small>" if place else f"<b>{name}</b>"
    html = f'<p class="icat-rv-from">{html}</p>{tag("blockquote", safe(shown.quote.text), "icat-rv-quote")}'
    html += _context("Cited as", shown.cited) if shown.cited else ""
    return html if shown.found else html + tag("p", NOT_FOUND, "icat-warning")


def sources_html(quotes: Sequence[ClaimQuote], views: Mapping[int, SourceView], whole: bool = False) -> str:
    """The passage and the page of each quote; `views` by its place, from 0. A quote without one has no source.

    `whole`: of an answer that is judged by its question.
    """
    html = ""
    for number in range(len(quotes)):
        name = f"Source of quote {number + 1}" if len(quotes) > 1 else "Source of the quote"
        body = render.source_html(views[number]) if number in views else tag("p", NOT_FOUND, "icat-warning")
        html += f'<section class="icat-rv-source"><h3>{name}</h3>{body}</section>'
    return html or tag("p", WHOLE_SOURCES if whole else NO_CITATION, "icat-hint")


# --- what was said ---


def judgement_words(said: Judgement) -> str:
    """'partial, right page, the source itself is wrong'."""
    return ", ".join([*said.chosen, *(["the source itself is wrong"] if said.source_wrong else [])])


def judgement_html(who: str, said: Judgement) -> str:
    """One person's verdict and words, as a list item."""
    html = f"<bdi><b>{safe(who)}</b></bdi>: {safe(judgement_words(said))}"
    html += f"<br>{_words('Better source', said.better)}" if said.better else ""
    html += f"<br>{_words('Comment', said.comment)}" if said.comment else ""
    return f"<li>{html}</li>"


def _words(name: str, text: str) -> str:
    return f'{name}: <q dir="auto">{safe(text)}</q>'
