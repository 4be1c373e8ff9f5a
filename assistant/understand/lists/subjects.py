"""Subjects of this field that are no activity type of the Toolkit: demand, remedies, evaluation, data, supply chains.

The Toolkit has no list on them. Where nothing but such a subject is named, passages answer better than the lists of
another activity, or of all seven.
"""

from __future__ import annotations

import re

from assistant.understand.lists.words import activities_in

_EXPLOITATIVE = r"(?:cheap|paid|commercial|sex\w*|exploit\w+|forced|child|traffick\w+|such|goods|services of|it|them)"
_SUBJECTS = re.compile(
    # the demand that fosters exploitation; not skills in demand, and not what somebody demands
    rf"(?<!\bin )(?<!\bwe )(?<!\bthey )(?<!\bmarket )(?<!\bto )\bdemand\b"
    rf"(?! (?:for (?!{_EXPLOITATIVE})|that\b|a\b|an\b|more\b|driven))"
    r"|\bbuyers? of (?:\w+ )?(?:sex|sexual services|goods|products|services|labou?r)\b|\bconsumer (?:demand|behaviou?r)"
    r"|\bremed(?:y|ies)\b|\bredress\b|\breparations?\b"
    r"|\b(?:commission|hir|contract|recruit|engag|procur|tender)(?:e|es|ed|ing|s)? (?:for )?(?:\w+ ){0,3}?"
    r"(?:evaluations?|evaluators?)\b"
    r"|\b(?:lessons?|questions?)(?: learn(?:ed|t))? (?:on|about|for|of|before) (?:an? |the |any |external"
    r" |independent )*evaluations?\b(?! of)"
    r"|\b(?:indicators?|kpis?) for (?:an? |any |external |independent )*evaluations?\W*$"
    r"|\blessons?(?: learn(?:ed|t))? (?:on|about|from|of) (?:evaluating|(?:the )?evaluations? of)"
    r" (?:counter|anti)[- ]?trafficking\b"
    r"|\bevaluat\w+ (?:the |of the )?evidence\b|\b(?:quality|strength) of (?:the )?evidence\b|\bevidence base\b"
    r"|\bprevalence\b|\bdatabases?\b|(?<!\bwith )(?<!\band )\bdata[- ]collection\b|\btrafficking (?:data|statistics)\b"
    r"|\badministrative data\b|\bresearch (?:programmes?|programs?|projects?|on|into)\b"
    r"|\bresearching (?:how many|the number)\b"
    r"|\bsupply[- ]chains?\b|\bdue diligence\b|\bprocurement\b|\bprivate sector\b|\bcorporate (?:social )?responsib\w+"
    r"|\bhumanitarian\b|\bdisaster (?:response|relief)\b|\bemergency response\b"
    r"|\btechnolog(?:y|ies)\b|\bartificial intelligence\b|\bonline platforms?\b"
    r"|\borgan (?:removal|trafficking|trade)\b|\bsmuggling\b|\b(?:international|cross[- ]border|bilateral|regional)"
    r" cooperation\b|\bbilateral agreements?\b",
    re.I,
)


def of_another_subject(text: str) -> bool:
    """Whether a text names such a subject, and no activity type by its work: not "a campaign against demand"."""
    return bool(_SUBJECTS.search(text)) and not activities_in(text, weak=False)
