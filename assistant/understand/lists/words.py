"""The words that tell of each activity type of the Toolkit, and of the questions before one is chosen.

STRONG words name the work itself. WEAK words name a place or people the work may be about; they count only where no
strong word is found: "vocational training for residents of our shelter" is livelihoods, "a shelter" is support.
English is known best; of French, Spanish, Russian, Arabic and Chinese the main words are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.understand.lists.words_elsewhere import ELSEWHERE
from corpus.types import Activity

_OFFICIALS = (
    r"(?:police(?: officers?)?|prosecutors?|judges?|magistrates?|judiciary|judicial|investigators?|detectives?"
    r"|labou?r inspectors?|inspectors?|law enforcement(?: officers?| officials?)?|(?:specialised |specialized )?police"
    r" units?|immigration officers?|lawyers|court staff)"
)
_TRAIN = (
    r"(?:train|trains|trained|training|trainings|workshops?|mentor|mentors|mentoring|coach|coaching|teach|teaching)"
)
_PERSONS = r"(?:victims?|survivors?|trafficked|returnees?|trafficking victims?|people who were trafficked)"
_PUBLIC = (
    r"(?:public|communit(?:y|ies)|villages?|villagers|young people|youth|pupils|students|parents|migrants?|workers?"
    r"|teachers|employers|consumers|travell?ers|teenagers|adolescents|families|children|job[- ]?seekers|people)"
)

STRONG: Mapping[Activity, str] = {
    Activity.AWARENESS_RAISING: (
        r"awareness(?!-| of (?:the )?(?:indicator|toolkit))\w*|sensiti[sz]ation|sensiti[sz](?:e|ing)|campaigns?"
        r"|campaigning|radio|television|tv (?:spots?|shows?|series|ads?|programmes?)|theat(?:re|er)|puppet\w*|drama|"
        r"soap operas?|podcasts?|posters?|leaflets?|flyers?|fliers?|brochures?|comics?|comic books?|billboards?"
        r"|public (?:information|education)|information (?:campaigns?|sessions?|drives?|materials?|spots?)"
        r"|social media|tiktok|facebook|instagram|whatsapp messages?|youtube|influencers?|broadcasts?|jingles?"
        r"|(?:school|classroom|community|village|street|church|mosque) (?:talks?|sessions?|lessons?|visits?"
        r"|dialogues?|meetings?|presentations?|outreach|clubs?)|talks? (?:in|at|to|for|with) (?:\w+ )?(?:schools?"
        rf"|pupils|students|villages?|communit\w+|parents)|(?:lessons?|sessions?) (?:in|at) (?:\w+ )?schools?"
        r"|school (?:programmes?|programs?|curricul\w+)|videos?|short films?|films?|documentar(?:y|ies)"
        r"|text messages?|sms|messaging|messages? (?:to|for|about|that)|public service announcements?|psas?"
        r"|peer educat\w+|outreach(?: work\w*)? (?:to|with|in|among|for)|door[- ]to[- ]door|pre-?departure"
        r"(?: orientation| briefings?| sessions?| information| training)?|safe migration (?:messages?|information"
        r"|sessions?|advice)"
        rf"|(?:warn|warning|inform|informing|educat(?:e|ing)|tell|telling) (?:the )?(?:\w+ ){{0,2}}{_PUBLIC}"
        rf"|(?:warn|warning) |raise the alarm|advert(?:s|isements?|ising)|hotline (?:posters?|number)"
        rf"|prevention (?:talks?|messages?)|storytelling|community mobili[sz]ation|change (?:public )?attitudes"
        rf"|(?:promot|advertis|publici[sz])(?:e|ing) (?:the |our |a )?(?:hot|help)[- ]?line"
        rf"|(?:warn|inform|educat|tell)(?:s|es) (?:the )?(?:\w+ ){{0,2}}{_PUBLIC}"
        r"|(?:prevention|safe migration|safety) (?:information|advice|knowledge|sessions?)|information (?:on|about)"
        r" (?:safe migration|the (?:risks|dangers)|risks|dangers"
        r"|(?:false|fake) (?:jobs?|offers?)|recruiters|rights)|(?:give|gives|giving|hold|holds|holding) talks?"
        r"|(?:talk|hear|tell|told)(?:s|ing)? about (?:the )?(?:recruiters?|risks?|dangers?)"
        # French, Spanish
        r"|sensibilisation|sensibiliser|campagnes?|affiches?|sensibilizaci[oó]n|sensibilizar|concienciaci[oó]n"
        r"|concientizaci[oó]n|campañas?|carteles|charlas?|divulgaci[oó]n"
        # Russian
        r"|осведомл[её]нност\w*|информировани\w*|информационн\w+ кампани\w*|кампани\w*|просвещени\w*|просветительск\w*"
    ),
    Activity.LIVELIHOODS: (
        r"livelihoods?|vocational\w*|micro-?(?:credits?|finance|enterprises?|loans?|grants?|business\w*)"
        r"|income[- ](?:generat\w+|support|earning)|cash[- ]?(?:for|4)[- ]?work|cash (?:transfers?|grants?|assistance"
        r"|support|programmes?|programs?|plus|payments?|aid)|(?:unconditional|conditional) cash"
        r"|small (?:businesses|business|loans?|enterprises?|grants?|shops?)|skills? (?:training|development|courses?"
        r"|building)|job (?:placements?|training|creation|matching|skills?|cent(?:re|er)s?|fairs?)|apprentice\w*"
        r"|start-?up (?:grants?|kits?|capital|money|funds?|support|loans?)|start-?ups|entrepreneur\w*|savings?"
        r" (?:projects?|programmes?)|savings? (?:and"
        r" (?:loans?|credit) )?(?:groups?|associations?|clubs?|schemes?)|self[- ]help groups?|village savings|vslas?"
        r"|co-?operatives?|economic (?:empowerment|inclusion|reintegration|opportunit\w+|support|resilience"
        r"|strengthening|alternatives?|independence)|employab\w+|employment (?:support|services?|programmes?|programs?"
        r"|schemes?|creation|opportunit\w+|for)|find(?:ing)? (?:decent |paid |a )?(?:work|jobs?)|internships?"
        r"|earn (?:a|their own|an|some|more|money)\b(?: living| income)?|(?:food|money) for work|public works"
        r"|asset transfers?|courses? in (?:baking|cooking|weaving|welding|plumbing|farming|catering|masonry"
        r"|mechanics|beauty)|goats?|livestock|poultry|chickens|seeds and tools|sewing\w*|tailor\w*|bakery"
        r"|hairdress\w*"
        r"|carpentr\w*|farm(?:ers?|ing) (?:support|inputs?|groups?|training)|agricultural (?:inputs?|training)"
        r"|debt (?:relief|swap|refinancing)|trade (?:courses?|skills)|learn (?:a|new) trades?|job training|decent work"
        r"|financial literacy|financial inclusion|food vouchers?|graduation (?:approach|model)|work permits?"
        r"|(?:grants?|loans?|money|cash|kits?|tools) to (?:start|open|set up)|alternative (?:incomes?|employment)"
        r"|moyens de subsistance|formation professionnelle|microcr[eé]dits?|micro-?finance|activit[eé]s"
        r" g[eé]n[eé]ratrices|transferts? mon[eé]taires?|argent contre travail|insertion [eé]conomique"
        r"|medios de (?:vida|subsistencia)|formaci[oó]n (?:profesional|laboral)|capacitaci[oó]n laboral"
        r"|microcr[eé]ditos?|generaci[oó]n de ingresos|transferencias (?:monetarias|en efectivo)|dinero por trabajo"
        r"|efectivo por trabajo|microempresas?|emprendimientos?"
        r"|средств\w* к существованию|профессиональн\w+ (?:обучени\w+|подготовк\w+)|микрокредит\w*|источник\w* дохода"
        r"|доход\w*|трудоустройств\w*"
    ),
    Activity.LEGAL_FRAMEWORK: (
        r"legal frameworks?|legal reforms?|legislation|legislati(?:ve|ng)|legislat(?:e|ors?)|law[- ]?(?:reform|making"
        r"|drafting|review)s?|laws? (?:and polic(?:y|ies) )?reforms?|(?:draft|drafting|redraft|amend|amending|pass"
        r"|passing|adopt|adopting|revis(?:e|ing)|reform|reforming|writ(?:e|ing)|chang(?:e|ing)|review|reviewing|enact"
        r"|enacting|updat(?:e|ing)|improv(?:e|ing)|strengthen|strengthening|advocat(?:e|ing) for|lobby(?:ing)? for"
        r"|work(?:ing)? on) "
        r"(?:(?:a|the|our|of|an|its|their|new|national|existing|model|better|stronger|anti[- ]?trafficking|trafficking"
        r"|labou?r|migration|criminal|penal|recruitment|draft|country's|employment|immigration|victim|protection"
        r"|compensation)[ -]){0,5}(?:laws?|bills?|acts?|codes?|statutes?|regulations?|decrees?|provisions?)"
        r"|(?:new|draft|model|revised|amended|revised|anti[- ]?trafficking|trafficking|proposed"
        r"|reformed) (?:national |labou?r "
        r"|criminal )?"
        r"(?:laws?|bills?|acts?|statutes?|regulations?)|amendments?|ratif\w+|treat(?:y|ies)|protocols?(?= ratif)"
        r"|palermo"
        r"|criminali[sz](?:e|ing|ation)|criminal code|penal code|by ?laws?|statutory|transpos\w+"
        r"|(?:domesticat|incorporat)\w+ (?:\w+ ){0,3}(?:convention|protocol|treaty)|non-?punishment (?:clause|provision"
        r"|law|principle)|legal (?:drafting|gaps?|analysis|provisions?|definition)|rule-?making"
        r"|(?<=\bon )(?:the )?laws?(?=,| and| or|$|[?.;])|(?<=\bfor )the law(?=,| and| or|$|[?.;])"
        r"|regulat(?:e|ing|ion of) (?:\w+ ){0,2}(?:recruit\w+|agenc\w+|employment|brokers?)|laws? (?:against|on"
        r"|that (?:protect|punish|ban))|ban(?:ning)? recruitment fees"
        r"|cadres? (?:juridiques?|l[eé]ga(?:l|ux)|l[eé]gislatifs?)|l[eé]gislations?|projets? de loi|r[eé]formes?"
        r" (?:l[eé]gislatives?|l[eé]gales?|juridiques?|de la loi)|marcos? (?:jur[ií]dicos?|legal(?:es)?|normativos?)"
        r"|legislaci[oó]n|proyectos? de ley|reformas? (?:legal(?:es)?|legislativas?|de la ley)|ratificaci[oó]n"
        r"|(?:правов\w+|законодательн\w+|нормативн\w+) (?:баз\w+|рам\w+|основ\w+)|законодательств\w*|законопроект\w*"
        r"|ратификаци\w*"
    ),
    Activity.CRIMINAL_JUSTICE: (
        rf"criminal justice|{_TRAIN} (?:of |for |courses? for |programmes? for |programs? for |with )?"
        rf"(?:the |our |local |more |new |front-?line |specialised |national |\d+ |\w+ ){{0,2}}{_OFFICIALS}"
        rf"|{_OFFICIALS} (?:{_TRAIN}|capacity|academy|academies|units?|skills|courses?|capabilit\w+)"
        rf"|capacit(?:y|ies)(?:[- ]building)? (?:of|for|among|in) (?:\w+ ){{0,3}}{_OFFICIALS}"
        rf"|(?:support|equip|strengthen|build|mentor|improv)(?:s|ing|e)? (?:\w+ ){{0,3}}{_OFFICIALS}"
        r"|investigations?|investigat(?:e|es|ing|ive) (?:\w+ ){0,2}(?:cases?|trafficking|traffickers|skills|techniques)"
        r"|prosecutions?|prosecut(?:e|es|ing)|convictions?|task forces?|joint investigation teams?|forensic\w*"
        r"|financial investigat\w+|mutual legal assistance|judicial (?:cooperation|capacity|training|training)"
        r"|(?:specialised|specialized|anti[- ]?trafficking|dedicated) (?:police |investigation |investigative"
        r" |prosecution )?(?:units?|squads?|courts?|desks?)|court (?:procedures?|support|monitoring|capacity)"
        r"|law enforcement (?:capacity|agencies|responses?|cooperation|officers?|training)|bench ?books?|moot courts?"
        r"|sentencing|policing|cybercrime units?|inspectorates?|labou?r inspect\w+|evidence (?:gathering|collection)"
        r"|justice (?:sector|capacity|system|actors?|professionals)|capacity of the justice|case law database"
        rf"|(?<=\bon )(?:the )?(?:courts|police|justice|prosecutors|judges)(?=,| and| or|$|[?.;])"
        rf"|justice p[eé]nale|formation (?:des|de|pour (?:les|des)) (?:juges?|magistrats?|procureurs?|policiers?"
        r"|enqu[eê]teurs?|inspecteurs?)|proc[eé]dure p[eé]nale"
        r"|justicia penal|(?:formaci[oó]n|capacitaci[oó]n|capacitar|formar) (?:de |a |para )?(?:los |las )?(?:jueces"
        r"|fiscales|polic[ií]as?|investigadores|inspectores|magistrados)|inspectores de trabajo"
        r"|уголовн\w+ (?:правосуди\w+|юстици\w+)|(?:обучени\w+|подготовк\w+|тренинг\w*|семинар\w*) (?:для )?(?:суд\w+"
        r"|прокурор\w+|полици\w+|следовател\w+|инспектор\w+)|правоохранительн\w+|расследовани\w*"
    ),
    Activity.IDENTIFICATION: (
        r"identification(?! documents?| cards?| papers?)|referrals?|nrms?|(?:identify|identifying|detect|detecting"
        r"|detection of|spot|spotting|recogni[sz](?:e|ing)|screen|screening|finding) (?:\w+ ){0,3}(?:victims?"
        r"|trafficked|trafficking (?:cases?|victims?)|survivors?|exploited|cases)|screening\w*|screen "
        r"|(?:hot|help)[- ]?lines?|transnational referral|standard operating procedures?|sops?|first responders?"
        r"|victim detection|screened(?! (?:films?|videos?))|(?:that|which|who|it|clinic|post|cent(?:re|er)|desk|team"
        r"|project|hospital|unit|line) screens|(?:is|are|be|were|get|was) referred"
        r"|(?:refer|refers) (?:them|those|him|her|everyone|anyone)"
        r"|early (?:detection|identification)|triage|hot ?spots? (?:teams?|screening)"
        r"|(?:refer|referring|signpost\w*) (?:\w+ ){0,3}(?:victims?|survivors?|people|persons?|cases|to services"
        r"|children)|(?:(?:run|running|set up|setting up|launch|launching|open|opening|operat\w+|start|starting)"
        r" (?:a |an |the |our )?(?:\w+ ){0,3}(?:hot|help)[- ]?lines?)"
        r"|identifi(?:er|ant) (?:les|des) victimes|orientation des victimes|m[eé]canismes? (?:national |nationaux )?"
        r"(?:d['’]orientation|de r[eé]f[eé]rencement)|r[eé]f[eé]rencement|d[eé]pistage|rep[eé]rage"
        r"|identificaci[oó]n|identificar (?:a )?(?:las )?v[ií]ctimas|remisi[oó]n|derivaci[oó]n|mecanismos? de"
        r" (?:remisi[oó]n|derivaci[oó]n|referencia)|выявлени\w*|идентификаци\w*|перенаправлени\w*|скрининг\w*"
        r"|механизм\w* (?:перенаправления|направления|переадресации)"
    ),
    Activity.SUPPORT: (
        rf"re ?integrat\w+|case[- ]?(?:management|managers?|work\w*)|counsel?ling|counsel?lors?|psycho-?social"
        rf"|durable solutions?|(?:re)?settlement (?:programmes?|programs?|support|of)|resettl\w+"
        rf"|(?:victim|survivor)s?[- ](?:support|assistance|services?|care|protection|cent(?:red|ered) (?:care|support"
        rf"|services?)|aid)|(?:support|assist|assistance|assisting|supporting|services?|care|caring|protection"
        rf"|aftercare|accommodation|housing|help|helping) (?:to|for|of|given to|offered to)? ?(?:\w+ ){{0,2}}"
        rf"(?:{_PERSONS}|victims? of trafficking)|after ?care|legal aid|legal (?:assistance|advice|help"
        rf"|counsel|representation|clinics?) ?(?:to|for|of)?|drop-?in cent(?:re|er)s?|safe houses?|safehouses?"
        rf"|(?:open|opening|run|running|set up|setting up|build|building|start|starting|manag(?:e|ing)|establish\w*"
        rf"|operat(?:e|ing)|fund|funding|launch|launching|creat(?:e|ing)|visit|renovat\w+|expand|expanding)"
        rf" (?:(?:a|an|the|our|another|two|three|new|small|more|first|second|state|emergency|temporary|women's)"
        rf"[ -]){{0,3}}(?:\w+ ){{0,1}}shelters?"
        rf"|(?:hous|accommodat|lodg)(?:e|es|ing|ed) (?:\w+ ){{0,2}}(?:{_PERSONS}|witnesses|women|children|girls"
        rf"|people)|(?<=\bon )support(?=,| and| or|$|[?.;])|(?<=\bfor )support(?=,| and| or|$|[?.;])"
        rf"|support (?:section|chapter|part|list)|accommodation for|(?:house|home|place|flat|room|bed|apartment"
        rf"|building|centre|somewhere|roof)s?,? (?:\w+ )?(?:for {_PERSONS}|(?:where|in which)"
        rf" (?:\w+ ){{1,3}}?(?:can|may|could|will)? ?(?:stay|live|sleep|rest|recover)"
        rf"|to (?:stay|live|sleep|rest|recover))"
        rf"|(?:gets?|gives?|giving|offers?|offering|provid(?:es?|ing)) (?:\w+ ){{0,3}}?(?:a (?:bed|room|roof|lawyer"
        rf"|place"
        rf" to (?:stay|live|sleep))|beds|rooms|lawyers)"
        rf"|shelters?|shelters? (?:programmes?|programs?|projects?|services?|support|for|care|management|activit\w+"
        rf"|work"
        rf"|accommodation|provision)|voluntary return|assisted return|family (?:tracing|reunification|reunion)"
        rf"|foster (?:care|famil\w+)|trauma\w*|mental health|therap(?:y|ies|ists?)|rehabilitat\w+|recovery|safe"
        rf" (?:accommodation|housing|returns?)|crisis (?:accommodation|cent(?:re|er)s?)|victim support|compensation"
        rf" claims?|(?:community|social) reinsertion|guardian(?:s|ship)?|repatriat\w+|residence permits?"
        r"|h[eé]bergement|centres? d['’]accueil|foyers?|r[eé]int[eé]gration|r[eé]insertion|prise en charge|aide"
        r" juridique|accompagnement (?:des|aux) victimes|(?:assistance|aide|soutien|appui) (?:aux|des) victimes"
        r"|solutions? durables?|soluciones duraderas|albergues?|refugios?|casas? de acogida|reintegraci[oó]n"
        r"|reinserci[oó]n|asistencia (?:jur[ií]dica|legal|a (?:las )?v[ií]ctimas)|(?:apoyo|atenci[oó]n) a (?:las )?"
        r"v[ií]ctimas|gesti[oó]n de casos|acogida|приют\w*|убежищ\w*|реинтеграци\w*|реабилитаци\w*"
        r"|юридическ\w+ помощ\w+"
        r"|(?:помощ\w+|поддержк\w+|защит\w+) (?:жертв\w*|пострадавш\w*)|долгосрочн\w+ решени\w+"
    ),
    Activity.NATIONAL_PLANS: (
        r"national (?:\w+[- ]){0,3}?(?:plans?|strateg(?:y|ies)|polic(?:y|ies)|coordinat\w+|committees?|rapporteurs?"
        r"|commissions?)|naps?|plans? of action|action plans?|(?:coordinating|coordination|inter-?ministerial"
        r"|inter-?agency|multi-?agency) (?:body|bodies|committees?|mechanisms?|groups?|councils?)"
        r"|(?:government|country|state)(?:['’]s|-wide)? (?:\w+[- ]){0,2}(?:strateg(?:y|ies)|plans?)"
        r"|anti[- ]?trafficking (?:strateg(?:y|ies)|plans?|polic(?:y|ies))|national rapporteur"
        r"|plans? (?:national|nationaux|d['’]action)(?: national| nationaux)?|strat[eé]gies? nationales?"
        r"|plan(?:es)? (?:nacional(?:es)?|de acci[oó]n)(?: nacional(?:es)?)?|estrategias? nacional(?:es)?"
        r"|национальн\w+ (?:план\w*|стратеги\w+)|план\w* действий"
    ),
}

WEAK: Mapping[Activity, str] = {
    Activity.AWARENESS_RAISING: r"schools?|teachers?|messages?|prevention activit\w+|information|attitudes?|outreach",
    Activity.LIVELIHOODS: r"jobs?|lend(?:ing)?|lent|stalls?|shops?|market|earn\w*|wages|sew|weav\w*|crafts?"
    r"|employment|incomes?|skills|loans?|cash|debts?|poverty|business(?:es)?|vouchers?",
    Activity.LEGAL_FRAMEWORK: r"laws?|parliament\w*|regulations?|bills?|legal reform|compensation law"
    r"|recruitment fees?|lois?|ley(?:es)?",
    Activity.CRIMINAL_JUSTICE: r"police\w*|prosecutors?|judges|courts?|law enforcement|investigators?|inspectors?"
    r"|trials?"
    r"|magistrates?|justice|juges|procureurs|policiers|magistrats|jueces|fiscales|policías",
    Activity.IDENTIFICATION: r"(?:hot|help)[- ]?lines?|border(?: guards?| points?| crossings?| posts?)?"
    r"|frontline workers?"
    r"|trafficking cases|asylum interviews?|identif\w+",
    Activity.SUPPORT: r"shelters?|safe ?houses?|(?:about|on|for|in|of) support|victims?|survivors?|services for"
    r"|protection services|compensation|return|housing"
    r"|accommodation|victimes|v[ií]ctimas|жертв\w*",
    Activity.NATIONAL_PLANS: r"coordination|ministr(?:y|ies)|government(?:['’]s)? (?:response|policy)|strateg(?:y|ies)",
}


def _compiled(words: str) -> re.Pattern[str]:
    """For text whose hyphens are spaces: "start-up", "start up" and "startup" are one."""
    return re.compile(rf"\b(?:{words.replace('-?', ' ?')})(?!\w)", re.I)


_STRONG = tuple((activity, _compiled(words)) for activity, words in STRONG.items())
_WEAK = tuple((activity, _compiled(words)) for activity, words in WEAK.items())
# A shelter or a help line as the place where others are met: "residents of our shelter", "call the help line".
_PLACE = r"(?:shelters?|safe ?houses?|(?:hot|help) ?lines?)"
_SETTING = re.compile(
    rf"\b(?:of|in|from|at|to|leav(?:e|es|ing)|between|inside|into|with|near|outside|call(?:s|ing)?|via|through|about)"
    rf" (?:a |an |the |our |their |two |three |other |this |that )?(?:[\w']+ )??{_PLACE}\b"
    r"|\b(?:drop ?in|reception|day|health|transit) (?:cent(?:re|er)s?|posts?)\b(?= (?:\w+ ){0,4}?screen)"
    rf"|\b{_PLACE} (?:residents?|staff|workers?|managers?|clients?)\b"
    rf"|\b{_PLACE}(?= (?:posters?|numbers?|cards?|adverts?|stickers?|campaigns?))",
    re.I,
)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_ELSEWHERE = tuple((activity, re.compile(words)) for activity, words in ELSEWHERE.items())


# "Labour inspectors who identify and refer", "a drop-in centre that screens": what is done counts, not who does it.
_FINDS = re.compile(r"\b(?:identif|detect|spot|recogni[sz]|screen|find)\w*", re.I)
_REFERS = re.compile(
    r"\b(?:refer(?:s|red|ring)?|(?:send|bring|take|direct)(?:s|ing)? (?:them|those|people|victims) to|signpost\w*"
    r"|pass(?:es|ing)? (?:them|those|cases|people|victims) (?:on|to)|hand(?:s"
    r"|ing)? (?:them )?over)\b",
    re.I,
)
_WHO_REFERS = re.compile(
    rf"\b(?:{_TRAIN} (?:of |for |courses? for )?)?(?:\w+ )?{_OFFICIALS}(?= (?:\w+ ){{0,4}}?(?:who|that|to|will|can"
    rf"|identif|detect|spot|recogni|screen|and|at))"
    rf"|\b(?:drop ?in|reception|day|health|transit|help) (?:cent(?:re|er)s?|desks?|posts?)\b(?= (?:\w+"
    rf" ){{0,4}}?(?:screen|refer|identif|detect))"
    rf"|\b(?:refer(?:s|ring)?|signpost\w*) (?:\w+ ){{0,3}}?to (?:\w+ )?(?:support|shelters?|services|counsell\w+)(?!"
    rf" and)",
    re.I,
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def activities_in(text: str, weak: bool = True) -> tuple[Activity, ...]:
    """The activity types that a text speaks of, each once, in the order it names them."""
    text = _HYPHEN.sub(" ", text)
    named = _SETTING.sub(_blank, text)
    if _REFERS.search(text) and _FINDS.search(text):  # whoever finds and refers victims does that, whatever the post
        named = _WHO_REFERS.sub(_blank, named)
    spans = [(match.start(), match.end(), activity) for activity, words in _STRONG for match in words.finditer(named)]
    spans += [
        (match.start(), match.end(), activity) for activity, words in _ELSEWHERE for match in words.finditer(text)
    ]
    if not spans and weak:
        spans = [(match.start(), match.end(), activity) for activity, words in _WEAK for match in words.finditer(text)]
        return _in_order(spans)[:1]
    return _in_order(spans)


def _in_order(spans: list[tuple[int, int, Activity]]) -> tuple[Activity, ...]:
    """By place; a span inside a longer one of another activity does not count."""
    kept = [
        span
        for span in spans
        if not any(
            o[0] <= span[0] and span[1] <= o[1] and o[1] - o[0] > span[1] - span[0] for o in spans if o[2] != span[2]
        )
    ]
    return tuple(dict.fromkeys(activity for _, _, activity in sorted(kept, key=lambda span: span[:2])))
