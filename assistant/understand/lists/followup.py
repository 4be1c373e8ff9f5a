"""A message after a list: what it changes in what was wanted.

"only outcomes" narrows, "and outputs?" widens, "also livelihoods" adds, "what about livelihoods?" changes, "the rest"
goes on. A full question of its own starts afresh, and what asks for no list is None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Wanted
from assistant.understand.lists.followup_words import (
    ADDS,
    ALL,
    ASKS,
    CORRECTS,
    COUNTS,
    COURTESY,
    EVERY,
    GO_ON,
    ICAT,
    OF_THE_LIST,
    ONLY,
    OPEN,
    PLACES,
    PRAISES,
    PROGRAMME,
    REQUESTS,
    RESET,
    REST,
    SHORT,
    SWITCHES,
    THE_LEVELS,
    WITHOUT,
)
from assistant.understand.lists.kinds import in_order, kinds_left_out, kinds_named
from assistant.understand.lists.kinds_words import KINDS, PROPOSAL
from assistant.understand.lists.narrow import STARTER, all_levels, details_in, groups_in, levels_in, levels_left_out
from assistant.understand.lists.other import asks_of_words_or_documents, defines
from assistant.understand.lists.part_one import PART_ONE
from assistant.understand.lists.subjects import of_another_subject
from assistant.understand.lists.words import activities_in
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity


def follow(text: str, typed: str, before: Wanted, fresh: Wanted | None) -> Wanted | None:
    """What is wanted after a list. `text`: the message, typing errors mended; `typed`: as it was typed.

    `fresh`: what the message asks for when it is read alone; used where it stands on its own.
    """
    stem = COURTESY.sub("", text).strip(" ¿¡").rstrip(" ?!.。？！؟…")
    if not stem:
        return None
    if PRAISES.search(stem) and "?" not in text and not ONLY.search(stem):
        return None
    if RESET.search(stem):
        return replace(before, description="", levels=(), about=(), rest=False)
    if REST.match(stem):
        return replace(before, rest=True)
    if ALL.match(stem):
        return _all(stem, before)
    if EVERY.search(stem) and len(stem.split()) <= SHORT and not _is_open(stem, fresh):
        named = {kind for kind, words in KINDS if words.search(stem)}
        return replace(before, kinds=in_order(named) or before.kinds, activities=(), part_one=False, rest=False)
    if _states(stem, text):
        return _described(typed, stem, before)
    if fresh is not None and _stands_alone(stem, fresh):
        return fresh
    if kinds_named(stem) and of_another_subject(stem):
        return fresh
    if len(stem.split()) <= SHORT and not _is_open(stem, fresh):
        changed = _changed(stem, before)
        if changed is not None:
            return _tidy(changed)
        if COUNTS.match(stem):
            return replace(before, rest=False)  # with its count
        if PLACES.match(stem) and "?" not in text:
            return _described(typed, stem, before)
    if fresh is not None:
        return fresh if fresh.activities or fresh.part_one else _carried(fresh, before)
    return None


def _states(stem: str, text: str) -> bool:
    """Whether something is told of the programme, and nothing is asked for."""
    if "?" in text or ASKS.match(stem) or GO_ON.match(stem) or CORRECTS.search(stem) or not PROGRAMME.search(stem):
        return False
    named = any(words.search(stem) for _, words in KINDS) or bool(PROPOSAL.search(stem))
    return not named and not asks_of_words_or_documents(stem)


def _all(stem: str, before: Wanted) -> Wanted:
    """'show me all': nothing is left out, whatever was narrowed; a kind that is named is taken."""
    named = {kind for kind, words in KINDS if words.search(stem)}
    return replace(before, kinds=in_order(named) or before.kinds, levels=(), about=(), rest=False)


def _is_open(stem: str, fresh: Wanted | None) -> bool:
    """Whether a message is a question of its own, and asks for no list."""
    if THE_LEVELS.match(stem) or REQUESTS.match(stem) or COUNTS.match(stem):
        return False
    if defines(stem):
        return True
    if details_in(stem) and OF_THE_LIST.search(stem):
        return False
    if OPEN.match(stem) or asks_of_words_or_documents(stem):
        return True
    return fresh is None and bool(ASKS.match(stem) and kinds_named(stem))


def _stands_alone(stem: str, fresh: Wanted) -> bool:
    """A question that names its activity, and neither goes on ('what about') nor adds ('also')."""
    if fresh.about and not activities_in(stem, weak=False):
        return False  # "indicators for men and boys": of the activity before
    if GO_ON.match(stem) and not re.match(r"^(?:which|what are|show|give|list|i need|i want|we need)\b", stem, re.I):
        return False
    return bool(fresh.activities or fresh.part_one) and not ADDS.search(stem) and len(stem.split()) > 3


def _carried(fresh: Wanted, before: Wanted) -> Wanted:
    """A question that names a kind but no activity is about the activity before."""
    return replace(
        fresh,
        activities=before.activities,
        part_one=before.part_one,
        description=fresh.description or before.description,
        starter=fresh.starter or before.starter,
    )


def _changed(stem: str, before: Wanted) -> Wanted | None:
    """The fields that a short message names, changed; None where it names none."""
    only = bool(ONLY.search(stem))
    adds = bool(ADDS.search(stem)) and not SWITCHES.search(stem)  # "and for prosecutors?" goes on to others
    without = bool(WITHOUT.search(stem)) and not CORRECTS.search(stem)
    wanted = replace(before, rest=False)
    touched = False
    asks = bool(ASKS.match(stem)) and not any(words.match(stem) for words in (REQUESTS, THE_LEVELS, COUNTS))
    details = details_in(stem)
    if details and (not asks or OF_THE_LIST.search(stem)):
        kept = tuple(d for d in before.details if d not in details)
        every = set(kept) if without else {*before.details, *details}
        wanted = _with_indicators(replace(wanted, details=tuple(d for d in type(details[0]) if d in every)))
        levels = _levels(stem, True, before.levels, adds, without)
        return wanted if levels is None else replace(wanted, levels=levels)
    if ICAT.search(stem) and not without:
        wanted, touched = replace(wanted, starter=False), True
    elif STARTER.search(stem):
        wanted, touched = replace(wanted, starter=not without or "icat" in stem.lower()), True
    levels = _levels(stem, not asks, before.levels, adds, without)
    if all_levels(stem):
        wanted, touched = replace(wanted, levels=()), True
    elif levels is not None:
        wanted, touched = _with_indicators(replace(wanted, levels=levels)), True
    kinds = _kinds(stem, before.kinds, adds and not only, without)
    if kinds is not None:
        wanted, touched = replace(wanted, kinds=kinds), True
    if asks:
        return wanted if touched else None  # "how can we protect victims in campaigns?" changes no activity
    return _narrowed(stem, wanted, adds and not only, without) or (wanted if touched else None)


def _narrowed(stem: str, wanted: Wanted, joins: bool, without: bool) -> Wanted | None:
    """With the activities, or else the groups, that a message names; None where it names none."""
    kept = _INSTEAD_OF.sub(" ", stem)
    groups = (groups_in(kept) if without else ()) or groups_in(stem)
    activities = activities_in(stem, weak=not groups and bool(GO_ON.match(stem) or ADDS.search(stem)))
    if kept != stem and activities_in(kept, weak=False):
        activities, without = activities_in(kept, weak=False), False
    part_one = bool(PART_ONE.search(stem))
    if activities or part_one:
        wanted = _at(wanted, activities, part_one, joins, without)
        return replace(wanted, description="") if CORRECTS.search(stem) else wanted
    if groups and _narrows(stem):
        about = (*wanted.about, *groups) if joins and wanted.about else groups
        return replace(wanted, about=tuple(dict.fromkeys(about)))
    return None


_INSTEAD_OF = re.compile(  # "not for women, for men", "legal framework instead of livelihoods"
    r"\bnot (?:for |about |on )?(?:the )?(?:[\w-]+ ){0,2}?[\w-]+(?=,|$| but)|\b(?:instead of|rather than) [^,]+", re.I
)


def _tidy(wanted: Wanted) -> Wanted:
    """Part one holds questions, levels and details are of indicators."""
    if wanted.part_one and ItemKind.QUESTION not in wanted.kinds:
        kinds = in_order({*wanted.kinds, ItemKind.QUESTION}) if wanted.activities else (ItemKind.QUESTION,)
        wanted = replace(wanted, kinds=kinds)
    return wanted if ItemKind.INDICATOR in wanted.kinds else replace(wanted, levels=(), details=())


def _narrows(stem: str) -> bool:
    """'for children', 'women?', 'only on migrants': a group and little else."""
    rest = re.sub(
        r"\b(?:and|or|also|only|just|for|about|on|with|what|how|the|ones|those|that|which|speak|of|mention|concern"
        r"|concerning|as|well|too|please|show|me|keep|add|is"
        r"|are|there|any|anything|specifically|especially|particularly|regarding|indicators?|questions?|lessons?"
        r"|focus|focus on|narrow|down|to|it|them|filter|by|instead|but|now|can|could|you|we|i|see|want|need|list"
        r"|display|give|have|do|which|items?"
        r"|et|pour|les|la|las|los|de|des|y|para|а|и|для|на|por|sobre|sur|lo)\b",
        " ",
        stem,
        flags=re.I,
    )
    return len(rest.split()) <= len(" ".join(groups_in(stem)).split()) + 1


def _levels(stem: str, alone: bool, before: tuple[Level, ...], adds: bool, without: bool) -> tuple[Level, ...] | None:
    """The levels wanted after a message that names some, () for all; None where it names none."""
    if levels_left_out(stem):
        return levels_in(stem, alone, among=before)
    named = levels_in(stem, alone)
    if not named:
        return None
    chosen = set(before or Level) - set(named) if without else {*named, *(before if adds else ())}
    return () if len(chosen) in (0, len(Level)) else tuple(level for level in Level if level in chosen)


def _kinds(stem: str, before: tuple[ItemKind, ...], adds: bool, without: bool) -> tuple[ItemKind, ...] | None:
    """The kinds wanted after a message that names some; None where it names none."""
    named, left_out = set(kinds_named(stem)), set(kinds_left_out(stem))
    if left_out:
        return in_order(named or set(before) - left_out) or before
    if not named:
        return None
    if without:
        chosen = set(kinds_named(WITHOUT.split(stem)[0]))
        return in_order(chosen or set(before) - named) or before
    return in_order({*named, *before} if adds else named)


def _at(wanted: Wanted, activities: tuple[Activity, ...], part_one: bool, adds: bool, without: bool) -> Wanted:
    if without:
        kept = tuple(a for a in wanted.activities if a not in activities)
        return replace(wanted, activities=kept or wanted.activities)
    if adds and (wanted.activities or wanted.part_one):
        every = tuple(dict.fromkeys((*wanted.activities, *activities)))
        return replace(wanted, activities=every, part_one=wanted.part_one or part_one)
    return replace(wanted, activities=activities, part_one=part_one)


def _with_indicators(wanted: Wanted) -> Wanted:
    """Levels and details are of indicators: where the list had none, it is now one of indicators."""
    return wanted if ItemKind.INDICATOR in wanted.kinds else replace(wanted, kinds=(ItemKind.INDICATOR,))


def _described(typed: str, stem: str, before: Wanted) -> Wanted:
    """More about the programme: fitting items come first. Another activity that it names is added."""
    said = COURTESY.sub("", typed).strip(" .!")
    description = f"{before.description}. {said}" if before.description else said
    activities = tuple(dict.fromkeys((*before.activities, *activities_in(stem, weak=False))))
    if not before.activities and before.part_one:
        activities = ()
    return replace(before, description=description, activities=activities, rest=False)
