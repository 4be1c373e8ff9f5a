"""What a reader can change in a list with one press: every choice, with what would then be asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import shorten

from assistant.show import words
from assistant.show.words import capital, say
from assistant.types import Detail, Listing, Wanted
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked for or not, and what pressing it would ask for instead."""

    name: str
    pressed: bool
    then: Wanted | None  # None: it has to stay as it is
    rest: str = ""  # of its full name


@dataclass(frozen=True, slots=True)
class ChipRow:
    """Choices of one sort. `none` says what it means that none of them is pressed; '' where one always is."""

    name: str
    choices: tuple[Chip, ...]
    none: str = ""


def rows(wanted: Wanted) -> tuple[ChipRow, ...]:
    """Kinds, activity types, levels where indicators are asked for, and what else narrows or orders the list."""
    found = [
        ChipRow(say("chips.what"), tuple(_kinds(wanted))),
        ChipRow(say("chips.for"), tuple(_activities(wanted)), say("chips.all_activities")),
    ]
    if ItemKind.INDICATOR in wanted.kinds:
        found.append(ChipRow(say("chips.level"), tuple(_levels(wanted)), say("chips.all_levels")))
    more = tuple(_more(wanted))
    return (*found, ChipRow(say("chips.also"), more)) if more else tuple(found)


def suggestions(listing: Listing) -> tuple[tuple[str, Wanted], ...]:
    """(what would be asked, what it asks for): steps that make sense after this list."""
    wanted, found = listing.wanted, []
    levels = {listed.item.level for listed in listing.items if listed.item.level}
    first = sum(listed.first for listed in listing.items)
    if 0 < first < len(listing.items):
        found.append((say("then.rest"), replace(wanted, rest=True)))
    if Level.OUTCOME in levels and len(levels) > 1:
        found.append((say("then.outcomes"), replace(wanted, kinds=(ItemKind.INDICATOR,), levels=(Level.OUTCOME,))))
    verified = any(listed.item.verification for listed in listing.items)
    if verified and Detail.VERIFICATION not in wanted.details:
        details = tuple(detail for detail in Detail if detail in wanted.details or detail is Detail.VERIFICATION)
        found.append((say("then.verification"), replace(wanted, details=details)))
    if not wanted.starter and any(listed.item.origin is Origin.PUBLICATION for listed in listing.items):
        found.append((say("then.starter"), replace(wanted, starter=True, rest=False)))
    plain = replace(wanted, levels=(), details=(), rest=False)
    if ItemKind.QUESTION not in wanted.kinds:
        found.append((say("then.questions"), replace(plain, kinds=(ItemKind.QUESTION,))))
    elif ItemKind.INDICATOR not in wanted.kinds and (wanted.activities or not wanted.part_one):
        found.append((say("then.indicators"), replace(plain, kinds=(ItemKind.INDICATOR,), part_one=False)))
    return tuple(found) if listing.items else ()


def _kinds(wanted: Wanted) -> Iterator[Chip]:
    for kind in ItemKind:
        on = kind in wanted.kinds
        kinds = tuple(k for k in ItemKind if (k in wanted.kinds) != (k is kind))
        yield Chip(say(f"chips.kinds.{kind}"), on, _of_kinds(wanted, kinds) if kinds else None)


def _of_kinds(wanted: Wanted, kinds: tuple[ItemKind, ...]) -> Wanted:
    """What only indicators have goes with them."""
    if ItemKind.INDICATOR not in kinds:
        wanted = replace(wanted, levels=(), details=())
    return replace(wanted, kinds=kinds, rest=False)


def _activities(wanted: Wanted) -> Iterator[Chip]:
    for activity in Activity:
        name = say(f"chips.activities.{activity}")
        on = activity in wanted.activities
        others = tuple(a for a in wanted.activities if a is not activity)
        # What was just chosen comes first: it is what the reader missed.
        activities = others if on else (activity, *others)
        yield Chip(name, on, replace(wanted, activities=activities, rest=False), _rest(name, words.label(activity)))
    if wanted.part_one:
        yield Chip(say("chips.before"), True, replace(wanted, part_one=False, rest=False))
    else:
        kinds = wanted.kinds if ItemKind.QUESTION in wanted.kinds else (ItemKind.QUESTION,)  # it has no other kind
        yield Chip(say("chips.before"), False, replace(_of_kinds(wanted, kinds), part_one=True))


def _rest(name: str, whole: str) -> str:
    """What a short name leaves out, for who cannot see its row: ' capacity', else the whole in brackets."""
    if whole.casefold().startswith(name.casefold()):
        return whole[len(name) :]
    return f" ({whole})"


def _levels(wanted: Wanted) -> Iterator[Chip]:
    for level in Level:
        levels = tuple(each for each in Level if (each in wanted.levels) != (each is level))
        all_of_them = len(levels) == len(Level)
        then = replace(wanted, levels=() if all_of_them else levels, rest=False)
        yield Chip(capital(words.label(level)), level in wanted.levels, then)


def _more(wanted: Wanted) -> Iterator[Chip]:
    """What is in force beyond kind, place and level; a press takes it away."""
    if wanted.about:
        yield Chip(
            say("more.about", about=words.joined(wanted.about, "or")), True, replace(wanted, about=(), rest=False)
        )
    if wanted.description:
        described = shorten(words.printable(wanted.description), 48, placeholder=" …")
        yield Chip(say("more.fits", described=described), True, replace(wanted, description="", rest=False))
    for detail in wanted.details:
        others = tuple(each for each in wanted.details if each is not detail)
        yield Chip(capital(words.label(detail)), True, replace(wanted, details=others))
    if wanted.rest:
        yield Chip(say("more.rest"), True, replace(wanted, rest=False))
    if wanted.starter:
        yield Chip(say("more.starter"), True, replace(wanted, starter=False))
