"""What words exist, and the repairs that need to know: letters lost with a ligature, words split at line ends.

The lists are wordfreq's. The small one (words seen at least once in a million) loads in 20 ms and settles nearly
every question; the large one is loaded only when a text shows lost ligatures, to protect its rare words.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from corpus.quick_yaml import read_yaml

LATIN = ("en", "fr", "es", "pt", "it", "de", "nl")
LIGATURES = ("ffi", "ffl", "fi", "fl", "ff", "ft", "tt", "ti", "Th")
LOST = 3e-2  # share of words with a lost ligature above which a text is taken to have lost them
# Misspellings stand in the large list too ("identifed"), some 1000 times rarer than the word; a rare word
# beside a common one ("fags", "flags") is at most 100 times rarer.
RATIO = 300.0
NAME_RATIO = 5000.0  # for short words with a capital, which may be names ("Fow")
USUAL = 1e-5  # a word this common outweighs a prefix that keeps its hyphen: "profits" and "expert", not "wellbeing"
RARE = 2e-7  # a repaired word is at least this common, in the large list
WORD = re.compile(r"[^\W\d_]+(?:\ufffd[^\W\d_]+)*")
_F_WORD = re.compile(r"(?:[^\W\d_]*f[^\W\d_]*)", re.I)
# Prefixes that keep a hyphen in the language of guidance unless the text itself writes them without one.
_KEEPS = {"self", "counter", "anti", "non", "well", "ex", "post", "pro", "long", "short", "high", "low", "mid"}
# Ends of words that are words: "state-" / "less".
_ENDINGS = {"able", "ful", "hood", "less", "ness", "ship", "ward", "wards", "wide", "wise"}

LANGUAGE_TABLES = read_yaml(Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8"))
_LITTLE_WORDS = {language: set(words.split()) for language, words in LANGUAGE_TABLES["commonest words"].items()}


def language_of(text: str) -> str:
    """ISO 639-1 of the language whose word list fits: by script, Latin ones by their little words; else 'en'."""
    sample = text[:20_000]
    codes = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), np.uint32)
    for language, first, last in (("ar", 0x620, 0x64A), ("ru", 0x400, 0x4FF), ("zh", 0x4E00, 0x9FFF)):
        if ((codes >= first) & (codes <= last)).sum() > len(codes) / 4:
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[word] for word in little) for language, little in _LITTLE_WORDS.items()}
    return max(scores, key=lambda language: (scores[language], language == "en"))


@cache
def _frequencies(language: str, size: str) -> dict[str, float]:
    """The files are read as wordfreq does; importing it to do so takes ten times as long."""
    import msgpack

    package = find_spec("wordfreq")
    assert package is not None and package.submodule_search_locations
    file = Path(package.submodule_search_locations[0], "data", f"{size}_{language}.msgpack.gz")
    if not file.exists():
        return {}
    with gzip.open(file) as packed:
        _, *bins = msgpack.load(packed)
    return {word: 10 ** (-place / 100) for place, words in enumerate(bins) for word in words}  # hundredths of a decade


# Languages written alike: a text that is none of the first may be another.
_SCRIPTS = {"ar": ("ar", "fa", "ur"), "ru": ("ru", "uk", "bg", "sr", "mk")}
_ALL_LATIN = (*LATIN, "ca", "cs", "da", "fi", "fil", "hu", "id", "nb", "pl", "ro", "sh", "sv", "tr", "vi")


def common_share(words: Sequence[str], language: str) -> float:
    """Share of words that are common in the language, or in the best of those written in the same script."""
    lowered = [word.lower() for word in words]

    def share(name: str) -> float:
        known = _frequencies(name, "small")
        return sum(word in known for word in lowered) / len(lowered)

    found = share(language)
    if found < 0.35:  # hardly any: worth the 20 ms that each further list takes to load, once
        found = max([found, *(share(name) for name in _SCRIPTS.get(language, _ALL_LATIN))])
    return found


@dataclass(eq=False)
class Words:
    """The words of a language and of one document.

    `seen` holds how often the document writes a word within a line, hyphenated ones included: its own usage
    outweighs any list.
    """

    language: str = "en"
    seen: Counter[str] = field(default_factory=Counter)
    ligatures_lost: bool | None = None  # None: each text decides for itself

    @classmethod
    def of(cls, lines: Iterable[str]) -> Words:
        """Language, usage and ligature loss of a document, from its lines."""
        whole = "\n".join(lines)
        words = cls(language_of(whole))
        # Words at a line's end may be halves.
        inner = re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*(?=[^\S\n]|[.,;:!?)])", whole)
        words.seen = Counter(word.lower() for word in inner)
        words.ligatures_lost = words.lost_ligatures(whole)
        return words

    def common(self, word: str) -> bool:
        """Whether a word is seen at least once in a million."""
        return word.lower() in _frequencies(self.language, "small")

    def frequency(self, word: str) -> float:
        """Share of all words, from the large list; 0 when it is not there."""
        name = "large" if self.language in LATIN else "small"
        found = _frequencies(self.language, name) or _frequencies(self.language, "small")
        return found.get(word.lower(), 0.0)

    # -- ligatures -------------------------------------------------------------------------------------------

    def lost_ligatures(self, text: str) -> bool:
        """Whether a text lost letters with its ligatures: enough words with f become words by a letter more."""
        if self.language not in LATIN:
            return False
        counts = Counter(word.lower() for word in _F_WORD.findall(text))
        lost = kept = 0
        for word, times in counts.items():
            if any(ligature in word for ligature in ("fi", "fl", "ff")) and self.common(word):
                kept += times
            elif len(word) > 3 and not self.common(word) and self._fuller(word, self.common):
                lost += times
        broken = len(re.findall(r"[^\W\d_]\ufffd[^\W\d_]", text))
        return broken > 0 or (lost > 0 and lost >= LOST * (lost + kept))

    def repaired(self, word: str) -> str:
        """A word with its lost letters back; the same word when it exists or nothing better does."""
        if "\ufffd" in word:
            options = [word.replace("\ufffd", ligature, 1) for ligature in LIGATURES]
            known = [option for option in options if "\ufffd" not in option and self.frequency(option) > RARE]
            return max(known, key=self.frequency, default=word)
        if "f" not in word.lower() or len(word) < 3 or self.common(word):
            return word
        own = self.frequency(word)
        ratio = NAME_RATIO if word.istitle() and len(word) < 5 else RATIO
        candidates = self._fuller(word, lambda option: self.frequency(option) >= max(RARE, ratio * own))
        if not candidates and not own:
            candidates = self._fuller(word, self._compound)
        return max(candidates, key=self.frequency, default=word)

    def _compound(self, word: str) -> bool:
        """Whether a word that no list has is made of two that are common ("fieldworker")."""
        return any(self.common(word[:at]) and self.common(word[at:]) for at in range(4, len(word) - 3))

    @staticmethod
    def _fuller(word: str, exists: Callable[[str], bool]) -> list[str]:
        """Existing words that have one or two letters more after an f ("trafcking" lost an f and an i)."""
        found = []
        for at, letter in enumerate(word):
            if letter not in "fF":
                continue
            for more in ("i", "l", "f", "fi", "fl"):
                option = word[: at + 1] + (more.upper() if word.isupper() else more) + word[at + 1 :]
                if exists(option.lower()):
                    found.append(option)
        return found

    # -- hyphens ---------------------------------------------------------------------------------------------

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen between two halves of a word at a line end belongs to the word.

        The document's own usage decides, then the lists, then whether both halves are words.
        """
        if not before or not after or not after[0].islower():
            # "Inter-" / "Agency", "COVID-" / "19"; but "TRAF-" / "FICKING" in capitals
            return not (before.isupper() and after[:1].isupper() and len(before) > 1 and not self._pair(before, after))
        joined, apart = (before + after).lower(), f"{before}-{after}".lower()
        if self.seen[joined] != self.seen[apart]:
            return self.seen[apart] > self.seen[joined]
        joined, after = (self.repaired(joined), self.repaired(after)) if self.ligatures_lost else (joined, after)
        if before.lower() in _KEEPS and self.common(after):
            return self.frequency(joined) < USUAL  # "pro-" / "posed", "well-" / "being"
        if self.common(joined):
            return False
        if after.lower() in _ENDINGS and self.frequency(joined):
            return False
        return self._pair(before, after)

    def _pair(self, before: str, after: str) -> bool:
        return len(before) > 2 and len(after) > 2 and self.common(before) and self.common(after)
