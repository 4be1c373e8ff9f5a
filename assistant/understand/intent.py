"""What a practitioner wants in the words of the publications: "what should we ask ourselves about our radio
campaign" is a question for the design questions of awareness raising.
"""

from __future__ import annotations

import re

from corpus.types import Activity

_WE = (
    r"(?:we|i|you|one|us|ourselves|planners|designers"
    r"|(?:a|the|our|this|your) (?:new )?(?:programme|program|project|campaign))"
)
_WANTED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (question, re.compile(pattern, re.I))
    for question, pattern in (
        (
            "What are the design questions for {}?",
            rf"\bwhat (?:questions? )?(?:should|must|do|could|can|need) {_WE}\b[^?]*\b(?:ask|consider"
            rf"|think (?:about|of)|check|clarify)\b"
            r"|\b(?:what|things|questions?) to (?:ask|consider|think about|clarify)\b|\bdesign questions?\b"
            rf"|\bwhich questions (?:should|must|do|could|can) {_WE}\b",
        ),
        (
            "Which indicators measure {}?",
            rf"\bindicators?\b|\bhow (?:do|can|could|should|would|will|might) {_WE} (?:best )?(?:measure"
            rf"|monitor|evaluate|assess"
            r"|track)\b|\bhow (?:is|are|can|could|should) (?:it|this|that|they|success|results?|progress) (?:be )?"
            r"(?:measured|monitored|evaluated|assessed)\b|\bmeasure (?:success|impact|results|it|this)\b",
        ),
        (
            "What are the lessons learned on {}?",
            rf"\blessons?\b|\bwhat has been learn(?:ed|t)\b|\bwhat (?:works|does not work)\b"
            rf"|\bwhat should {_WE} know before\b",
        ),
    )
)
_ACTIVITIES: tuple[tuple[Activity, re.Pattern[str]], ...] = tuple(
    (activity, re.compile(rf"\b(?:{pattern})\b", re.I))
    for activity, pattern in (
        (
            Activity.AWARENESS_RAISING,
            r"awareness|campaigns?|radio|posters?|leaflets?|billboards?|public information|social media|broadcasts?",
        ),
        (
            Activity.LIVELIHOODS,
            r"livelihoods?|vocational|micro-?(?:credit|finance)|income[- ]generat\w+|cash transfers?|small businesses"
            r"|skills training|job placements?",
        ),
        (
            Activity.LEGAL_FRAMEWORK,
            r"legal frameworks?|legislation|legislative|law reform|draft(?:ing)? (?:a|the|of) law",
        ),
        (
            Activity.CRIMINAL_JUSTICE,
            r"criminal justice|prosecutors?|judges?|(?:train\w*|training) (?:of |for )?(?:the )?(?:police"
            r"|law enforcement)"
            r"|police (?:training|capacity)",
        ),
        (
            Activity.IDENTIFICATION,
            r"identification|identify(?:ing)? (?:victims|trafficked)|referral(?: mechanisms?)?|screening",
        ),
        (
            Activity.SUPPORT,
            r"shelters?|safe houses?|reintegration|counsell?ing|durable solutions?|(?:victim|survivor) support"
            r"|(?:support|assistance|services) (?:to|for) (?:victims|survivors|trafficked persons)",
        ),
        (Activity.NATIONAL_PLANS, r"national (?:action )?plans?|plans? of action|national strateg(?:y|ies)"),
    )
)


def activity_of(text: str) -> Activity | None:
    """The type of activity that a text speaks of: the one it names first."""
    found = [(match.start(), activity) for activity, words in _ACTIVITIES if (match := words.search(text))]
    return min(found)[1] if found else None


def plainly(part: str, whole: str) -> str:
    """One part of a question as the Toolkit would put it; "" where it is not about design or measuring.

    `whole` is everything that was asked, where the part itself does not name the activity.
    """
    activity = activity_of(part) or activity_of(whole)
    if activity is None:
        return ""
    return next((question.format(activity) for question, words in _WANTED if words.search(part)), "")
