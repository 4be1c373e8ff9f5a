"""Whether a message asks for help to exploit people: a request in the offender's role, by rules over words.

Two things must stand together: somebody asks for themselves ("how do I", "ways to", "give me", "we want to"), and what
comes next is an act against people. The same act done by others ("how do traffickers"), undergone ("how are
victims"), or prevented ("how can we stop recruiters") is not asked for.
"""

from __future__ import annotations

import re

from assistant.understand.harm_goals import aims_to_exploit

_PERSON = (
    r"(?:(?:an?|the|my|our|some|any|more|many|new|young|younger|poor|vulnerable|illegal|undocumented|foreign"
    r"|local|minor"
    r"|underage|pretty|teenage|street|migrant|domestic|homeless|cheap|several|other|these|those|\d+|one|two"
    r"|three|four"
    r"|five|six|ten|\d+[- ]year[- ]old|group of|bunch of|lot of)[ -])*"
    r"(?:girls?|boys?|wom[ae]n|m[ae]n|child(?:ren)?|kids?|bab(?:y|ies)|teen(?:ager)?s?|maids?|nann(?:y|ies)"
    r"|workers?"
    r"|labou?rers?|migrants?|refugees?|people|person|someone|somebody|victims?|orphans?|servants?|slaves?|humans?"
    r"|prostitutes?|employees?|students?|minors?|runaways?|immigrants?|daughters?|wives|brides?|her|him|them"
    r"|famil(?:y|ies)"
    r"|helpers?|\d+[- ]year[- ]olds?)(?!['\w-])"
)
_GOODS = (
    r"(?:girls?|boys?|wom[ae]n|child(?:ren)?|kids?|bab(?:y|ies)|brides?|slaves?|humans?|maids?|people"
    r"|virgins?)(?!['\w-])"
)
_ORGANS = r"(?:kidneys?|organs?|livers?)"
_PAPERS = r"(?:passports?|visas?|papers|documents?|ids?|id cards?|identit\w+|birth certificates?|permits?|contracts?)"
_LAW = (
    r"(?:police|detection(?! bias| limit| rate)|authorit(?:y|ies)|inspect\w+|border|checks?|checkpoints?"
    r"|controls?|customs"
    r"|immigration|law enforcement|officials?|guards?|prosecution|arrest|embassy|labou?r inspect\w+|ngos?|caught)"
)
_FREE = (
    r"(?:leav\w+(?! (?:school|care|the (?:programme|program|shelter)))|run\w*|escap\w+|quit\w*|talk\w*|tell\w*"
    r"|contact\w*|call\w*|complain\w*|report\w*|speak\w*|go\w* to (?:the )?(?:police|embassy|authorit\w+)|going home)"
)

# A person asks for themselves: what follows is to be done by them.
MINE = (
    r"(?:how (?:much )?(?:can|could|do|should|would|might|shall|must)(?: (?:i|we|you|one|someone|somebody"
    r"|anyone|a person))"
    r"|how (?:much )?to|how (?:can|do) you|(?:can|could|may|should|shall) (?:i|we)|is it (?:ok|okay|possible"
    r"|legal|allowed) to"
    r"|where (?:can|do|could|should|to)(?: (?:i|we|one))?|(?:help|teach|assist|let|advise|show|tell) (?:me"
    r"|us)(?: (?:how|where"
    r"|to|with|with ways))*|(?:i|we) (?:want|need|plan|intend|wish|have|hope|would like|am going|are going"
    r"|am planning"
    r"|are planning|am trying|are trying)(?: help)? to|(?:explain|describe)(?: to (?:me|us))? how to"
    r"|what lies (?:can|should) i tell to)"
)
# Asked without saying who does it: a word of prevention in the sentence makes it a question about offenders.
_ANYONES = (
    r"(?:(?:ways?|tips|tricks|methods?|steps|advice|guide|instructions|strateg(?:y|ies)|techniques?|route"
    r"|scheme|plan)"
    r" (?:to|for|on how to|of how to|how to|of))"
)
_FILLER = (
    r"(?: (?:secretly|safely|quickly|best|easily|illegally|cheaply|just|go about|successfully|legally"
    r"|also|actually|be able to|get to))*"
)
_WITHOUT = (
    r"(?:without (?:papers|documents|visas?|passports?|(?:the |any )?(?:border |police )?(?:guards|police"
    r"|authorit\w+|officials?|anyone"
    r"|checks?|controls?|parents)|(?:being|getting) (?:caught|checked|seen|noticed|stopped|detected|arrested)"
    r"|(?:them )?(?:knowing"
    r"|telling|pay(?:ing)?|consent)|telling them)|undetected|unnoticed|illegally|past (?:the )?(?:border|police"
    r"|guards))"
)
_FOR_ME = (
    r"(?:prostitut\w+|\bsex\b|sex work|brothel|escorts?|without (?:telling|paying|pay)|(?:to )?work for (?:me"
    r"|us|free|nothing)"
    r"|beg for (?:me|us)|no pay|unpaid|work off|in(?:to)? (?:my|our) (?:club|brothel|bar|farm|factory|house)"
    r"|fake|cheap labou?r"
    r"|organs?|to steal|give (?:me|us) their|sell (?:me|us)|meet me|(?:in|a) secret|come with me"
    r"|away from their parents)"
)

_ACTS = (
    rf"(?:traffic(?:k\w*)?|enslav(?:e|ing)|exploit(?:ing)?|pimp(?:ing)?(?: out)?|groom(?:ing)?|lur(?:e|ing)"
    rf"|kidnap(?:ping)?"
    rf"|abduct(?:ing)?|smuggl(?:e|ing)|blackmail(?:ing)?|coerc(?:e|ing)|intimidat(?:e|ing)|threaten(?:ing)?"
    rf"|manipulat(?:e|ing)"
    rf"|trick(?:ing)?|deceiv(?:e|ing)|trap(?:ping)?|prostitut(?:e|ing)|(?:forc(?:e|ing)|pressur(?:e"
    rf"|ing)) (?={_PERSON}"
    rf" (?:to|into)))\s?{_PERSON}",
    rf"threaten(?:ing)? (?:an? |the |my |our )?(?:\w+'?s? )?{_PERSON}",
    rf"(?:sell|buy|purchase|order|own|rent|auction|trade)(?:ing)? (?:an? |the |some |my |our |young "
    rf"|\w+ )?{_GOODS}",
    rf"(?:sell|buy|get|find|harvest|procure|remove)(?:ing)? (?:an? |the |someone's |\w+ )?{_ORGANS}",
    rf"(?:recruit|attract|get|find|hire|bring|take|persuad|convinc|make|mak|offer|employ)(?:e"
    rf"|ing)? {_PERSON}.{{0,90}}{_FOR_ME}",
    rf"(?:make|mak|get|train|break)(?:ing|e)? {_PERSON} (?:to )?(?:obey|stay|depend|(?:work|pay|do) (?:for free"
    rf"|without|off|more)"
    r"|sleep with|have sex|beg\b|steal|prostitut\w+|afraid|submit)",
    rf"(?:move|transport|bring|take|get|ship|carry|drive|fly|sneak|pass|send|lead|smuggl)(?:e"
    rf"|ing)? {_PERSON}.{{0,60}}{_WITHOUT}",
    rf"(?:smuggl(?:e|ing)|sneak(?:ing)?) {_PERSON}.{{0,30}}(?:across|over|through|into)",
    rf"(?:bring|take|move|use to bring) {_PERSON} into .{{0,30}}{_WITHOUT}",
    rf"(?:hide|hiding|conceal(?:ing)?|keep(?:ing)?) {_PERSON} (?:away )?from (?:the )?(?:\w+ )?{_LAW}",
    r"(?:avoid|evad|bypass|escap|dodg|fool|outsmart|brib|get around|get past|trick)(?:e|ing)? (?:the |a |any )?"
    rf"(?:\w+ ){{0,2}}{_LAW}",
    rf"(?:keep|stop|prevent)(?:ping|ing)? {_PERSON} (?:from |to )(?:\w+ )?{_FREE}",
    r"(?:keep|tak|hold|confiscat|retain|lock up|hid)(?:e|ing)? (?:her|his|their|the(?: \w+)?s'?|(?:my |our "
    r"|the )?(?:workers?|maid|"
    rf"girls?|employees?|helper)'?s?'?) {_PAPERS}(?! (?:safe|confidential|secure|in a safe|on file))",
    r"control(?:ling)? (?:my |our |the |these |those )?(?:girls?|wom[ae]n|workers?|maids?|victims?|prostitutes?"
    r"|slaves?|her\b|them\b)",
    rf"punish(?:ing)? {_PERSON} (?:who|if|for|when) .{{0,20}}(?:escap|run|leav|refus|disobe|talk|tries)",
    rf"(?:forg|fak|falsify|counterfeit|alter)(?:e|ing)? (?:\w+ ){{0,2}}{_PAPERS}",
    rf"(?:make|making|get|getting|buy|buying|obtain|create|print|produce|order|find|sell"
    rf"|provide)(?:ing)? (?:\w+ ){{0,2}}(?:fake|false"
    rf"|forged|counterfeit) (?:\w+ )?{_PAPERS}",
    r"launder(?:ing)? (?:\w+ ){0,2}money",
    r"(?:set(?:ting)? up|start(?:ing)?|run(?:ning)?|open(?:ing)?|build(?:ing)?) (?:an? |my "
    r"|our )?(?:\w+ )?(?:forced labou?r|trafficking"
    r"|prostitution|smuggling|brothel|slave|child labou?r|begging|scam)\b(?! (?:prevention|unit|task|programme"
    r"|project|campaign|hotline))",
    r"(?:rape|beat|drug|starve|torture) (?:girls?|wom[ae]n|my (?:maid|wife|worker|girls?)|children|her\b|them\b)",
    rf"(?:convince|persuade|get) {_PERSON} to (?:give|sell|send) (?:me|us)",
    r"what should they say|donors? who will not talk",
)
PROTECTS = re.compile(
    r"\b(?:prevent(?!\w* (?:her|him|them|my))\w*|protect\w*|warn\w*|recogni[sz]\w*|identif\w+|combat\w*"
    r"|counter\w*|aware\w*"
    r"|investigat\w*|prosecut\w*|campaigns?|traffickers (?:use|apply)|used by|by (?:the )?(?:traffickers"
    r"|recruiters|perpetrators"
    r"|exploiters|abusers|pimps)|shelters?|safe house)\b"
)
_BY_OFFENDERS = re.compile(
    r"\b(?:by|from) (?:the |their )?(?:traffickers|recruiters|perpetrators|exploiters|abusers|pimps"
    r"|smugglers)\b|\bshelters?\b"
    r"|\bsafe house\b"
)
_MINE_ACTS = tuple(re.compile(rf"\b{MINE}{_FILLER} (?:{act})") for act in _ACTS)
_ANYONES_ACTS = tuple(re.compile(rf"\b{_ANYONES}{_FILLER} (?:{act})") for act in _ACTS)
# "Where ... what route should I use to bring people ...": the act follows a second "to".
_USE_TO = tuple(
    re.compile(
        rf"\b(?:should|can|could|do|must) (?:i|we) (?:use|say|do|need|pay|take|tell)(?: \w+){{0,4}} to (?:{act})"
    )
    for act in _ACTS
)
_TRAINING = re.compile(
    r"\b(?:train\w*|exercise|role[- ]?play|awareness|campaign\w*|workshop|trainees|participants|lesson"
    r"|simulat\w+|recogni[sz]e"
    r"|spot|prevent\w*|detect|case study|vignette|leaflet|warn\w*)\b"
)
_CONTENT = re.compile(
    r"\b(?:write|draft|create|give|make|compose|generate|prepare|need|invent|send)(?: me"
    r"| us)? (?:\w+[ -]){0,4}?(?:ads?|advert\w*"
    r"|script|message|offer|contract|post|profile|story|letter|text|pitch)\b.{0,60}\b(?:lur(?:e|es|ing)|tricks?"
    r"|attracts? (?:young|poor|girls"
    r"|women)|will attract|traps?|for a (?:pimp|trafficker|smuggler)|binds?|convinc\w+ (?:an? )?(?:\d+|girl"
    r"|child|minor|teen|woman)"
    r"|persuad\w+ (?:an? )?(?:\d+|girl|child|minor|teen|woman)|in secret|so (?:she|he|they) can ?not leave)"
)
_ROLE = re.compile(
    r"\b(?:i am|as|we are|i work as|pretend (?:that )?(?:you are|to be|i am)|act as|acting as|imagine you are"
    r"|for) (?:an? )?(?:\w+ )?"
    r"(?:human trafficker|trafficker|pimp|people smuggler|smuggler|brothel (?:owner|keeper))\b(?!s)|\b(?:my"
    r"|our) (?:brothel|slaves|pimp business)\b"
)
_OFFENDER = (
    r"(?:traffickers?|pimps?|smugglers?|(?:fake |illegal )?recruiters?|exploiters?|groomers?|madams?|gang leaders?)"
)
# The machine is to be an offender and to tell how it is done; calling it training does not change what is told.
_PLAYED = re.compile(
    r"\b(?:pretend|imagine|act|acting|behave|answer|speak|talk|reply|play|role[- ]?play)\b.{0,30}\b(?:you are|to be"
    rf"|as|like|the role of) (?:an? |the )?(?:\w+ )?{_OFFENDER}\b.{{0,160}}\b(?:how|step by step|ways|methods"
    r"|tricks|explain|tell)\b.{0,40}\b(?:you|your|yours|i)\b(?: \w+){0,3} (?:pick|choose|select|find|recruit|control"
    r"|groom|move|lure|trick|break|keep|sell|hide|transport|approach|threaten|force|deceive|manage|get|bring|make)\b"
)
# "How do traffickers do it? I want to do the same."
_THE_SAME = re.compile(
    rf"\b{_OFFENDER}\b.{{0,200}}\b(?:i|we) (?:want|need|plan|intend|wish|hope|would like|am going|are going|am trying)"
    r" to\b(?!.{0,80}\b(?:explain|show|teach|train|prevent|protect|warn|recogni|understand|describe|stop|detect)\w*)"
    r".{0,80}\b(?:the same (?:way|thing|trick|route|method)|(?:just )?like (?:them|that|this|they do)|as they do"
    r"|in that way|do it too|do that too|do the same)\b"
)
_WANTS = re.compile(r"\b(?:how|tell|give|write|what|where|help|list|explain|show|teach|best|tips|need|want)\b")
# 'how do i ... so that they can never leave'
_CAPTIVE = re.compile(
    r"\b(?:so|that|so (?:much|deep|deeply)(?: that)?|enough that) (?:she|he|they|the \w+) (?:can ?not|can never"
    r"|could never|will not|never) (?:leave|escape|run|talk|tell|go)\b"
)
_HOLDS = re.compile(rf"\b{MINE}\b.{{0,80}}")


def asks_to_exploit(text: str) -> bool:
    """Whether a message, folded by `scope.fold`, asks how to recruit, move, hide, control or exploit people,
    to evade the police or to forge documents."""
    if _PLAYED.search(text) or _THE_SAME.search(text):
        return True
    training = bool(_TRAINING.search(text))
    if not training and (_CONTENT.search(text) or (_ROLE.search(text) and _WANTS.search(text))):
        return True
    if any(_CAPTIVE.search(match.group()) for match in _HOLDS.finditer(text)):
        return True
    if aims_to_exploit(text):
        return True
    for patterns, excuse in ((_MINE_ACTS, _BY_OFFENDERS), (_USE_TO, _BY_OFFENDERS), (_ANYONES_ACTS, PROTECTS)):
        if any(pattern.search(text) for pattern in patterns) and not excuse.search(text):
            return True
    return False
