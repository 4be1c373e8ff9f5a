"""One message -> `Request`: which act, which slots, which parts, in which language. Who is in danger comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import TypeVar

from assistant.texts.catalogue import _, ngettext, pgettext, term
from assistant.types import Act, Answer, Artefact, Choice, Corrected, Detail, Form, Part, Request, Turn, Wanted
from assistant.understand.acts import CHOSEN, CONTINUES, ENDS, choice_words
from assistant.understand.classifier import Reading, TrainedClassifier
from assistant.understand.lexicon import Lexicon
from assistant.understand.orders import without_orders
from assistant.understand.parts import content_words, parts_of
from assistant.understand.remaking import asks_to_remake
from assistant.understand.said import Says, words_that
from assistant.understand.slots import slots_of
from corpus.asked import continued
from corpus.language import short_language
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from index.types import Filters

MAX_QUESTION = 2000  # characters; what is beyond is not read, and the answer says so
MOST_CHOICES = 4
SAME = (ENDS | {Act.ABOUT}, {Act.ASK, Act.DRAFT})  # acts that give much the same: between them nobody is asked
SEVERAL = 2  # things that are to be in it, from which what is to be made need not be one that is known by name
OFFERED = 0.05  # probability from which another act is offered beside one that is sure
SURE = 0.5  # lead of one act over another for a part of a message to be taken for it
BY_ITSELF = 0.35  # share of a follow-up in what is looked up, less what was asked before; see evals/README.md
DESCRIBES = 2  # content words beside what the slots name
MANY = 60  # items of a list that nobody reads to its end
VAGUE_AFTER = 0.8  # what leans on an answer may be short: "and so?" says enough then, "hm" still does not
WORK_FROM = 0.62  # from which one section so surely answers what seems harmful that it is work; see evals/README.md
LEANS_FROM = 0.6  # probability from which an open question is read with the one before
NO_FILTERS = Filters()
Named = TypeVar("Named", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which act a message asks for."""

    act: Act
    margin: float = 1.0  # of its probability over the next one's
    unsure: bool = False
    vague: bool = False  # too little is said to tell
    likely: tuple[Act, ...] = ()  # the acts it may be, likeliest first
    work: bool = False  # of danger: it may as well be somebody's work, so that an answer goes with the help

    @property
    def meanwhile(self) -> bool:
        """Whether it is unsure, and may as well be an open question: that is answered, below the choices."""
        return self.unsure and not self.vague and self.act is not Act.RESHAPE and Act.ASK in self.likely[:2]


class Understanding:
    """Reads messages. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        classifier: TrainedClassifier,
        lexicon: Lexicon,
        mended: Callable[[str], str] = str,
        count: Callable[[Wanted], int] = lambda wanted: 0,
        answered: Callable[[str], float] = lambda text: 0.0,
    ) -> None:
        """`mended` puts typing errors right; `count`: items of lists.

        `answered`: how surely one section answers a message, 0..1, by what was learned of their questions.
        """
        self._answered = answered
        self._classifier = classifier
        self._lexicon = lexicon
        self._mended = mended
        self._count = count

    def read(
        self, asked: str, turns: Sequence[Turn] = (), filters: Filters = NO_FILTERS, corrected: Corrected | None = None
    ) -> Request:
        """The request; `corrected` is what the reader says is meant, in place of what would be understood."""
        typed = _end_of(asked.strip())
        last = next((turn.answer for turn in reversed(turns) if turn.answer.request.act not in ENDS), None)
        language = short_language(typed)
        reading = self._classifier.read(typed, on_screen(turns[-1].answer if turns else None))
        decision = self.decide(reading, last is not None) if typed else Decision(Act.ABOUT)
        if turns and turns[-1].answer.request.act not in ENDS and decision.act in (Act.DANGER, Act.HARM):
            decision = self._in_context(decision, f"{turns[-1].answer.request.asked} {typed}")
        changes = last is not None and last.draft is not None and asks_to_remake(typed)
        # of a draft that stands there, words on exploitation are its theme; it only ever quotes what is published
        if decision.act is Act.HARM and (changes or self._answered(typed) >= WORK_FROM):
            decision = Decision(Act.ASK, 0.0)
        request = Request(typed, typed, filters, decision.act, decision.margin, language=language)
        if corrected is None and decision.act in (Act.DANGER, Act.HARM) and not decision.work:
            asks = Choice(choice_words(Act.ASK), Corrected(Act.ASK))
            return replace(request, choices=(asks,) if decision.act is Act.HARM else ())
        bare = without_orders(typed)
        text = self._mended(bare)
        mended = _("Read as: {text}").format(text=text)
        notice = " ".join([too_long()] * (typed != asked.strip()) + [mended] * (text != bare))
        slots = slots_of(self._lexicon.mentions(text, language), text)
        request = replace(request, slots=slots, stand_alone=text, notice=notice)
        if corrected:
            meant = self._settled(replace(request, act=corrected.act, margin=1.0), reading, last, corrected.wanted)
            if corrected.wanted is None and meant.wanted and self._of_everything(meant, meant.wanted):
                return replace(meant, choices=self._by_activity(meant.wanted), unsure=True)
            return meant
        if self._remakes(request, reading, last):
            return replace(request, act=Act.DRAFT, continued=True)
        if decision.vague:
            return replace(request, choices=tuple(map(self._counted, starts())), unsure=True)
        if decision.work or decision.act is Act.OFF_TOPIC:
            open_ = self._settled(replace(request, act=Act.ASK), reading, last, None)
            return replace(request, beside=open_) if decision.work else replace(open_, act=Act.OFF_TOPIC)
        listed, open_part = self._apart(request)
        if open_part is not None:
            listed = self._settled(replace(listed, act=Act.LIST), reading, last, None)
            return replace(listed, stand_alone=text, beside=open_part)
        settled = self._settled(request, reading, last, None)
        if settled.wanted and self._of_everything(settled, settled.wanted):
            return replace(settled, choices=self._by_activity(settled.wanted), unsure=True)
        offered = self._offered(request, reading, decision, last)
        nouns = (mention.section == "list noun" for mention in self._lexicon.mentions(text, language))
        # "the indicators", "and for shelters?" after a list: nothing else is meant
        leans = last is not None and last.listing is not None and reading.leans > LEANS_FROM
        named = settled.act is Act.LIST and (leans or Act.RESHAPE in decision.likely[:2] or any(nouns))
        asks = settled.act is Act.ASK and decision.act is Act.RESHAPE
        formed = settled.act is Act.RESHAPE and bool(
            slots.forms or slots.answer_language
        )  # "shorter", "and in Spanish?"
        makes = self._makes(settled, reading, decision)
        if makes:
            settled = self._settled(replace(request, act=Act.DRAFT), reading, last, None)
        made = settled.act is Act.DRAFT and (makes or slots.artefact is not None)  # "slides on forced labour"
        unsure = decision.unsure and not (named or asks or formed or made)
        if unsure and decision.meanwhile:
            settled, unsure = self._settled(replace(request, act=Act.ASK), reading, last, None), False
            offered = tuple(choice for choice in offered if choice.then.act is not Act.ASK)
        if formed:
            offered = ()
        if settled.act is Act.LIST and not (named or unsure):
            # "What works better than sewing courses?": no record is asked for by its name, and a passage may say it
            open_ = self._settled(replace(request, act=Act.ASK), reading, last, None)
            settled = replace(settled, beside=replace(open_, notice=""))
            offered = tuple(choice for choice in offered if choice.then.act is not Act.ASK)
        return replace(settled, choices=offered, unsure=unsure)

    def _makes(self, request: Request, reading: Reading, decision: Decision) -> bool:
        """Whether what is read as a question, or not surely as a list, names something to be made and asks for it."""
        harmless = 1 - reading.acts[Act.HARM]  # what seemed harmful and is work is read by what else it may be
        slots = request.slots
        # whose main part is the list that it was read as
        plan = slots.artefact is Artefact.INDICATOR_PLAN and not {ItemKind.LESSON, ItemKind.QUESTION} & set(slots.kinds)
        if plan and request.act is Act.LIST:
            return True
        if request.act not in (Act.ASK, Act.LIST):
            return False
        named = slots.artefact not in (None, Artefact.TEXT)
        wanted, parts = (len(words_that(request.stand_alone, says)) for says in (Says.MAKE, Says.PART))
        several = parts >= SEVERAL and not slots.kinds
        open_ = request.act is Act.ASK or (request.act is Act.LIST and (decision.unsure or several))
        likely = request.act is Act.ASK and reading.acts[Act.DRAFT] >= OFFERED * harmless
        surely = wanted and (named or parts >= SEVERAL)
        return bool((open_ and surely) or (likely and (named or wanted or slots.minutes)))

    def _remakes(self, request: Request, reading: Reading, last: Answer | None) -> bool:
        """Whether a message changes the draft on the screen: its time, its number, its kind, or how long it is."""
        if last is None or last.draft is None:
            return False
        other = request.slots.artefact not in (None, Artefact.TEXT) and words_that(request.stand_alone, Says.MAKE)
        if asks_to_remake(request.stand_alone) and not other:
            return True  # what names another thing to be made asks for that
        if reading.leans <= LEANS_FROM:
            return False
        slots = request.slots
        if slots.minutes or slots.number or slots.artefact or asks_to_remake(request.stand_alone):
            return True
        return bool(slots.people or slots.forms) and not {Form.WHY, Form.SOURCE} & set(slots.forms)

    def decide(self, reading: Reading, follows: bool) -> Decision:
        """The act of a message. `follows`: whether there is an answer that something could be done to.

        Danger comes first; an answer goes below the help: it may be somebody's work. What is not surely
        harmful is asked of the publications, which hold nothing that helps to exploit. Nothing is done to an answer
        that is not there. What may well be an open question is answered, with the other meanings above it; of anything
        else that is not sure, the reader is asked.
        """
        acts = dict(reading.acts)
        for act, least in ((Act.DANGER, self._classifier.danger_from), (Act.HARM, self._classifier.harm_from)):
            if acts[act] >= least:
                work = act is Act.DANGER and acts[Act.HARM] < self._classifier.harm_from
                return Decision(act, acts[act], work=work)
        acts[Act.ASK] = max(acts[Act.ASK], acts.pop(Act.HARM))
        acts.pop(Act.DANGER)
        possible = [act for act in acts if follows or act not in CONTINUES]
        likely = tuple(sorted(possible, key=lambda act: (-acts[act], act)))
        margin = acts[likely[0]] - acts[likely[1]]
        if max(acts, key=lambda act: acts[act]) not in possible:
            return Decision(Act.ASK, margin, True, True, likely)
        least = max(acts[likely[0]], VAGUE_AFTER if follows else 0.0)
        vague = likely[0] is not Act.ABOUT and reading.vague > least
        alike = any({likely[0], likely[1]} <= group for group in SAME)
        close = margin < self._classifier.margin and likely[0] is not Act.ASK and not alike
        return Decision(likely[0], margin, vague or close, vague, likely)

    def _in_context(self, decision: Decision, together: str) -> Decision:
        """What would end a conversation, read with the question before: "what if she says no?" may be of work.

        Whoever may be in danger is shown what helps all the same, and the answer with it.
        """
        other = self.decide(self._classifier.read(together), True)
        if other.act in (Act.DANGER, Act.HARM):
            return decision
        if decision.act is Act.DANGER:
            return replace(decision, margin=0.0, work=True)
        return Decision(Act.ASK, other.margin)

    def _settled(self, request: Request, reading: Reading, last: Answer | None, wanted: Wanted | None) -> Request:
        """The request with what its act needs: lists wanted, a stand-alone question, its parts."""
        own = request.stand_alone
        if request.act is Act.RESHAPE and last is not None:
            request = self._reshaped(request, last)
            wanted = request.wanted
        if request.act is Act.LIST:
            return replace(request, wanted=wanted or self._wanted(request, reading, last))
        if request.act in (Act.ASK, Act.DRAFT):
            if not request.continued and last is not None and reading.leans > LEANS_FROM:
                # what changes a draft is read by itself: the draft knows what was asked for before
                changes = request.act is Act.DRAFT and last.draft is not None
                request = replace(request, continued=True) if changes else _leaning(request, last)
            parts = parts_of(own, self._lexicon, request.language)
            if request.continued:  # what it leaves out is to be read with it
                before, share = request.stand_alone.removesuffix(own), 0.0 if request.slots.place else BY_ITSELF
                parts = tuple(replace(each, reads=before + each.reads, bare="", share=share) for each in parts)
            return replace(request, parts=parts)
        return request

    # -- lists -----------------------------------------------------------------------------------------------

    def _wanted(self, request: Request, reading: Reading, last: Answer | None) -> Wanted:
        """The lists of a message that asks for some."""
        slots, from_ = request.slots, self._classifier.named_from
        before = last.listing.wanted if last and last.listing else None
        kept = before.kinds if before and reading.acts[Act.RESHAPE] >= OFFERED else ()  # "the same for the police"
        likely_kinds = tuple(kind for kind in ItemKind if reading.kinds[kind] >= from_)
        asked = tuple(kind for kind in slots.kinds if kind in likely_kinds)
        aside = 0 < len(asked) < len(slots.kinds)  # "teachers give four lessons": of the programme, and not asked for
        kinds = (asked if aside else slots.kinds) or kept or likely_kinds
        kinds = kinds or (max(reading.kinds, key=lambda kind: reading.kinds[kind]),)
        activities = slots.activities
        part_one = slots.part_one
        if not activities and not part_one:
            likely = max(reading.activities, key=lambda activity: reading.activities[activity])
            activities = (likely,) if reading.activities[likely] >= max(from_, reading.part_one) else ()
            part_one = not activities and reading.part_one >= from_
        described = bool(slots.people) or self._describes(request.stand_alone, request.language)
        description = request.stand_alone if described else ""
        if not activities and not part_one and before and not description:
            activities, part_one = before.activities, before.part_one
        if part_one and not activities:
            kinds = (ItemKind.QUESTION,)  # it has no other
        wanted = Wanted(
            kinds=kinds,
            activities=activities,
            part_one=part_one and ItemKind.QUESTION in kinds,
            levels=slots.levels if ItemKind.INDICATOR in kinds else (),
            description=description,
            details=slots.details if ItemKind.INDICATOR in kinds else (),
            most=0 if aside else slots.number,
            starter=slots.starter,
        )
        return _tidy(_leaving_out(wanted, slots.without))

    def _describes(self, text: str, language: str) -> bool:
        """Whether a message describes a programme: it says some words more than the slots name."""
        covered = [(mention.start, mention.end) for mention in self._lexicon.mentions(text, language)]
        rest = "".join(" " if any(a <= i < b for a, b in covered) else c for i, c in enumerate(text))
        return sum(not word.isdigit() for word in content_words(rest, language)) >= DESCRIBES

    def _reshaped(self, request: Request, last: Answer) -> Request:
        """A message that changes the last answer: another list, the question asked otherwise, or its form alone."""
        slots = request.slots
        if last.listing and (wanted := self._changed(last.listing.wanted, request)):
            return replace(request, act=Act.LIST, wanted=wanted)
        if slots.place or Form.EXPLAIN in slots.forms or Form.WHY in slots.forms:
            return replace(request, act=Act.ASK, stand_alone=_pointed_at(request, last), continued=True)
        if slots.kinds and not last.listing:
            spoken = self._lexicon.mentions(last.request.stand_alone, last.request.language)
            activities = slots.activities or slots_of(spoken, last.request.stand_alone).activities
            return replace(request, act=Act.LIST, wanted=Wanted(slots.kinds, activities, most=slots.number))
        if slots.forms or slots.number or slots.answer_language:
            return request
        return replace(request, act=Act.ASK, stand_alone=_continued(request, last), continued=True)

    def _changed(self, before: Wanted, request: Request) -> Wanted | None:
        """The list before with what the message names changed; None where it names nothing of a list."""
        slots, shown = request.slots, replace(before, rest=False, most=0)
        named = {m.name for m in self._lexicon.mentions(request.stand_alone, request.language) if m.section == "level"}
        levels = tuple(level for level in Level if level.value in named and level.value not in slots.without)
        wanted = _leaving_out(shown, slots.without)
        if slots.kinds and not (levels or slots.details):
            wanted = replace(wanted, kinds=_in_order(ItemKind, slots.kinds, shown.kinds if slots.adds else ()))
        if slots.activities or slots.part_one:
            activities = (*shown.activities, *slots.activities) if slots.adds else slots.activities
            part_one = slots.part_one or (slots.adds and shown.part_one)
            wanted = replace(wanted, activities=tuple(dict.fromkeys(activities)), part_one=part_one)
        elif slots.people:
            wanted = replace(wanted, about=slots.people)
        if "all" in named:
            wanted = replace(wanted, levels=())
        elif levels:
            kept = _in_order(Level, levels, shown.levels if slots.adds else ())
            wanted = replace(wanted, levels=kept if len(kept) < len(Level) else (), kinds=(ItemKind.INDICATOR,))
        if slots.details:
            details = _in_order(Detail, slots.details, shown.details)
            wanted = replace(wanted, details=details, kinds=(ItemKind.INDICATOR,))
        if slots.starter:
            wanted = replace(wanted, starter=True)
        if slots.number:
            return _tidy(replace(wanted, most=slots.number))
        if Form.REST in slots.forms and wanted == shown:
            return replace(wanted, rest=True)
        return None if wanted == shown and "all" not in named else _tidy(wanted)

    def _apart(self, request: Request) -> tuple[Request, Request | None]:
        """A message of which some parts surely ask for lists and others surely do not: as two requests."""
        text, language = request.stand_alone, request.language
        parts = parts_of(text, self._lexicon, language) if request.act in (Act.LIST, Act.ASK) else ()
        if len(parts) < 2:
            return request, None
        lists = [self._asks_for_list(part, language) for part in parts]
        listed = " ".join(part.text for part, is_list in zip(parts, lists, strict=True) if is_list)
        others = " ".join(part.text for part, is_list in zip(parts, lists, strict=True) if is_list is False)
        if None in lists or not listed or not others:
            return request, None
        asked = parts_of(others, self._lexicon, language)
        open_part = replace(request, act=Act.ASK, stand_alone=others, parts=asked, notice="")
        slots = slots_of(self._lexicon.mentions(listed, language), listed)
        return replace(request, stand_alone=listed, slots=slots), open_part

    def _asks_for_list(self, part: Part, language: str) -> bool | None:
        """None where that is not sure. A record that is named is asked for."""
        if any(mention.section == "list noun" for mention in self._lexicon.mentions(part.text, language)):
            return True
        acts = self._classifier.read(part.reads, "").acts
        lead = acts[Act.LIST] - acts[Act.ASK]
        return lead > 0 if abs(lead) >= SURE else None

    # -- choices ---------------------------------------------------------------------------------------------

    def _of_everything(self, request: Request, wanted: Wanted) -> bool:
        """Whether a list is of all types of activity, and too long to be read: nobody asked for all of it."""
        if Form.REST in request.slots.forms:
            return False
        open_ = not (wanted.activities or wanted.part_one or wanted.description or wanted.about or wanted.most)
        return open_ and self._count(wanted) > MANY

    def _by_activity(self, wanted: Wanted) -> tuple[Choice, ...]:
        """One choice a type of activity, then all of them."""
        each = [replace(wanted, activities=(activity,)) for activity in Activity]
        if ItemKind.QUESTION in wanted.kinds:
            each.append(replace(wanted, kinds=(ItemKind.QUESTION,), part_one=True, levels=(), details=()))
        return tuple(self._list_choice(one) for one in (*each, wanted))

    def _counted(self, choice: Choice) -> Choice:
        """With how many items its list has."""
        number = self._count(choice.then.wanted) if choice.then.wanted else 0
        return replace(choice, gives=_items(number)) if number else choice

    def _list_choice(self, wanted: Wanted) -> Choice:
        number = self._count(wanted)
        return Choice(choice_words(Act.LIST, _names(wanted)), Corrected(Act.LIST, wanted), _items(number))

    def _offered(
        self, request: Request, reading: Reading, decision: Decision, last: Answer | None
    ) -> tuple[Choice, ...]:
        """The other ways to understand it, likeliest first, each with what it would show; all of them where unsure."""
        found: list[Choice] = []
        for act in decision.likely:
            offered = decision.unsure or (act is not request.act and reading.acts[act] >= OFFERED)
            if act not in CHOSEN or not offered or len(found) == MOST_CHOICES:
                continue
            settled = self._settled(replace(request, act=act), reading, last, None)
            if settled.act is not act:
                continue
            if settled.wanted:
                found.append(self._list_choice(settled.wanted))
            else:
                made = term((request.slots.artefact or Artefact.TEXT).value)
                found.append(Choice(choice_words(act, made), Corrected(act)))
        if not found and request.act not in (Act.ASK, Act.LIST):
            found.append(Choice(choice_words(Act.ASK), Corrected(Act.ASK)))
        return tuple(found)


def on_screen(last: Answer | None) -> str:
    """What the last answer was, as the classifier is told it; '' where there is none."""
    if last is None:
        return ""
    if last.request.act in ENDS:
        return "refusal"
    return "list" if last.listing else "answer"


def _in_order(names: type[Named], *chosen: Sequence[Named]) -> tuple[Named, ...]:
    """All that were chosen, each once, in the order in which they are defined."""
    every = {name for some in chosen for name in some}
    return tuple(name for name in names if name in every)


def _tidy(wanted: Wanted) -> Wanted:
    """Part one holds questions; levels and details are of indicators."""
    if wanted.part_one and ItemKind.QUESTION not in wanted.kinds:
        wanted = replace(wanted, kinds=(ItemKind.QUESTION, *(wanted.kinds if wanted.activities else ())))
    return wanted if ItemKind.INDICATOR in wanted.kinds else replace(wanted, levels=(), details=())


def _leaving_out(wanted: Wanted, names: Sequence[str]) -> Wanted:
    """A list without what is named: kinds, activity types, levels, people, details."""
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
    kinds = reduce(_both, (term(f"{kind.value}s") for kind in wanted.kinds))
    if wanted.part_one and not wanted.activities:
        return _("{kinds} before an activity is chosen").format(kinds=kinds)
    if not wanted.activities:
        return _("{kinds} for all types of activity").format(kinds=kinds)
    places = pgettext("between", ", ").join(term(activity.value) for activity in wanted.activities)
    return _("{kinds} for {places}").format(kinds=kinds, places=places)


def _both(first: str, last: str) -> str:
    return _("{first} and {last}").format(first=first, last=last)


def _items(number: int) -> str:
    return ngettext("{n} item", "{n} items", number).format(n=number) if number else ""


def too_long() -> str:
    """What is said where a message was cut."""
    text = _("The question was longer than {number} characters; only its end was read.")
    return text.format(number=MAX_QUESTION)


def starts() -> tuple[Choice, ...]:
    """What is offered where a message says too little."""
    by_type = _("by type of activity")
    first = Wanted((ItemKind.QUESTION,), (), True)
    return (
        Choice(_("The questions to ask before a programme is designed"), Corrected(Act.LIST, first)),
        Choice(
            _("Indicators: how to see whether it works"),
            Corrected(Act.LIST),
            by_type,
            question=_("Which indicators are there?"),
        ),
        Choice(
            _("Lessons from programmes so far"), Corrected(Act.LIST), by_type, question=_("Which lessons are there?")
        ),
        Choice(_("What this assistant can do"), Corrected(Act.ABOUT), question=_("What can you do?")),
    )


def _leaning(request: Request, last: Answer) -> Request:
    """A question with what it leaves out, from the last one: its topic before it."""
    if last.request.act not in (Act.ASK, Act.LIST, Act.DRAFT):
        return request
    whole = _pointed_at(request, last) if request.slots.place else _continued(request, last)
    return replace(request, stand_alone=whole, continued=True)


def _continued(request: Request, last: Answer) -> str:
    """The last question, then this one."""
    asked = last.request.asked if last.listing else last.request.stand_alone
    return continued(asked, request.stand_alone)


def _pointed_at(request: Request, last: Answer) -> str:
    """This question after the item of the last answer that it points at, else after the last question."""
    place = request.slots.place
    shown = last.statements
    if place and shown and -len(shown) <= place <= len(shown):
        item = shown[place - 1 if place > 0 else place].text
        return continued(item, request.stand_alone)
    return _continued(request, last)


def _end_of(asked: str) -> str:
    """The last whole words of a message that is too long: what is asked mostly stands at the end."""
    return asked if len(asked) <= MAX_QUESTION else asked[-MAX_QUESTION:].partition(" ")[2] or asked[-MAX_QUESTION:]
