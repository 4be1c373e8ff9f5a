"""What narrows a list: levels of indicators, groups of people it should speak of, details to be shown."""

from __future__ import annotations

import re

from assistant.types import Detail
from corpus.toolkit.types import Level

LEVELS = (
    (
        Level.OUTPUT,
        re.compile(
            r"\bout ?-?puts?\b|\bproduits?\b|\bextrants?\b|\bréalisations?\b|\bproductos?\b|непосредственн\w+"
            r" результат\w*|产出|المخرجات",
            re.I,
        ),
    ),
    (
        Level.OUTCOME,
        re.compile(
            r"\bout ?-?comes?\b|\beffets?\b|\brésultats?\b|\befectos?\b|\bresultados?\b|промежуточн\w+ результат\w*"
            r"|成果|النتائج",
            re.I,
        ),
    ),
    (
        Level.IMPACT,
        re.compile(
            r"\bimpacts?\b(?! (?:assessment|evaluation|study))|\blong[- ]term (?:results?|changes?|effects?)\b"
            r"|\bimpactos?\b"
            r"|воздействи\w*|影响|الأثر",
            re.I,
        ),
    ),
)
_NAMED_LEVELS = r"(?:outputs?|outcomes?|impacts?)(?:(?:,| and| or|/| &) ?(?:outputs?|outcomes?|impacts?))*"
_LEFT_OUT = re.compile(
    r"\b(?P<word>without|except(?:ing)?(?: for)?|exclud(?:e|ing)|not|no|leav(?:e|ing) out|all but|other than|apart from"
    r"|minus|drop(?:ping)?|skip(?:ping)?|remov(?:e|ing)|hide|omit(?:ting)?|beyond|above|higher than)"
    rf" (?:(?:the|any|for|at|those|of|level of) ){{0,2}}(?P<levels>{_NAMED_LEVELS})\b"
    r"(?:[- ]levels?)?(?: (?:ones|indicators|items))?(?! (?:assessment|evaluation|study))",
    re.I,
)
_NOT_ONLY = re.compile(  # "not only outputs: outcome indicators"; with "but also" both are asked for
    rf"\bnot (?:only|just|merely) (?:the )?{_NAMED_LEVELS}\b(?!,? but\b)", re.I
)
_ALL_LEVELS = re.compile(r"\b(?:all|every|the three|three|each|any) (?:the |three |of the )*levels?\b", re.I)
_LEVEL_OF = re.compile(  # "impact" in "measure the impact of our campaign" is no level: it is the whole question
    r"\b(?:outputs?|outcomes?|impacts?)(?:[- ]level)? (?:indicators?|levels?|targets?|kpis?|metrics?|ones|measures?)\b"
    r"|\b(?:outputs?|outcomes?|impacts?)(?:,| and| or| plus|/| &|-) ?(?:outputs?|outcomes?|impacts?)\b"
    r"|\b(?:outputs?|outcomes?|impacts?) (?:only|alone)\b|\b(?:outputs?|outcomes?|impacts?)[- ]level\b"
    r"|\b(?:outputs?|outcomes?) (?:(?:that|which|for|of) (?:\w+ ){1,7}?)?(?:(?:can|could|should|would|do|to|will"
    r"|might|we|you"
    r"|one|i) )+"
    r"(?:be )?(?:count|track|measur|monitor|report|record)\w*"
    r"|\b(?:count|track|record)(?:s|ed|ing)? (?:\w+ ){0,3}?as (?:an )?(?:outputs?|outcomes?)\b"
    r"|\((?:outputs?|outcomes?|impacts?)\)"
    r"|\bindicateurs? (?:au niveau )?(?:d['’]|des? (?:l['’])?|du )(?:effets?|produits?|extrants?|réalisations?"
    r"|résultats?|impacts?)\b"
    r"|\b(?:level of|at|only|just|indicators? (?:of|for|at|on)(?: the)?|measure|monitor|track)(?: (?:the|of|for"
    r"|level of|only|its|our))* "
    r"(?:outputs?|outcomes?|impact(?= level|s\b|\W*$|,| and))\b",
    re.I,
)
_IN_BRACKETS = re.compile(
    r"\(((?:outputs?|outcomes?|impacts?)(?:(?:,| and|/| &) ?(?:outputs?|outcomes?|impacts?))*)\)", re.I
)
DETAILS = (
    (
        Detail.COUNTED,
        re.compile(
            r"\bwhat (?:exactly |precisely )?(?:is|are|do (?:we|they|you)|should (?:we|be)|to|does it"
            r"|gets) (?:exactly |precisely |being |we |be )?"
            r"count(?:ed|s|ing)?\b|\b(?:numerators?|denominators?)\b|\bcounted over\b|\bover what\b|\bout of what\b"
            r"|\bshare of what\b"
            r"|\bpercentage of what\b|\bwhat (?:is|are) (?:exactly )?counted\b|\bunits? of measure\w*|\bhow (?:are"
            r"|is) (?:they|it|each) (?:calculated|counted|computed)\b"
            r"|\bhow (?:they|these|those|it|each) (?:are|is) (?:calculated|counted|computed)\b|\bcounting rules?\b"
            r"|分母|التعداد",
            re.I,
        ),
    ),
    (
        Detail.DISAGGREGATION,
        re.compile(
            r"\bdis-?aggregat\w+|\b(?:broken?|break|breaking|split|splitting) (?:\w+ )?(?:down|up)? ?(?:by|into"
            r"|these|them|it|the)\b|\bbreakdowns?\b"
            r"|\bby (?:sex|gender|age)\b|\bdésagrég\w+|\bventil\w+|\bdesagreg\w+|\bdesglos\w+|разбивк\w*|дезагрег\w*"
            r"|分类统计|按性别|تصنيف",
            re.I,
        ),
    ),
    (
        Detail.VERIFICATION,
        re.compile(
            r"\bmeans of verif\w+|\bmo?vs?\b|\bverif(?:y|ied|ication|iable|ying)\b|\bsources? of (?:verif\w+|data"
            r"|information|evidence)\b"
            r"|\bwhere (?:the|these|those|our|their) (?:data|figures|numbers|evidence|information) (?:come|comes|are"
            r"|is) from\b"
            r"|\bwhere (?:does|do|would|will|should) (?:the |this |that |these )?(?:data|figures|numbers|evidence"
            r"|information) come from\b|\bdata sources?\b|\b(?:where|how) (?:do|would|can|could|should|will) (?:we|i"
            r"|one|you) (?:get|find"
            r"|collect|obtain|gather|check|prove) (?:the |this |that |these |those )?"
            r"(?:data|figures|numbers|information|evidence|(?:them|this|that|it)(?=\W*$|[,.;?!]"
            r"| (?:for|from|in|and|with|later)\b))\b|\b(?:moyens"
            r"|sources) de vérification\b|\bvérifier\b|\bmedios de verificación\b"
            r"|\bverificar\b|средств\w* проверки|источник\w* проверки|вериф\w+|核查|验证|التحقق",
            re.I,
        ),
    ),
)
GROUP_WORDS = (
    r"children|child|minors|girls|boys|adolescents|teenagers|youth|young (?:people|women|men)|women|men|men and boys"
    r"|women and girls|adults|elderly"
    r"|older (?:people|persons|women|men)|people with disabilities|persons with disabilities|disability|disabilities"
    r"|disabled people|gender"
    r"|migrants|migrant workers|migrant women|refugees|returnees|asylum[- ]seekers|displaced people|idps"
    r"|internally displaced people|stateless people|domestic workers|seasonal workers|workers"
    r"|survivors|victims|families|parents|nationals|foreigners|lgbti?q?\+?(?: people)?|minorities|indigenous people"
    r"|street children|unaccompanied (?:children|minors)"
    r"|forced labou?r|labou?r exploitation|sexual exploitation|child labou?r|domestic servitude|forced begging"
    r"|forced criminality|forced marriage|online exploitation"
    r"|employers|recruiters|teachers|interpreters|consent|data protection|privacy|confidentiality|costs|budgets?"
    r"|staff|safety|housing|health|education|schools?"
    r"|debts?|recruitment fees|compensation|non-?punishment|detention|borders?|conflict|emergenc(?:y|ies)|camps"
    r"|the internet|online"
)
_GROUP = re.compile(rf"\b(?:{GROUP_WORDS})\b", re.I)
_ELSEWHERE = tuple(  # lists are in English
    (re.compile(words, re.I), english)
    for words, english in (
        (r"\b(?:enfants?|niñ[oa]s|menores|дет(?:и|ей|ям|ях))\b|أطفال|الأطفال|儿童", "children"),
        (r"\b(?:femmes|mujeres|женщин\w*)\b|نساء|النساء|妇女|女性", "women"),
        (r"\b(?:hommes|hombres|мужчин\w*)\b|رجال|الرجال|男性", "men"),
        (r"\b(?:filles|девоч\w+)\b|فتيات|الفتيات|女孩", "girls"),
        (r"\b(?:garçons|мальчик\w*)\b|فتيان|الفتيان|男孩", "boys"),
        (r"\b(?:migrantes|мигрант\w*)\b|مهاجرين|المهاجرين|移民|移徙", "migrants"),
        (r"\b(?:réfugié[es]*|refugiad[oa]s|беженц\w*)\b|لاجئين|اللاجئين|难民", "refugees"),
    )
)
_NARROWS = re.compile(
    r"\b(?:indicators?|questions?|lessons?|kpis?|metrics?|ones|those|items?)(?: learn(?:ed|t))?(?: only"
    r"| just)? (?:for|on|about|concerning|regarding|related to"
    r"|that (?:speak|talk) (?:of|about)|that mention|mentioning|which mention|covering|that cover|that concern"
    r"|specific to|relevant to|with) "
    rf"(?P<one>(?:{GROUP_WORDS})(?:(?:,| and| or|, and) (?:{GROUP_WORDS}))*)(?=\s*[?.,;!]|\s*$| when\b| (?:in|for|on"
    rf"|of) (?:the )?(?:awareness|livelihoods?|legal|criminal|"
    r"identification|support|national|referral|law)| only)",
    re.I,
)
_FOR_GROUP = re.compile(  # "indicators for awareness raising for children"
    r"\b(?:awareness(?:[- ]raising)?|livelihoods?|legal frameworks?|criminal justice(?: capacity)?"
    r"|identification(?: and referral)?|referral|support(?: and durable solutions)?"
    rf"|national plans?(?: of action)?)(?: activities| work)?,? (?:for|about|on"
    rf"|concerning) (?P<one>(?:{GROUP_WORDS})(?:(?:,| and| or) (?:{GROUP_WORDS}))*)(?=\s*[?.,;!]|\s*$| (?:below"
    rf"|under|aged|over)\b)",
    re.I,
)
_SPEAKS = re.compile(  # wherever it stands: "indicators for victim support that speak of children"
    r"\b(?:that|which|indicators?|questions?|lessons?|items?|ones)\b (?:[\w-]+ ){0,6}?"
    r"(?:(?:speak|talk|say (?:something|anything))s? (?:of|about)|(?:is|are) about|deals? with|mention(?:s|ing)?)"
    r" (?:the )?"
    rf"(?P<one>(?:{GROUP_WORDS})(?:(?:,| and| or) (?:{GROUP_WORDS}))*)"
    r"(?=\W*$|[,.;:?!]| (?:and|or|in|for|with|only|too|please|at|when)\b)",
    re.I,
)
STARTER = re.compile(
    r"\bstarter (?:\w+ )?(?:indicators?|questions?|lessons?|lists?|library|set|items?|ones|kit)|\b(?:the"
    r"|this) (?:project|assistant|tool|app)['’]s own\b"
    r"|\bnot (?:the )?icat['’]?s?\b|\b(?:the )?project['’]?s? own\b|\bown (?:list|words|indicators|questions"
    r"|lessons)\b(?= of the project)|\bwritten for this project\b"
    r"|\bstarter\b",
    re.I,
)


def levels_in(text: str, alone: bool = False, among: tuple[Level, ...] = ()) -> tuple[Level, ...]:
    """Levels of indicators a text asks for, in their order; () for none and for all.

    `alone`: a follow-up, where the bare word is enough ("outcomes?"). `among`: what levels are left out of ("without
    impact"), where the text names none to keep; (): all.
    """
    left_out = levels_left_out(text)
    text = _NOT_ONLY.sub(" ", text)
    if left_out:
        kept = levels_in(_LEFT_OUT.sub(" ", text), alone) or among or tuple(Level)
        return tuple(level for level in kept if level not in left_out)
    if _ALL_LEVELS.search(text):
        return ()
    in_brackets = _IN_BRACKETS.findall(text)  # of "résultat (outcome)" the English word tells the level
    if in_brackets:
        alone, text = True, " ".join(in_brackets)
    spans = [text] if alone else [match.group() for match in _LEVEL_OF.finditer(text)]
    found = tuple(level for level, words in LEVELS if any(words.search(span) for span in spans))
    return () if len(found) == len(Level) else found


def levels_left_out(text: str) -> tuple[Level, ...]:
    """Levels a text does without, in their order: 'without impact', 'no outputs', 'above outcome level'."""
    found: set[Level] = set()
    for match in _LEFT_OUT.finditer(text):
        named = [level for level, words in LEVELS if words.search(match["levels"])]
        if re.match(r"beyond|above|higher", match["word"], re.I):  # and so are those below it
            named = [level for level in Level if list(Level).index(level) <= list(Level).index(named[-1])]
        found |= set(named)
    return () if len(found) == len(Level) else tuple(level for level in Level if level in found)


def all_levels(text: str) -> bool:
    """'all levels'."""
    return bool(_ALL_LEVELS.search(text))


def details_in(text: str) -> tuple[Detail, ...]:
    """The details a text asks for, in the order of Detail."""
    return tuple(detail for detail, words in DETAILS if words.search(text))


def groups_in(text: str) -> tuple[str, ...]:
    """Groups and topics that can narrow a list, as typed, lower case, each once."""
    named = [match.group().lower() for match in _GROUP.finditer(text)]
    named += [english for words, english in _ELSEWHERE if words.search(text)]
    return tuple(dict.fromkeys(named))


def about_in(text: str) -> tuple[str, ...]:
    """What a first question narrows its lists to: 'indicators for children', 'livelihoods for women'."""
    found = [match["one"] for pattern in (_NARROWS, _FOR_GROUP, _SPEAKS) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(group for span in found for group in groups_in(span)))
