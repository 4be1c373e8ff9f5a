"""Which language a text is in. Offline, small, loaded at first use; says nothing rather than guess."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from corpus.words import LANGUAGE_TABLES, LATIN, language_of

LANGUAGES: Mapping[str, str] = LANGUAGE_TABLES["names"]  # ISO 639-1 -> as it is called in English
ALIASES = {"nn": "no", "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh"}  # the model's labels -> ours
MIN_LETTERS = 24  # below, "Annex II" is Latin and "NRM form" is Danish
MIN_PROBABILITY = 0.75  # among LANGUAGES. Measured: 99.7 % of what passes is right on 60-character snippets
READ = 600  # characters: more changes no verdict and takes longer
WINDOW = READ  # characters of one vote in `dominant`
VOTES = 24

# Scripts of one language among those.
_ONE_SCRIPT = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GREEK": "el", "HEBREW": "he", "THAI": "th",
    "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "SINHALA": "si", "TAMIL": "ta",
}  # fmt: skip
_SHARED = {"ARABIC": 12, "CYRILLIC": 16, "DEVANAGARI": 12, "ETHIOPIC": 8, "BENGALI": 12}  # letters needed
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_|\W]+")


def translation_of(publication: str) -> tuple[str, str]:
    """(original, language) of the id of a translation, 'glossary-fr'; the id and '' of any other.

    Whether there is such an original is for the caller to know.
    """
    original, _, code = publication.rpartition("-")
    return (original, code) if original and code in LANGUAGES else (publication, "")


def detect(text: str) -> str:
    """ISO 639-1 of a text; "" when it is too short or uncertain."""
    words = _NOISE.sub(" ", unicodedata.normalize("NFKC", text[:READ])).strip()
    letters = len(words) - words.count(" ")
    if not letters:
        return ""
    script, share = _script(words)
    if script == "CJK":
        return "zh" if share >= 0.3 and letters >= 4 else ""
    if script in _ONE_SCRIPT:
        return _ONE_SCRIPT[script] if letters >= 4 else ""
    if letters < _SHARED.get(script, MIN_LETTERS):
        return ""
    probabilities: Counter[str] = Counter()
    for label, probability in _identifier().rank(words):
        probabilities[ALIASES.get(label, label)] += probability
    ((language, probability),) = probabilities.most_common(1)
    return language if probability >= MIN_PROBABILITY else ""


def of_question(text: str) -> str:
    """ISO 639-1 of a short text; 'en' where nothing surely says another.

    Little words alone take "What do traffickers do?" for Portuguese, so what they take for another language in Latin
    letters is looked at again; what they take for English is not, which spares most questions loading the model.
    """
    guess = language_of(text)
    return (detect(text) or "en") if guess in LATIN and guess != "en" else guess


def dominant(text: str) -> str:
    """The language of most of a long text, by votes of windows spread over it; "" when none can be told."""
    if len(text) <= WINDOW:
        return detect(text)
    windows = min(VOTES, -(-len(text) // WINDOW))
    step = (len(text) - WINDOW) / max(1, windows - 1)
    starts = [round(index * step) for index in range(windows)]
    votes = Counter(filter(None, (detect(text[start : start + WINDOW]) for start in starts)))
    return min(votes, key=lambda language: (-votes[language], language)) if votes else ""


def _script(words: str) -> tuple[str, float]:
    """The commonest script of a sample of letters, and its share. Kana decide over Han: Japanese has both."""
    sample = [character for character in words[:400] if character.isalpha()]
    counts = Counter(map(_script_of, sample))
    if counts["HIRAGANA"] + counts["KATAKANA"] > 0.1 * len(sample):
        return "HIRAGANA", 1.0
    script, count = counts.most_common(1)[0] if counts else ("", 0)
    return script, count / max(1, len(sample))


@cache
def _script_of(character: str) -> str:
    """The first word of the character's Unicode name: "LATIN", "ARABIC", "CJK"."""
    return unicodedata.name(character, "").split(" ")[0].split("-")[0]


@cache
def _identifier() -> Any:
    """py3langid's classifier, restricted. 0.5 s and 60 MB, once a process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LANGUAGES, *ALIASES])
    return identifier


_SHORT_WORDS = {language: frozenset(words.split()) for language, words in LANGUAGE_TABLES["little words"].items()}
_OWN_LETTERS = {"es": re.compile("[¿¡ñ]"), "fr": re.compile("[çœêèàùîôû]|\\b[ldjcnsmtqu]+['’](?=[aeéèêhiou])", re.I)}


def short_language(text: str) -> str:
    """Which of the six languages of the interface a message of any length is most likely in; 'en' when in doubt."""
    script = _script(text)[0]
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold().replace("’", "'"))
    scores = {language: sum(word in little for word in words) for language, little in _SHORT_WORDS.items()}
    for language, letters in _OWN_LETTERS.items():
        scores[language] += len(letters.findall(text))
    return max(scores, key=lambda language: (scores[language], language == "en"))


_BY_SCRIPT = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
