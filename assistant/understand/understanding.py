"""One message -> `Request`: which act, which slots, which parts, in which language. Who is in danger comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.types import (
    Act,
    Answer,
    Artefact,
    Choice,
    Corrected,
    Detail,
    Form,
    Request,
    Slots,
    Turn,
    Wanted,
)
from assistant.understand.acts import CHOICE, CONTINUES, ENDS
from assistant.understand.lexicon import Lexicon
from assistant.understand.orders import without_orders
from assistant.understand.parts import QUESTION_MARKS, content_words, parts_of
from assistant.understand.persons import without_persons
from assistant.understand.slots import bare_levels, slots_of
from corpus.language import short_language
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from index.types import Filters

MAX_QUESTION = 2000  # characters; what is beyond is not read, and the answer says so
TOO_LONG = f"The question was longer than {MAX_QUESTION} characters; only its end was read."
READ_AS = "Read as: {}"  # where typing errors were mended
MOST_CHOICES = 4
TOPIC_WORDS = 40  # taken over from the question before
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the classifier makes of a message: probabilities, 0..1."""

    acts: dict[Act, float]  # sum to 1 with `vague`
    vague: float  # that it says too little to choose
    kinds: dict[ItemKind, float]  # of a list, each by itself
    activities: dict[Activity, float]


class Classifier(Protocol):
    """Reads a message beside what was on the screen when it was typed."""

    danger_from: float  # probability from which a message is one of danger: low, since it errs to caution
    harm_from: float  # from which it is refused: high, since a wrong refusal is an insult
    margin: float  # below, one reading in three is wrong
    named_from: float  # from which a kind or an activity is taken that no word names

    def read(self, text: str, after: str) -> Reading:
        """`after`: '', or what the last answer was: list, answer, draft, refusal."""


class Understanding:
    """Reads messages. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        classifier: Classifier,
        lexicon: Lexicon,
        mended: Callable[[str], str] = str,
        known: Callable[[str], bool] = lambda word: False,
        count: Callable[[Wanted], int] = lambda wanted: 0,
    ) -> None:
        """`mended` puts typing errors right; `known`: whether the corpus writes a word; `count`: items of lists."""
        self._classifier = classifier
        self._lexicon = lexicon
        self._mended = mended
        self._known = known
        self._count = count

    def read(
        self,
        asked: str,
        turns: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        corrected: Corrected | None = None,
    ) -> Request:
        """The request; `corrected` is what the reader says is meant, in place of what would be understood."""
        typed = _end_of(asked.strip())
        last = next((turn.answer for turn in reversed(turns) if turn.answer.evidence or turn.answer.told), None)
        language = short_language(typed)
        reading = self._classifier.read(typed, _kind_of(last))
        ranked = _ranked(reading, last is not None)
        request = Request(typed, typed, filters, language=language)
        if corrected is None and (act := self._ending(reading, typed)):
            return replace(request, act=act, margin=reading.acts[act])
        bare = without_persons(without_orders(typed), self._known)
        text = self._mended(bare)
        notice = " ".join([TOO_LONG] * (typed != asked.strip()) + [READ_AS.format(text)] * (text != bare))
        slots = slots_of(self._lexicon.mentions(text, language), text)
        margin = reading.acts[ranked[0]] - max((reading.acts[act] for act in ranked[1:]), default=0.0)
        request = replace(request, act=ranked[0], margin=margin, slots=slots, stand_alone=text, notice=notice)
        if corrected:
            return self._settled(replace(request, act=corrected.act, margin=1.0), reading, last, corrected.wanted)
        settled = self._settled(request, reading, last, None)
        offered = self._offered(request, reading, ranked, last)
        unsure = self._unsure(settled, reading, margin)
        return replace(settled, choices=offered, unsure=unsure)

    def _ending(self, reading: Reading, typed: str) -> Act | None:
        """What ends a message before it is looked up: danger first, harm only where it is sure."""
        if reading.acts[Act.DANGER] >= self._classifier.danger_from:
            return Act.DANGER
        if reading.acts[Act.HARM] >= self._classifier.harm_from:
            return Act.HARM
        return None if typed else Act.ABOUT

    def _settled(self, request: Request, reading: Reading, last: Answer | None, wanted: Wanted | None) -> Request:
        """The request with what its act needs: lists wanted, a stand-alone question, its parts."""
        if request.act is Act.RESHAPE and last is not None:
            request = self._reshaped(request, last)
            wanted = request.wanted
        if request.act is Act.LIST:
            return replace(request, wanted=wanted or self._wanted(request, reading, last))
        if request.act in (Act.ASK, Act.DRAFT):
            alone = request.stand_alone if request.stand_alone != request.asked else _stand_alone(request, last)
            return replace(request, stand_alone=alone, parts=parts_of(alone, self._lexicon, request.language))
        return request

    # -- lists -----------------------------------------------------------------------------------------------

    def _wanted(self, request: Request, reading: Reading, last: Answer | None) -> Wanted:
        """The lists of a message that asks for some."""
        slots, from_ = request.slots, self._classifier.named_from
        kinds = slots.kinds or tuple(kind for kind in ItemKind if reading.kinds[kind] >= from_)
        kinds = kinds or (max(reading.kinds, key=lambda kind: reading.kinds[kind]),)
        activities = slots.activities
        if not activities and not slots.part_one:
            likely = max(reading.activities, key=lambda activity: reading.activities[activity])
            activities = (likely,) if reading.activities[likely] >= from_ else ()
        part_one = slots.part_one
        before = last.listing.wanted if last and last.listing else None
        description = self._description(request.stand_alone, request.language)
        if not activities and not part_one and before and not description:
            activities, part_one = before.activities, before.part_one
        if part_one and not activities:
            kinds = (ItemKind.QUESTION,)  # it has no other
        return Wanted(
            kinds=kinds,
            activities=activities,
            part_one=part_one and ItemKind.QUESTION in kinds,
            levels=slots.levels if ItemKind.INDICATOR in kinds else (),
            about=() if description else slots.people,
            description=description,
            details=slots.details if ItemKind.INDICATOR in kinds else (),
            most=slots.number,
            starter=slots.starter,
        )

    def _description(self, text: str, language: str) -> str:
        """The programme that a message describes: the message, where it says more than what the slots name."""
        covered = [(mention.start, mention.end) for mention in self._lexicon.mentions(text, language)]
        rest = "".join(" " if any(a <= i < b for a, b in covered) else c for i, c in enumerate(text))
        return text if len(content_words(rest, language)) >= 2 else ""

    def _reshaped(self, request: Request, last: Answer) -> Request:
        """A message that changes the last answer: another list, the question asked otherwise, or its form alone."""
        slots = request.slots
        if last.listing and (wanted := self._changed(last.listing.wanted, request)):
            return replace(request, act=Act.LIST, wanted=wanted)
        if slots.place or Form.EXPLAIN in slots.forms or Form.WHY in slots.forms:
            return replace(request, act=Act.ASK, stand_alone=_pointed_at(request, last))
        if slots.kinds and not last.listing:
            spoken = self._lexicon.mentions(last.request.stand_alone, last.request.language)
            activities = slots.activities or slots_of(spoken, last.request.stand_alone).activities
            return replace(request, act=Act.LIST, wanted=Wanted(slots.kinds, activities, most=slots.number))
        if slots.forms or slots.number or slots.answer_language:
            return request
        return replace(request, act=Act.ASK, stand_alone=_continued(request, last))

    def _changed(self, before: Wanted, request: Request) -> Wanted | None:
        """The list before with what the message names changed; None where it names nothing of a list."""
        slots, wanted = request.slots, replace(before, rest=False, most=0)
        levels = bare_levels(self._lexicon.mentions(request.stand_alone, request.language), slots)
        if slots.kinds:
            kinds = tuple(kind for kind in ItemKind if kind in slots.kinds or (slots.goes_on and kind in before.kinds))
            wanted = replace(wanted, kinds=kinds)
        if slots.activities or slots.part_one:
            wanted = replace(wanted, activities=slots.activities, part_one=slots.part_one)
        elif slots.people:
            wanted = replace(wanted, about=slots.people)
        if slots.without:
            wanted = _leaving_out(wanted, slots.without)
        if levels:
            wanted = replace(wanted, levels=levels, kinds=(ItemKind.INDICATOR,))
        if slots.details:
            details = tuple(detail for detail in Detail if detail in before.details or detail in slots.details)
            wanted = replace(wanted, details=details, kinds=(ItemKind.INDICATOR,))
        if slots.starter:
            wanted = replace(wanted, starter=True)
        if Form.REST in slots.forms and wanted == replace(before, rest=False, most=0):
            wanted = replace(wanted, rest=True)
        elif slots.number and not slots.place:
            wanted = replace(wanted, most=slots.number)
        same = wanted == replace(before, rest=False, most=0)
        return None if same and Form.REST not in slots.forms and not slots.number else _tidy(wanted)

    # -- choices ---------------------------------------------------------------------------------------------

    def _unsure(self, request: Request, reading: Reading, margin: float) -> bool:
        """Whether it says too little to go on: vague, or nearly as much one act as another."""
        if request.act in ENDS or request.act is Act.ABOUT:
            return False
        return reading.vague > max(reading.acts.values()) or margin < self._classifier.margin

    def _offered(
        self, request: Request, reading: Reading, ranked: Sequence[Act], last: Answer | None
    ) -> tuple[Choice, ...]:
        """The other ways to understand it, likeliest first, each with what it would show."""
        found = []
        for act in ranked:
            if act not in CHOICE or len(found) == MOST_CHOICES:
                continue
            settled = self._settled(replace(request, act=act), reading, last, None)
            if settled.act is not act:
                continue
            wanted = settled.wanted
            says = CHOICE[act].format(
                list=_names(wanted) if wanted else "", artefact=(request.slots.artefact or Artefact.TEXT).value
            )
            number = self._count(wanted) if wanted else 0
            found.append(Choice(says, Corrected(act, wanted), f"{number} items" if number else ""))
        return tuple(found)


def _ranked(reading: Reading, follows: bool) -> list[Act]:
    """The acts that a message can be, likeliest first: nothing is done to an answer that is not there.

    What is not surely harmful is asked of the publications, which hold nothing that helps to exploit.
    """
    acts = dict(reading.acts)
    acts[Act.ASK] = max(acts[Act.ASK], acts.pop(Act.HARM))
    acts.pop(Act.DANGER)
    possible = [act for act in acts if follows or act not in CONTINUES]
    return sorted(possible, key=lambda act: (-acts[act], act))


def _kind_of(last: Answer | None) -> str:
    if last is None:
        return ""
    if last.request.act in (Act.DANGER, Act.HARM):
        return "refusal"
    return "list" if last.listing else "answer"


def _tidy(wanted: Wanted) -> Wanted:
    """Part one holds questions; levels and details are of indicators."""
    if wanted.part_one and ItemKind.QUESTION not in wanted.kinds:
        wanted = replace(wanted, kinds=(ItemKind.QUESTION, *wanted.kinds) if wanted.activities else (ItemKind.QUESTION,))
    return wanted if ItemKind.INDICATOR in wanted.kinds else replace(wanted, levels=(), details=())


def _leaving_out(wanted: Wanted, names: Sequence[str]) -> Wanted:
    """A list without what is named: kinds, activity types, levels, people, details."""
    from corpus.toolkit.types import Level

    levels = tuple(level for level in (wanted.levels or Level) if level.value not in names)
    return replace(
        wanted,
        kinds=tuple(kind for kind in wanted.kinds if kind.value not in names) or wanted.kinds,
        activities=tuple(each for each in wanted.activities if each.value not in names),
        levels=() if len(levels) in (0, len(Level)) else levels,
        about=tuple(each for each in wanted.about if each not in names),
        details=tuple(each for each in wanted.details if each.value not in names),
    )


def _names(wanted: Wanted) -> str:
    """'indicators for awareness raising'"""
    kinds = " and ".join(f"{kind.value}s" for kind in wanted.kinds)
    places = [activity.value for activity in wanted.activities] or (["all types of activity"] if not wanted.part_one else [])
    return f"{kinds} for {', '.join(places)}" if places else f"{kinds} before an activity is chosen"


def _stand_alone(request: Request, last: Answer | None) -> str:
    """A question with what it leaves out, from the last one: its topic before it, where it leans on that."""
    text, slots = request.stand_alone, request.slots
    if last is None or last.request.act not in (Act.ASK, Act.LIST, Act.DRAFT):
        return text
    little = len(content_words(text, request.language)) < 2
    if slots.place:
        return _pointed_at(request, last)
    return _continued(request, last) if little or slots.points_back or slots.goes_on else text


def _continued(request: Request, last: Answer) -> str:
    """The last question, then this one."""
    topic = " ".join(last.request.stand_alone.split()[:TOPIC_WORDS]).rstrip(".?!؟？。 ")
    return f"{topic}? {request.stand_alone}" if topic else request.stand_alone


def _pointed_at(request: Request, last: Answer) -> str:
    """This question after the item of the last answer that it points at, else after the last question."""
    place = request.slots.place
    shown = last.statements
    if place and shown and -len(shown) <= place <= len(shown):
        item = shown[place - 1 if place > 0 else place].text
        return f"{' '.join(item.split()[:TOPIC_WORDS]).rstrip('.?! ')}. {request.stand_alone}"
    return _continued(request, last)


def _end_of(asked: str) -> str:
    """The last whole words of a message that is too long: what is asked mostly stands at the end."""
    return asked if len(asked) <= MAX_QUESTION else asked[-MAX_QUESTION:].partition(" ")[2] or asked[-MAX_QUESTION:]
