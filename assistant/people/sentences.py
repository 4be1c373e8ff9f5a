"""Sentences with names of people in them, made of messages that have none: what the recogniser of names learns from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from corpus.quick_yaml import read_yaml

FILE = Path(__file__).with_name("names.yaml")
SCRIPTS = {"en": "latin", "fr": "latin", "es": "latin", "ru": "cyrillic", "ar": "arabic", "zh": "chinese"}
_CASES = {"NG": "genitive", "ND": "dative", "NI": "instrumental"}
_ENDINGS = {  # of Russian names, as far as they are regular
    "а": {"genitive": "ы", "dative": "е", "instrumental": "ой"},
    "я": {"genitive": "и", "dative": "е", "instrumental": "ей"},
    "": {"genitive": "а", "dative": "у", "instrumental": "ом"},
}
_HONOURS = [
    *("老板", "警官", "女士", "先生", "某", "某某", "姐", "哥", "医生", "律师", "老师", "主任", "经理"),
    *("阿姨", "叔", "大姐", "总", "科长", "院长", "法官", "护士", "社工", "队长", "检察官", "书记"),
]
# Shares of messages: without a name; up to which a name takes the place of a word; up to which it is a scene.
UNTOUCHED, STOOD_IN, SCENE = 0.28, 0.5, 0.68
SMALL, LARGE = 0.22, 0.26  # of messages in languages with capitals: in small letters; up to which it is all capitals


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A text and where names stand in it, half-open."""

    text: str
    names: tuple[tuple[int, int], ...]


class Sentences:
    """Makes sentences; the same seed makes the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self._tables = read_yaml(FILE.read_text(encoding="utf-8"))
        self._random = Random(seed)

    def named(self, message: str, language: str) -> NamedSentence:
        """A message with names put into it, or with a place or an institution."""
        words: dict[str, Any] = self._tables["languages"][language]
        letters = self._random.random() if SCRIPTS[language] in ("latin", "cyrillic") else 1
        turned = str.lower if letters < SMALL else str.upper if letters < LARGE else str
        return self._filled(turned(self._template(message, words, "" if language == "zh" else " ")), language, turned)

    def _template(self, message: str, words: dict[str, Any], gap: str) -> str:
        """A text with marks for names, places and titles."""
        share, pick = self._random.random(), self._random.choice
        if share < UNTOUCHED:
            if self._random.random() < 0.4:
                return message
            pieces = [message]
            pieces.insert(self._random.randrange(2), pick(words["with places"]))
        elif share < STOOD_IN and (found := self._stood_in(message, words)):
            return found
        elif share < SCENE:
            return pick(words["scenes"])
        else:
            pieces = [pick(words["with names"]), message]
            if self._random.random() < 0.25:
                pieces.reverse()
        return gap.join(piece.rstrip(" ") for piece in pieces)

    def _stood_in(self, message: str, words: dict[str, Any]) -> str:
        """The message with {N} in one or two places; '' where it has nothing that it may stand for."""
        instead, before = words["stand-ins"]["name"], words["stand-ins"]["before a name"]
        pattern = rf"(?P<instead>{instead or '(?!)'})|(?P<before>{before})"
        places = list(re.finditer(pattern, message, re.I))
        if not places:
            return ""
        chosen = self._random.sample(places, min(len(places), self._random.choice([1, 1, 2])))
        at, pieces = 0, []
        for place in sorted(chosen, key=re.Match.start):
            kept = (
                "" if place["instead"] else place.group() + ("" if "\u4e00" <= place.group()[-1] <= "\u9fff" else " ")
            )
            pieces += [message[at : place.start()], kept, "{N}"]
            at = place.end()
        return "".join([*pieces, message[at:]])

    def _filled(self, template: str, language: str, turned: Callable[[str], str]) -> NamedSentence:
        text, names = "", []
        words = self._tables["languages"][language]
        for piece in re.split(r"(\{\w+\})", template):
            mark = piece.strip("{}").upper() if piece.startswith("{") else ""
            if mark in ("P", "P2", "T"):
                text += turned(self._random.choice(_several(words["titles" if mark == "T" else "places"]) or [""]))
            elif mark in ("F", "G"):
                text += turned(self._part(SCRIPTS[language], "family" if mark == "F" else "given"))
            elif mark in ("N", "N2", "N3", *_CASES):
                name = turned(self.name(SCRIPTS[language], _CASES.get(mark, "")))
                names.append((len(text), len(text) + len(name)))
                text += name
            else:
                text += piece
        return NamedSentence(text, tuple(names))

    def name(self, script: str, case: str = "") -> str:
        """Somebody's, as a whole or in part."""
        pick = self._random.choice
        if script == "chinese":
            return self._chinese()
        given, second, family = (_in_case(self._part(script, part), case) for part in ("given", "given", "family"))
        forms: list[tuple[int, Callable[[], str]]] = [
            (8, lambda: given),
            (7, lambda: f"{given} {family}"),
            (2, lambda: family),
            (1, lambda: f"{family} {given}"),
            (1, lambda: f"{given} {second} {family}"),
        ]
        if script != "arabic":
            forms += [(1, lambda: f"{family} {given[0]}. {second[0]}."), (1, lambda: f"{given[0]}. {family}")]
        if script == "latin":
            double = f"{family}-{_in_case(self._part(script, 'family'), case)}"
            forms += [(1, lambda: f"{given} {family[0]}."), (1, lambda: f"{family.upper()} {given}")]
            forms += [(1, lambda: f"{given} {family} {second}"), (1, lambda: f"{given} {double}")]
        if script == "cyrillic":
            father = _in_case(pick(_several(self._tables["scripts"][script]["patronymic"])), case)
            forms += [(2, lambda: f"{given} {father}"), (1, lambda: f"{family} {given} {father}")]
        if script == "arabic":
            kin = pick(["بن", "بنت", "عبد", "ولد", "آل"])
            forms += [(2, lambda: f"{given} {kin} {family}"), (1, lambda: f"{pick(['أبو', 'أم'])} {given}")]
        return self._random.choices([form for _, form in forms], [weight for weight, _ in forms])[0]()

    def _part(self, script: str, which: str) -> str:
        """A given or a family name, of those known or of syllables."""
        table, pick = self._tables["scripts"][script], self._random.choice
        if script == "chinese":
            return pick(_several(table["transliterated"]))
        if self._random.random() < 0.2:
            syllables = _several(table["syllables"])
            return "".join(pick(syllables) for _ in range(pick([2, 2, 3, 3, 4]))).capitalize()
        return pick(_several(table[which]))

    def _chinese(self) -> str:
        table = self._tables["scripts"]["chinese"]
        pick, share = self._random.choice, self._random.random()

        def foreign() -> str:
            return "".join(pick(table["syllables"]) for _ in range(pick([2, 3, 3, 4])))

        if share < 0.12:
            return pick(_several(table["transliterated"]))
        if share < 0.26:
            return foreign() if self._random.random() < 0.6 else f"{foreign()}·{foreign()}"
        if share < 0.34:
            return pick("小阿老") + pick(table["family"] + table["given"])
        if share < 0.44:
            return pick(table["family"]) + pick(_HONOURS)
        if share < 0.52:
            return pick(table["given"]) + pick(table["given"])
        return pick(table["family"]) + "".join(pick(table["given"]) for _ in range(pick([1, 2, 2, 2])))


def _several(text: str) -> list[str]:
    return text.split(", ") if text else []


def _in_case(name: str, case: str) -> str:
    if not case:
        return name
    stem = name.removesuffix("а").removesuffix("я")
    ending = _ENDINGS[name[len(stem) :]][case]
    if stem == name and not re.search("[бвгджзклмнпрстфхцчшщ]$", name):
        return name
    return stem + ("и" if ending == "ы" and stem[-1:] in "кгхжшщч" else ending)
