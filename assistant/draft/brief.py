"""What is to be made, of a request: artefact, theme, parts, time. What it does not say has a default, or is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from assistant.draft import clock
from assistant.draft.aspects import named_in
from assistant.draft.sides import is_concerned, is_form, is_lay, is_rest, named_among
from assistant.types import Artefact, Draft, Form, Request
from assistant.understand.durations import DAY, count_of, minutes_of
from assistant.understand.lexicon import Lexicon
from assistant.understand.parts import content_words
from assistant.understand.phrases import any_of
from assistant.understand.remaking import asks_to_remake
from assistant.understand.said import Said, Says, said_in
from corpus.quick_yaml import read_yaml
from index.pieces import HAN

FORMAL = (Says.MAKE, Says.FORM)  # what names no theme
FEWER = (Form.FEWER, Form.SHORTER)
_NUMBERED = re.compile(r"(\d{2,4})\s*(?:words|mots|palabras|слов|كلمة|字)", re.I)
_ITEM = re.compile(r"[,;、，،]|\s(?:and|et|y|e|и|а также)\s|\sو(?=\w)|和|以及")
_HAN = re.compile(f"[{HAN}]")
FEW_WORDS = 200
JOINING = 1  # words between two stretches that are one theme
BETWEEN = 3  # words, at most, from what a thing is about to whom it is for: "first contact for inspectors"
# A part that is named in so many may be an aspect, in more it is one by itself; of Chinese letters are counted.
WORDS_OF_ASPECT, LETTERS_OF_ASPECT = 4, 5
LETTERS_OF_PART = 3  # and more
MOST_SUBJECTS = 8
WORDS_OF_ITEM, ROW_FROM = 5, 3  # of a theme that is a row, at most, and items of it, at least
MOST_ROLES, MOST_STAGES, UNCOUNTED_STAGES = 6, 5, 3
TOLD = (Artefact.CASE, Artefact.ROLE_PLAY)  # what is told in stages, where a message wants some
WITH_CASES, MOST_CASES = (Artefact.CASE, Artefact.SESSION, Artefact.QUIZ), 6
TALK = 15  # minutes: what takes less and has no name is spoken by one
LEAST_OF_DAY = 120  # minutes: what is made shorter than that a day is of one day
WITHOUT = 3  # words from "avoid" to what it leaves out
EDGES, ENDS = " .,;:!?…-–—、，。：！？؟،", ".!?。！？؟"
MEASURE, SIGNS = "measure", "signs"  # aspects
TELLS_ALL = 8  # words that carry a topic
TELLS_ANEW, LETTERS_ANEW = 5, 8  # words, or Chinese letters, of a case that takes the place of the one before
TELLS_FROM = 12  # words of what is told, from which it is a case by itself


@dataclass(frozen=True, slots=True)
class Brief:
    """`theme` is '' where the message names none; `minutes` and `number` 0 where it says none."""

    artefact: Artefact
    theme: str  # in the words of the message
    about: str = ""  # all that it says but what asks for something and how it should be: what is looked up
    asked: str = ""  # the message, and those that changed it
    parts: tuple[str, ...] = ()  # all that it says the draft should have in it, as typed
    told: str = ""  # a situation, as the message tells it
    minutes: int = 0
    days: int = 1  # that these minutes are dealt out to
    begins: int | None = None  # minutes after midnight, where it says when
    number: int = 0  # of questions to the group
    short: bool = False
    measures: bool = False  # it is about measuring: "indicators" are of a programme then, else signs of trafficking
    aspects: tuple[str, ...] = ()  # of `aspects.yaml`, those that the message names, in its order
    subjects: tuple[str, ...] = ()  # of `parts` the others
    roles: tuple[str, ...] = ()  # of a role play, as typed
    stages: int = 0  # in which a case is told; 0: all at once
    cases: int = 1
    items: int = 0  # of a checklist, at most
    beside: tuple[Artefact, ...] = ()  # what else it names, to be a part of it
    forms: tuple[str, ...] = ()  # of the questions of a quiz: "choice", "truth"
    words: int = 0  # at most, of the whole
    slides: int = 0  # at most
    whom: str = ""  # it is for, as the message says
    without: tuple[str, ...] = ()  # what a message that changed it wanted out, and that is none of its parts

    @property
    def lay(self) -> bool:
        """Whether it is for people to whom messages in plain words are written; about them, where it is for nobody."""
        return is_lay(self.whom or self.theme)

    @property
    def to_concerned(self) -> bool:
        """Whether it speaks to those who may be exploited, and not to those who meet them."""
        return self.artefact in (Artefact.TEXT, Artefact.HANDOUT) and is_concerned(self.whom or self.theme)


@dataclass(frozen=True, slots=True)
class Told:
    """One message taken apart."""

    theme: str
    about: str
    parts: tuple[str, ...]
    case: str
    roles: tuple[str, ...]
    artefacts: tuple[Artefact, ...]  # what it wants made, in its order
    made: bool = True  # it says so itself; else these are named in it
    whom: str = ""
    drops: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


def brief_of(request: Request, lexicon: Lexicon, before: Draft | None = None) -> Brief:
    """What a request says of the thing to be made; without a named artefact it is a text.

    `before`: the draft that it changes. What it does not name stays; what it names comes to it.
    """
    text, slots = request.stand_alone, request.slots
    now, time = _told(text, request.language, lexicon), clock.clock_of(text)
    first = _told(_asked(before), request.language, lexicon) if before else now
    timed = not now.artefacts and not before and (slots.minutes or time)
    unnamed = Artefact.TEXT if not timed else Artefact.BRIEFING if 0 < slots.minutes < TALK else Artefact.SESSION
    forms = tuple(name for name in _data()["forms"] if _pattern("forms", name).search(text))
    artefact = next(iter(now.artefacts), Artefact.QUIZ if forms and not before else unnamed)
    artefact = Artefact.QUIZ if artefact is Artefact.QUESTIONS and forms else artefact  # "ten questions, true or false"
    if before and not (now.artefacts and now.made):
        artefact = before.artefact  # "four questions as short cases" of a quiz make no case of it
    more = (part for part in now.parts if not asks_to_remake(part)) if before else ()  # "make it" is no part
    told = _kept((before.wanted if before and before.wanted else first.parts), now)
    parts = tuple(dict.fromkeys((*told, *more)))
    players = _kept((before.players if before and before.players else first.roles), now) if before else first.roles
    apart = [part for part in parts if _is_aspect(part)]
    begins = time.begins if time else None
    asked = f"{_asked(before)}\n{text}" if before else text

    def said(size: Callable[[str], int]) -> int:
        """A size that the message names; one that it does not name is as it was."""
        return next(filter(None, map(size, (text, asked))), 0)

    days = said(lambda each: minutes_of(each) // DAY) or 1
    minutes = (time.minutes * days if time else 0) or slots.minutes or (before.minutes if before else 0)
    anew = _told_anew(asked, artefact) if artefact in TOLD and before else ""
    measures = artefact is Artefact.INDICATOR_PLAN or _measures(asked)
    aspects = tuple(dict.fromkeys(chain(*map(named_in, apart if parts else [first.theme]))))
    words = _most_words(text) if Form.MORE in slots.forms else said(_most_words)  # "longer" is no longer one page
    long = artefact is Artefact.BRIEFING and minutes >= TALK  # then half a page is only a part of it
    counted = "indicators" if artefact is Artefact.INDICATOR_PLAN else "questions"
    return Brief(
        artefact=artefact,
        theme=anew or first.theme or _whole(first.about),
        about=anew or _less(f"{first.about} {_added(text)}".strip(), first.parts, told) if before else now.about,
        asked=asked,
        parts=parts,
        told=first.case if len(first.case.split()) >= TELLS_FROM else "",
        minutes=minutes,
        days=days if minutes >= days * LEAST_OF_DAY else 1,
        begins=before.begins if before and begins is None else begins,
        number=(slots.number if not before or slots.number > 1 else 0)  # "add one on men" makes it no one of them
        or said(lambda each: _count(each, counted)),
        short=_short(text) or (before is not None and any(form in slots.forms for form in FEWER)),
        measures=measures,
        aspects=tuple(dict.fromkeys(SIGNS if each == MEASURE and not measures else each for each in aspects)),
        subjects=tuple(part for part in parts if part not in apart)[:MOST_SUBJECTS],
        roles=tuple(dict.fromkeys((*players, *now.roles)))[:MOST_ROLES],
        without=(*(before.without if before else ()), *now.drops),
        whom=now.whom or first.whom,
        stages=_stages(asked) if artefact in TOLD else 0,
        cases=max(1, min(said(lambda each: _count(each, "cases")), MOST_CASES)) if artefact in WITH_CASES else 1,
        forms=forms,
        items=said(lambda each: _count(each, "items")) if artefact is Artefact.CHECKLIST else 0,
        words=0 if artefact is Artefact.SLIDES or long else words,
        slides=said(lambda each: _count(each, "slides")) if artefact is Artefact.SLIDES else 0,
        beside=tuple(dict.fromkeys(each for each in (*first.artefacts, *now.artefacts) if each is not artefact)),
    )


def _kept(named: Sequence[str], now: Told) -> tuple[str, ...]:
    """What stays of what was named before: all but what a message drops; where it drops the rest, what it keeps.

    So it is where it only says what to keep and adds nothing.
    """
    only = any(map(is_rest, now.drops)) or not (now.drops or now.parts or now.roles)
    kept = {named_among(words, named) for words in now.keeps} - {""}
    gone = {named_among(words, named) for words in now.drops if not is_rest(words)}
    return tuple(each for each in named if each not in gone and (each in kept or not (kept and only)))


def _less(text: str, named: Sequence[str], kept: Sequence[str]) -> str:
    """A text without what was named in it and does not stay."""
    for part in named:
        if part not in kept:
            text = text.replace(part, "", 1)
    return " ".join(text.split())


def about(draft: Draft) -> Brief:
    """The brief of a draft that stands there, as far as its parts are looked up by it."""
    asked = _asked(draft)
    said = said_in(asked)
    whom = " ".join(_words(asked, said, Says.WHOM))
    return Brief(draft.artefact, draft.theme, _about(asked, said), asked, whom=whom)


def _asked(draft: Draft) -> str:
    return draft.asked or draft.theme  # those saved before have a theme only


def _told(text: str, language: str, lexicon: Lexicon) -> Told:
    """A message taken apart; of one in which nothing is told apart, what it names last is made, of what comes then."""
    mentions = lexicon.mentions(text, language)
    named = [(each.start, each.end, Artefact(each.name)) for each in mentions if each.section == "artefact"]
    here = list(_named(text, "artefacts"))
    named = [each for each in named if not _overlap(each, here)] + here
    gone = [found.end() for found in _pattern("without", "").finditer(text)]
    kept = [
        (start, end, name)
        for start, end, name in sorted(named)
        if name is not Artefact.TEXT and not any(at <= start and len(text[at:start].split()) < WITHOUT for at in gone)
    ]
    said = said_in(text)
    ends = [*(end for _, end, _ in named), *(each.end for each in said if each.says in FORMAL)]
    behind = _bare(text[max(ends, default=0) :].strip(EDGES), language)
    behind = "" if behind and is_form(behind) else _told_alone(behind)
    if not said:
        return Told(behind, text, (), "", (), tuple(dict.fromkeys(name for *_, name in reversed(kept))))
    says = {at: each.says for each in said for at in range(each.start, each.end)}
    # one that begins right behind words that do has them too: "case excercise"
    inside = [(name, {says.get(at) for at in range(max(0, start - 2), end)}) for start, end, name in kept]
    made = [name for name, told in inside if Says.MAKE in told]
    made += [name for start, _, name in _named(text, "made") if says.get(start) is Says.MAKE and not made]
    other = [name for name, told in inside if told & {None, Says.FORM, Says.PART}]
    theme, parts = _bare(_theme(text, said), language) or behind, _words(text, said, Says.PART)
    names = [text[start:end] for start, end, _ in kept]
    parts = [part for part in parts if not _names_form(part, names)]
    case = " ".join(each if each[-1] in ENDS else f"{each}." for each in _words(text, said, Says.CASE))
    wanted = tuple(dict.fromkeys((*made, *other) if made or Says.MAKE not in says.values() else ()))
    roles = tuple(chain(*map(_items, _words(text, said, Says.ROLE))))
    whom = " ".join(_words(text, said, Says.WHOM))
    drops, keeps = (tuple(_words(text, said, says)) for says in (Says.DROP, Says.KEEP))
    named_parts = tuple(parts) or _row(theme)
    return Told(theme, _about(text, said), named_parts, case, roles, wanted, bool(made), whom, drops, keeps)


def _told_alone(rest: str) -> str:
    """What is left of a message without what says nothing before it: 'please on livelihoods'."""
    said = said_in(rest) if rest else ()
    tells = len(said) == 1 and said[0].says in (Says.THEME, Says.PART) and said[0].end == len(rest)
    return rest[said[0].start :] if tells else rest


def _named(text: str, section: str) -> Iterator[tuple[int, int, Artefact]]:
    """Where a text has words of a section for things to be made."""
    for name in _data()[section]:
        yield from ((*found.span(), Artefact(name)) for found in _pattern(section, name).finditer(text))


def _overlap(one: tuple[int, int, Artefact], others: Sequence[tuple[int, int, Artefact]]) -> bool:
    return any(start < one[1] and one[0] < end for start, end, _ in others)


def _names_form(part: str, names: Sequence[str]) -> bool:
    """Whether what is to be in it is another thing to be made, or how it should be made."""
    if len(part) < LETTERS_OF_PART and not _HAN.search(part):
        return True
    return (len(part.split()) <= WORDS_OF_ASPECT and any(name in part for name in names)) or is_form(part)


def _bare(words: str, language: str) -> str:
    """Without the words before the first that carries a topic: 'on first contact', 'sur la honte'."""
    places = (found.start() for found in re.finditer(r"\S+", words) if content_words(found[0], language))
    return words[next(places, len(words)) :]


def _added(text: str) -> str:
    """What a message that changes a draft adds to it; all of one in which nothing is told apart."""
    said = said_in(text)
    whole = "" if said or asks_to_remake(text) else text
    return " ".join(_words(text, said, Says.WHOM, Says.THEME, Says.PART, Says.CASE)) or whole


def _row(theme: str) -> tuple[str, ...]:
    """The things that a theme names in a row: 'confidentiality, consent and sharing files'; () where it is one."""
    items = _items(theme)
    return tuple(items) if len(items) >= ROW_FROM else ()


def _items(words: str) -> list[str]:
    """Short things in a row, one by one; what is longer is one thing."""
    items = [item.strip() for item in _ITEM.split(words) if item.strip()]
    return items if all(len(item.split()) <= WORDS_OF_ITEM for item in items) else [words]


def _words(text: str, said: Sequence[Said], *says: Says) -> list[str]:
    """The stretches that say so and have a word that tells something."""
    found = (text[each.start : each.end] for each in said if each.says in says)
    return [words for words in found if content_words(words, "")]


def _told_anew(asked: str, artefact: Artefact) -> str:
    """The situation that the newest of the messages that changed a draft puts in the place of another; '' for none.

    Who appears in a case is part of it; roles of a play are added to those that are there.
    """
    tells = (Says.CASE, Says.THEME, Says.ROLE) if artefact is Artefact.CASE else (Says.CASE, Says.THEME)
    for text in reversed(asked.split("\n")[1:]):
        said = said_in(text)
        told = ", ".join(_words(text, said, *tells))
        replaces = any(each.says in (Says.DROP, Says.KEEP) for each in said)
        if not replaces and len(" ".join(_words(text, said, Says.THEME)).split()) < TELLS_ANEW:
            continue  # it says more of the one that is there
        if len(told.split()) >= TELLS_ANEW or len(_HAN.findall(told)) >= LETTERS_ANEW:
            return told
    return ""


def _whole(about: str) -> str:
    """All that a message says of the thing, as its theme, where it says much and names none."""
    return about if len(content_words(about, "")) >= TELLS_ALL else ""


def _measures(text: str) -> bool:
    """Whether a text says that something is to be measured, beside a word for indicators, which may be signs."""
    return MEASURE in named_in(_pattern("indicators", "").sub(" ", text))


def _is_aspect(part: str) -> bool:
    long = len(part) > LETTERS_OF_ASPECT if _HAN.search(part) else len(part.split()) > WORDS_OF_ASPECT
    return not long and bool(named_in(part))


def _theme(text: str, said: Sequence[Said]) -> str:
    """What the whole is about, and for whom where that stands beside it; else the first thing that it tells."""
    found: list[tuple[int, int]] = []
    for each in said:
        if each.says is Says.THEME and found and len(text[found[-1][1] : each.start].split()) <= JOINING:
            found[-1] = (found[-1][0], each.end)  # "talking with parents" about "job offers abroad"
        elif each.says is Says.THEME:
            found.append((each.start, each.end))
        elif each.says is Says.WHOM and found and len(text[found[-1][1] : each.start].split()) <= BETWEEN:
            found[-1] = (found[-1][0], each.end)
    themes = list(dict.fromkeys(text[start:end] for start, end in found if content_words(text[start:end], "")))
    parts, cases = _words(text, said, Says.PART), _words(text, said, Says.CASE)
    if not themes and len(parts) >= ROW_FROM and len(" ".join(cases).split()) < TELLS_FROM:
        themes = parts[:ROW_FROM]  # a row of parts says more of it than half a sentence of what is told
    return ", ".join(themes) or next(chain(cases, _words(text, said, Says.WHOM), parts), "")


def _about(text: str, said: Sequence[Said]) -> str:
    """A text without what names the thing to be made and how it should be."""
    kept, at = [], 0
    for each in said:
        if each.says in FORMAL:
            kept.append(text[at : each.start])
            at = each.end
    return " ".join(" ".join([*kept, text[at:]]).split())


def _stages(text: str) -> int:
    """In how many stages a case is to be told; 0 where a text does not say that it is."""
    number = _count(text, "stages")
    return min(number, MOST_STAGES) if number > 1 else UNCOUNTED_STAGES if _pattern("staged", "").search(text) else 0


def _count(text: str, things: str) -> int:
    """How many of what a section of words names a text wants; 0 where it does not say."""
    return count_of(text, tuple(chain(*_data()[things].values())))


def _short(text: str) -> bool:
    """Whether a text says that the thing should have hardly any words: 'under 80 words', 'a few lines'."""
    few = any(int(found[1]) <= FEW_WORDS for found in _NUMBERED.finditer(text))
    return few or bool(_pattern("short", "").search(text))


def _most_words(text: str) -> int:
    """How long the thing may be, as 'under 80 words' or 'half a page' says; 0 where a text says nothing."""
    said = [int(found[1]) for found in _NUMBERED.finditer(text)]
    said += [words for words in _data()["pages"] if _pattern("pages", words).search(text)]
    return min(said, default=0)


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


@cache
def _data() -> dict[str, dict]:
    return read_yaml(Path(__file__).with_name("brief.yaml").read_text(encoding="utf-8"))


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    """The words of a section, of one name in it or of all, in every language."""
    by_language = _data()[section][name] if name else _data()[section]
    return any_of(chain(*by_language.values()))
