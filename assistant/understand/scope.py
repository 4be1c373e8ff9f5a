"""Before anything is looked up: is somebody in danger, is exploitation asked for, was anything asked at all?

Deterministic. What is merely off topic is left to the judgement whether the corpus answers. An error here is never
read as "fine": it is raised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.settings import Contact
from assistant.show.refusals import contact_words, reader_language, refusal_words, shows_contacts
from assistant.types import Refusal
from assistant.understand.danger import in_danger, in_own_danger
from assistant.understand.harm import asks_to_exploit
from assistant.understand.things import without_things

if TYPE_CHECKING:
    from assistant.understand.sense import Sense

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_CONTRACTIONS = (
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\bcan'?t\b|\bcannot\b"), "can not"),
    (re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should|must|need)(?:n't|nt)\b"), r"\1 not"),
    (re.compile(r"\b(i|we|they|you)'?ve\b"), r"\1 have"),
    (re.compile(r"\b(we|they|you)'re\b"), r"\1 are"),
    (re.compile(r"\b(i|we|they|you|he|she|it)'ll\b"), r"\1 will"),
    (re.compile(r"\b(i|we|they|you|he|she)'d\b"), r"\1 would"),
    (re.compile(r"\b(he|she|it|who|what|where|how|there|that)'s\b"), r"\1 is"),
)
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|dear \w+|welcome"
    r"|howdy)(?: (?:there|all"
    r"|everyone|again|icat|assistant|team))?"
    r"|(?:ok|okay|great|perfect|nice|super|cool|good|fine|excellent|wonderful|bye|goodbye|see you|test|testing"
    r"|yes|no)"
    r"|(?:many )?(?:thanks|thank you|thx|ty|cheers)(?: (?:so|very) much| a lot| again| for (?:that|this|(?:your"
    r"|the|this) \w+))?"
    r"(?: (?:very|that (?:is|was)) (?:helpful|useful|good|great))?|(?:(?:that|this) (?:is|was) )?(?:very |so "
    r"|really )?(?:helpful|useful|great)"
    r"|how are you(?: (?:today|doing))?"
    r"|(?:so |and )?(?:what|who) (?:are|is) (?:you|this|icat assistant)(?: (?:for|about|chat(?:bot)?|tool|app))?"
    r"|what (?:can|do|could|should) (?:you|i) (?:do|know|ask|answer|offer)(?: (?:here|you|for me|about))*"
    r"|how (?:can|could|do) (?:you|i) (?:help|assist|use|start|begin)(?: (?:me|us|this|you|it|here))*"
    r"|how (?:does|do) (?:this|it|you)(?: (?:chat|tool|app|assistant))? work|(?:can|could|will) you help(?: me"
    r"| us)?(?: please)?"
    r"|help me use (?:this|it)|who (?:made|built|created|wrote|runs) (?:you|this)(?: (?:chat(?:bot)?|tool|app"
    r"|assistant))?"
    r"|are you (?:a |an )?(?:real )?(?:human|robot|bot|ai|person|real)|what is your name|who am i (?:talking"
    r"|speaking|chatting) (?:to|with)|(?:what|which) topics do you (?:cover|know)"
    r"|good (?:morning|afternoon|evening|day|night)(?: to you)?|can you hear me|how (?:is it going|are things)"
    r"|what is up|nice to meet you|i am new here|(?:good|great|nice) job|well done"
    r"|that is all(?: for (?:today|now))?|test \d+"
    r"|(?:and )?what do you do|(?:ça|ca) va(?: bien)?|comment (?:ça|ca) va|(?:au revoir|à bientôt)"
    r"|hallo|servus|guten (?:tag|morgen|abend)|danke(?: schön| sehr)?|wie geht(?:'s| es)(?: dir| ihnen)?|tschüss"
    r"|ol[áa]|oi|bom dia|boa (?:tarde|noite)|(?:muito )?obrigad[oa]|tudo bem|tchau|ciao|buon ?giorno|buona ?sera"
    r"|grazie(?: mille)?|(?:qué|que) tal|cómo (?:estás|está|están)|adiós|hasta luego|как дела|доброе утро"
    r"|добрый вечер|до свидания"
    r"|كيف حالك|صباح الخير|مساء الخير|مع السلامة|你好吗|早上好|下午好|晚上好|再见|谢谢你"
    r"|bonjour|bonsoir|salut|merci(?: beaucoup| bien)?|qui es-tu|qui êtes-vous|que (?:peux-tu|pouvez-vous) faire"
    r"|(?:hola|buenos días|buenas tardes|buenas noches|buenas)|(?:muchas )?gracias|qué puedes hacer|quién eres"
    r"|привет|здравствуй(?:те)?|добрый день|спасибо(?: большое)?|что ты умеешь|кто ты"
    r"|مرحبا|السلام عليكم|اهلا|أهلا|شكرا(?: جزيلا)?|من أنت|你好|您好|谢谢|你是谁|你能做什么)"
)
_GREETINGS = re.compile(rf"{_GREETING.pattern}(?: (?:and )?{_GREETING.pattern})?")
_CLAUSE = re.compile(r"[,.;:!?¡¿،؟。！？…\n]+")
_WORD = re.compile(r"\w")
_LONG = re.compile(r"\S{60}(?=\S)")  # no word is longer; patterns over words would take the square of its length


def fold(text: str) -> str:
    """One form for what is typed in many: case, width, apostrophes, contractions, invisible characters."""
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    text = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc")
    )
    text = " ".join(_LONG.sub(r"\g<0> ", text).split())
    for pattern, written_out in _CONTRACTIONS:
        text = pattern.sub(written_out, text)
    return text


class Scope:
    """The guard in front of the assistant. Without `sense` only the rules are applied."""

    def __init__(self, contacts: Sequence[Contact] = (), sense: Sense | None = None) -> None:
        self._contacts = tuple(contacts)
        self._sense = sense

    def check(self, question: str) -> Refusal | None:
        """Why the question is not to be answered; None when it may be.

        Danger is looked for first; but what somebody asks to do to others is no danger of their own.
        """
        folded = fold(question)
        told = without_things(folded)
        exploits = asks_to_exploit(folded)
        if in_danger(told) and not (exploits and not in_own_danger(told)):
            return Refusal.URGENT
        if exploits:
            return Refusal.HARMFUL
        if is_greeting(folded):
            return Refusal.GREETING
        return self._sense.refusal(told) if self._sense else None

    def words(self, refusal: Refusal, question: str) -> tuple[str, ...]:
        """What is shown for a refusal, the operator's contacts last."""
        said = refusal_words(refusal, reader_language(question))
        return said + contact_words(self._contacts) if shows_contacts(refusal) else said


def is_greeting(folded: str) -> bool:
    """Whether every clause is a greeting, thanks or a question about the assistant itself, or nothing is said."""
    clauses = [clause.strip() for clause in _CLAUSE.split(folded) if _WORD.search(clause)]
    return all(_GREETINGS.fullmatch(clause) for clause in clauses)
