"""The words that tell of Part One: the questions before an activity is chosen."""

from __future__ import annotations

import re

PART_ONE = re.compile(
    r"\b(?:(?:map|maps|mapped|mapping|analy[sz](?:e|es|ing)|understand|understanding|stud(?:y|ying)|research(?:ing)?"
    r"|describ(?:e|ing)|find out about|look(?:ing)? into|assess(?:ing)?) (?:\w+[- ]){0,6}?(?:patterns?|routes?"
    r"|trafficking situation|trafficking problem|trafficking (?:in|from|between|across)|flows?|recruiters?"
    r"|how (?:people|children|women|girls|men|boys|workers|migrants|victims|they) (?:are|get|were)|how trafficking"
    r"|who (?:recruits|profits|gains|benefits))|who (?:recruits|profits|gains|benefits|is (?:recruited|exploited"
    r"|moved))\b"
    r"|(?:traffickers?|recruiters?|trafficking) (?:\w+ )?(?:shift|move|relocat|switch)\w* (?:to|into|elsewhere"
    r"|somewhere)"
    r"|push(?:es|ing)? (?:the )?(?:traffickers?|recruiters?|trafficking|exploiters?|problem)"
    r"|how (?:[\w']+ ){1,4}?(?:recruit(?:ed|s)?|lured?|moved?|transported|held|controlled?|exploited)(?:,| and| or"
    r"| from| to|\W*$| in| by| there| along)"
    r"|trafficking (?:patterns?|routes?|chains?|process|flows?)|(?:pattern|route)s? of trafficking"
    r"|(?:recruitment|migration|smuggling|transport) routes?|mapping questions?|mapping trafficking|map trafficking"
    r"|situation(?:al)? analysis|context analysis"
    r"|problem analysis"
    r"|behaviou?r(?:al|s)? changes?(?! (?:campaign|communication|message|radio|material))|whose behaviou?r"
    r"|behaviou?rs? (?:needs?|has|have|must) to change|chang(?:e|es|ing) (?:\w+[’'\s]+){0,3}behaviou?rs?"
    r"|behaviou?rs? (?:to|we want to|"
    r"should) change"
    r"|displacement (?:risks?|effects?|of trafficking)|risks? of displacement|(?:check|test|watch|look"
    r"|assess)(?:ing)? (?:out )?(?:for )?displacement|displac(?:e|es|ing) trafficking"
    r"|(?:displaced|displacement of trafficking|mov(?:e|es|ing) (?:\w+ )?(?:elsewhere|somewhere else"
    r"|to another place)|push(?:ed|ing)? trafficking elsewhere)"
    r"|(?:choos(?:e|ing)|select(?:ing)?|decid(?:e|ing)|pick(?:ing)?|compar(?:e|ing)|prioriti[sz](?:e|ing)) (?:\w+ )"
    r"{0,4}?(?:responses?|interventions?|activit(?:y|ies)|approach(?:es)?|options?|which|what to do|strategies|"
    r"programmes? to|projects? to)"
    r"|which (?:response|intervention|activity|approach) (?:to choose|fits|is best|is right|we (?:should|need to)"
    r" choose)|choos(?:e|ing) between|(?:questions?|ask(?: ourselves)?) (?:about|on|regarding) displacement"
    r"|choice (?:of|among"
    r"|between) (?:responses?|activit\w+|interventions?|programmes?)"
    r"|evaluab\w+|ready (?:for (?:an )?evaluation|to be evaluated)|can be evaluated|be evaluated later"
    r"|general (?:design )?questions?|general design|before (?:we|you|i) (?:choose|pick|decide|select)"
    r"|before (?:choosing|picking|deciding|selecting)|(?:questions? (?:of|in|from) )?part (?:one|i|1)\b"
    r"|theor(?:y|ies) of change|problem tree"
    r"|sch[eé]mas? de (?:la )?traite|itin[eé]raires?|changements? de comportement|risques? de d[eé]placement"
    r"|patr[oó]n(?:es)? de (?:la )?trata|rutas? de (?:la )?trata|cambios? de (?:comportamiento|conducta)"
    r"|riesgos? de desplazamiento|evaluabilidad|[eé]valuabilit[eé]|изменени\w+ поведения|маршрут\w+|схем\w+ торговли)\b"
    r"|أنماط الاتجار|نمط الاتجار|تغيير السلوك|贩运(?:模式|路线)|行为改变",
    re.I,
)
# A step before an activity is chosen, by its plain name, and how a request for it begins.
STEP = re.compile(
    r"\bmap(?:ping)? (?:out )?(?:who|how|where|what)\b|\bmap(?:ping|s)? (?:\w+[- ]){0,6}?(?:patterns?|routes?"
    r"|trafficking|flows?)\b"
    r"|\b(?:situation(?:al)?|context|problem) analysis\b|\banalys(?:is of|e|ing) (?:\w+ ){0,2}?(?:situation|pattern"
    r"|context|problem)\b"
    r"|\btheory of change\b|\bproblem tree\b"
    r"|\b(?:choos|select|decid)\w+ (?:\w+ ){0,3}?(?:activit(?:y|ies)|responses?|interventions?)\b",
    re.I,
)
REQUEST = re.compile(
    r"\bhow (?:do|should|can|could|would|might) (?:we|i|one|you)\b|\b(?:help|guide|assist|walk|take|support) (?:us"
    r"|me)\b"
    r"|\b(?:i|we) (?:need|want|would like|have to|must|wish)\b|\bplease\b|\bwhat (?:goes|belongs) (?:in|into|to)\b"
    r"|\b(?:give|show|list|send|propose|suggest)\b|\bwhat is (?:in|part of)\b|\b(?:let us|let's)\b|^\W*(?:mapping"
    r"|analys|situation|context|problem)\w*",
    re.I,
)
DISPLACES = re.compile(
    r"\bdisplac(?:e|es|ed|ing|ement)\b|\b(?:traffickers?|recruiters?|trafficking) (?:\w+ )?(?:shift|move|relocat"
    r"|switch)\w*|\bpush(?:es|ing)? (?:the )?(?:traffickers?|recruiters?|problem)\b|\b(?:push"
    r"|mov|shift)(?:e|es|ed|ing)? (?:\w+ ){0,3}?(?:elsewhere|somewhere else"
    r"|to another (?:place|area|region|district))\b",
    re.I,
)
CHECKS = re.compile(
    r"\bhow (?:do|should|can|could|would|might) (?:we|i|one|you) (?:best |first )?(?:check|be (?:sure|certain)|make"
    r" sure|ensure|find out"
    r"|know|tell|see|test|spot|notice|verify|assess|examine|think about|consider|watch (?:out )?for|look (?:out"
    r" )?for)\b",
    re.I,
)
