"""Whether a message comes from, or is about, a person in danger now: rules over words, no model.

A first person who is held, forced, threatened or robbed of papers; the same of somebody close ("my sister"); the
same seen nearby; a bare call for help. A practitioner's question about clients, victims or workers is none of these.
Missing a plea is worse than showing where to find help to somebody who did not need it.
"""

from __future__ import annotations

import re

from assistant.understand.danger_signs import tells_of_danger
from index.words import fold_arabic

_PAPERS = r"(?:passports?|ids?|identity (?:cards?|papers|documents?)|travel documents?|papers|documents?|phones?)"
_KIN = (
    r"(?:family|mother|father|mum|mom|parents?|child(?:ren)?|kids?|sons?|daughters?|sisters?|brothers?|baby|wife"
    r"|husband|friends?)"
)
_GO = (
    r"(?:leave(?! (?:out|this|that|it|these|those|any|aside|gender))|escape|get out|get away|go (?:home|out"
    r"|back|ashore"
    r"|anywhere|outside)|go(?=\W*$| until| and| if)|run away|come (?:home|back)|quit)"
)
_WORK = (
    r"(?:work(?! with| around| on)\w*|sleep|have sex|sex|beg\b(?! the question)|marry|steal|carry drugs"
    r"|prostitut\w+"
    r"|sell|scam|dance|strip|fight|pay (?:him|her|them|back|off|it)|do (?:things|sex|this|that|it)|serve|service)"
)
_AM = r"(?:i|we) (?:am|are|was|were|have been|had been|feel)(?: (?:now|still|being|always|also|all|just|so|very))*"

_SELF = (
    rf"{_AM} (?:held|kept)(?! accountable| responsible| up| in the (?:loop|dark))(?: \w+)? (?:captive|hostage"
    rf"|prisoner"
    r"|locked|against|in|here|by|on|at|under)\b",
    rf"{_AM} (?:locked (?:in|up|inside|away)|trapped(?! between)|imprisoned|chained|tied up|kidnapped|abducted"
    r"|enslaved|trafficked|raped|beaten(?! to the)|sold(?! on)|bought|drugged|starved|threatened|blackmailed"
    r"|tortured|abused"
    r"|assaulted|exploited|tricked|captive|in danger|not safe|unsafe|hiding|prisoners?|slaves?|a slave|a prisoner"
    r"|stuck (?:here|with (?:him|her|them|my))|not allowed (?:out|to (?:leave|go|call|talk|speak|use my|see)))\b",
    rf"{_AM} (?:forced|made|compelled|coerced|obliged) (?:to|into) {_WORK}",
    rf"{_AM} (?:a |the )?victim(?! (?:advocate|support|assistan|service|liaison|special|protect))",
    r"\bam i (?:a |being |really |in )*(?:victim|trafficked|exploited|enslaved|slave|danger)",
    r"\bas a (?:trafficking )?(?:victim|slave)\b.{0,60}\b(?:my|i|me)\b",
    rf"\b(?:forc(?:e|es|ed|ing)|mak(?:e|es|ing)|made|oblig(?:e|es|ed)|coerc\w+) (?:me|us) (?:all )?(?:to "
    rf"|into )?{_WORK}",
    r"(?<!it )\b(?:beats?|beating|hits?|hitting|hurts?|hurting|rap(?:e|es|ed|ing)|slaps?|kicks?|burn(?:s|ed)"
    r"|drug(?:s|ged)"
    r"|starves?|lock(?:s|ed)?|chain(?:s|ed)|sold|sells?|selling|bought(?! (?:me|us) (?:for|an?|some|lunch))"
    r"|threaten(?:s|ed|ing)?|blackmail(?:s|ed|ing)?"
    r"|kidnap(?:s|ped)|abducted|trafficked|enslaved|tortur(?:e|es|ed)|abus(?:e|es|ed|ing)|looks? for|looking for"
    r"|following|chasing|watching) (?:me|us)\b(?! on (?:twitter|social|linkedin))",
    r"\b(?:will|would|wants? to|going to|gonna|threaten\w* to|tr(?:y|ies|ying) to|can) (?:kill|hurt|beat|harm"
    r"|sell|deport"
    rf"|arrest|punish|burn|rape|shoot) (?:me\b|us\b|(?:my|our) {_KIN})",
    rf"\b(?:not|never|nobody|no one) (?:let|lets|letting|allow\w*|permit\w*) (?:me|us)(?: to)? (?:{_GO}|out\b"
    rf"|call|phone"
    r"|eat|rest|sleep|contact my|see my|see a doctor|use my|speak|talk)",
    r"(?<!\bi )(?<!\bwe )\b(?:took|takes?|taken|has|have|had|keeps?|kept|keeping|holds?|holding|hid|hides?"
    r"|confiscat\w+"
    rf"|stole|seized|got)(?: away| all| both| back)* (?:my|our) {_PAPERS}",
    rf"\b(?:my|our) (?:\w+ and )?{_PAPERS} (?:was|were|is|are|has been|have been|got) (?:taken|kept|held"
    rf"|confiscated"
    r"|seized|hidden|locked)",
    rf"\bnot (?:give|return)(?: me| us)?(?: back)? (?:my|our) {_PAPERS}",
    rf"\b(?:i|we) (?:can|could|am able|are able|do) not (?:to )?(?:dare to )?{_GO}",
    r"\b(?:before|until) (?:i|we) (?:can leave|can go|pay(?! (?:off |out |back )?(?:their|his|her|any|for|out)\b)"
    r"|have paid|repay|finish paying|work off)",
    r"\b(?:i|we) (?:just |have |had |already )*(?:escaped|fled|ran away|run away|got away)\b",
    r"\bhow (?:can|do|could|should|would) (?:i|we) (?:safely )?(?:escape|run away|get away(?! with)"
    r"|get out of (?:here"
    r"|this (?:house"
    r"|place|life))|leave (?:him|her|them|my (?:boss|employer|pimp|husband|boyfriend)|here|this (?:house|place)"
    r"|safely))",
    r"\b(?:want|need|trying|tried|like|wish|have) to (?:escape|run away|get out of (?:here|prostitution"
    r"|this (?:house|place"
    r"|life|situation))|get away|leave (?:him|them|my (?:boss|employer|pimp|husband|boyfriend)|this (?:house"
    r"|place|life))"
    r"|go home)\b",
    rf"{_AM} (?:scared|afraid|frightened|terrified) (?:of (?:him|her|them|my|the m[ae]n)|he will|she will|they will"
    r"|for my life|to (?:leave|tell|call|go (?:home|out|to the police)))",
    r"\bwho (?:can|do|should|could|shall) i (?:call\b(?! attention)|phone|tell|turn to)",
    r"\b(?:number|hotline|line) (?:that )?(?:i|we) (?:can|could|should) (?:call|phone|text)",
    r"\bwhere (?:can|do|could|should|would) i (?:go\b(?! (?:for|from|to (?:read|find|learn)))|hide|run|sleep"
    r"|be safe"
    r"|find (?:a )?(?:shelter|safe place|safety))",
    r"\bwhere is it safe\b|\bnowhere (?:safe )?to go\b",
)
_NEAR_ONES = (
    r"\b(?:my|our) (?:\w+ )?(?:friend|sister|brother|daughter|son|cousin|niece|nephew|wife|husband|mother"
    r"|father|mum|mom"
    r"|dad|girlfriend|boyfriend|aunt|uncle|roommate|flatmate|housemate|classmate|neighbou?r|maid|nanny"
    r"|coworker)s?(?:'s)?\b"
    r"|\bmy (?:child|children|kids?)\b"
)
_THEIR_DANGER = re.compile(
    rf"(?:{_NEAR_ONES}).{{0,140}}?\b(?:"
    r"(?:is|was|are|were|been|being|be)(?: \w+)? (?:held|locked|trapped|kept|missing|kidnapped|abducted|sold|forced"
    r"|trafficked|threatened|beaten|exploited|abused|raped|enslaved|tricked|stuck|in danger|(?:not|never) allowed)"
    rf"|(?:can|could|will|does|do) not (?:\w+ )?{_GO}|(?:not|never) (?:allowed|let)\b"
    rf"|(?:\w+ )?(?:took|take|takes|keeps?|kept|has) (?:away )?(?:her|his|their) {_PAPERS}"
    r"|(?:beats?|hits?|sells?|sold|forces?|forced|locks?|locked|keeps?|holds?|kidnapped|took|lured|threatens?)"
    r" (?:her|him|them|a (?:girl|boy|child|wom[ae]n|maid))\b"
    rf"|{_PAPERS} (?:was|were|is|are|been)(?: \w+)? (?:taken|confiscated|kept)|disappeared"
    rf"|calls? (?:me )?crying|called crying"
    r"|asks? for (?:money|ransom))",
)
_SEEN = re.compile(
    r"\bnext door\b|\bupstairs\b|\bdownstairs\b|\b(?:in|on|near|behind|opposite) (?:my|our) (?:street|building"
    r"|block"
    r"|neighbou?rhood|house|home|road|village|office|hotel)\b|\bnear (?:me|us)\b|\b(?:i|we) (?:just "
    r"|have )?(?:saw|seen"
    r"|heard|witnessed|am watching|can see|can hear)\b|\bright now\b|\bat this moment\b"
)
_SOMEBODY = (
    r"(?:girls?|boys?|child(?:ren)?|kids?|maids?|wom[ae]n|m[ae]n|workers?|people|person|someone|somebody"
    r"|bab(?:y|ies))"
)
_SEEN_DANGER = re.compile(
    r"\b(?:keep|keeps|hold|holds|holding|lock\w*|beat\w*|forc(?:e|es|ing)|sell\w*|chain\w*|traffick(?:s|ed|ing))"
    rf"(?: \w+){{0,2}} {_SOMEBODY}\b|\b{_SOMEBODY}(?: \w+){{0,4}} (?:locked|chained|crying|beaten|being sold"
    rf"|was sold|forced"
    r"|held|(?:not|never) allowed|trapped|screaming|can not leave)\b"
)
_CALL = re.compile(
    r"(?:please |pls |plz |oh |god |i |we |need |want |your |somebody |someone |urgent(?:ly)? |really )*"
    r"(?:help|sos|emergency|save|rescue|mayday)(?: (?:me|us|him|her|them|my \w+))?"
    r"(?: (?:please|pls|now|quick(?:ly)?|urgent(?:ly)?|fast|asap|right|to|get|out|escape|leave|away|run|from"
    r"|here))*\W*"
)
_PRETEND = re.compile(
    r"\b(?:role[- ]?play|case study|scenario|exercise|vignette|fictional|testimon\w+|posters?|leaflets?"
    r"|slogans?|radio spot"
    r"|script|in which an? \w+ says)\b"
)
_QUOTED = re.compile(r"[\"“«„][^\"”»“]{4,200}[\"”»“]")
_SPEAKER = re.compile(
    r"\b(?:victims?|survivors?|workers?|clients?|beneficiar(?:y|ies)|witness(?:es)?|participants?|callers?"
    r"|child|statements?"
    r"|examples?|sentences?|phrases?|messages?)\b"
)

# Alef forms, teh marbuta and alef maqsura are written as one by `fold_arabic`.
_ELSEWHERE = re.compile(
    # French
    r"\b(?:je suis|j'ai été|nous sommes|on est) (?:\w+ )?(?:retenue?s?|séquestrée?s?|enfermée?s?|enlevée?s?"
    r"|vendue?s?|en danger"
    r"|prisonni[eè]re?s?|menacée?s?|exploitée?s?|forcée?s?|battue?s?|violée?s?|obligée?s? de (?:travailler"
    r"|me prostituer))"
    r"|\b(?:ils?|elles?|on|qui|patron\w*|employeu\w+|mari|homme|copain|père|oncle|gens) (?:me|m'"
    r"|nous) ?(?:force(?:nt)?|oblige(?:nt)?|bat(?:tent)?|frappe(?:nt)?|menace(?:nt)?|enferme(?:nt)?"
    r"|séquestre(?:nt)?"
    r"|viole(?:nt)?|retien(?:t|nent))\b|\b(?:m'|nous )(?:a|ont) (?:\w+ )?(?:vendue?s?|enfermée?s?|enlevée?s?"
    r"|forcée?s?|violée?s?)"
    r"|\b(?:pris|confisqué|gardé|garde|volé|prend) (?:mon|mes|nos|notre) (?:passeport|papiers|téléphone)s?"
    r"|\bm'a(?: \w+)? pris (?:mon|mes)|\bje (?:ne )?peux (?:pas|plus) (?:sortir|partir|m'échapper|m'enfuir)"
    r"|\b(?:au secours|à l'aide|sauvez-moi)\b|\baidez[- ](?:moi|nous)\b(?! (?:à|avec|pour)\b)"
    r"|\bje veux m'(?:échapper|enfuir)"
    r"|\b(?:ma|mon) (?:sœur|soeur|fille|fils|frère|amie?|cousine?|femme|voisine?)\b.{0,60}\b(?:séquestrée?"
    r"|retenue?|enfermée?"
    r"|enlevée?|vendue?|forcée?|disparue?|en danger)"
    # Spanish
    r"|\b(?:estoy|estamos|fui|fuimos|soy|me siento) (?:\w+ )?(?:encerrad[ao]s?|secuestrad[ao]s?|atrapad[ao]s?"
    r"|en peligro"
    r"|amenazad[ao]s?|vendid[ao]s?|víctimas?|obligad[ao]s?|retenid[ao]s?|prisioner[ao]s?|explotad[ao]s?)"
    r"|\b(?:me|nos) (?:\w+ )?(?:obligan?|fuerzan?|golpean?|pegan?|amenazan?|encierran?|tienen? encerrad\w+"
    r"|violan?|violaron|violó"
    r"|vendieron|vendió|secuestraron|retienen?|quieren vender|explotan?|van a matar)\b"
    r"|\bno (?:me|nos) (?:dejan?|permiten?|pagan?)\b|\b(?:me|nos) (?:quitaron|quitó|quitan?|retienen?"
    r"|robaron) (?:el|la|los|mi|mis) "
    r"|\bno puedo (?:salir|irme|escapar|huir)|\bquiero (?:escapar|huir)|\b(?:auxilio|socorro|sálvenme|sálvame)\b"
    r"|\b(?:ayúd[ae]n?me|ayud[ae]n?me|ayúdennos)\b(?! (?:a|con|en)\b)|(?:^|[,.!¡] ?)ayuda(?: por favor)?\W*$"
    r"|\bmi (?:hermana|hermano|hija|hijo|amiga|amigo|prima|primo|esposa|vecina?)\b.{0,60}\b(?:secuestrad"
    r"|encerrad|obligan|vendid"
    r"|desapareci|retenid|en peligro|no la dejan|no lo dejan)"
    # Russian
    r"|\bспасите\b|\bпомогите(?: мне| нам| пожалуйста)*\s*(?:[.,!]|$)|\bменя (?:\w+ )?(?:держат|удерживают"
    r"|заперли|избива\w+|бьют|бь[её]т"
    r"|насилу\w+|изнасилов\w+|заставля\w+|принужда\w+|продали|похитили|не выпуска\w+|не отпуска\w+|шантажиру\w+"
    r"|обманули)"
    r"|\b(?:мне|нам) угрожа\w+|\bя (?:\w+ )?(?:заперт\w*|в опасности|в рабстве|жертва|сбежал\w*|убежал\w*)\b"
    r"|\bне могу (?:выбраться|уйти"
    r"|уехать|сбежать|выйти)|\b(?:у меня|мой|мои|нас) (?:\w+ )?(?:забрал\w*|отобрал\w*|отнял\w*|паспорт забрал\w*)"
    r"|\b(?:забрал\w*|отобрал\w*|отнял\w*) (?:мой|мои|у меня|наши)|\b(?:мою|моего|моих) (?:сестру|дочь|подругу"
    r"|брата|сына|друга|жену|детей)\b"
    r".{0,60}(?:держат|увезли|похитили|заставля|продали|не отпуска|не выпуска|избива)"
    # Arabic, folded
    r"|ساعدوني(?! في| على)|ساعدني(?! في| على)|انقذوني|انقذني|النجده|انا (?:\S+ )?(?:محتجز|محبوس|في خطر|ضحيه"
    r"|مخطوف|محاصر)"
    r"|(?:اخذ|اخذت|اخذوا|صادر|صادرت|صادروا|يحتجز|احتجز|سرق|سرقوا).{0,25}(?:جوازي|جواز سفري|اوراقي|هاتفي|وثائقي)"
    r"|يجبرني|يجبرونني|اجبرني|اجبروني|يضربني|يضربونني|يهددني|يهددونني|اغتصبني|باعني|باعوني|حبسني|حبسوني|يحبسني"
    r"|خطفوني"
    r"|لا (?:يسمح|يسمحون|تسمح) لي|لا (?:استطيع|يمكنني) (?:الخروج|المغادره|الهروب)|اريد (?:الهروب|ان اهرب)"
    r"|(?:اختي|اخي|ابنتي|ابني|صديقتي|صديقي|زوجتي) .{0,40}(?:محتجز|محبوس|مخطوف|خطف|يجبر|في خطر|باعو)"
    # Chinese
    r"|救命|救救我|救我|我(?:们)?(?:现在|正在|一直)?(?:被|遭).{0,6}(?:关|困|囚|绑架|卖|拐|骗到|打|强迫|逼|强奸|威胁|控制|软禁)"
    r"|(?:强迫|逼|威胁|虐待|殴打|打|强奸)着?我|不让我(?:们)?(?:走|离开|出|回)|我(?:们)?的?(?:护照|证件|手机).{0,6}(?:被|让).{0,8}(?:拿|扣|没收|收)"
    r"|(?:拿走|扣|没收|扣押|抢)了?我(?:们)?的?(?:护照|证件|手机)|我(?:现在)?(?:很|有|处于)?危险|我(?:想|要)逃|逃不出|我(?:的)?(?:妹妹|姐姐|弟弟|哥哥"
    r"|女儿|儿子|朋友|表妹|妻子).{0,20}(?:被(?:骗|关|卖|拐|绑|困|强迫)|回不来|失踪)|帮帮我[。！!]*$"
)
_SELF_COMPILED = tuple(re.compile(rf"(?<!\w)(?:{pattern})") for pattern in _SELF)

# "survivors who do not want to go home": told of others, unless the sentence is about those who write.
_OF_OTHERS = re.compile(
    r"\bwho\b(?: (?!(?:i|we|me|us|my)\b)[\w']+){0,8}? (?:want|need|trying|tried|like|wish|have) to\b"
)
_OF_US = re.compile(r"\b(?:i|me|my|mine|us|we (?:are|were|have been|all|both)|ours)\b")


def in_danger(text: str) -> bool:
    """Whether a message, folded by `scope.fold`, is a plea or tells of a person in danger now."""
    if any(_CALL.fullmatch(sentence) for sentence in _sentences(text)):
        return True
    if _ELSEWHERE.search(fold_arabic(text)):
        return True
    if _PRETEND.search(text):
        return False
    plain = _plain(text)
    if _of_oneself(plain):
        return True
    if _THEIR_DANGER.search(plain) or (_SEEN.search(plain) and _SEEN_DANGER.search(plain)):
        return True
    return tells_of_danger(fold_arabic(plain))


def in_own_danger(text: str) -> bool:
    """Whether a message, folded by `scope.fold`, is a plea or tells of the danger of whoever writes."""
    if any(_CALL.fullmatch(sentence) for sentence in _sentences(text)) or _ELSEWHERE.search(fold_arabic(text)):
        return True
    return not _PRETEND.search(text) and _of_oneself(_plain(text))


def _plain(text: str) -> str:
    """Without what others are quoted with."""
    return _QUOTED.sub(" ", text) if _SPEAKER.search(text) else text


def _of_oneself(plain: str) -> bool:
    ours = _without_others(plain)
    return any(pattern.search(ours) for pattern in _SELF_COMPILED)


def _without_others(text: str) -> str:
    """Without what "those who" want, in sentences that are not about whoever writes."""
    pieces = re.split(r"(?<=[.!?\n])", text)
    return "".join(piece if _OF_US.search(piece) else _OF_OTHERS.sub(" ", piece) for piece in pieces)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.!?\n]+", text) if part.strip()]
