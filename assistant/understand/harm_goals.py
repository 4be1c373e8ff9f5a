"""What an offender is after, in the words of somebody who asks for it: workers kept unpaid, silent, hidden or bound.

`harm` has the acts that follow a request directly ("how do I smuggle people"). Here the aim gives the
request away, wherever it stands: "is there a trick so that the inspectors do not find my workers".
"""

from __future__ import annotations

import re

_THEM = (
    r"(?:(?:my|the|an?|our|some|several|new|young|underage|undocumented|migrant|domestic|farm|other|any|those"
    r"|these|\w+) ){0,3}"
    r"(?:workers?|girls?|wom[ae]n|maids?|nann(?:y|ies)|cooks?|cleaners?|helpers?|hands|employees?|staff"
    r"|child(?:ren)?|kids?|boys?"
    r"|teen(?:ager)?s?|runaways?|migrants?|people|person|labou?rers?|drivers?|pickers?|servants?|wi(?:fe|ves)"
    r"|her|him|them)"
)
_MY_PEOPLE = (
    r"(?:my|our) (?:\w+ )?(?:workers?|girls?|maids?|nann(?:y|ies)|cooks?|cleaners?|helpers?|farm hands|hands"
    r"|labou?rers?|pickers?"
    r"|servants?|housekeepers?)"
)
_WATCHERS = (
    r"(?:police|inspect\w+|labou?r inspect\w+|authorit\w+|ngos?|border guards?|customs|immigration"
    r"|neighbou?rs|anyone|embassy)"
)

# Enough by themselves, if somebody asks.
_AIMS = (
    rf"\b(?:stop|keep|prevent) {_MY_PEOPLE} from\b",
    rf"\bmake sure (?:that )?{_THEM} (?:do not|does not|never|can not|will not) (?:talk|speak|leave|run|tell"
    rf"|call|complain|contact)",
    rf"\b(?:make sure|ensure|make|keep|get|have) (?:that )?{_THEM} (?:to |are |is |stay |be |feel |remain )*(?:too "
    r"|so )?(?:scared|afraid|frightened|intimidated|fearful|terrified)(?: of me)? (?:to|of (?:the )?(?:police|inspect"
    r"|leaving|talking|complaining))\b",
    rf"\b(?:make|get|keep|have) {_THEM} (?:to )?(?:owe|indebted|in debt|depend(?:ent)? on|hooked|addicted)\b.{{0,40}}"
    r"\b(?:me|us|can not leave|never leave|so (?:much|that))\b",
    rf"\b(?:so that|so|trick|sure) (?:the |that |that the )?(?:\w+ )?{_WATCHERS} (?:do not|does not|never"
    rf"|will not|can not) (?:find|see"
    r"|notice|check|ask|catch)",
    r"\b(?:before|without) (?:anyone|anybody|somebody|the police|the authorities|the inspectors"
    r"|inspectors) (?:notic\w+|know\w*|find\w*|see\w*)",
    r"\b(?:easier|easy) to control\b|\bbreak (?:an?|the|her|his|their|my) (?:\w+'s )?will\b|\bdo (?:everything"
    r"|anything|whatever) (?:i|we) (?:say|want"
    r"|tell)|\bwho (?:will not|do not|does not|never) (?:complain|talk|ask|go to the police)"
    r"|\basks? no questions\b|\bhand me their"
    r" (?:passports?|papers|documents)",
    r"\bowes? (?:me|us)\b.{0,20}\b(?:forever|for ever|for life|money)|\bso (?:that )?(?:the )?(?:maid|girl"
    r"|worker|she|he|they)s? (?:owes?|can never)",
    r"\bget away with (?:not paying|paying (?:less|nothing)|keeping|using|beating|hitting)",
    rf"\bget {_MY_PEOPLE} to work\b.{{0,30}}\b(?:free|nothing|without|unpaid)",
    r"\b(?:for free|without pay|for nothing)\b.{0,30}\b(?:she|he|they) (?:has|have) no papers",
    rf"\bhow (?:many hours|much|long) can i make {_THEM} work",
    r"\b(?:seiz|tak|keep|confiscat|hold|withhold|collect)(?:e|ing) (?:the )?passports of\b",
    r"\b(?:bring|get|take|smuggle|move|transport)\b.{0,40}\bhidden in (?:a |the )?(?:lorry|truck|van"
    r"|container|car|boat|trunk)",
    r"\bhiding (?:people|migrants|girls|workers|children|women|someone)\b",
    rf"\b(?:bring|bringing) in {_THEM}\b.{{0,40}}\b(?:no|without) (?:visas?|papers|permits?)",
    rf"\b(?:take|bring|carry|get|getting) {_THEM} (?:through|across|over|past) (?:\w+ )?(?:border|airport"
    rf"|customs|security|checks?)?(?:\W|$)"
    r"(?!.*\b(?:safe|safely|rescue|home)\b)",
    r"\bweakest (?:border|passport|visa|customs)",
    r"\b(?:tell|convinc\w+|persuad\w+|story|lies?|get) .{0,40}\b(?:send|give) (?:me "
    r"|us )?their (?:\w+ )?(?:daughters?|sons?|child(?:ren)?|kids?|girls?)\b(?! to (?:school|class|the clinic"
    r"|a doctor))",
    r"\b(?:convince|persuade|get|lies|talk|trick) .{0,30}\b(?:to|into) (?:come|coming|go|going|move"
    r"|trust me)\b.{0,25}\b(?:with (?:me|you|us)|to my"
    r" (?:place|house|home|flat|city|club))",
    rf"\bget {_THEM} to (?:carry|sell|steal|beg|deliver|transport|smuggle|strip|undress|marry|sleep with"
    rf"|meet (?:me|clients))\b",
    r"\b(?:carry|sell|deliver) drugs for (?:me|us)\b",
    r"\b(?:underage|minor|young|1[0-7][- ]year[- ]old)\b.{0,30}\blook older\b|\bfor clients\b"
    r"|\bcustomers for (?:my|our) girls\b",
    r"\bmakes? (?:girls|minors|teens|teenagers|children|women) send\b",
    r"\bsell(?:ing)? (?:an? |the |my |our )?(?:woman|girl|child|baby|boy|wife|daughter)\b"
    r"|\brent(?:ing)? out (?:children|kids|girls|babies)",
    r"\b(?:purchase|buy|buying|order) (?:an? )?(?:organ|kidney|liver|cornea)|\btakes? out kidneys|\bpoor donor",
    r"\bmarket where (?:i|we|you) can (?:get|buy|find) an? (?:wife|girl|bride|child)",
    r"\bgirl who is not mine\b|\bchild who is not mine\b",
    r"\b(?:get|buy|make|order|obtain|find) an? (?:fake|false|forged) (?:id|passport|visa|birth certificate"
    r"|permit)",
    r"\bpunish(?:ing)? (?:\w+ )?(?:workers?|girls?|maids?|women|them|her|him) (?:who|if|for|when)",
    r"\b(?:open|start|run|set up)\b.{0,30}\busing (?:migrant|undocumented|foreign|young|underage|trafficked)\b"
    r"|\bwomen who owe me\b",
    r"\bi (?:run|own|have|manage) an? (?:massage parlou?r|brothel|club|bar|escort agency|strip club"
    r"|sweatshop)\b.{0,40}\b(?:need|want|looking for)",
    r"\bour clubs?\b|\bmy clubs?\b|\bmy brothel\b",
    r"\bi want an? (?:girl|woman|child|boy|virgin|slave)\b|\bfind (?:me )?an? (?:girl|virgin"
    r"|slave)\b.{0,40}\b(?:poor|obey|young)",
    r"\b(?:like|as) an? (?:trafficker|pimp|smuggler|recruiter)\b.{0,80}\b(?:you would|i would|your) ",
    r"\bfake (?:model|modelling|job|casting|recruitment) (?:agency|agent|offer|company)\b.{0,40}\b(?:makes?|get"
    r"|gets|lures?|so that) (?:girls|women|teens|children|young)",
)
_ASKS = re.compile(
    r"\?|\b(?:how|what|which|where|who|give|tell|write|need|want|tips|ways?|steps|help|suggest|explain|show"
    r"|story|trick|cheap|best|describe|act|looking"
    r" for|like to|pls|please)\b"
)
# Somebody else does it, or it is to be met, not done.
OTHERS = re.compile(
    r"\b(?:do|does|did|can|could|are|were|by|from|of|when|why|that|which|if|may|might|use|uses|used) (?:the "
    r"|an? |some |many |most )?(?:\w+ )?"
    r"(?:exploiters?|traffickers?|recruiters?|smugglers?|pimps?|offenders?|perpetrators?|criminals?|employers?"
    r"|agents?|agencies|gangs?|families"
    r"|parents|husbands|people (?:who|that)|states|governments|countries|inspectors|owners)\b"
    r"|\b(?:prevent(?!\w* (?:my|her|him|them))\w*|protect\w*|warn\w*|recogni[sz]\w*|identif\w+|combat\w*"
    r"|counter\w*|awareness|investigat\w*"
    r"|prosecut\w*|campaigns?|programmes?|indicators?|evaluat\w*|guidance|according to|research\w*|lesson"
    r"|training|rescue\w*|safely|reintegrat\w*"
    r"|remed(?:y|ies)|survivors?|support(?:s|ed|ing)?|illegal|unlawful|sentence for|penalt(?:y|ies)|crimes?"
    r"|punishments?|offen[cs]es?)\b|^why\b|\bare (?:children|people|women|girls|workers|migrants) \w+"
)
_COMPILED = tuple(re.compile(aim) for aim in _AIMS)
_HIS_OWN = re.compile(
    rf"\b{_MY_PEOPLE}\b|\bmy (?:clubs?|brothel|girls)\b|\bfor (?:me|us)\b|\bi would like to (?:buy|purchase)"
    rf"|\bwith me\b|\bso (?:that )?(?:i|we) can take\b"
)


def aims_to_exploit(text: str) -> bool:
    """Whether what is asked for is an offender's aim. `text`: folded by `scope.fold`."""
    if not _ASKS.search(text) or not any(aim.search(text) for aim in _COMPILED):
        return False
    return bool(_HIS_OWN.search(text)) or not OTHERS.search(text)
