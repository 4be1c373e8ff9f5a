"""How questions for lessons, design questions, indicators and proposals are put: the patterns of `recognise_kinds`."""

from __future__ import annotations

import re

from corpus.toolkit.types import ItemKind

WE = (
    r"(?:we|i|you|one|us|they|he|she|planners?|designers?|practitioners|programmers|managers?|an? ngo|a team|a donor"
    r"|donors"
    r"|(?:(?:a|the|our|this|your|my|any) )(?:\w+[- ]){0,2}(?:programmes?|programs?|projects?|campaigns?|teams?|ngo"
    r"|organi[sz]ations?|staff|planners?|designers?|ministry|partners?|shelters?|colleagues))"
)
_PEOPLE = (
    r"(?:victims?|survivors?|child|children|workers?|persons?|migrants?|interpreters?|employers?|states?|countr(?:y"
    r"|ies)|police|judges?|courts?"
    r"|interviewers?|witness(?:es)?|parents?|lawyers?|doctors?|nurses?|laws?|reports?|papers?|publications?|toolkit"
    r"|protocol|convention)"
)
SUBJECT = rf"(?:{WE}|(?:the|our|a|an|this|my|their|your) (?!(?:[\w-]+ )?{_PEOPLE}\b)(?:[\w-]+ ){{0,5}}?[\w-]+)"
_MODAL = r"(?:should|must|do|does|can|could|would|will|might|shall|ought|need|needs|are|is|did|have|has)"
_ADVERB = (
    r"(?:best|first|actually|really|even|properly|also|to|then|now|be|been|always|at least|ideally|carefully|usefully"
    r"|reliably|fairly|safely|realistically|possibly|have|need to|need|want to|start|go about|try to|later|together)"
)
_MEASURE = r"(?:measur\w+|monitor\w*|evaluat\w+|assess\w*|track\w*|gaug\w+|quantif\w+)"
_WORKS = (
    r"(?:work(?:s|ed|ing)?|success\w*|succeed\w*|effect\w*|impact|results?|progress|difference|chang\w+|improv\w+"
    r"|help(?:s"
    r"|ed|ing)?|achiev\w+|better|benefit\w*|good|any use|useful|reach\w*|safer|on track|fail\w*|pay(?:s|ing)? off"
    r"|worth\w*|made|does what|any good|functions?|functioning)"
)
INDICATOR = re.compile(
    rf"\bindicators?\b|\bkpis?\b|\bmetrics?\b|\blog[- ]?frames?\b|\blogical frameworks?\b|\bresults? (?:framework"
    rf"|matrix)\b"
    rf"|\b(?:m ?& ?e|m and e|meal|mel|monitoring(?: and evaluation)?|monitoring,? evaluation(?: and| &) learning"
    rf"|evaluation|measurement) (?:framework|plan|system|matrix|strategy|table|set-?up|scheme)s?\b"
    rf"|\bm ?& ?e\b|\bmonitoring and evaluation\b|\bmeasures? of (?:success|progress|effect\w*|change)\b"
    rf"|\byardsticks?\b|\b(?:outputs?|outcomes?|impacts?)(?:[- ]level)? measures?\b"
    rf"|\b(?:which|what|set|setting|our|propose|suggest|realistic|sensible|good|some|any|define"
    rf"|need) (?:\w+ )?targets\b"
    rf"|\bhow (?:{_MODAL} )?(?:{WE} )?(?:{_ADVERB} ){{0,3}}{_MEASURE}\b"
    rf"|\bhow {_MODAL} (?:(?!we\b|you\b|i\b)\S+ ){{1,10}}?(?:be |best |get ){{0,2}}(?:measured|monitored|evaluated"
    rf"|assessed"
    rf"|tracked)\b"
    rf"|\b(?:wants?|needs?|asks? for|expects?|requires?) (?:some |hard |the |our |to see |more )*(?:numbers|figures"
    rf"|evidence|proof|measurable \w+)\b"
    rf"|^\W*(?:to |please )?(?:measur\w+|monitor|monitoring|evaluat\w+|assess\w*) (?!the prevalence)(?:a|an|the|our"
    rf"|my|success)\b"
    rf"|\bways? (?:to|of) (?:\w+ )?{_MEASURE}\b|\b(?:measur|track|monitor)(?:e|ing)? (?:the |its |our "
    rf"|their )?(?:success"
    rf"|impact|results?|progress|effects?|effectiveness|outcomes?|outputs?|change|performance)\b"
    rf"|\b(?:what|which (?:data|figures|numbers|things|changes?|results?|outcomes?)) (?:(?:data|figures|numbers|things"
    rf"|exactly|else) )?{_MODAL} {SUBJECT} (?:{_ADVERB} ){{0,2}}(?:{_MEASURE}|count|counting|collect|collecting"
    rf"|record)\b"
    rf"|\b(?:what|which) (?:evidence|proof|data|figures|numbers|information|statistics) {_MODAL} {SUBJECT}\b"
    rf"|^\W*(?:realistic |possible |good |our )?(?:targets|baselines?|outputs?|outcomes?|impacts?)(?:(?:,| and|,? or"
    rf"| &|/) ?(?:outputs?|outcomes?|impacts?|targets|baselines?))*"
    rf" (?:for|of) (?!trafficking|victims)"
    rf"|\b(?:design|plan|questions) (?:and|&|\+|plus) (?:indicators?|kpis?|monitoring|evaluation|m ?& ?e)\b"
    rf"|^\W*(?:(?:and|but|so) )?(?:is|are|does|do|has|have|did|was) (?:our|my) [^?]*\b{_WORKS}\b"
    rf"|\bhow (?:{_MODAL} )?(?:{WE} )(?:{_ADVERB} )*(?:know|tell|see) (?!how\b|what\b|who\b|which\b|where\b"
    rf"|when\b)[^?.]*\b(?:better off|safer|{_WORKS})\b"
    rf"|\b(?:what|which) (?:results?|changes?|progress|success\w*|outcomes?"
    rf"|achievements?) {_MODAL} {WE} (?:be able to )?(?:show|report|see|expect|achieve|look)\b"
    rf"|\b(?:what|which \w+) {_MODAL} {WE} report (?:on|to)\b"
    rf"|\bset (?:\w+ )?targets\b"
    rf"|\bwhat to (?:measure|count|track|monitor|evaluate|assess)\b"
    rf"|\b(?:know|tell|see|find out|verify|show|prove|demonstrate|learn|notice|say|sure|evidence|proof)"
    rf" (?:[\w']+ ){{0,3}}?(?:if|whether|that|how well|how far|how much|it|when|we|our|the)\b[^?.]*\b{_WORKS}\b"
    rf"|\bwhat (?:does|would|will|should|is) (?:success|a good result)\b(?: look| be| mean)?"
    rf"|\bwhat (?:would )?counts? as"
    rf" success\b"
    # French, Spanish, Russian, Arabic, Chinese
    rf"|\bindicateurs?\b|\bindicador(?:es)?\b|\bcomment (?:\w+[- ]){{0,3}}?(?:mesurer|évaluer|suivre|mesure|évalue)\b"
    rf"|\bcómo (?:\w+ ){{0,3}}?(?:medir|medimos|evaluar|evaluamos|monitorear|se mide)\b|\bиндикатор\w*|\bпоказател\w+"
    rf"|\bкак (?:\w+ ){{0,3}}?(?:измер\w+|оцени\w+|отслежива\w+)|مؤشر|كيف (?:\w+ ){{0,2}}?(?:نقيس|نقيّم|يمكن قياس"
    rf"|نراقب)|قياس"
    rf"|指标|如何(?:衡量|评估|监测|测量)|怎么衡量|怎样衡量",
    re.I,
)
# Where a programme is named, whatever it is to bring about: "how can we tell whether apprenticeships reduce debts".
FINDS_OUT = re.compile(
    rf"\bhow (?:{_MODAL} |to )(?:{SUBJECT} |\w+ )?(?:{_ADVERB} )*(?:know|tell|see|find out|check|judge|verify|show"
    rf"|prove"
    rf"|demonstrate)"
    rf" (?:[\w']+ ){{0,3}}?(?:if|whether|that)\b",
    re.I,
)
# "what should we look at to evaluate a course": one question, for indicators.
TO_MEASURE = re.compile(
    rf"\b(?:look at|look for|ask|check|consider|collect|know) to (?:\w+ )?(?:{_MEASURE}|see if|see whether"
    rf"|find out if|tell)\b",
    re.I,
)
# What stands at a level of a logical framework is an indicator, named so or not.
AT_LEVEL = re.compile(
    r"\b(?:outputs?|outcomes?|impacts?)[- ]level\b|\blevel of (?:outputs?|outcomes?|impacts?)\b"
    r"|\b(?:outputs?|outcomes?) (?:(?:that|which|for|of) (?:\w+ ){1,7}?)?"
    r"(?:(?:can|could|should|would|do|to|will|might|we|you|one|i) )+(?:be )?(?:count|track|measur|monitor|report"
    r"|record)\w*"
    r"|\b(?:count|track|record)(?:s|ed|ing)? (?:\w+ ){0,3}?as (?:an )?(?:outputs?|outcomes?)\b",
    re.I,
)
# "which indicators should we look at", "indicators for driving lessons": of indicators only.
OF_INDICATORS = re.compile(
    rf"\b(?:indicators?|kpis?|metrics?|targets) {_MODAL} {SUBJECT} (?:{_ADVERB} )*(?:look|consider|think|check|use)",
    re.I,
)
FOR_LESSONS = re.compile(
    r"\b(?:indicators?|questions?|kpis?|metrics?)\b[^?,]*\bfor (?:(?!and\b)\w+ ){0,2}?lessons?\b(?! learn)", re.I
)
# "measure what judges have learned": no question for lessons.
LEARNING = re.compile(
    r"\b(?:measur|track|monitor|evaluat|assess|test|know|tell|check)\w* (?:\w+ ){0,3}?(?:what|how much)"
    r" (?!(?:have|has|did|do|can|was|were)\b)[^?]*\blearn",
    re.I,
)
# A sentence that tells of the programme; words of evaluating or doubt in it ask for nothing.
TELLS = re.compile(
    r"^(?!.*\?)(?!\W*(?:please|show|give|list|propose|suggest|draft|what|which|how|tell|help|can|could|i need|i want"
    r"|i would like|we need|we want (?:indicators|to (?:know|measure))|let)\b)",
    re.I,
)
NOMINAL = re.compile(r"^\W*(?:measuring|measurement of|monitoring|evaluating|evaluation of|assessing|tracking)\b", re.I)
NAMED = re.compile(
    r"\b(?:indicators?|kpis?|metrics?|targets|m ?& ?e|log ?frames?|framework|matrix|plan|system)\b", re.I
)
LOOKS_AT = re.compile(rf"\bhow\b[^?]*\b{_MEASURE}\b", re.I)
MEASURED = re.compile(r"\b(?:measur\w+|track\w*|gaug\w+|quantif\w+)\b", re.I)
OF_WORK = re.compile(
    r"\b(?:it|this|that|them|these|success\w*|progress|impact|effects?|effectiveness|results?|outcomes?|outputs?"
    r"|change[sd]?|whether|if|our|my|your"
    r"|programmes?|programs?|projects?|campaigns?|interventions?|activit\w+|work|works|initiatives?|pilot|course"
    r"|workshops?|training\w*|scheme|service)\b",
    re.I,
)
_ASK = (
    r"(?:ask|asking|asks|asked|consider|considered|thought (?:about|of|through)|checked|clarified|consider"
    r"|considering|think (?:about|of|through|over)|thinking (?:about|of|through)|check"
    r"|checking"
    r"|clarify|know (?=[^?]*\bbefore\b)|find out|look (?:at|into|out for)|looking (?:at|into)|keep in mind"
    r"|take into account|bear in mind|pay"
    r" attention to|know before|know about before|be aware of|aware of|plan for|watch out for|examine|reflect on|settle"
    r"|answer|discuss|questions|weigh|sort out|figure out|decide)"
)
QUESTION = re.compile(
    rf"\b(?:what|which|anything|everything|things|questions|points|issues|aspects|all|something|that)\b(?: \w+){{0,2}}?"
    rf" (?:{_MODAL}|ought to) (?:{SUBJECT}|{WE} all|anyone|somebody|someone)\b(?: (?:{_ADVERB}|not)){{0,4}} {_ASK}\b"
    rf"|\b(?:what|which|things|points|issues|questions|everything|all) (?:{WE}) (?:should|must|need to|ought to"
    rf"|have to|could"
    rf"|would need to)(?: {_ADVERB}){{0,3}} {_ASK}\b"
    rf"|\b(?:what|things?|points|issues|something|anything|everything|which questions?)(?: else)? to {_ASK}\b"
    rf"|\b(?:design|guiding|guide|planning|key|critical|reflection|scoping|main|useful|good|important|right|the|some"
    rf"|all|which"
    rf"|what|list of|other|toolkit|toolkit's) questions\b|\bquestions? (?:to|for|on|about|before|we|i|you|that|when"
    rf"|which)\b"
    rf"|^\W*questions?\b|\bquestions(?=,| and\b| or\b| please|\W*$)|\bdesign (?:and|&|\+|plus) (?:indicators?|kpis?"
    rf"|monitoring|evaluation|m ?& ?e)\b|\bchecklists?\b|\bcheck-lists?\b"
    rf"|\bhow many (?:design )?questions\b|\bconsiderations\b|\bask (?:ourselves|myself|yourself"
    rf"|themselves|oneself|itself)\b"
    rf"|\b(?:propose|suggest|give|show|list|want|need|draft|write|with|and|or|see|have|display)(?: me"
    rf"| us)?(?: \w+)? questions\b"
    rf"|\b(?:what|which (?:things|points|questions)) (?:must|should|needs? to|has to|ought to|have to) be (?:clear"
    rf"|in place|known|settled|ready|decided|agreed)\b"
    rf"|\b(?:what|which \w+|things|points|issues) (?:should|must|can|could|might) be (?:asked|considered|checked"
    rf"|clarified|thought about|kept in mind|taken into account"
    rf"|borne in mind)\b"
    rf"|\bwhat (?:needs|has) to be (?:asked|considered|checked|clarified|thought about|decided|settled|known)\b"
    rf"|\b(?:forget|forgetting|overlook|overlooking|miss|missing|not thought of|not thinking of"
    rf"|not be forgotten)\b[^?]*\?"
    rf"|\bquestions? (?:clés?|directrices|d['’]orientation|à (?:se )?poser|de conception)\b|\b(?:quelles?|les"
    rf"|des) questions\b"
    rf"|\b(?:que|qu['’]est-ce que|à quoi)\b[^?]*\b(?:se demander|nous demander|penser|prendre en compte|vérifier"
    rf"|considérer)\b"
    rf"|\bpreguntas?\b|\bqué (?:\w+ ){{0,3}}?(?:preguntarnos|preguntar|considerar|tener en cuenta|plantearnos"
    rf"|verificar)\b"
    rf"|\bвопрос(?:ы|ов|ам)\b|\bо ч[её]м (?:\w+ ){{0,3}}?(?:подумать|спросить)|\bчто (?:\w+ ){{0,3}}?(?:учесть"
    rf"|учитывать|спросить)"
    rf"|أسئلة|الأسئلة|ماذا (?:يجب|ينبغي) أن نسأل|ما الذي (?:يجب|ينبغي)|哪些问题|什么问题|设计问题|应该问|考虑(?:什么"
    rf"|哪些)|注意什么",
    re.I,
)
LESSON = re.compile(
    r"\blessons?\b(?! (?:plans?|at|in (?:\w+ )?schools?|to (?:pupils|students|children)|for (?:pupils|students"
    r"|children)))"
    r"|\b(?:what|anything|something|things|have|has|been|was|were|did|we|others?) (?:\w+ ){0,4}?(?:learn(?:ed|t)"
    r"|learn from)\b"
    r"|\bpitfalls?\b|\b(?:common |usual |typical |frequent |past |main |classic )(?:mistakes|errors|traps|failures?)\b"
    r"|\bmistakes (?:to avoid|made|others|should)\b|\b(?:made|make|making|repeat(?:ing)?"
    r"|avoid(?:ing)?) (?:\w+ ){0,3}mistakes\b|\bwhich mistakes\b|\bwhat mistakes\b|\btraps to avoid\b"
    r"|\bwhat (?:really |actually |usually |has |have )?(?:works?|worked)\b(?! (?:has been|is being|does|do|did|we"
    r"|on|with))"
    r"|\bwhat (?:does not|doesn['’]?t|did not|didn['’]?t|has not|hasn['’]?t) work"
    r"|\bdo['’]?s and don['’]?t'?s\b|\bwhat (?:has gone|went|goes|(?:tends?|seems?) to go|(?:usually|often) goes?|go"
    r"|can go|could go"
    r"|might go) wrong\b"
    r"|\bwhat does experience\b|\bexperiences? (?:shows?|teach(?:es)?|tells?|of others|from other|with similar)\b"
    r"|\b(?:taught|teach(?:es)?) (?:us|you|others)\b|\b(?:things?|what|which|where)\b[^?.]* (?:go|goes|gone|went|do|did"
    r"|done) wrong\b"
    r"|\btakeaways?\b|\bleçons?\b|\benseignements\b|\blecciones\b|\benseñanzas\b|\buroki\b|\bурок\w*|\bизвлеч[её]нн\w+"
    r"|دروس|الدروس|经验教训|教训",
    re.I,
)
KINDS = ((ItemKind.LESSON, LESSON), (ItemKind.QUESTION, QUESTION), (ItemKind.INDICATOR, INDICATOR))

ASK_PERSON = re.compile(
    r"\bquestions? (?:should|do|does|did|may|can|must|could|would|will) (?:an? |the )?(?:\w+ )?(?:traffickers?"
    r"|recruiters?|police|prosecutors?|judges?|doctors?|nurses?"
    r"|lawyers?|interviewers?|officers?|employers?|defen[cs]e|courts?|witness(?:es)?|victims?|survivors?|teachers?)\b|"
    r"\bask(?:ed|ing)? (?:an? |the |our |any |each |every |some |all |possible |presumed |potential |suspected "
    r"|rescued |trafficked |adult |young |new |former )*"
    r"(?:victims?|survivors?|child(?:ren)?|workers?|participants?|persons?|people|them|her|him|migrants?|women|men"
    r"|girls?|boys?"
    r"|witness(?:es)?|patients?|employers?|beneficiar\w+|donors?|respondents?|returnees?|clients?|refugees?"
    r"|suspects?|someone"
    r"|somebody|recruiters?"
    r"|interviewees?|agency|agencies|applicants?|interpreters?|you|pupils|students|parents|police|someone)\b"
    r"|\bquestions?\b[^?]*\b(?:interviews?|interviewing|surveys?|questionnaires?|focus groups?|survivors? be asked)\b"
    r"|\binterview questions?\b|\bquestions? (?:for|to) (?:an? |the )?(?:victims?|survivors?|witness(?:es)?"
    r"|interviewees?|suspects?)\b"
    r"|\b(?:have|got|has) (?:a|some|another|one|two|few|several|more|many)? ?questions?\b|\b(?:your|my|this|that|a"
    r"|another|one|his|her) question\b"
    r"|\banswer (?:my|our|a|the|some) questions?\b",
    re.I,
)
# "what should we consider" asks for a list where something is being designed, else it is an open question.
LOOSE = re.compile(
    r"\b(?:design\w*|plan(?:s|ning|ned)?|start\w*|set(?:ting)? up|open(?:ing|ed)?|launch\w*|run(?:ning)?"
    r"|build(?:ing)?|programmes?"
    r"|programs?|projects?|campaigns?|interventions?|activity|activities|ourselves|myself|yourself|themselves|before"
    r"|design|checklist"
    r"|create|creating|develop\w*|establish\w*|prepar\w*|organi[sz]\w+|begin\w*|response|initiative|scheme|choos\w+)\b",
    re.I,
)
DOING = re.compile(
    r"\b(?:interview(?:ing|s)?|when (?:we )?(?:talk|speak|meet)(?:ing)?|meeting|hiring|recruiting staff|translat\w+"
    r"|interpret(?:er|ing|ers)?"
    r"|reporting|storing|sharing|publishing|photograph\w*|writing to|arrest(?:ing)?)\b",
    re.I,
)
SURE_QUESTION = re.compile(
    r"\b(?:design|guiding|guide|planning|key|reflection|scoping) questions?\b|\bquestions to\b|\bchecklists?\b"
    r"|\bwhich questions\b|\bask"
    r" (?:ourselves|myself|yourself|themselves|oneself|itself)\b|\bquestions\b|preguntas|вопрос|أسئلة|问题",
    re.I,
)
PROPOSAL = re.compile(
    r"\b(?:let's|let us|lets) (?:design|plan|set up|build|develop|start|open|create|draft|make|think)\b|"
    r"\b(?:help (?:me|us)|assist (?:me|us)|guide (?:me|us)|support (?:me|us)|advise (?:me|us)|can you help"
    r"|could you help|need help"
    r"|need (?:some )?(?:advice|support|guidance|ideas)|i want help|give (?:me|us) (?:some )?(?:advice|guidance|ideas))"
    r"\b[^?.]*\b(?:design\w*|plan(?:ning)?|set(?:ting)? up|develop\w*|start\w*|build\w*|evaluat\w+|open\w*|launch\w*"
    r"|creat\w+|prepar\w+"
    r"|organi[sz]\w+|think through|draft\w*|run(?:ning)?|write|writing|improv\w+|put together|establish\w*|programme"
    r"|program|project|campaign)\b"
    r"|\b(?:propose|suggest|draft|sketch|outline|design|plan)(?: me| us)? (?:a|an|our|the"
    r"|some)? ?(?:\w+[- ]){0,5}?(?:programme|program|project"
    r"|campaign|intervention|design|response|initiative|activity|activities|shelter|training|course|strategy"
    r"|something)\b"
    r"|\bwhat (?:do|would|can|could) you (?:suggest|propose|advise|recommend)\b|\b(?:any|your) (?:advice"
    r"|suggestions?|proposals?|ideas|tips)\b"
    r"|\bplease (?:advise|propose|suggest)\b|\b(?:where|how) (?:do|should|can|could|would) (?:we|i"
    r"|one) (?:best )?(?:start|begin|go about"
    r"|set about|approach|design|plan|set up|evaluate)\b|^\W*(?:propose|suggest)\b",
    re.I,
)
# Beside "and how do we measure it": help with the design is asked for as well.
THINKS = re.compile(
    r"\b(?:help|assist|guide|advise) (?:me|us)(?: to)? (?:(?:and \w+|to) )?(?:think (?:it |this )?through|(?:design"
    r"|plan|set up|open|start|build|develop|prepare)"
    r" (?:it|this|a|an|our|the|my)\b(?! (?:[\w&]+ ){0,2}(?:indicators?|kpis?|metrics|m ?& ?e|log ?frame|monitoring"
    r"|evaluation|framework|survey|targets)))",
    re.I,
)
PLANS = re.compile(
    r"\b(?:we|i|our (?:\w+ ){0,2}?(?:team|ngo|organi[sz]ation|ministry|project|partner|agency|group|office"
    r"|government)|my (?:ngo|team|organi[sz]ation|office))"
    r" (?:\w+ ){0,2}?(?:plan|plans|planning|want|wants|intend|intends|going to|would like|wish|hope|hopes|prepare"
    r"|preparing|designing|design|developing"
    r"|setting up|thinking of|thinking about|considering|about to|will)\b|\bour (?:new )?(?:programme|program"
    r"|project|campaign)\b",
    re.I,
)
BARE = (
    7  # words of a question that leaves it to the sentence before to say what is designed: "what should we consider?"
)
ONE_PERSON = re.compile(
    r"\b(?:he|she|her|him|his|hers|someone|somebody|(?:a|an|this|that|the|one) (?:\w+ )?(?:victim|girl|boy|woman|man"
    r"|child|person|worker))\b",
    re.I,
)
OURS = re.compile(
    r"^\W*(?:(?:hello|hi|dear \w+|so|and|now|here)\W+)*(?:we|we're|i|i'm|our|my|the (?:programme|project|idea))\b", re.I
)
CLAUSE = re.compile(r"(?<=[?!。？！؟;])\s*|(?<=[a-zà-ÿа-я)])\.\s+|\n+", re.I)
JOINT = re.compile(r",?\s+(?:and|but|or)\s+(?=(?:also |then )?(?:how|what|which|why|who|when|where)\b)", re.I)
