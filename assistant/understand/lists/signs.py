"""Signs that a person is trafficked: called indicators too, and no indicators of a programme."""

from __future__ import annotations

import re

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
# Where somebody may notice a sign, and who may bear it.
_PLACE = (
    r"(?:airports?|airplanes?|planes?|flights?|farms?|fields?|plantations?|orchards?|hotels?|motels?|hostels?"
    r"|restaurants?|bars?|clubs?"
    r"|salons?|nail bars?|parlou?rs?|brothels?|car ?wash(?:es)?|kilns?|factor(?:y|ies)|workshops?|mines?|quarr(?:y"
    r"|ies)|vessels?|ships?"
    r"|boats?|harbou?rs?|ports?|(?:building|construction|work) sites?|worksites?|workplaces?|border crossings?"
    r"|borders?|checkpoints?|stations?|trains?"
    r"|bus(?:es)?|taxis?|trucks?|hospitals?|clinics?|emergency rooms?|surger(?:y|ies)|waiting rooms?|wards?"
    r"|classrooms?|schools?|homes?|houses?"
    r"|households?|flats?|apartments?|rooms?|streets?|markets?|shops?|websites?|web pages?|sites?|forums?|chats?"
    r"|profiles?"
    r"|adverts?|ads?|advertisements?|posts?|job offers?|contracts?|passports?|visas?|documents?|accounts?"
    r"|transactions?|payments?"
    r"|phones?|lay ?bys?|lorr(?:y|ies)|garages?|kitchens?|warehouses?|supply chains?)"
)
_BEARER = (
    r"(?:patients?|pupils?|students?|clients?|guests?|passengers?|travell?ers?|customers?|tenants?|employees?"
    r"|workers?|labou?rers?|maids?|nann(?:y|ies)"
    r"|cleaners?|pickers?|fishers?|fishermen|seafarers?|players?|children|child|girls?|boys?|wom[ae]n|m[ae]n"
    r"|persons?|someone|somebody|people"
    r"|minors?|teenagers?|adolescents?|migrants?|refugees?|neighbou?rs?|families|couples?|applicants?|callers?"
    r"|beggars?|account holders?"
    r"|victims?|individuals?|brides?|dancers?|residents?|crews?)"
)
_NOTICES = (
    r"(?:notic\w+|look(?:ing)? out for|watch(?:ing)? (?:out )?for|be (?:alert|alive) to|alert\w*|spot(?:s|ting)?"
    r"|observ\w+|suspicious|suspicions?"
    r"|suspect\w*|alarm\w*|worr(?:y|ies|ied|ying)|concern(?:ed|s|ing)?|give away|betray\w*|raise|recogni[sz]e|pay"
    r" attention to|see|sees|seen)"
)
_POINTS = (
    r"(?:suggest\w*|point(?:s|ing|ed)? to(?:wards)?|show\w*|signal\w*|reveal\w*|betray\w*|hint\w* at|indicat(?:e|es"
    r"|ing)|mean(?:s|ing)?"
    r"|tell(?:s|ing)? (?:of|you|us|me|one)|give away|prove\w*)"
)
_CRIME = (
    rf"(?:{_TRAFFICKING}|debt bondage|(?:sham|forced|child) marriages?|fraud\w*|decepti\w+|deceived|control\w*|under"
    rf" (?:someone|somebody|another"
    rf" person)(?:'s)? control|threats?|threatened|confinement|not free|coerced|forced"
    r"|trafficked|exploited|captive|traffickers?|exploiters?|pimps?|(?:false|fake) (?:jobs?|offers?|documents?"
    r"|recruiters?))"
)
_INDICATORS = r"(?:indicators?|indicateurs?|indicadores?)"
_PLACED = re.compile(  # "indicators on children" are of a topic, "indicators in a child" are signs
    rf"\b{_INDICATORS} (?:(?:found|seen|observed|noticed|present|visible) )?(?:(?:in|on|at|inside|aboard|within)"
    rf" (?:an? |the |some |any )?(?:(?!(?:at|in|on|of|for|and)\b)[\w'-]+ ){{0,3}}?{_PLACE}"
    rf"|(?:in|on|from|with) (?:an? |the |your )(?:[\w'-]+ ){{0,3}}?{_BEARER}|(?:in|among) (?:[\w'-]+"
    rf" ){{0,2}}?{_BEARER})\b"
    rf"(?! (?:and|or|with|of) [^?]*\b{_PROGRAMMED})",
    re.I,
)
_DOUBTS = re.compile(
    rf"\b{_INDICATORS}\b[^?.]*\b(?:(?:raise|cause|awaken|give rise to)\w* (?:\w+ )?(?:doubts?|suspicions?|concerns?"
    rf"|alarm|questions)"
    r"|that (?:he|she|they) (?:is|are|was|were|has|have|may|might|can|do|does)\b)",
    re.I,
)
_SEEN = re.compile(
    rf"\b{_INDICATORS}\b[^?.]*\b{_NOTICES}\b|\b{_NOTICES}\b[^?.]*\b{_INDICATORS} (?:in|on|at|among|that an?)\b", re.I
)
_SOMEBODY_SEES = re.compile(
    rf"\b{_INDICATORS}\b (?:\w+ ){{0,5}}?(?:should|might|can|could|may|would|does|do|will|must) (?:an? |the"
    rf" )?(?:[\w-]+ ){{0,2}}?"
    r"(?:staff|crew|driver|nurse|doctor|teacher|receptionist|officer|inspector|guard|clerk|worker|passenger"
    r"|neighbou?r|cashier"
    r"|bank|employee|manager|cleaner|landlord|pharmacist|midwi(?:fe|ves)|people|citizens?|you|i|we|one|anyone"
    r"|everyone)s?\b",
    re.I,
)
_POINTING = re.compile(rf"\b{_INDICATORS}\b[^?.]*?\b{_POINTS} [^?.]*?\b{_CRIME}\b", re.I)
_OF_CRIME = re.compile(rf"\b{_INDICATORS} (?:of|for) (?:\w+ ){{0,3}}?{_CRIME}\b(?! {_PROGRAMMED})", re.I)
_THAT_ONE = re.compile(
    rf"\b{_INDICATORS} (?:\w+ ){{0,4}}?(?:that|which|showing|of whether|whether) (?:(?:show|suggest|reveal|tell)"
    rf" (?:us |you )?(?:that |whether |if )?)?"
    rf"(?:an? |the |some |your |my )(?:[\w-]+ ){{0,3}}?(?:{_BEARER}|{_PLACE}|employer|agency|recruiter|company|man"
    rf"|ad)(?:'s)?\b"
    rf"|\b{_INDICATORS} (?:\w+ ){{0,4}}?that {_BEARER} (?:are|is|was|were|have|has|may|might|can|do|does)\b",
    re.I,
)
_OF_PEOPLE = re.compile(
    rf"\b(?:behaviou?ral|physical|emotional|verbal|visual|visible|psychological) (?:and \w+ )?{_INDICATORS}\b", re.I
)
_HELD = (_PLACED, _DOUBTS, _POINTING, _OF_CRIME, _THAT_ONE, _OF_PEOPLE)
# What is done for people, and how well: then the indicators are those of a programme, wherever it is run.
_OF_PROGRAMME = re.compile(
    r"\b(?:programmes?|programs?|projects?|campaigns?|activit(?:y|ies)|interventions?|cash|assistance|support|risks?"
    r"|lower\w*|reduc\w+|decreas\w+|train(?:ing|ings|ed)?|courses?|workshops?"
    r"|screening|identification|screens?|services?|shelters?|counsell\w+|referrals?|refers?|referring|mechanisms?"
    r"|strateg(?:y|ies)"
    r"|plans?|polic(?:y|ies)|awareness|prevention|reforms?"
    r"|investigations?|prosecutions?|legislation|livelihoods?|reintegration|posters?|leaflets?|success\w*|progress"
    r"|impact|effect(?:s|ive\w*)?|results?|outcomes?|outputs?"
    r"|baseline|targets?|works?|work(?:ed|ing)|improv\w+|chang(?:e|ed|es|ing)|better|learn\w*|evaluat\w+|measur\w+"
    r"|monitor\w*|log ?frame|toolkit|icat)\b"
    r"|\bwe (?:run|plan|want|will|train|give|offer|set up|open|are|have|work)\b",
    re.I,
)


def signs_in(clause: str) -> bool:
    """Whether a clause asks for signs in a person, at a place or in a document."""
    if _SIGNS.search(clause):
        return True
    if _OF_PROGRAMME.search(clause):
        return False
    if any(words.search(clause) for words in _HELD):
        return True
    if re.search(r"\bindicators? for\b", clause, re.I):
        return False
    return bool(
        _SEEN.search(clause)
        and (_SOMEBODY_SEES.search(clause) or re.search(rf"\b(?:{_PLACE}|{_BEARER})\b", clause, re.I))
    )
