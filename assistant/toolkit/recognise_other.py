"""Questions that hold the words of lists and ask for none: of meanings, of other documents, of signs in a person."""

from __future__ import annotations

import re

from assistant.toolkit.recognise_words import activities_in

_DOCUMENT = (
    r"(?:reports?|evaluation report|guidelines?|briefs?|papers?|publications?|documents?|articles?|leaflets?"
    r"|annex\w*|tables?"
    r"|sections? \d|chapters?|pages? \d+|stud(?:y|ies)|digests?|handbooks?|manuals?|surveys?)"
)
_ORGANISATION = (
    r"(?:ilo|iom|unodc|unicef|unhcr|osce|greta|usaid|world bank|council of europe|eu|european (?:union|commission)|oecd"
    r"|walk free|global slavery index|tip report|state department|warnath\w*|icmpd|un women|undp|ohchr|fao|interpol"
    r"|europol"
    r"|issue brief|(?:first|second|third|fourth|fifth|sixth|\w+) issue brief)"
)
_LISTS = r"(?:indicators?|kpis?|metrics?|questions?|lessons?|targets?|measures?|what)"
# A question about words, about another document or about the lists themselves; each clause is looked at alone.
_DEFINES = re.compile(
    r"\b(?:define|definition of|meaning of|what (?:do|does|did|is|are)\b.{0,60}\b(?:mean|meant|stand for)\b|meant by"
    r"|stands? for|differen(?:ce|t|ces)\b.{0,20}\b(?:between|from)|differ\b|distinguish)"
    r"|\bexplain (?:to me )?(?:what|the (?:term|word|concept|meaning|difference))"
    r"|\bwhat(?:['’]?s| is| are| exactly is| exactly are) (?:meant by |called )?(?:an? |good |smart )?(?:term "
    r"|word |idea of an? )?"
    r"(?:proxy |smart |outcome |output |impact |process |quantitative |qualitative |input |key performance "
    r"|performance |composite |good |design )*"
    r"(?:indicators?|kpis?|metrics?|log[- ]?frames?|logical frameworks?|targets?|baselines?|design questions?"
    r"|guiding questions?"
    r"|lessons?(?: learn(?:ed|t))?|results? frameworks?|m ?& ?e|monitoring(?: and evaluation)?|theory of change"
    r"|m ?& ?e frameworks?"
    r"|monitoring frameworks?|means of verification|outcomes?|outputs?|impacts?)(?: learn(?:ed|t))?(?:,? exactly"
    r"|,? then|,? actually"
    r"|,? anyway|,? please)?\W*$"
    r"|^\W*what (?:does|do|did) (?:an?|the) [\w& -]+ do\W*$|\bwhat \w+ (?:do|does|can) (?:indicators?|targets"
    r"|metrics|kpis|log ?frames?) have\b"
    r"|\bwhat(?:'s| is| are) the (?:purpose|role|aim|value|point|use|importance|advantages?|benefits?|history"
    r"|origin)s? of\b"
    r"|\bwhat (?:makes|is wrong with|are the (?:limits|limitations|risks|dangers|advantages|benefits|purpose"
    r"|drawbacks|weaknesses))\b"
    r".*\b(?:indicators?|targets?|log[- ]?frames?|questions?|metrics?|kpis?)"
    r"|\bqu['’]est-ce qu['’](?:un|une)\b|\bqué es un[a]?\b|\bчто такое\b|ما (?:هو|هي) (?:ال)?مؤشر\W*$|什么是",
    re.I,
)
_ABOUT_LISTS = re.compile(
    r"^\W*(?:(?:can|could|would|will) (?:you|somebody|someone) )?(?:please )?(?:explain|describe|summari[sz]e"
    r"|translate|compare (?!the (?:indicators|questions|lessons)))\b"
    r"|^\W*(?:is|are) there (?:any |some |good |enough |scientific )*(?:evidence|proof|research|stud\w+)\b"
    r"|\bquestions? (?:remain|arise|are open|are still)|\b(?:open|unanswered|research) questions?\b|"
    r"\bwhat (?:do|did) you think\b|^\W*(?:why|who|whom|whose|since when|when(?= (?:is|are|was|were|did|do|does"
    r"|should|must|will|can|could|has|have|would)\b)"
    r"|where\b(?!.*\bwrong\b))\b"
    r"|^\W*(?:and |so |but )?(?:why|who (?:wrote|made|developed|published|chose|should|is|are|will|must|decides"
    r"|collects))\b"
    r"|^\W*(?:is|are|was|were|does|do|did|has|have|must|should|may) (?!there\b|there any|you\b|our\b|my\b|others?\b)"
    r"(?!.*\b(?:before|measure it|ask ourselves)\b)"
    r"|\bhow (?:can|do|should|must|could|would|are|is|to|will)\b[^?]*\b(?:choose|chosen|select|selected|pick"
    r"|formulate[d]?|write"
    r"|written|word|phrase|define|defined|collect|collected|use[d]?|report|reported|interpret\w*|read|agree[d]?"
    r"|develop(?:ed)?"
    r"|draft(?:ed)?|test(?:ed)?|avoid|learn|apply|improve|share|document|record(?:ed)?|calculate[d]?|compute"
    r"|weigh|update[d]?)"
    r" (?:\w+ ){0,4}?(?:indicators?|targets?|lessons|questions|kpis?|metrics)\b"
    r"|\bhow (?:are|is|should|can|must) (?:\w+ ){0,4}?(?:indicators?|targets?|lessons|questions|kpis?"
    r"|metrics) (?:\w+ ){0,2}?(?:be )?"
    r"(?:chosen|selected|formulated|written|defined|collected|used|reported|interpreted|developed|set|drafted|agreed"
    r"|calculated|shared)"
    r"|\bhow many (?:design )?(?:indicators|questions|targets|kpis) (?:should|do|does|must|can|are (?:too|enough"
    r"|needed))\b(?!.*\btoolkit\b)"
    r"|\bwhat works (?:better|best)\b|\bhow often\b|\bhow long\b",
    re.I,
)
_OTHERS = re.compile(
    r"\bdid (?!we\b|i\b|you\b|it\b|others\b|(?:\w+ )?(?:earlier|previous|past|similar|other)\b)[\w ]{1,60}?\b(?:use"
    r"|measure|monitor|ask|report|list|propose|recommend|choose|evaluate"
    r"|assess|include|collect|track)\b|"
    rf"\b{_LISTS}\b[^?.]{{0,60}}?\b(?:does|do|did|has|have|had) (?:the|this|that|these|those|their|his|her"
    rf"|an?)\b(?! toolkit)"
    rf"[^?.]{{0,80}}?\b(?:{_DOCUMENT}|evaluations?|reviews?|authors?|evaluators?|researchers|court|study)\b(?! plan)"
    rf"|\b{_LISTS}\b[^?.]{{0,60}}?\b(?:does|do|did|has|have|had|by|from|of|used by|in) (?:the )?{_ORGANISATION}\b"
    rf"|\b{_ORGANISATION}(?:['’]s?)? (?:\w+ ){{0,2}}?{_LISTS}\b|\bsdgs?\b|\bsustainable development goals?\b"
    rf"|\b(?:in|from|by|according to|of|at the end of) (?:the|this|that|their|his|its"
    rf"|an?) (?!toolkit)(?:[\w-]+ ){{0,5}}?"
    rf"(?:{_DOCUMENT}|evaluation of)\b(?! (?:plan|framework))|\b{_LISTS} (?:of|in|from|by) (?:the|this|that|their"
    rf"|an?) (?:[\w-]+ ){{0,3}}?(?:evaluation|review)\W*$|\bon page \d|\bpage \d+|\b(?:section|chapter|annex"
    rf"|table|box|figure)"
    rf" (?:\d|[ivx]+\b|[a-h]\b)|\b(?:used|asked|listed|chosen|proposed|reported|measured|drawn) (?:by|in) (?:the|an?"
    rf"|its|their) (?!toolkit)\w+|\bissue (?:brief|paper) (?:no\.? ?)?\d|\b(?:evaluation|report|study) (?:use[sd]?"
    rf"|list(?:s|ed)?"
    rf"|report(?:s|ed)?|found|find|mention(?:s|ed)?|contain(?:s|ed)?|say|says|said|propose[sd]?|recommend(?:s|ed)?)\b",
    re.I,
)
_PERSON = (
    r"(?:persons?|people|victims?|child(?:ren)?|wom[ae]n|m[ae]n|girls?|boys?|workers?|someone|somebody|anyone"
    r"|anybody|migrants?"
    r"|clients?|patients?|pupils?|students?|minors?|he|she|they|refugees?|guests?|case|situation|individuals?"
    r"|beggars?|employees?"
    r"|domestic workers?|neighbou?rs?|friend|colleague)"
)
_PROGRAMMED = (
    r"(?:programmes?|programs?|projects?|campaigns?|activit\w+|responses?|interventions?|work|efforts|awareness"
    r"|prevention"
    r"|services?|training|support|plans?|strategy|policies|policy|laws?|legislation|shelters?|mechanisms?|referral"
    r"|investigations?"
    r"|prosecutions?|cases?(?= manag)|units?|initiatives?|measures|system)"
)
_TRAFFICKING = (
    r"(?:(?:human |child |sex |labou?r )*trafficking(?: in (?:persons|human beings|people|women|children))?"
    r"|exploitation|(?:modern )?slavery"
    r"|(?:domestic )?servitude|(?:sexual|labou?r|criminal|child) (?:exploitation|labou?r|abuse)|forced (?:labou?r"
    r"|begging|marriage|criminality|work|prostitution)"
    r"|(?:debt )?bondage|organ (?:removal|trafficking)|child marriage|being (?:trafficked|exploited)"
    r"|victimi[sz]ation|coercion|grooming|abuse)"
)
_SIGNS = re.compile(
    r"\bindicators?\b[^?.]*\b(?:is|are|was|were|be|been|being) (?:\w+ )?(?:an? )?(?:forced|trafficked|exploited"
    r"|coerced|enslaved|victims?)\b"
    r"(?! (?:support|services?|protection))|"
    rf"\b(?:know|tell|see|check|suspect|sure|find out) (?:if|whether|that|when) (?:an?|the|my|some|this"
    rf"|that) (?:[\w-]+ ){{0,2}}?"
    rf"(?:person|victim|child|woman|man|girl|boy|worker|migrant|client|patient|pupil|student|minor|refugee|guest"
    rf"|beggar|employee|neighbou?r|friend"
    rf"|colleague|employer|maid|cleaner|passenger|customer|case|situation|someone)(?:'s)? (?:is|has|was|may|might"
    rf"|could|needs|says|lies|works|lives)\b|"
    rf"\bsigns?\b|\bred[- ]?flags?\b|\bwarning signs?\b|\bsymptoms\b|\btell[- ]?tale\b"
    rf"|\bindicators? (?:of|for|that point to|pointing to|that suggest|suggesting|showing|that (?:reveal|show"
    rf"|indicate|reveals?)|revealing) (?:a |the |possible "
    rf"|suspected |potential"
    rf" |presumed |likely )*{_TRAFFICKING}\b(?! {_PROGRAMMED})"
    rf"|\b(?:human |child |sex |labou?r )*(?:trafficking|forced labou?r|exploitation|victim) indicators?\b"
    rf"|\bindicators? (?:that|which|whether|if|to tell|telling|of whether|of someone"
    rf"|of a person)\b[^?]*\b{_PERSON}\b[^?]*\b(?:is|are|may|might"
    rf"|was|were|has|have|could|being|be) (?:\w+ ){{0,3}}?(?:victims?|trafficked|exploited|forced|controlled"
    rf"|enslaved|in danger|abused|coerced)"
    rf"|\b(?:recogni[sz]e|spot|identify|detect|tell|know|see|sure|suspect|check|find out)(?: (?:if|whether|that"
    rf"|when))?(?: \w+){{0,4}}?"
    rf" (?:an?|the|some|my|this|that|any|possible|potential|presumed) (?:\w+ ){{0,2}}?{_PERSON}\b[^?]*\b(?:is"
    rf"|has been|was|are|being)\b[^?]*"
    rf"\b(?:trafficked|victims?|exploited|forced|coerced)\b"
    rf"|\b(?:if|whether|that) (?:an? |the |my |some |this )?(?:\w+ ){{0,2}}?{_PERSON} (?:is|are|was|were|has been"
    rf"|have been|may be|might be)"
    rf" (?:an? |being |really |truly |possibly |actually )*(?:victims?|trafficked|exploited|forced|coerced)\b"
    rf"|\b(?:indicators?|questions?)\b[^?.]*\b(?:help(?:s)?(?: us| me| to)*|used? to|let us|for) (?:recogni[sz](?:e"
    rf"|ing)"
    rf"|identify(?:ing)?|spot(?:ting)?|detect(?:ing)?)"
    rf" (?:an? |the |possible |potential |presumed )*(?:victims?|trafficked)\b(?! [^?.]*\b(?:programme|program"
    rf"|project|training|campaign)s?\b)"
    rf"|\b(?:indicateurs|signes|indices) (?:de|d['’]une situation de) (?:la )?(?:traite|exploitation|travail forcé)\b"
    rf"(?! programme)|\b(?:indicadores|señales|indicios) de (?:la )?(?:trata|explotación|trabajo forzoso)\b"
    rf"|\bпризнак\w*|علامات|迹象|征兆",
    re.I,
)


def asks_of_words_or_documents(clause: str) -> bool:
    """Whether a clause asks for no list, whatever words it holds: a definition, another document, signs in a person."""
    if _DEFINES.search(clause) and not activities_in(clause, weak=False):
        return True
    if re.search(r"\b(?:differ|difference|mean|define|definition)\b", clause, re.I) and _DEFINES.search(clause):
        return True
    return bool(_OTHERS.search(clause) or _ABOUT_LISTS.search(clause) or _signs(clause))


def _signs(clause: str) -> bool:
    return bool(_SIGNS.search(clause))
