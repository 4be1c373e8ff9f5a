"""A message after a list: what it changes in what was wanted.

"only outcomes" narrows, "and outputs?" widens, "also livelihoods" adds, "what about livelihoods?" changes, "the rest"
goes on. A full question of its own starts afresh, and what asks for no list is None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.toolkit.recognise_kinds import KINDS, in_order
from assistant.toolkit.recognise_narrow import STARTER, all_levels, details_in, groups_in, levels_in
from assistant.toolkit.recognise_other import asks_of_words_or_documents
from assistant.toolkit.recognise_words import PART_ONE, activities_in
from assistant.types import Wanted
from corpus.toolkit_types import ItemKind, Level
from corpus.types import Activity

SHORT = 12  # words; a longer message is a question or a description of its own
_COURTESY = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?|thank you|great|good|fine|perfect|super|nice|i see|hmm+|right|yes|no|please|well"
    r"|so|sure|cool|got it|alright|hi|hello"
    r"|merci|gracias|спасибо)\b[\s,.!;:-]*)+",
    re.I,
)
_ADDS = re.compile(
    r"^(?:and|plus|also|as well|add|include|including|with|along with|together with|et|y|и|а также|también"
    r"|aussi)\b(?! what about)"
    r"|\b(?:also|as well|too|in addition|on top|besides|additionally|aussi|también)\b|^(?:can you |could you "
    r"|please )?(?:add|include)\b",
    re.I,
)
_ONLY = re.compile(
    r"\b(?:only|just|nothing but|limit(?:ed)?|restrict(?:ed)?|keep|filter|narrow|solely|exclusively|seulement"
    r"|uniquement|solo|sólo|solamente|только)\b|فقط|只|仅",
    re.I,
)
_WITHOUT = re.compile(r"\b(?:without|drop|remove|leave out|except|exclude|excluding|not|no|skip|hide|forget)\b", re.I)
_REST = re.compile(
    r"^(?:(?:and|now|then|show|give|list|see|what about|what are|where are|let|me|us|i|want|to|can|could|you|please"
    r"|ok|display|are|there|any|have|"
    r"also) )*(?:the )?(?:rest(?: of (?:them|it|the list|these|those|the (?:indicators|questions|lessons)))?"
    r"|remaining(?: ones| \w+)?|others?(?: ones| indicators"
    r"| questions| lessons| items)?|other ones|more(?: of (?:them|these|those)| indicators| questions| lessons"
    r"| items| please)?|next(?: ones)?|continue|go on"
    r"|anything else|what else|which else|further (?:ones|indicators|questions|lessons)|missing ones|las demás"
    r"|los demás|el resto|le reste|les autres|остальн\w+"
    r"|ещ[её]|المزيد|البقية|其他的?|其余|更多)\W*(?:please|too|as well)?\W*$",
    re.I,
)
_ALL = re.compile(
    r"^(?:(?:and|now|then|show|give|list|see|display|let|me|us|i|want|to|can|could|would|you|please|ok|just|have"
    r"|what are|the) )*(?:them )?(?:all|everything|all of"
    r" (?:them|it|these|those)|(?:the )?(?:full|complete|whole|entire) (?:list|set|lists)|every (?:one|single one"
    r"|item)|all (?:the )?(?:items|ones|indicators|questions|lessons)"
    r"|all (?:\d+|seven|\w+een)(?: of them)?|tous|toutes|todos|todas|все|الكل|全部)\W*(?:please|of them|again)?\W*$",
    re.I,
)
_RESET = re.compile(
    r"\b(?:start (?:over|again|afresh)|reset|new search|without (?:the |my |our )?(?:description|details?|filters?"
    r"|narrowing|programme)|(?:ignore|forget|drop|remove) (?:the |my |our |that |what i )"
    r"(?:description|programme|project|filters?|details?|said)|clear (?:the |all )?(?:filters?|everything"
    r"|description)|no filters?|for everyone|for everybody|all groups)\b",
    re.I,
)
_GO_ON = re.compile(
    r"^(?:(?:and|also|but|now|then|so) )*(?:what about|how about|same for|the same for|and for|instead|rather"
    r"|switch to|change to|show|give|list|add|include|i need|i want|we need|i meant|i mean"
    r"|what are|which|for|about|on|with|only|just|keep|without|not|no|remove|drop|et pour|y para|а для"
    r"|qu'en est-il de|¿?qué hay de)\b",
    re.I,
)
_OPEN = re.compile(
    r"^(?:(?:and|but|so|then|ok) )*(?:why|who|whom|whose|when|where|since when|really|is (?:that|this|it|there)"
    r"|are (?:they|these|those|there)|does|do|did|was|were|explain|summari[sz]e"
    r"|what (?:does|do|did|is|are|was|were) (?!the (?:other|remaining|design|indicators?|questions?|lessons?"
    r"|outcomes?|outputs?|impacts?|rest|means|exactly)|counted|exactly|(?:we|they|you) count|lessons|indicators"
    r"|outcome|output|impact"
    r"|being counted|to be counted|the denominators?|the numerators?))\b",
    re.I,
)
_ASKS = re.compile(
    r"^(?:(?:and|but|so|then|also) )*(?:what|which|who|how|why|when|where|is|are|do|does|can|could|should|would"
    r"|will)\b",
    re.I,
)
_PROGRAMME = re.compile(
    r"\b(?:we|our|i|my|it|they|the (?:programme|program|project|campaign|shelter|participants|beneficiaries|people"
    r"|target group|team|budget))(?:['’](?:re|m|s))? ?(?:\w+ ){0,2}?"
    r"(?:work|works|working|target|targets|targeting|run|runs|running|have|has|are|is|operate|operates|plan|plans"
    r"|serve|serves|focus|focuses|reach|support|supports|cover|covers|live|lives|will|want|speak|come|take|takes"
    r"|last|lasts|train|trains)\b"
    r"|^(?:it is|it's|they are|this is|there are|the (?:programme|project|campaign|participants)) |^in \w+",
    re.I,
)


def follow(text: str, typed: str, before: Wanted, fresh: Wanted | None) -> Wanted | None:
    """What is wanted after a list. `text`: the message, typing errors mended; `typed`: as it was typed.

    `fresh`: what the message asks for when it is read alone; used where it stands on its own.
    """
    stem = _COURTESY.sub("", text).strip(" ¿¡").rstrip(" ?!.。？！؟…")
    if not stem:
        return None
    words = len(stem.split())
    if _RESET.search(stem):
        return replace(before, description="", levels=(), about=(), rest=False)
    if _REST.match(stem):
        return replace(before, rest=True)
    if _ALL.match(stem):
        return _all(stem, before)
    if fresh is not None and _stands_alone(stem, fresh):
        return fresh
    if words <= SHORT and not _is_open(stem):
        changed = _changed(stem, before)
        if changed is not None:
            return changed
    if fresh is not None:
        return fresh if fresh.activities or fresh.part_one else _carried(fresh, before)
    if not _ASKS.match(stem) and "?" not in text and _PROGRAMME.search(stem):
        return _described(typed, stem, before)
    return None


def _all(stem: str, before: Wanted) -> Wanted:
    """'show me all': nothing is left out, whatever was narrowed; a kind that is named is taken."""
    named = {kind for kind, words in KINDS if words.search(stem)}
    return replace(before, kinds=in_order(named) or before.kinds, levels=(), about=(), rest=False)


def _is_open(stem: str) -> bool:
    return bool(_OPEN.match(stem) and not details_in(stem)) or (
        asks_of_words_or_documents(stem) and not details_in(stem)
    )


def _stands_alone(stem: str, fresh: Wanted) -> bool:
    """A question that names its activity, and neither goes on ('what about') nor adds ('also')."""
    if _GO_ON.match(stem) and not re.match(r"^(?:which|what are|show|give|list|i need|i want|we need)\b", stem, re.I):
        return False
    return bool(fresh.activities or fresh.part_one) and not _ADDS.search(stem) and len(stem.split()) > 3


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
    adds, only, without = bool(_ADDS.search(stem)), bool(_ONLY.search(stem)), bool(_WITHOUT.search(stem))
    wanted = replace(before, rest=False)
    touched = False
    details = details_in(stem)
    if details:
        kept = tuple(d for d in before.details if d not in details)
        every = set(kept) if without else {*before.details, *details}
        wanted = replace(wanted, details=tuple(d for d in type(details[0]) if d in every))
        return _with_indicators(wanted)
    if STARTER.search(stem):
        wanted, touched = replace(wanted, starter=not without or "icat" in stem.lower()), True
    levels = levels_in(stem, alone=True)
    if all_levels(stem):
        wanted, touched = replace(wanted, levels=()), True
    elif levels:
        wanted, touched = _with_indicators(replace(wanted, levels=_levels(levels, before.levels, adds, without))), True
    kinds = [kind for kind, words in KINDS if words.search(stem)]
    if kinds:
        wanted, touched = replace(wanted, kinds=_kinds(set(kinds), before.kinds, adds and not only, without)), True
    activities = activities_in(stem, weak=False)
    if activities or PART_ONE.search(stem):
        wanted, touched = _at(wanted, activities, bool(PART_ONE.search(stem)), adds and not only, without), True
    groups = groups_in(stem)
    if groups and not touched and _narrows(stem):
        wanted, touched = replace(wanted, about=(*before.about, *groups) if adds and before.about else groups), True
    return wanted if touched else None


def _narrows(stem: str) -> bool:
    """'for children', 'women?', 'only on migrants': a group and little else."""
    rest = re.sub(
        r"\b(?:and|or|also|only|just|for|about|on|with|what|how|the|ones|those|that|which|speak|of|mention|concern"
        r"|concerning|as|well|too|please|show|me|keep|add|is"
        r"|are|there|any|anything|specifically|especially|particularly|regarding|indicators?|questions?|lessons?"
        r"|focus|focus on|narrow|down|to|it|them|filter|by|instead|but|now)\b",
        " ",
        stem,
        flags=re.I,
    )
    return len(rest.split()) <= len(" ".join(groups_in(stem)).split()) + 1


def _levels(named: tuple[Level, ...], before: tuple[Level, ...], adds: bool, without: bool) -> tuple[Level, ...]:
    chosen = set(before or Level) - set(named) if without else {*named, *(before if adds else ())}
    return () if len(chosen) in (0, len(Level)) else tuple(level for level in Level if level in chosen)


def _kinds(named: set[ItemKind], before: tuple[ItemKind, ...], adds: bool, without: bool) -> tuple[ItemKind, ...]:
    if without:
        return in_order(set(before) - named) or before
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
    """More about the programme: fitting items come first. The activities asked for stay."""
    said = _COURTESY.sub("", typed).strip(" .!")
    description = f"{before.description}. {said}" if before.description else said
    activities = before.activities or activities_in(stem, weak=False)
    return replace(before, description=description, activities=activities, rest=False)
