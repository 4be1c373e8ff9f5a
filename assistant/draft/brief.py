"""What is to be made, of a request: artefact, theme, time, number. What it does not say has a default, or is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, product
from pathlib import Path

from assistant.draft import clock
from assistant.draft.aspects import named_in
from assistant.types import Artefact, Draft, Form, Request
from assistant.understand.durations import count_of, spans_of
from assistant.understand.lexicon import Lexicon, Mention
from assistant.understand.parts import content_words
from assistant.understand.phrases import any_of
from assistant.understand.remaking import asked_for
from corpus.quick_yaml import read_yaml

NO_THEME = ("artefact", "form", "answer language")  # sections of words that name none, wherever they stand
BEFORE = (*NO_THEME, "asking", "number")  # and before the theme
FEWER = (Form.FEWER, Form.SHORTER)
_EDGES = re.compile(r"^[\W_]+|[^\w)?!»”\"]+$")
_HOLES = re.compile(r"\(\W*\)|\s+(?=[,.;:!?…)])|([,.;:])(?:\s*[,.;:])+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|[;\n。！？；؟؛]+")
_ITEM = re.compile(r"[,+/、，،]|\s(?:and|et|y|e|и|а также)\s|\sو(?=\w)|和|以及")
_ASIDE = re.compile(r"\([^)]*\)?|[^(]*\)")
_LEAD = re.compile(r"^(?:then|and|or|puis|ensuite|et|luego|y|затем|и|ثم)\s+", re.I)
_NUMBERED = re.compile(r"(\d{2,4})\s*(?:words|mots|palabras|слов|كلمة|字)", re.I)
FEW_WORDS = 200
WITHOUT = 3  # words from "avoid" to what it leaves out
SPEAKS = 8  # words in which somebody says that they need something
FORM_FROM = 0.5  # share of a sentence's letters that is about form: it names no theme
SUBJECTS = range(3, 9)  # what is named in a row, from which it is a list of subjects, and how many are taken
WORDS_OF_SUBJECT = 7
WORDS_ALONE = 4  # the same in a sentence that is nothing but a row
LETTERS_OF_SUBJECT = range(2, 80)


@dataclass(frozen=True, slots=True)
class Brief:
    """`theme` is '' where the message names none; `minutes` and `number` 0 where it says none."""

    artefact: Artefact
    theme: str  # as typed, without what only asks for something to be made
    minutes: int = 0
    begins: int | None = None  # minutes after midnight, where it says when
    number: int = 0  # of questions to the group
    short: bool = False
    aspects: tuple[str, ...] = ()  # of `aspects.yaml`, those that the message names, in its order
    subjects: tuple[str, ...] = ()  # what it says the draft should have in it, as typed
    beside: tuple[Artefact, ...] = ()  # what else it names, to be a part of it
    forms: tuple[str, ...] = ()  # of the questions of a quiz: "choice", "truth"
    words: int = 0  # at most, of the whole
    slides: int = 0  # at most


def brief_of(request: Request, lexicon: Lexicon) -> Brief:
    """What a request says of the thing to be made; without a named artefact it is a text."""
    text, language, slots = request.stand_alone, request.language, request.slots
    mentions = lexicon.mentions(text, language)
    taken = [(each.start, each.end) for each in mentions if each.section in NO_THEME]
    taken += [*spans_of(text), *clock.spans_of(text), *(found.span() for found in _forms().finditer(text))]
    asking = [(each.start, each.end) for each in mentions if each.section in BEFORE]
    asking += [found.span() for found in _words("making", "").finditer(text)]
    bare, left = _without(text, [*taken, *asking]), _without(text, taken)
    words = (found for found in re.finditer(r"\S+", bare) if _tells(found[0], language))
    start = next((found.start() for found in words), len(text))
    said = _HOLES.sub(r"\1", " ".join(left[start:].split()))
    sentences = _sentences(said)
    telling = [piece for piece in sentences if _form_share(piece) < FORM_FROM] or sentences
    artefact, told = _artefact(request, mentions), clock.clock_of(text)
    return Brief(
        artefact=artefact,
        theme=_EDGES.sub("", _from_audience(_told(_marked_first(telling)), left[:start])),
        minutes=(told.minutes if told else 0) or slots.minutes,
        begins=told.begins if told else None,
        number=slots.number,
        short=bool(_words("short", "").search(text)) or _few_words(text),
        aspects=named_in(said),
        subjects=_subjects(telling, language),
        forms=tuple(name for name in _data()["forms"] if _words("forms", name).search(text)),
        words=_most_words(text),
        slides=count_of(text, tuple(chain(*_data()["slides"].values()))) if artefact is Artefact.SLIDES else 0,
        beside=tuple(each for each in dict.fromkeys(_named(text, mentions).values()) if each is not artefact),
    )


def changed(before: Draft, brief: Brief, request: Request) -> Brief:
    """The brief of a message that changes a draft: what it does not name stays; whom it names comes to the theme.

    Its other words are no theme: they say how it should be.
    """
    artefact = before.artefact if request.slots.artefact in (None, Artefact.TEXT) else brief.artefact
    whom = ", ".join(each for each in request.slots.people if each not in before.theme)
    theme = f"{before.theme}, for {whom}" if whom else before.theme
    # of a first message "max" and "only" say something else
    short = brief.short or any(form in request.slots.forms for form in FEWER)
    return replace(
        brief,
        artefact=artefact,
        theme=theme,
        minutes=brief.minutes or before.minutes,
        begins=before.begins if brief.begins is None else brief.begins,
        short=short,
        aspects=brief.aspects or named_in(theme),
        subjects=_subjects(_sentences(theme), request.language),
    )


def _most_words(text: str) -> int:
    """How long the thing may be, as 'under 80 words' or 'half a page' says; 0 where a text says nothing."""
    said = [int(found[1]) for found in _NUMBERED.finditer(text)]
    said += [words for words in _data()["pages"] if _words("pages", words).search(text)]
    return min(said, default=0)


def _few_words(text: str) -> bool:
    """Whether a text says that the thing should have hardly any words: 'under 80 words'."""
    return any(int(found[1]) <= FEW_WORDS for found in _NUMBERED.finditer(text))


def _sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]


def _form_share(text: str) -> float:
    """Share of the letters that are in words about form, 0..1."""
    letters = sum(map(str.isalnum, text))
    form = sum(sum(map(str.isalnum, found[0])) for found in _words("form", "").finditer(text))
    return form / letters if letters else 1.0


def _tells(word: str, language: str) -> bool:
    """Whether a word can begin a theme: it is none of form, nor a number."""
    return bool(content_words(word, language)) and _form_share(word) < FORM_FROM and not _number(word)


def _number(word: str) -> bool:
    return word.strip("().,:").isdigit()


def _from_audience(theme: str, before: str) -> str:
    """Without what a message that begins with who speaks says before whom it is for."""
    if not _words("speaker", "").search(before):
        return theme
    found = _words("audience", "").search(theme)
    return theme[found.end() :].strip() if found and len(theme[: found.start()].split()) <= SPEAKS else theme


def _told(sentences: list[str]) -> str:
    """One after the other, each with an end."""
    return " ".join(each if each[-1] in ".!?" else f"{each}." for each in sentences if each)


def _marked_first(sentences: list[str]) -> list[str]:
    """The sentence that says "topic:" before the others, from there on."""
    for place, sentence in enumerate(sentences):
        if found := _words("theme", "").search(sentence):
            return [sentence[found.end() :].strip(), *sentences[:place], *sentences[place + 1 :]]
    return sentences


def _subjects(sentences: list[str], language: str) -> tuple[str, ...]:
    """What a sentence names in a row behind ":" or a word like "covering"; else what is nothing but a row."""
    for alone, (place, sentence) in product((False, True), enumerate(sentences)):
        surely = _words("row", "").search(sentence)
        found = surely or re.search(r"[:：]", sentence) or _words("covering", "").search(sentence)
        row = _ASIDE.sub("", sentence[found.end() :] if found else sentence if place else "")
        items = [_LEAD.sub("", _EDGES.sub("", item.strip())).rstrip("?!？؟") for item in _ITEM.split(row)]
        kept = [item for item in items if _is_subject(item, language)]
        enough = len(kept) >= SUBJECTS.start and len(kept) * 2 > len(items)
        short = all(len(item.split()) <= WORDS_ALONE for item in items)
        if surely or (enough and (short if alone else found)):
            return tuple(dict.fromkeys(kept))[: SUBJECTS.stop - 1]
    return ()


def _is_subject(item: str, language: str) -> bool:
    fits = len(item) in LETTERS_OF_SUBJECT and len(item.split()) <= WORDS_OF_SUBJECT
    return fits and bool(content_words(item, language)) and _form_share(item) < FORM_FROM and not named_in(item)


def defined(sentence: str, language: str) -> re.Match[str] | None:
    """The `term` that a sentence defines, up to where what it is begins; None where it defines none."""
    pattern = _definition(language)
    return pattern.match(sentence) if pattern else None


@cache
def _definition(language: str) -> re.Pattern[str] | None:
    if language not in _data()["defines"]:
        return None
    told = _data()["defines"][language]
    articles = "|".join(map(re.escape, told.get("articles", ())))
    words = "|".join(map(re.escape, told["words"]))
    least, then = (1, words) if language == "zh" else (2, rf"\s(?:{words})\b")
    return re.compile(rf"(?:(?:{articles})(?:\s|(?<=[’'])))?(?P<term>\w[^,.;،。，；]{{{least},50}}?)(?={then})", re.I)


def _artefact(request: Request, mentions: Iterable[Mention]) -> Artefact:
    """What is asked for; else what is named: by what means nothing else, by words of the lexicon, or by others."""
    named = _named(request.stand_alone, mentions)
    place = asked_for(request.stand_alone, list(named))
    if place is not None:
        return named[place]
    if surely := _first("surely", request.stand_alone):
        return surely
    if request.slots.artefact not in (None, Artefact.TEXT):
        return request.slots.artefact
    named = _first("artefacts", request.stand_alone) or _first("sessions", request.stand_alone)
    return named or (Artefact.SESSION if request.slots.minutes else Artefact.TEXT)


def _named(text: str, mentions: Iterable[Mention]) -> dict[int, Artefact]:
    """The artefacts that a text names, but a mere text and what it wants to be without, by where; in its order."""
    names = {each.start: Artefact(each.name) for each in mentions if each.section == "artefact"}
    for section in ("artefacts", "surely"):
        for name in _data()[section]:
            names |= {found.start(): Artefact(name) for found in _words(section, name).finditer(text)}
    gone = [found.end() for found in _words("without", "").finditer(text)]
    kept = ((start, name) for start, name in sorted(names.items()) if name is not Artefact.TEXT)
    return {
        start: name
        for start, name in kept
        if not any(end <= start and len(text[end:start].split()) < WITHOUT for end in gone)
    }


def _first(section: str, text: str) -> Artefact | None:
    """The artefact of a section that a text names first."""
    found = [(match.start(), name) for name in _data()[section] if (match := _words(section, name).search(text))]
    return Artefact(min(found)[1]) if found else None


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    gone = {place for start, end in spans for place in range(start, end)}
    return "".join(" " if place in gone else character for place, character in enumerate(text))


@cache
def _data() -> dict[str, dict]:
    return read_yaml(Path(__file__).with_name("brief.yaml").read_text(encoding="utf-8"))


@cache
def _forms() -> re.Pattern[str]:
    return any_of(chain(*(words for by_language in _data()["forms"].values() for words in by_language.values())))


@cache
def _words(section: str, name: str) -> re.Pattern[str]:
    """The words of a section, of one name in it or of all, in every language."""
    by_language = _data()[section][name] if name else _data()[section]
    return any_of(chain(*by_language.values()))
