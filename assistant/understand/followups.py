"""How follow-ups are told from questions of their own: the word lists and patterns of `rewrite`."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


END = re.compile(r"[\s?!.…؟？。！]+$")
COURTESY = re.compile(
    r"^(?:(?:ok(?:ay)?|thanks|thank you|great|good|i see|hmm+|right|yes|no|please|well|so|sure|cool|got it"
    r"|alright)\b[\s,.!;:-]*)+",
    re.I,
)
JOINED = re.compile(r"^(?:and|but|or|then|also|now|et|mais|y|pero|а|и|но)\s+(?:also\s+|then\s+)?", re.I)
OPENER = re.compile(
    r"\b(?:what(?! about)|which|who|whose|whom|how(?! about)|why|when|where|is|are|was|were|do|does|did|can"
    r"|could|should|must"
    r"|may|will|would|has|have|list|give|show|tell|explain|describe|compare|define|name)\b",
    re.I,
)
FRAGMENT = re.compile(
    r"^(?:what about|how about|and|or|but|also|only|just|except|excluding|without|instead|(?:the )?same (?:for"
    r"|in|with)"
    r"|for|in|with|from|about|on|at|by|of|regarding|specifically|especially|particularly|other than|more (?:on"
    r"|about)"
    r"|et (?:pour|les|la|le|sur|dans|en|chez|avec)|pour|y (?:para|los|las|el|la|en|sobre|con)|а|и|для|в|"
    r"qu'en est-il|¿?qué hay de)\s+\S",
    re.I,
)
FRAGMENT_ELSEWHERE = re.compile(r"^(?:و(?:ماذا عن|بالنسبة|للأ|لل|في )|وماذا عن|那.{1,20}呢|.{1,12}呢[？?]?$)")
BARE = re.compile(
    r"(?:why(?: not| so| is (?:that|this|it)(?: so)?)?|how(?: so| come| exactly| many| much| often| long)?|when"
    r"|where|who|which"
    r"(?: (?:ones?|page|pages|paper|publication|source))?|what(?: page| source| else| more| then| next| for"
    r"| do you mean)?|whose"
    r"|really|says who|since when|more|go on|continue|next|tell me more(?: about (?:it|this|that|them|these))?"
    r"|say more"
    r"|(?:more|further|any) (?:details?|examples?|information|info|ideas|others?)|details?|explain(?: (?:it"
    r"|this|that|more|further))*"
    r"|elaborate(?: on (?:it|this|that))?|(?:some |any |give (?:me )?(?:some |an )?)?examples?(?: please)?"
    r"|for (?:example|instance)"
    r"|such as(?: what)?|like what|anything else|any ?(?:thing)? more|others?|the others|and|in short|in brief"
    r"|in detail|shorter|longer"
    r"|simpler|in (?:simple|plain|other) (?:words|terms|english)|summari[sz]e(?: (?:it|this|that|them))?"
    r"|(?:can|could|will|would) you (?:please )?(?:explain|elaborate|summari[sz]e|expand|continue|repeat"
    r"|rephrase|simplify)"
    r"(?: (?:on )?(?:it|this|that|them|more|further))*|how do you know(?: (?:it|this|that))?|according to whom"
    r"|meaning"
    r"|pourquoi|comment|quand|où|qui|par exemple|por qué|cómo|cuándo|dónde|quién|por ejemplo|почему|как|когда"
    r"|где|кто|например"
    r"|لماذا|كيف|متى|أين|من|مثلا|为什么|为何|怎么|怎样|例如|比如)",
    re.I,
)
NOUNS_OF_DOCUMENTS = (
    r"(?:paper|publication|brief|document|report|review|guide|text|study|toolkit|digest|source|chapter|one)"
)
POINTER = re.compile(
    rf"\b(?:(?:this|that|these|those|the same|such an?|said) (?:{NOUNS_OF_DOCUMENTS}s?|questions?|indicators?"
    rf"|points?|lessons?"
    r"|sections?|approach(?:es)?|method(?:s|ology)?|measures?|programmes?|programs?|steps?|recommendations?"
    r"|definitions?|terms?"
    r"|strateg(?:y|ies)|risks?|activit(?:y|ies)|activity types?|issues?|topics?|things?|ones|groups?|cases?"
    r"|figures?|numbers?"
    r"|statements?|sentences?|principles?|rights?|remed(?:y|ies)|framework|law|group|idea|concept)"
    r"|(?:is|are|was|does|do|did|about|of|like|on|for|by|with|from|to|in|under|beyond) (?:this|that|these|those"
    r"|them|it)(?=\W*$)"
    rf"|the (?:paper|publication|document|report|brief)(?=\W*$| (?:say|cover|recommend|mention|written"
    rf"|published|about\W*$))"
    r"|the (?:former|latter|above)(?=\W*$))\b",
    re.I,
)
IT = re.compile(r"\b(?:it|its|itself|he|she|his|her|they|them|their|theirs|this|that|these|those)\b", re.I)
EMPTY_IT = re.compile(
    r"\b(?:is|was|would|will|could|can|might|make|makes|find|does|how) it(?: be)? (?:possible|legal|illegal"
    r"|lawful|important"
    r"|necessary|useful|true|known|clear|ok|better|best|worth|enough|hard|difficult|easy|safe|advisable|mean to"
    r"|mean if|matter|take"
    r"|like)\b|\bit (?:is|was) (?:possible|important|necessary|true|known|clear|better|best|worth|that)\b"
    r"|\bthis (?:year|month|week|assistant|chat|tool)\b|\bthat (?=[a-z]+s?\b)(?!is\b|was\b)",
    re.I,
)
# What a pronoun later in the same question may stand for: a noun with its article, a name, or the subject that
# follows an auxiliary; for "they", a word in the plural that is not the verb after "who".
SINGULAR = re.compile(
    r"(?i:\b(?:an?|the|each|every|any|one|another|some|no|our|my) (?:[\w-]+ ){0,2}[\w-]+)|(?<!^)\b[A-Z][\w-]+"
    r"|(?i:\b(?:is|are|was|were|do|does|did|can|could|should|must|may|will|would|has|have) )"
    r"(?!(?i:we|i|you|one|it|he|she|they|this|that|these|those|there|not|be|been)\b)[\w-]{3,}(?<!s)\b"
)
PLURAL = re.compile(
    r"(?i)(?<!who )(?<!which )(?<!what )(?<!it )(?<!that )\b(?:[\w-]{2,}[^\Wsui]s|[\w-]+ies|people|children"
    r"|women|men|police)\b"
)
ORDINALS = (
    ("first", "1st", "one"),
    ("second", "2nd", "two"),
    ("third", "3rd", "three"),
    ("fourth", "4th", "four"),
    ("fifth", "5th", "five"),
    ("sixth", "6th", "six"),
    ("seventh", "7th", "seven"),
    ("eighth", "8th", "eight"),
)
PLACES = {name: place for place, names in enumerate(ORDINALS) for name in names} | {"last": -1}
NTH = r"first|second|third|fourth|fifth|sixth|seventh|eighth|last|[1-8](?:st|nd|rd|th)"
ORDINAL = re.compile(
    rf"\b({NTH}) (?:one|point|item|bullet|sentence|statement|indicator|question|lesson)\b"
    rf"|(?:^|\b(?:is|about|explain|and|mean by|only|just) )the ({NTH})(?=\W*$)"
    r"|\b(?:number|item|point|question|indicator) ([1-8]|one|two|three|four|five|six|seven|eight)\b(?=\W*$"
    r"| mean| more)",
    re.I,
)
LABELLED = re.compile(r"\[(\d{1,2})\]|\bsource (\d{1,2})\b", re.I)
RELATIONAL = _words(
    """indicators questions lessons outcomes outputs impacts examples steps risks challenges benefits causes reasons
    effects consequences advantages disadvantages differences difference limits limitations exceptions requirements
    alternatives others rest details other main key most important list full whole complete next more else authors
    author year date pages page chapters sections sources recommendations conclusions findings points summary scope
    aim aims purpose objective objectives audience title elements parts criteria definition types kinds stages phases
    costs advice results"""
)
SAID_OF_DOCUMENTS = re.compile(
    r"\b(?:wrote|writ\w+|published?|publishes|authors?|publisher|pages?|year|date|title|languages?|available"
    r"|download"
    r"|chapters?|sections?|recommend\w*|scope|structured?|organi[sz]ed|intended|audience|series|covers?|says?"
    r"|mention\w*"
    rf"|conclu\w+|(?:this|that|the|same) {NOUNS_OF_DOCUMENTS})\b",
    re.I,
)
LEAD_IN = re.compile(
    r"^(?:(?:please|can you|could you|would you|i (?:want|need|would like) to know|do you know)\s+)*"
    r"(?:(?:tell (?:me|us)|explain|describe|list|give (?:me|us)|show (?:me|us)|name|define|compare"
    r"|summari[sz]e)(?: about| all| to me)?\s+"
    r"|(?:what|which|who)(?:'s| is| are| was| were)\s+(?!about)|what (?:does|do|did)\s+(?:.{1,60}? (?:say|says"
    r"|recommend|suggest)s? (?:about|on)\s+)?"
    r"|(?:how|why|when|where)\s+(?:do|does|did|can|could|should|must|is|are|was|were|to)\s+(?:(?:we|i|you"
    r"|one)\s+)?|which\s+|what\s+"
    r"|(?:is|are|was|were|do|does|did|can|could|should|must)\s+)",
    re.I,
)
UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")  # words are not told apart by spaces
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
LIGHT = _words(
    """a an the of for in on to and or but with by from at as about is are was were be been do does did can could should
    must may will would has have had what which who whom whose how why when where we i you one us me my our your any
    some there not no please if so also then than only just s"""
)
# Values of one kind: a follow-up that names another of the same kind takes its place instead of joining it.
SLOTS: tuple[tuple[str, ...], ...] = (
    (
        r"awareness[- ]raising(?: campaigns?| activities)?",
        r"livelihoods?",
        r"legal frameworks?",
        r"criminal justice(?: capacity| responses?)?",
        r"identification(?: and referral)?",
        r"referral",
        r"support and durable solutions",
        r"durable solutions",
        r"national (?:action )?plans?(?: of action)?",
    ),
    (r"(?:possible )?indicators", r"(?:design )?questions", r"lessons(?: learned| learnt)?"),
    (r"outputs", r"outcomes", r"impacts?"),
    (r"children", r"women", r"men", r"adults", r"girls", r"boys", r"migrants", r"refugees", r"survivors"),
    (r"(?:1[89]|20)\d\d",),
)  # fmt: skip
