"""Questions that hold the words of lists and ask for none: of meanings, of other documents, of signs in a person."""

from __future__ import annotations

import re

from assistant.understand.lists.narrow import about_in
from assistant.understand.lists.part_one import PART_ONE
from assistant.understand.lists.publications import asks_of_publications
from assistant.understand.lists.signs import signs_in
from assistant.understand.lists.words import activities_in
from assistant.understand.lists.world import is_off_topic, learns_of_the_world

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
_HOW_MANY = re.compile(
    r"\bhow many (?:[\w-]+ ){0,2}?(?:indicators?|kpis?|metrics|questions?|lessons?|targets|items|criteria)\b"
    r"|\bnumber of (?:[\w-]+ ){0,2}?(?:indicators|questions|lessons|items)\b|^\W*count (?:all )?(?:the )?(?:[\w-]+ )"
    r"{0,2}?(?:indicators|questions|lessons|items)\b",
    re.I,
)
_COUNTED = re.compile(  # of a list that there is; not "how many indicators should a project have"
    r"^\W*(?:what is the |the )?(?:number of|count)\b"
    r"|\bhow many (?:[\w-]+ ){0,2}?\w+ (?:learn(?:ed|t) )?(?:(?:are|is) (?:there|in|listed|given|on|for|under)|do you"
    r"|can you|have you|(?:does|has) (?:the |this |your |icat['’]?s? )*(?:toolkit|icat|library|list|section|part|it)\b"
    r"|do(?:es)? (?:we|i) (?:find|have|get)|there are|exist|for|on|about|in|under|speak|mention)\b",
    re.I,
)
_THE_TOOLKIT = re.compile(r"\b(?:toolkit|tool kit|icat)\b", re.I)
_LISTS = r"(?:indicators?|kpis?|metrics?|questions?|lessons?|targets?|measures?|what)"
# A question about words, about another document or about the lists themselves; each clause is looked at alone.
_DEFINES = re.compile(
    r"\b(?:define|definition of|meaning of|what (?:do|does|did|is|are)\b.{0,60}\b(?:mean|meant|stand for)\b|meant by"
    r"|stands? for|differen(?:ce|t|ces)\b.{0,20}\b(?:between|from)|differ\b|distinguish)"
    r"|\bexplain (?:to me )?(?:what|the (?:term|word|concept|meaning|difference))"
    r"|\bwhat(?:['’]?s| is| are| exactly is| exactly are) (?:meant by |called )?(?:an? |good |smart )?(?:term "
    r"|word |idea of an? )?"
    r"(?:proxy |smart |outcome |output |impact |process |quantitative |qualitative |input |key performance "
    r"|performance |composite |good |design |evaluation |monitoring |learning |research )*"
    r"(?:indicators?|kpis?|metrics?|log[- ]?frames?|logical frameworks?|targets?|baselines?|design questions?"
    r"|(?:guiding|evaluation|learning|research) questions?"
    r"|lessons?(?: learn(?:ed|t))?|results? frameworks?|m ?& ?e|monitoring(?: and evaluation)?|theory of change"
    r"|m ?& ?e frameworks?"
    r"|monitoring frameworks?|means of verification|outcomes?|outputs?|impacts?)(?: learn(?:ed|t))?(?:,? exactly"
    r"|,? then|,? actually"
    r"|,? anyway|,? please|,? in (?:one|a|an|plain|simple|short|few|brief)(?: \w+){0,3})?\W*$"
    r"|^\W*what (?:does|do|did) (?:an?|the) [\w& -]+ do\W*$|\bwhat \w+ (?:do|does|can) (?:indicators?|targets"
    r"|metrics|kpis|log ?frames?) have\b"
    r"|\bwhat(?:'s| is| are) the (?:purpose|role|aim|value|point|use|importance|advantages?|benefits?|history"
    r"|origin)s? of\b"
    r"|\bwhat (?:makes|is wrong with|are the (?:limits|limitations|risks|dangers|advantages|benefits|purpose"
    r"|drawbacks|weaknesses))\b"
    r".*\b(?:indicators?|targets?|log[- ]?frames?|questions?|metrics?|kpis?)"
    r"|\b(?:definitions?|meaning)(?: please| pls)?\W*$|\bwhat [\w' -]{1,40} means\W*$"
    r"|\bexamples? of (?:an? |one )(?:[\w-]+ ){0,2}?(?:indicator|kpi|target|lesson|(?:design )?question)\b"
    r"|^\W*(?:so |and |but )?what(?:['’]?s| is| are) (?:an? |the )(?:[\w-]+ ){1,3}(?:in|of) (?:an? |the )?(?:[\w-]+ )?"
    r"(?:log[- ]?frame|logical framework|theory of change|indicators?|results? (?:chain|framework)s?)\W*$"
    r"|\bqu['’]est-ce qu['’](?:un|une)\b|\bqué es un[a]?\b|\bчто такое\b|ما (?:هو|هي) (?:ال)?مؤشر\W*$|什么是",
    re.I,
)
_ABOUT_LISTS = re.compile(
    r"^\W*(?:on |in )?(?:which|what) pages?\b|\bwhat makes (?:an? )?(?:[\w-]+ ){0,2}?(?:indicators?|targets?|kpis?"
    r"|questions?|log[- ]?frames?)\b"
    r"|^\W*(?:and |but |so )?what (?:do|does|did) (?!(?:we|i|you|one|(?:the )?(?:toolkit|lessons?)|icat)\b)"
    r"(?:[\w-]+ ){1,4}?(?:think|say|write|know|believe|feel) (?:about|of|on)\b"
    r"|^\W*(?:can|could|may|must|should) (?:i|we|one) (?:translate|change|adapt|reword|shorten|copy|print|publish|share"
    r"|quote|reuse|use|trust|rely on) (?:[\w-]+ ){0,3}?(?:indicators?|questions|lessons|lists?|them|these|those)\b"
    r"|\bwhat (?:do|does|can|could|would|should) (?:an? |the |these |good |smart |such )*(?:indicators?|targets?|kpis?)"
    r" (?:not )?(?:look like|measure|tell|show|say|do|mean)\b"
    r"|\b(?:targets|questions|indicators|lessons) (?:do|does|did|have|has|can|will) (?:the )?(?:traffickers?"
    r"|recruiters?|criminals?|offenders?|smugglers?|exploiters?)\b|^\W*(?:do|does|did|have) other (?:\w+ ){1,2}?use\b"
    r"|\bquestions? (?:can|could|do|may|will) (?:you (?:answer|understand)|i ask(?! (?:myself|ourselves)))\b"
    r"|^\W*(?:(?:and|but|so) )?what (?:are|is) (?:the |some |your )?(?:main |biggest |usual )?(?:challenges?"
    r"|difficult\w+|problems?|obstacles?) (?:in|of|with|when|to) (?:measur|evaluat|monitor|track|assess)\w*"
    r"|\b(?:what|which) (?:evidence|proof|research|stud\w+) (?:is there|are there|exists?|there is)\b"
    r"|^\W*(?:[\w-]+ )?questions? (?:about|on|for|regarding) [^:?]{1,60}: *(?!.*\bask\b)(?:may|does|do|is|are|can|could"
    r"|should|must|will|who|what|why|when|where|how)\b"
    r"|^\W*(?:(?:can|could|would|will) (?:you|somebody|someone) )?(?:please )?(?:explain|describe|summari[sz]e"
    r"|translate|compare (?!the (?:indicators|questions|lessons)))\b"
    r"|^\W*(?:is|are) there (?:any |some |good |enough |scientific )*(?:evidence|proof|research|stud\w+)\b"
    r"|\bquestions? (?:remain|arise|are open|are still)|\b(?:open|unanswered|research) questions?\b|"
    r"\bwhat (?:do|did) you think\b|^\W*(?:why|who|whom|whose|since when|when(?= (?:is|are|was|were|did|do|does"
    r"|should|must|will|can|could|has|have|would)\b)"
    r"|where\b(?!.*\bwrong\b))\b"
    r"|^\W*(?:and |so |but )?(?:why|who (?:wrote|made|developed|published|chose|should|is|are|will|must|decides"
    r"|collects))\b"
    r"|^\W*(?:is|are|was|were|does|do|did|has|have|must|should|may) (?!there\b|there any|you\b|our\b|my\b|others?\b"
    r"|(?:the |icat['’]?s? )*(?:toolkit|icat) (?:have|contain|hold|give|offer|list|include|propose|suggest)s?\b)"
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
    r"|\b(?:check|consider|ask|think|keep in mind|look|know|mind)\b[^?]{0,30}? (?:about|of|for|with|in|to|at) (?:each"
    r"|every|any|one|an?|a single) (?:[\w-]+ ){0,2}?(?:indicator|target|kpi)\b"
    r"|\b(?:when|before|while|if) (?:we|i|you|one) (?:choose|pick|select|write|formulate|draft|adopt|use|copy)"
    r" (?:\w+ ){0,3}?(?:indicators?|targets?|kpis?)\b"
    r"|\b(?:what|how much) (?:did|does|do|would|will|has|have|can)\b[^?]*\bcosts?\b"
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
    rf"(?:{_DOCUMENT}|evaluation of)\b(?! (?:plan|framework|campaign|drive|programme|project))|\b{_LISTS} (?:of|in"
    rf"|from|by) (?:the|this|that|their"
    rf"|an?) (?:[\w-]+ ){{0,3}}?(?:evaluation|review)(?: (?:of|in|from) \d{{4}})?\W*$"
    rf"|\bon page \d|\bpage \d+|\b(?:section|chapter|annex"
    rf"|table|box|figure)"
    rf" (?:\d|[ivx]+\b|[a-h]\b)|\b(?:used|asked|listed|chosen|proposed|reported|measured|drawn) (?:by|in) (?:the|an?"
    rf"|its|their) (?!toolkit)(?![\w -]{{0,40}}\b(?:programmes?|programs?|projects?|campaigns?|trainings?"
    rf"|shelters?)\b)\w+|\bissue (?:brief|paper) (?:no\.? ?)?\d|\b(?:evaluation|report|study) (?:use[sd]?"
    rf"|list(?:s|ed)?"
    rf"|report(?:s|ed)?|found|find|mention(?:s|ed)?|contain(?:s|ed)?|say|says|said|propose[sd]?|recommend(?:s|ed)?)\b",
    re.I,
)


def defines(clause: str) -> bool:
    """Whether a clause asks what a word means."""
    if not _DEFINES.search(clause):
        return False
    meaning = re.search(r"\b(?:differ|difference|mean|define|definition)\b|\bmeans\W*$", clause, re.I)
    return bool(meaning) or not activities_in(clause, weak=False)


def _counts_a_list(clause: str) -> bool:
    """Whether "how many" is asked of lists that are here: they are given, with their count.

    How many there are in all of the Toolkit is a question about that publication, which may not be here.
    """
    if not _COUNTED.search(clause):
        return False
    named = bool(activities_in(clause) or PART_ONE.search(clause) or about_in(clause))
    return named or not _THE_TOOLKIT.search(clause)


def asks_of_words_or_documents(clause: str) -> bool:
    """Whether a clause asks for no list, whatever words it holds: a definition, another document, signs in a person."""
    if defines(clause) or asks_of_publications(clause):
        return True
    if _HOW_MANY.search(clause):
        return not _counts_a_list(clause)
    return bool(
        _OTHERS.search(clause)
        or _ABOUT_LISTS.search(clause)
        or signs_in(clause)
        or learns_of_the_world(clause)
        or is_off_topic(clause)
    )
