"""Signs that a message tells of somebody's own situation, by language: who it is about, and what is done to them.

`danger` has the sentences that say it outright. These are the many ways of telling it without: a person
of one's own together with two kinds of hardship, at least one of them a hard one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """Patterns of one language, over folded text."""

    own: re.Pattern[str]  # somebody speaks of themselves or of a person they know
    hard: tuple[re.Pattern[str], ...]  # kinds of hardship that no project meets
    soft: tuple[re.Pattern[str], ...]  # kinds that also occur in ordinary life
    work: re.Pattern[str]  # the words of people who ask for their work


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


_PEOPLE = (
    r"(?:boss|employer|madam|pimp|agent|sponsor|recruiter|captain|owner|landlord|handler|manager|boyfriend"
    r"|girlfriend|husband"
    r"|wife|uncle|auntie?|stepdad|stepfather|father|dad|mother|mum|mom|brother|sister|son|daughter|cousin|niece"
    r"|nephew|friend"
    r"|neighbou?r(?:'s \w+)?|classmate|roommate|family|baby)"
)
ENGLISH = Signs(
    own=_any(
        r"\bi (?:am|was|have|had|did|do not|came|come|work|clean|paid|owe|got|ran|managed|never|only|still"
        r"|can not|just)\b"
        r"(?! (?:a |an )?(?:writing|working on|interested|looking for|preparing|asked to|trained|studying))",
        r"(?<!help )(?<!tell )(?<!give )(?<!show )(?<!find )(?<!send )(?<!teach )(?<!let )(?<!remind"
        r" )(?<!advise )\bme\b",
        rf"\bmy (?:\w+ )?{_PEOPLE}\b|\b(?:a )?(?:friend|cousin|sister|girl|woman|boy) (?:of mine|from my|i know)\b",
        r"\bmy (?:passport|documents?|papers|id|visa|wages|salary|body|home|village|country|phone)\b|\bour wages\b",
        r"\b(?:beat|beats|hit|hits|keeps?|kept|pays?|paid|sold|put|took|brought|promised|gives?|gave|watch"
        r"|watches|told|makes?|made"
        r"|shaved|gives|locked|hurt|let|owns?|tricked|guard|call) (?:us|our)\b|\b(?:three|two|four|five|six"
        r"|some|many|all) of us\b",
        r"\bwe (?:must|have to|hid|can hear|can not leave|were promised|were brought|live in|sleep in|work in)\b",
        r"\bthere is a (?:kid|girl|boy|child|woman|man|baby)\b|\b(?:she|he) is (?:only )?(?:1[0-7]|[5-9])\b"
        r"|\bour neighbou?r",
        r"\bnear (?:my|our)\b|\bunder my flat\b|\bat night\b|\bis (?:some|any)(?:one|body) there\b"
        r"|\bcome get me\b|\bi need (?:urgent )?help\b|\bsafe here\b",
    ),
    hard=(
        _any(
            r"\b(?:hits?|hitting|beats?|beaten|beating|slaps?|kicks?|rape[ds]?|stab|shoot|shot|kill|bruise[ds]?"
            r"|burn(?:s|ed)"
            r"|tortur\w+|bleeding|shaved|touche[ds] me|touches me|screaming|shouting for help)\b|\bwith dogs\b"
            r"|\bhurts? (?:me|us|her)\b"
        ),
        _any(
            r"\block(?:s|ed)\b|\btrapped\b|\bcaptive\b|\bnot (?:been )?(?:allowed|let)\b|\bnever (?:allowed"
            r"|let)\b|\bstuck\b|\bguard(?:s|ed)\b"
            r"|\bcan not (?:leave|escape|get out|go home)\b|\bhiding from\b|\bhid in\b|\b(?:managed|want|trying"
            r"|tried|like) to (?:get out"
            r"|escape|leave|go back|run)|\brun from\b|\bescaped\b|\bhas not been home\b|\brelease (?:him|her"
            r"|them|me)\b|\bransom\b"
            r"|\bwatch(?:es)? (?:us|me|her)\b|\bcompound\b|\bsearching (?:for|with)\b|\bcan not leave\b"
            r"|\bcome get me\b"
        ),
        _any(
            r"\b(?:sex|sexual|prostitut\w+|escort|sleep with|clients come|men for money|other men|dance for"
            r"|naked|nude|shower|virgin)\b"
            r"|\b(?:videos?|photos?|films?|pictures) of me\b|\bhave videos\b|\bmakes? me do\b"
            r"|\bdo things to me\b|\bme do films\b"
        ),
        _any(
            r"\bforc(?:e|es|ed|ing)\b|\bmade to\b|\b(?:makes?|made) (?:me|us|her|him)\b(?! (?:lose|feel|think"
            r"|happy|redundant|an offer|wonder|aware|realise))|\bagainst (?:my|her|his) will\b"
            r"|\bhas to dance\b|\b(?:she|he|they|man|agent|boss|employer|lady|manager|owner|captain) (?:says"
            r"|say|said|tells) (?:that )?i (?:must"
            r"|have to|belong|signed|owe|can not)\b|\bi belong to\b|\bdecides (?:when|what|who|where)\b"
            r"|\bunless i\b|\bwants me to\b"
            r"|\bi must (?:give|pay|work|sleep)\b|\bwe must repay\b"
        ),
        _any(
            r"\b(?:trafficked|enslaved|kidnapped|abducted|drugged|groomed)\b|\b(?:was|were|been|being"
            r"|got) (?:sold|bought)\b"
            r"|\b(?:sold|bought|owns?) (?:me|us|him|her|my (?:visa|contract|sister|daughter))\b(?! (?:for|an?"
            r"|some|lunch|on)\b)|\bsell my (?:baby|child|daughter|sister)\b"
            r"|\btook our names\b|\bbrought (?:me|us) here\b"
            r"|\btook me from\b|\bi (?:am|was) with a man of\b|\bnobody knows where\b|\bput me in a house\b"
        ),
        _any(r"\b(?:gave|gives|give) (?:me|us) (?:pills|drugs|something to drink)\b"),
        _any(r"\bwoke up\b.{0,30}\banother (?:city|country|place|house)\b"),
        _any(r"\bdid not agree\b|\bnever agreed\b|\bdo not want to do this\b"),
        _any(
            r"\bcalls? (?:immigration|the police) on (?:me|us)\b|\b(?:agent|boss|employer|sponsor|he|she"
            r"|they) (?:has|have|keeps?) (?:them|it)\b"
        ),
        _any(
            r"\bi only clean\b|\bno school\b|\bmust give (?:her|him|them)\b|\bgives? (?:her|him|them) (?:half"
            r"|all|everything)\b"
        ),
        _any(
            r"\burgent help\b|\bbegged me\b|\bsafe here\b|\bnot safe\b|\bcome get (?:me|us)\b"
            r"|\bplease do something\b|\bhe comes back\b"
            r"|\bcall(?:ed|ing)? (?:me )?crying\b|\bshe is crying\b|\bi am scared\b|\bhow can (?:she|he|they"
            r"|i) get help\b|\bi (?:do not|don't) know these"
        ),
    ),
    soft=(
        _any(
            r"\b(?:passports?|documents?|papers|visa|identity card|contract)\b|\b(?:my|her|his|our) id\b"
            r"|\bno (?:money|phone|papers|passport)\b"
        ),
        _any(
            r"\b(?:wages|salary|paid|pays?|unpaid|debt|owe[ds]?|repay|for free|for nothing|ticket|journey"
            r"|gives? us|dollars|money|enough)\b"
        ),
        _any(r"\b(?:police|deport\w*|immigration|arrest\w*|report)\b"),
        _any(
            r"\b(?:brought|promised|recruited|lured|tricked|agent|recruiter|sponsor|changed her contract"
            r"|changed my contract|took her|gang"
            r"|smugglers?|online scams?|scam)\b"
        ),
        _any(
            r"\bi (?:am|was) (?:only )?(?:1[0-7]|[5-9])\b|\b(?:she|he) is (?:only )?(?:1[0-7]|[5-9])\b"
            r"|\bkids?\b|\bno school\b|\bwhen i was 1?\d\b"
        ),
        _any(
            r"\b(?:every (?:night|day|hour)|until midnight|day and night|all night|at night|all the time"
            r"|in a dorm|dorm|cellar|sleep there"
            r"|locked dorm|warehouse|vessel|farm|clubs?|a bar)\b"
        ),
        _any(
            r"\bwhat (?:happens|can i do|do i do|should i do)\b|\bwhere to report\b|\bwhat number\b"
            r"|\bsomeone\b|\bhow (?:can|do) i tell\b"
        ),
        _any(r"\b(?:back (?:home|to my)|go home|crying|alone|afraid|scared|hide|hid|no one|nobody|leave)\b"),
    ),
    work=_any(
        r"\b(?:programmes?|programs?|projects?|indicators?|evaluat\w+|guidance|guidelines?|toolkit|icat"
        r"|publications?|briefs?|papers say"
        r"|evidence|research\w*|thesis|stud(?:y|ies)|campaigns?|lessons?|trainers?|trainees?|training"
        r"|beneficiar\w+|our (?:shelter|hotline"
        r"|organi[sz]ation|agency|team|staff|clinic|client)|case ?workers?|measur\w+|criteria|protocol"
        r"|ministr\w+|funding|polic(?:y|ies)"
        r"|practitioners?|according to|baseline|deadline|supervisor|survivors|victims|i am an? (?:police|nurse"
        r"|teacher|social|lawyer"
        r"|labou?r|prosecutor|judge|doctor|officer|student|researcher|journalist|trainer)|i work (?:for|with|at"
        r"|as an?)\b)"
    ),
)
_FRENCH = Signs(
    own=_any(r"\b(?:je|moi|mon|ma|mes|me|nous|on)\b|\b[jm]'"),
    hard=(
        _any(r"\b(?:bat|battent|frappe|menace|menacent|tuer|viol\w*|peur)\b"),
        _any(r"\b(?:enferm\w+|séquestr\w+|cave|retenue?|garde mon|garde ma|garde mes)\b|\bne peux pas\b|laisse pas"),
        _any(r"\b(?:oblig\w+|forc\w+|prostitu\w+|clients|coucher)\b|contre mon gré"),
        _any(r"\bvendue?s?\b|\btrompée?\b|\bbesoin d'aide\b|\baidez\b|\bsauve\w*"),
    ),
    soft=(
        _any(r"\b(?:passeport|papiers|carte d'identité|documents)\b"),
        _any(r"\b(?:salaire|paie|payer|argent|dette|gratuitement)\b"),
    ),
    work=_any(
        r"\b(?:victimes|indicateurs?|programmes?|projets?|loi|évalu\w+|formation|campagnes?"
        r"|lignes directrices|guide|publications?)\b"
    ),
)
_SPANISH = Signs(
    own=_any(r"\b(?:yo|me|mi|mis|nos|estoy|soy|tengo|necesito|debo|puedo|quiero)\b"),
    hard=(
        _any(r"\b(?:pegan?|golpean?|amenaz\w+|matar\w*|viol\w+|miedo)\b"),
        _any(r"\b(?:encerrad\w+|atrapad\w+|encierran?|secuestr\w+)\b|no (?:me|nos) dejan?|no puedo (?:salir|ir)"),
        _any(r"\b(?:oblig\w+|forz\w+|prostitu\w+|clientes)\b|con mi cuerpo|me hacen? trabajar"),
        _any(r"\b(?:vend\w+|engañ\w+|ayuda|auxilio|socorro)\b"),
    ),
    soft=(
        _any(r"\b(?:pasaporte|documentos|papeles)\b"),
        _any(r"\b(?:salario|sueldo|pag\w+|dinero|deuda|debo)\b"),
        _any(r"\b(?:quitó|quitaron|trajeron|trajo|calle)\b"),
    ),
    work=_any(
        r"\b(?:víctimas?|indicador\w*|programas?|proyectos?|ley|evalu\w+|capacitación|campañas?|guías?"
        r"|publicacion\w*)\b"
    ),
)
_RUSSIAN = Signs(
    own=_any(r"\b(?:я|меня|мне|мной|мой|моя|мои|мою|моей|нас|нам|мы)\b"),
    hard=(
        _any(r"\b(?:бь[её]т|избива\w+|угрожа\w+|убь\w+|насилу\w+|боюсь)\b"),
        _any(r"\b(?:заперт\w*|заперли|держат|держит|удержива\w+|сбежал\w*)\b|не (?:отпуска|выпуска|могу)\w*"),
        _any(r"\b(?:заставля\w+|принужда\w+|проституц\w+|клиент\w+)\b"),
        _any(r"\b(?:продал\w*|обманул\w*|помогите|помощь|спасите)\b"),
    ),
    soft=(
        _any(r"\b(?:паспорт\w*|документ\w*)\b"),
        _any(r"\b(?:плат\w+|зарплат\w+|деньг\w+|денег|долг\w*)\b"),
        _any(r"\b(?:хозяин\w*|чужой стране|увезли)\b"),
    ),
    work=_any(
        r"\b(?:жертв\w*|индикатор\w*|показател\w*|программ\w*|проект\w*|закон\w*|оценк\w*|кампани\w*|публикаци\w*)\b"
    ),
)
_ARABIC = Signs(  # folded by `fold_arabic`
    own=_any(r"(?:انا|عندي|كفيلي|زوجي|اريد|جوازي|راتبي|بلدي|\S{2,}(?:ني|ونني)(?:\s|$))"),
    hard=(
        _any(r"يضرب|ضرب|يهدد|اغتصب|خائف"),
        _any(r"محتجز|محبوس|لا يترك|لا يسمح|الهروب|لا استطيع"),
        _any(r"يجبر|اجبر|النوم مع|دعاره|مع رجال"),
        _any(r"باع|خدع|مساعده|ساعد|انقذ"),
    ),
    soft=(
        _any(r"جواز|اوراق|وثائق"),
        _any(r"راتب|يدفع|اجر|المال|دين"),
        _any(r"كفيل|صاحب العمل|العوده الي بلدي|اخذ"),
    ),
    work=_any(r"ضحايا|مؤشر|برنامج|مشروع|قانون|تقييم|حمله|الارشادات|العمال|النساء"),
)
_CHINESE = Signs(
    own=_any(r"我"),
    hard=(
        _any(r"打我|打人|威胁|强奸|虐待|害怕"),
        _any(r"被关|不让|逃|困|回不"),
        _any(r"强迫|逼|卖淫|接客"),
        _any(r"被骗|被卖|骗到|救|帮我"),
    ),
    soft=(_any(r"护照|证件|身份证"), _any(r"工资|钱|债|不付"), _any(r"老板|中介|船长|扣")),
    work=_any(r"受害者|指标|项目|指南|评估|法律|培训|出版"),
)
LANGUAGES = (ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC, _CHINESE)
ENOUGH = 2  # kinds of hardship, one of them hard
ENOUGH_AT_WORK = 4  # where the words are those of somebody at work: clients' hardships are told in just such words


def tells_of_danger(text: str) -> bool:
    """Whether somebody of one's own is met by enough kinds of hardship. `text`: folded, Arabic letters too."""
    return any(_speaks(signs, text) for signs in LANGUAGES)


def _speaks(signs: Signs, text: str) -> bool:
    if not signs.own.search(text):
        return False
    hard = sum(1 for kind in signs.hard if kind.search(text))
    soft = sum(1 for kind in signs.soft if kind.search(text))
    return hard > 0 and hard + soft >= (ENOUGH_AT_WORK if signs.work.search(text) else ENOUGH)
