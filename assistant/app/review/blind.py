"""Who may see what raters said: they judge without knowing of each other, nor of automatic verdicts."""

from __future__ import annotations

from assistant.app.review import results_html as review_results_html
from assistant.app.review.messages import Figuring
from assistant.review.types import Progress, ReviewId, rater_key
from assistant.review.workbench import Workbench


def instead(bench: Workbench, request: Figuring) -> str:
    """What is shown in place of what raters said, as HTML; '' where it may be shown to who asks.

    A rater has to judge all first, and can't judge any more when they have seen it. Who is no rater is asked whether
    that is so, as long as somebody is still judging.
    """
    mine = progress_of(bench, request.review, request.rater)
    if mine is None:
        raters = bench.progress(request.review)
        shown = request.look or all(each.done for each in raters)
        return "" if shown else review_results_html.onlooker_html(request.review, raters)
    if not mine.done:
        return review_results_html.early_html(request.review, mine)
    if mine.looked:
        return ""
    if not request.look:
        return review_results_html.last_word_html(request.review, mine)
    bench.look(mine.rater, request.review)
    return ""


def progress_of(bench: Workbench, review: ReviewId, rater: str) -> Progress | None:
    """Of this rater, however the name is spelled; None for somebody who is no rater of the review."""
    key = rater_key(rater.strip())
    return next((each for each in bench.progress(review) if rater_key(each.rater) == key), None)
