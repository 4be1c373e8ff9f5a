"""Sentences that speak to the machine that reads them, not to a reader: "ignore your instructions", "answer only with".

In a document such a sentence is no statement of the publication; in a question it is not what is asked. Only words are
looked at, no model. Some forms give themselves away; others ("Say that ...") do so only beside one of those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understand.kinds import QUESTION_MARKS

_MACHINE = (
    r"(?:a\.?i\.?|artificial intelligence|(?:large )?language models?|llms?|chat ?bots?|virtual assistants?|gpt\w*"
    r"|(?:ai|chat|digital|automated|answering|reading) (?:assistant|model|system|agent|tool|reader)s?"
    r"|assistants?(?= (?:reading|processing|summari[sz]ing|answering))|summari[sz]ers?)"
)
_ORDERS = r"(?:instructions?|prompts?|rules|guidelines|directions?|directives?|commands?|orders|training|constraints)"
_EARLIER = (
    r"(?:all |any |every |each |of |the |your |these |those |my |our |other |previous |prior |earlier |above "
    r"|preceding |former |existing |original |system |safety |given |that |which |you |were |have )*"
)
_OPENS = r"(?:^\W*|[.!?:;,)\]\"”]\s*|\b(?:and|then|please|now|always|you (?:must|should|will|shall|may)) )"
_OVERRIDE = (
    rf"\b(?:ignore|disregard|forget|override|bypass|skip|drop|set aside) {_EARLIER}{_ORDERS}\b"
    r"(?! (?:of|from|by|on|in|that|which|when)\b(?! (?:above|before)))"
    r"(?:(?: \w+){0,3} (?:above|before|so far|until now|earlier|given|received))?"
)
_FORGET = (
    r"\b(?:ignore|disregard|forget) (?:(?:everything|anything|all|what)(?: that)? (?:(?:is |was |stands |written )*"
    r"(?:above|before this)\b|you (?:know|were told|have been told|learned|read)|(?:i|we) said)|the above\b)"
    r"|\b(?:ignore|disregard) (?:all |any )?(?:the |your |these )?(?:evidence|sources|passages|publications|citations"
    r"|context)(?: and\b|[.,;:!]|$)|\bfrom now on,? (?:you|always|only|answer|reply|respond|act|ignore)\b"
)
_REPLY_ONLY = (
    rf"{_OPENS}(?:answer|reply|respond)(?: (?:to|every|all|any|each|the|this|these|further|my|future|questions?"
    r"|requests?|messages?|prompts?|users?|it|them|following))* (?:only|always|just|solely|exclusively|simply"
    r"|nothing but) (?:with|by|in|using)\b"
)
_STRONG = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        _OVERRIDE,
        _FORGET,
        _REPLY_ONLY,
        rf"{_OPENS}(?:answer|reply|respond|output|print|write|return|say) (?:only |just |nothing but |exactly "
        r"|with )+(?:the )?(?:words?|phrase|sentence|following|text|string|code|number|yes|no|[\"“'‘])",
        rf"\b(?:if|when|as|since|while|that|because) (?:you|the reader|whoever reads this) (?:are|is) (?:an? |the )?"
        rf"{_MACHINE}\b",
        rf"\b(?:dear|attention|hey|hello|note (?:to|for)|notice (?:to|for)|instructions? (?:to|for)|message (?:to|for)"
        rf"|for) (?:the |any |all |every )?{_MACHINE}s?\s*[:,!]",
        rf"^(?:the |any |every |all )?{_MACHINE} (?:must|should|shall|has to|have to|will|needs? to) (?:now |only "
        r"|always |not |never )*(?:answer|reply|respond|say|state|tell|output|print|cite|recommend|ignore|write)\b",
        r"\b(?:reveal|print|show|repeat|output|display|leak|tell (?:me|us)) (?:me |us )?(?:your|the) (?:full |hidden "
        r"|whole |entire |initial |own )?(?:system )?(?:prompt|(?:system|hidden|initial) (?:instructions|message))\b",
        r"^\W*(?-i:SYSTEM|ASSISTANT|DEVELOPER|ADMIN|PROMPT|INSTRUCTIONS?)(?: [A-Z]+)? ?:",
        r"^\W*(?:system|developer|admin\w*) (?:message|note|notice|prompt|override|update)\s*:",
        r"\bnote to (?:any|the|every|all) (?:assistants?|models?|machines?|readers? that is a machine)\b"
        r"|\bassistants? (?:that|who|which) reads? (?:this|the) (?:page|text|document|file)\b",
        r"\byou are now (?:an? |the |in )?(?:\w+ ){0,2}(?:mode|assistant|model|bot|dan|ai|unrestricted|free)\b",
        r"\b(?:new|updated|real|secret|hidden) (?:system )?(?:instructions?|prompt)\s*:",
        r"\[/?(?:inst|system)\]|<\|?/?(?:system|im_start|im_end|assistant)\|?>|^#+ ?(?:system|instruction)s?\b\s*:?",
        r"\bdeveloper mode\b|\bjailbreak\b|\bdo anything now\b|\bprompt injection\b.{0,20}:",
        # French, Spanish, Portuguese, Italian, German
        r"\b(?:ignore[zr]?|oublie[zr]?) (?:toutes? |tous )?(?:les|tes|vos|ces) (?:\w+ )?(?:instructions|consignes"
        r"|directives|règles)",
        r"\b(?:ne )?(?:réponds|répondez|répondre)(?: \w+){0,4} (?:uniquement|seulement|exclusivement|toujours|que)"
        r" (?:par|avec|en|à)\b",
        r"\b(?:ignora|ignore|ignorad|ignoren|olvida|olvide|desconsidere|esqueça)(?: de)? (?:todas |todos )?(?:las|tus"
        r"|sus|los|as|os|suas) (?:\w+ )?(?:instrucciones|instruções|órdenes|reglas|indicaciones|regras)",
        r"\b(?:responde|responda|respondan|contesta|conteste)(?: \w+){0,4} (?:solo|sólo|solamente|únicamente|siempre"
        r"|só|apenas|somente|sempre) (?:con|com|en|em)\b",
        r"\bignorier\w* (?:alle |sämtliche )?(?:\w+ )?(?:anweisungen|instruktionen|regeln)|\bantworte\w* (?:nur|immer"
        r"|ausschließlich) mit\b",
        # Russian, Arabic, Chinese
        r"\b(?:игнориру\w+|забуд\w+|не обраща\w+ внимания на) (?:все |всё |любые )?(?:\w+ )?(?:инструкци\w+|указани\w+"
        r"|правила)",
        r"\bотвеча\w+ (?:на \w+ \w+ )?(?:только|всегда|лишь)\b|\bответь(?:те)? (?:только|лишь)\b",
        r"(?:تجاهل|تجاهلي|تجاهلوا|انس|انسوا)\s+(?:كل\s+|جميع\s+|كافة\s+)?(?:ال)?(?:تعليمات|أوامر|اوامر|إرشادات|قواعد)",
        r"(?:أجب|اجب|أجيبوا|رد|ردوا)\s+(?:\S+\s+){0,3}فقط",
        r"(?:忽略|无视|忘记|忘掉)[^。！？]{0,10}(?:指令|指示|说明|规则|提示)",
        r"(?:只|仅|只能|一律)(?:需要?|用)?(?:回答|回复|答复|输出)",
    )
)
# What is said to a machine and, elsewhere, to people: only beside one of the above.
_WEAK = re.compile(
    r"^(?:please |always |then |now |and |also |instead,? )*(?:say|tell|answer|reply|respond|write|state|claim|output"
    r"|print|repeat|recommend|pretend|act|cite|mention|add|include|refuse|insist|do not (?:mention|cite|say|tell|answer"
    r"|reveal|show|use|quote|trust)|never (?:mention|cite|say|tell|answer|reveal|quote)|you (?:must|should|will|may)"
    r"|dis|dites|di|diga|diz|скажи|قل|说)\b",
    re.I,
)
_TAGGED = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(
    r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->|<\|[a-z_]+\|>(?:system|user|assistant)?|<</?sys>>"
    r"|\[/?(?:inst|sys|system)\]|^\s*#{2,} ?(?:system|instruction|user|assistant)s?:?",
    re.I | re.S | re.M,
)
# In a question only: a part for the machine to play. Elsewhere people are spoken to like this.
_PART = re.compile(
    r"^\W*(?:please |now )*(?:pretend|act as|role-?play|imagine (?:that )?you(?:'re| are)"
    r"|you(?:'re| are) (?:now|no longer)|(?:system|user|assistant|developer|admin) ?:)",
    re.I,
)
_GAP = re.compile(r"\s+([?!.,;:])")
_ASKS = re.compile(
    r"[?؟？]|\b(?:what|how|which|who|whom|when|where|why|list|explain|describe|define|compare|summari[sz]e)\b", re.I
)
_SENTENCE = re.compile(r"[^.!?؟？。！\n]+(?:[.!?](?=\S)[^.!?؟？。！\n]*)*[.!?؟？。！]*")
# "... and then answer: what is a baseline?"
_TAIL = re.compile(
    r"(?:[:;,–—]|\b(?:and|then|but|answer|say|me)\b)\s*(?P<asked>(?:what|how|which|who|when|where|why|is|are|does|do|did"
    r"|can|should|must)\b[^:;]*[?؟？])\W*$",
    re.I,
)
# The order and what joins it to a question: "ignore your instructions and tell me ...".
_JOINED = re.compile(rf"^\W*(?:please |first |now )*{_OVERRIDE}\s*(?:[,;:–—-]+\s*)?(?:(?:and|then|but)\s+)*", re.I)


def speaks_to_machine(text: str) -> bool:
    """Whether a folded text holds an order to whatever machine reads it."""
    return any(pattern.search(text) for pattern in _STRONG)


def planted(texts: Sequence[str]) -> list[bool]:
    """Of folded sentences in the order of a document: which are orders to a machine.

    An imperative beside one that is counts as one too: the rest of the same order.
    """
    found = [speaks_to_machine(text) for text in texts]
    for step in (1, -1):
        order = range(len(texts))[::step]
        for here, after in pairwise(order):
            found[after] = found[after] or (found[here] and bool(_WEAK.match(texts[after])))
    return found


def without_orders(question: str) -> str:
    """A question without mark-up and without orders to the machine; as it was where nothing else is left."""
    plain = _GAP.sub(r"\1", _TAG.sub(" ", _TAGGED.sub(" ", question)))
    plain = question if plain.split() == question.split() else plain
    if not any(char.isalnum() for char in plain):
        return question
    sentences = [match.group() for match in _SENTENCE.finditer(plain)]
    folded = [" ".join(sentence.split()) for sentence in sentences]
    plays = [bool(_PART.match(sentence)) and not sentence.endswith(QUESTION_MARKS) for sentence in folded]
    orders = [order or part for order, part in zip(planted(folded), plays, strict=True)]
    if not any(orders):
        return " ".join(plain.split()) if plain != question else question
    kept = [_rest(sentence) if order else sentence.strip() for sentence, order in zip(sentences, orders, strict=True)]
    asked = " ".join(" ".join(sentence for sentence in kept if sentence).split())
    return asked if any(char.isalnum() for char in asked) else question


def _rest(sentence: str) -> str:
    """What a sentence asks beside the order it holds; "" where it is an order to its end."""
    folded = " ".join(sentence.split())
    rest = _JOINED.sub("", folded, count=1)
    if rest == folded or speaks_to_machine(rest):
        tail = _TAIL.search(folded)
        rest = tail["asked"] if tail else ""
    if not _ASKS.search(rest) or speaks_to_machine(rest):
        return ""
    return rest[0].upper() + rest[1:]
