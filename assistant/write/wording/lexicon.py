"""What the wording guard knows of amounts, comparisons, causes and contrasts; words of one meaning; actors.

English only.
"""

from __future__ import annotations

import re

from assistant.write.wording.terms import any_of

ANTONYMS: tuple[tuple[str, str], ...] = (
    (
        r"increas\w+|ris(?:e|es|en|ing)|rose|gr[eo]w\w*|went up|go(?:es)? up|up from|doubled|tripled|expand\w*",
        r"decreas\w+|f[ae]ll(?:s|en|ing)?|drop\w*|declin\w+|reduc\w+|went down|down from|halved|shrank|lower(?:s|ed)",
    ),
    (r"higher|larger|greater|bigger", r"lower|smaller"),
    (r"longer", r"shorter"),
    (r"better", r"worse"),
    (r"more", r"less|fewer"),
    (r"sooner|earlier|faster|quicker", r"later|slower"),
    (r"stay(?:s|ed)?|remain(?:s|ed)?", r"leave|left|go away"),
    (r"relevant|matters", r"irrelevant"),
    (r"voluntary|voluntarily", r"compulsory|mandatory|forced to"),
    (r"accept(?:s|ed|ing)?|took in|approv\w+", r"refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?"),
    (r"allow(?:s|ed)?|permit(?:s|ted)?", r"forbid(?:s|den)?|prohibit(?:s|ed)?|ban(?:s|ned)?"),
    (r"includ\w+", r"exclud\w+|leaves? out|left out"),
    (r"succe(?:ss\w*|ed\w*)", r"fail(?:s|ed|ure|ures)?"),
    (r"with", r"without"),
    (r"the same|identical", r"(?:its|their) own|different"),
    (r"easy|easily", r"difficult|hard|rarely|seldom|hardly"),
    (r"always|every time", r"never"),
    (r"public", r"secret|confidential"),
    (r"legal|lawful", r"illegal|unlawful"),
    (r"in favour|support(?:s|ed)", r"opposed?|against"),
    (r"much|greatly", r"little|hardly"),
    (r"strengthen\w*", r"weaken\w*"),
    (r"start(?:s|ed)?|begin(?:s|ning)?|began", r"end(?:s|ed)?|stop(?:s|ped)?|finish\w*"),
)
# Amounts, strongest first: a sentence may claim less than its source, not more.
AMOUNTS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, any_of(r"not (?:all|every\w*|each)")),
    (3, any_of(r"nearly (?:all|every|everyone)", r"almost (?:all|every|everyone)", r"most(?! \w+ing\b)",
                     r"mostly", r"majority", r"usual(?:ly)?", r"mainly", r"largely", r"in general", r"generally",
                     r"nearly always", r"almost always")),
    (4, any_of(r"all(?! the same)", r"every(?! \w+ (?:year|week|month|day))", r"everyone", r"everybody",
                    r"each", r"always", r"any(?:one|body)?", r"in every case", r"no one", r"none",
                    r"nobody", r"whatever", r"whoever")),
    (2, any_of(r"many", r"often", r"frequently", r"numerous", r"a large (?:number|share|part)", r"tends? to")),
    (1, any_of(r"some", r"sometimes", r"a few", r"several", r"certain", r"in part", r"partly", r"occasionally",
                     r"about half", r"half", r"a (?:third|quarter|fifth|tenth)", r"in cases where", r"where")),
    (0, any_of(r"few", r"seldom", r"rarely", r"hardly", r"scarcely", r"barely", r"a minority", r"only", r"just",
                    r"alone", r"except\w*")),
)  # fmt: skip
ONLY = any_of(r"only", r"solely", r"exclusively", r"just", r"nothing but", r"alone", r"merely")
MORE = r"more|higher|greater|larger|longer|better|faster|older|earlier|stronger|above|over|bigger|safer"
LESS = r"cheaper|poorer|rarer|narrower|less|fewer|lower|smaller|shorter|worse|slower|younger|later|weaker|under"
CAUSES = any_of(
    r"because", r"caus(?:e|es|ed|ing)", r"leads? to", r"led to", r"leading to", r"results? (?:in|from)",
    r"resulted (?:in|from)", r"as a result", r"due to", r"owing to", r"thanks to", r"therefore", r"hence", r"thus",
    r"consequently", r"so that", r"so(?= \w+ (?:was|were|is|are|did|does|do|had|has)\b)", r"why", r"drives?", r"drove",
    r"driven", r"explain(?:s|ed)?", r"responsible for", r"makes?", r"made", r"through", r"reason",
    r"consequences?", r"since (?!\d)", r"push(?:es|ed)?", r"effects?", r"after which", r"by \w+ing", r"in order to",
    r"thereby", r"into",
)  # fmt: skip
# Of a sentence: what claims a cause outright, and verbs that do so of their object.
CLAIMS_CAUSE = any_of(
    r"because(?: of)?", r"caus(?:e|es|ed|ing)", r"leads? to", r"led to", r"leading to", r"results? in", r"resulted in",
    r"as a result", r"due to", r"owing to", r"thanks to", r"therefore", r"consequently", r"drives?", r"drove",
    r"responsible for", r"led \w+ to", r"so that",
)  # fmt: skip
CLAIMS_EFFECT = any_of(
    r"prevent(?:s|ed)?",
    r"reduc(?:e|es|ed)",
    r"improv(?:e|es|ed)",
    r"increases?",
    r"ensures?",
    r"solves?",
    r"eliminates?",
    r"protects?",
)
OPPOSES_AFTER = re.compile(
    r"(?:[,;]\s*|\s)(?:but|yet|however|though)\b|[,;]\s*(?:while|whereas|although)\b"
    r"|;(?=[^.;]{0,40}\b(?:no|not|never|nothing)\b)",
    re.I,
)
OPPOSES_BEFORE = re.compile(r"^(?:although|though|while|even though|even if|despite)\b[^,]*,", re.I)
GOES_ON = re.compile(r"^(?:but|however|yet|nevertheless|nonetheless|still|on the other hand)\b", re.I)

# Words of one meaning, apart from the endings that a stemmer takes off. The first of a group stands for it.
_GROUPS = """
survivor victim | minor child | company firm business enterprise corporation | donor funder
law legislation statute | police constable | ministry department | authority official officer
salary wage pay payment income earning | identity passport papers document | shelter refuge hostel accommodation
join enter member party | inspect visit audit | big large great | begin start launch
establish create set | finish end complete conclude
help assist support aid | show demonstrate indicate suggest reveal hint | buy purchase | get receive obtain
keep hold retain | tell inform notify | discover find detect identify recognise recognize spot | stop halt
look check verify examine review screen | study survey inquiry investigate | teach train instruct course prepare
rule norm regulation | danger risk hazard threat | rapid quick fast | judge court | job work employment occupation
recall remember | warn alert | forbid prohibit ban | right entitle | home house | quit leave depart | often frequent
use employ | choose select appoint name | rise increase grow | fall decrease decline drop reduce lower
move shift transfer displace | broadcast radio transmit | publish issue print | write written record
money cash sum fund | debt owe loan lend | region province district area | nation country national
travel migrate | lawyer counsel attorney | school class
family household relative parent | talk speak interview | agree consent accept | free voluntary
person people individual | crime offence offense | seldom rarely | happen occur | limit restrict
evidence proof prove | sentence judgment verdict | punish penalty fine sanction | claim application apply
goal aim objective purpose | result outcome | effective success successful | cheap inexpensive | real actual
safe secure | need require necessary | decide decision | meet meeting session | plan programme program strategy
offer propose proposal | budget finance | change alter modify | year annual yearly | advise guidance advice
"""
GROUPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(group.split()) for line in _GROUPS.strip().splitlines() for group in line.split("|")
)
# Who acts. Two different ones in the same place are two different claims.
_ACTORS = """
police constable | prosecutor | judge court magistrate | inspector inspectorate | employer | recruiter recruitment
trafficker offender perpetrator | worker labourer employee | victim survivor returnee | child minor | girl | boy
partner | parent guardian

staff personnel | designer planner
teacher school | nurse doctor hospital clinic | lawyer attorney counsel | journalist editor media | bank | union
company business firm enterprise | government state | ministry minister department | parliament legislature | president
donor funder | evaluator | rapporteur | agency agencies organisation organization | patient | soldier army military
interpreter | caseworker | manager | importer | consumer buyer | farmer farm | fisherman fishermen | man men
woman women | adult | family families relative | embassy consulate | committee commission | court | mayor
investigator | volunteer | refugee | migrant | customer client
"""
# Who may stand for anybody: new in a sentence, they are no other actor.
GENERAL_ACTORS = frozenset({"state", "government", "agency", "organisation", "staff", "official", "company"})
ACTORS: tuple[tuple[str, ...], ...] = tuple(
    tuple(group.split()) for line in _ACTORS.strip().splitlines() for group in line.split("|")
)

# Past forms that a stemmer leaves as they are.
_PAST = """
fell fallen fall | rose risen rise | grew grown grow | spoke spoken speak | led lead | left leave | paid pay | told tell
knew known know | wrote written write | chose chosen choose | began begun begin | met meet | sent send | sold sell
bought buy | taught teach | lost lose | built build | drove driven drive | stood stand | understood understand
brought bring | sought seek | spent spend | held hold | kept keep | led lead | lent lend | caught catch | became become
drawn drew draw | broke broken break | forgot forgotten forget | fed feed | fought fight | hid hidden hide | heard hear
hurt hurt | meant mean | ran run | sat sit | slept sleep | swore sworn swear | threw thrown throw | won win | worn wear
came come | women woman | men man | children child | lives life | criteria criterion | took taken take | gave given give
"""
IRREGULAR: dict[str, str] = {
    form: forms[-1]
    for line in _PAST.strip().splitlines()
    for forms in (part.split() for part in line.split("|"))
    for form in forms[:-1]
}
