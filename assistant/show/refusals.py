"""What is said instead of an answer: to people in danger, to harmful requests, to greetings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.settings import Contact
from assistant.types import Refusal

CONTACTS = "Contacts given by those who run this assistant:"
# Under whatever is not an answer: the guard does not know every way to tell of danger.
SAFETY = "If you or someone you know is in danger, call the local emergency services."

HARMFUL = (
    "This assistant does not help to recruit, move, hide, control or exploit people, to avoid the "
    "police or border control, or to forge documents.",
    "If you work on prevention, protection, training or research, ask what the guidance says; "
    "such questions are answered.",
    "If somebody is being exploited or is in danger, call the local emergency services.",
)
OFF_TOPIC = (
    "This assistant answers questions on preventing and countering trafficking in persons, from "
    "the publications it holds. Your question seems to be about something else.",
)
GREETING = (
    "Ask a question on preventing and countering trafficking in persons: how to design a "
    "programme, which indicators to use, what a publication says. The answer is made of sentences "
    "of the publications, each with its page.",
    "It is not legal advice, and it is not a place to report a case: please leave out names and "
    "details of real people.",
    SAFETY,
)

# Only what holds everywhere: no number is given, because the right one depends on the country.
URGENT: Mapping[str, tuple[str, ...]] = {
    "en": (
        "If you or someone else is in danger now, call the police or emergency services of the country you are in.",
        "Nobody reads this chat, and it cannot call for help.",
        "Others who can help: the national anti-trafficking hotline, a shelter or organisation "
        "you trust, the embassy or consulate of your country, an office of the United Nations "
        "(IOM, UNHCR, UNICEF).",
        "If someone may look at this device, use another one if you can, start a new conversation "
        "here, and clear the browser's history.",
    ),
    "fr": (
        "Si vous ou quelqu'un d'autre êtes en danger maintenant, appelez la police ou les "
        "services d'urgence du pays où vous êtes.",
        "Personne ne lit cette conversation, et elle ne peut pas appeler à l'aide.",
        "D'autres peuvent aider : la ligne nationale contre la traite, un foyer ou une "
        "association de confiance, l'ambassade ou le consulat de votre pays, un bureau des "
        "Nations Unies (OIM, HCR, UNICEF).",
        "Si quelqu'un peut regarder cet appareil, utilisez-en un autre si possible, et effacez l'historique.",
    ),
    "es": (
        "Si usted u otra persona está en peligro ahora, llame a la policía o a los servicios de "
        "emergencia del país donde está.",
        "Nadie lee este chat y no puede pedir ayuda por usted.",
        "También pueden ayudar: la línea nacional contra la trata, un refugio u organización de "
        "confianza, la embajada o el consulado de su país, una oficina de las Naciones Unidas "
        "(OIM, ACNUR, UNICEF).",
        "Si alguien puede mirar este dispositivo, use otro si puede y borre el historial.",
    ),
    "ru": (
        "Если вам или кому-то другому сейчас угрожает опасность, звоните в полицию или экстренные "
        "службы страны, где вы находитесь.",
        "Этот чат никто не читает, и он не может вызвать помощь.",
        "Помочь могут также: национальная горячая линия по борьбе с торговлей людьми, приют или "
        "организация, которой вы доверяете, посольство или консульство вашей страны, "
        "представительство ООН (МОМ, УВКБ, ЮНИСЕФ).",
        "Если кто-то может увидеть это устройство, по возможности воспользуйтесь другим и очистите историю браузера.",
    ),
    "ar": (
        "إذا كنت أنت أو أي شخص آخر في خطر الآن، فاتصل بالشرطة أو بخدمات الطوارئ في البلد الذي أنت فيه.",
        "لا أحد يقرأ هذه المحادثة، ولا يمكنها طلب المساعدة نيابة عنك.",
        "يمكن أن يساعدك أيضا: الخط الوطني لمكافحة الاتجار بالأشخاص، أو مأوى أو منظمة تثق بها، أو "
        "سفارة بلدك أو قنصليته، أو مكتب للأمم المتحدة (المنظمة الدولية للهجرة، مفوضية اللاجئين، "
        "اليونيسف).",
        "إذا كان بإمكان أحد رؤية هذا الجهاز، فاستخدم جهازا آخر إن أمكن وامسح سجل التصفح.",
    ),
    "zh": (
        "如果您或其他人现在有危险，请拨打您所在国家的报警或紧急服务电话。",
        "没有人在看这个对话，它也不能替您求助。",
        "还可以求助于：国家反人口贩运热线、您信任的庇护所或组织、贵国使馆或领事馆、联合国机构（国际移民组织、难民署、儿童基金会）。",
        "如果有人可能查看这台设备，请尽量使用另一台设备，并清除浏览记录。",
    ),
}


def refusal_words(refusal: Refusal, language: str = "en") -> tuple[str, ...]:
    """The paragraphs shown instead of an answer; URGENT in the reader's language first, then in English."""
    match refusal:
        case Refusal.URGENT:
            return URGENT["en"] if language == "en" else URGENT.get(language, ()) + URGENT["en"]
        case Refusal.HARMFUL:
            return HARMFUL
        case Refusal.OFF_TOPIC:
            return OFF_TOPIC
        case Refusal.GREETING:
            return GREETING


def contact_words(contacts: Sequence[Contact]) -> tuple[str, ...]:
    """One line a contact: 'Name (region): contact'."""
    return tuple(f"{c.name} ({c.region}): {c.contact}" if c.region else f"{c.name}: {c.contact}" for c in contacts)


def shows_contacts(refusal: Refusal | None) -> bool:
    """Whether the operator's contacts belong under it."""
    return refusal in (Refusal.URGENT, Refusal.HARMFUL)


SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
FRENCH = re.compile(r"\b(?:je|suis|mon|ma|mes|aidez|est|pas|une|sont|veux|besoin|c'est|j'ai|on|nous)\b")
SPANISH = re.compile(r"\b(?:estoy|soy|ayuda|ayúdame|ayudame|me|mi|mis|por favor|necesito|no puedo|ella|tengo|quiero)\b")


def reader_language(text: str) -> str:
    """Which of the six languages of URGENT a short message is most likely in; 'en' when in doubt."""
    for language, script in SCRIPTS:
        if script.search(text):
            return language
    low = text.lower()
    counts = {"fr": len(FRENCH.findall(low)), "es": len(SPANISH.findall(low))}
    language = max(counts, key=lambda name: counts[name])
    return language if counts[language] >= 2 and counts["fr"] != counts["es"] else "en"
