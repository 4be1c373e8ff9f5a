"""Reviews, and one claim with its sources, as HTML. Pure; whatever was typed or read is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.review.types import Claim, ClaimQuote, Judgement, RaterProgress, Review
from assistant.review.view import ClaimView
from assistant.show import html as render
from assistant.show.markup import safe, tag
from assistant.show.sources import SourceView
from assistant.show.words import listed
from assistant.texts.catalogue import _, day, ngettext, term


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
        none_yet = _(
            "There is no review on this machine yet. Make one below: from a conversation, from answers you paste, or "
            "from an evaluation run."
        )
        return tag("p", none_yet, "icat-hint")
    return f'<ul class="icat-rv-cards">{"".join(map(_card, reviews))}</ul>'


def _card(card: ReviewCard) -> str:
    review, id = card.review, safe(card.review.id)
    made = _("made {date}").format(date=day(date.fromisoformat(review.made[:10])))
    facts = " · ".join((review.id, made, card.counts, _("from {source}").format(source=review.source)))
    raters = "".join(_rater(review, each) for each in card.progress)
    if raters:
        raters = f'<ul class="icat-rv-raters">{raters}</ul>'
    else:
        raters = tag("p", _("Nobody judges it yet. Add a rater: a name or initials."), "icat-hint")
    named = unseen(review.title)
    results, another, remove = _("Results"), _("Another rater"), _("Remove")
    who, add = _("Name or initials"), _("Add a rater")
    return (
        f'<li class="icat-rv-card" data-review="{id}"><h3 dir="auto" tabindex="-1">{safe(review.title)}</h3>'
        f'{tag("p", safe(facts), "icat-hint")}{raters}<div class="icat-rv-do">'
        f'<a class="icat-rv-link" href="#review-{id}-results">{results}{named}</a>'
        f'<form class="icat-rv-assign" data-review="{id}">'
        f'<label class="icat-unseen" for="review-add-{id}">{another}{named}</label>'
        f'<input id="review-add-{id}" name="rater" type="text" maxlength="40" autocomplete="off" dir="auto" '
        f'placeholder="{who}" required><button type="submit">{add}</button></form>'
        f'<button type="button" data-rv="remove" value="{id}" data-title="{safe(review.title)}">{remove}{named}'
        "</button></div></li>"
    )


def _rater(review: Review, each: RaterProgress) -> str:
    name = safe(each.rater)
    going_on = _("Go on as {name}") if each.judged else _("Begin as {name}")
    does = _("Look again as {name}") if each.done else going_on
    judged = _("{name}: judged").format(name=name)
    return (
        f'<li data-rater="{name}"><bdi>{name}</bdi><progress max="{max(each.total, 1)}" value="{each.judged}" '
        f'aria-label="{judged}"></progress><small>{_far(each)}</small>'
        f'<button type="button" data-rv="rate" value="{safe(review.id)}" data-rater="{name}">{does.format(name=name)}'
        f"{unseen(review.title)}</button></li>"
    )


def _far(each: RaterProgress) -> str:
    said = {"judged": each.judged, "total": each.total}
    if not each.skipped:
        return _("{judged} of {total}").format(**said)
    later = ngettext("{judged} of {total}, {n} put off", "{judged} of {total}, {n} put off", each.skipped)
    return later.format(**said, n=each.skipped)


def unseen(text: str) -> str:
    """What a link or a button is about, for who hears it by itself."""
    return f'<span class="icat-unseen">: {safe(text)}</span>'


def counts(claims: Sequence[Claim]) -> str:
    """'6 sentences', or '6 sentences, 1 answer'."""
    wholes = sum(claim.whole for claim in claims)
    number = len(claims) - wholes
    sentences = ngettext("{n} sentence", "{n} sentences", number).format(n=number)
    return listed((sentences, ngettext("{n} answer", "{n} answers", wholes).format(n=wholes) if wholes else ""))


# --- one claim ---


def claim_html(claim: Claim | ClaimView) -> str:
    """The question, the sentence in its place with the quotes it rests on, or the whole answer."""
    html = _context(_("Question:"), claim.question) if claim.question else ""
    html += _context(_("Before it:"), claim.before) if claim.before else ""
    html += _context(_("Introduced by:"), claim.lead) if claim.lead else ""
    what = _("Answer to judge:") if claim.whole else _("Sentence to judge:")
    html += (
        f'<h3 class="icat-rv-sentence{" icat-rv-whole" if claim.whole else ""}" tabindex="-1" dir="auto" '
        f'id="review-sentence"><span class="icat-unseen" dir="auto">{what} </span>{_lines(claim.text)}</h3>'
    )
    if claim.whole:
        return html
    quotes = "".join(_quote(shown, number, len(claim.quotes)) for number, shown in enumerate(claim.quotes, start=1))
    return html + (quotes or tag("p", _no_citation(), "icat-warning"))


def _no_citation() -> str:
    return _("This sentence has no citation.")


def _not_found() -> str:
    return _("This quote is not in the publications on this machine. It is shown as it was given.")


def _lines(text: str) -> str:
    """One sentence, or an extract with its lines."""
    return "<br>".join(map(safe, text.split("\n")))


def _context(name: str, text: str) -> str:
    return f'<p class="icat-rv-context"><b>{name}</b> <span dir="auto">{safe(text)}</span></p>'


def _quote(shown: ClaimQuote, number: int, of: int) -> str:
    place = listed((shown.source, shown.pages)) if shown.found else ""
    name = _("Quote {number} of {total}").format(number=number, total=of) if of > 1 else _("Quote")
    html = f"<b>{name}</b> <small><bdi>{safe(place)}</bdi></small>" if place else f"<b>{name}</b>"
    html = f'<p class="icat-rv-from">{html}</p>{tag("blockquote", safe(shown.quote.text), "icat-rv-quote")}'
    html += _context(_("Cited as:"), shown.cited) if shown.cited else ""
    return html if shown.found else html + tag("p", _not_found(), "icat-warning")


def sources_html(quotes: Sequence[ClaimQuote], views: Mapping[int, SourceView], whole: bool = False) -> str:
    """The passage and the page of each quote; `views` by its place, from 0. A quote without one has no source.

    `whole`: of an answer that is judged by its question.
    """
    html = ""
    several = len(quotes) > 1
    for place in range(len(quotes)):
        name = _("Source of quote {number}").format(number=place + 1) if several else _("Source of the quote")
        body = render.source_html(views[place]) if place in views else tag("p", _not_found(), "icat-warning")
        html += f'<section class="icat-rv-source"><h3>{name}</h3>{body}</section>'
    read = _("Read the whole answer against its question. Its sentences are judged beside their sources.")
    return html or tag("p", read if whole else _no_citation(), "icat-hint")


# --- what was said ---


def judgement_words(said: Judgement) -> str:
    """'partial, right page, the source itself is wrong'."""
    return listed((*map(term, said.chosen), _("the source itself is wrong") if said.source_wrong else ""))


def judgement_html(who: str, said: Judgement) -> str:
    """One person's verdict and words, as a list item."""
    html = f"<bdi><b>{safe(who)}</b></bdi>: {safe(judgement_words(said))}"
    html += _words(_("Better source:"), said.better) if said.better else ""
    html += _words(_("Comment:"), said.comment) if said.comment else ""
    return f"<li>{html}</li>"


def _words(name: str, text: str) -> str:
    return f'<br>{name} <q dir="auto">{safe(text)}</q>'
