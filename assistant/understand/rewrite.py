"""Follow-ups made stand-alone, by rules, from the turns before: what is typed stays, what it leaves out is added.

Three kinds: a fragment that narrows the last question ("and for children?", "only outcomes"), a word that points
back ("its indicators", "the second one"), and a question too bare to be looked up ("why?", "more"). Everything
else is a question of its own and is left as it was typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.show.words import printable
from assistant.types import Answer, Turn
from assistant.understand.followups import (
    BARE,
    COURTESY,
    EMPTY_IT,
    END,
    FRAGMENT,
    FRAGMENT_ELSEWHERE,
    IT,
    JOINED,
    LABELLED,
    LEAD_IN,
    LIGHT,
    OPENER,
    ORDINAL,
    PLACES,
    PLURAL,
    POINTER,
    RELATIONAL,
    SAID_OF_DOCUMENTS,
    SINGULAR,
    SLOTS,
    UNSPACED,
    WORD,
)
from assistant.understand.kinds import QUESTION_MARKS

MAX_TOPIC = 300  # characters taken over from earlier turns
MAX_WORDS = 14  # a longer message brings its own context
MAX_ITEM = 200  # characters of a statement that is pointed at
ANOTHER_PART = re.compile(r"[,;]? and (?=(?:how|what|which|who|when|where|why|should|can|is|are|does|do)\b)", re.I)


def stand_alone(question: str, turns: Sequence[Turn]) -> str:
    """The question with what it leaves out, from the last turn that was answered or tried.

    A question that is complete, or that follows nothing, comes back as it is. No content word that was typed is lost.
    """
    last = next((turn.answer for turn in reversed(turns) if turn.answer.refusal is None), None)
    typed = printable(question)
    stem = END.sub("", COURTESY.sub("", typed.lstrip("¿¡ ")))
    if last is None or not stem:
        return question
    bare = END.sub("", JOINED.sub("", stem))
    if len(WORD.findall(stem)) > MAX_WORDS:
        return question
    pointed = _pointed_at(stem, last)
    if pointed:
        return f"{stem}: {pointed}?"
    if BARE.fullmatch(bare) or BARE.fullmatch(stem):
        return f"{stem}: {_topic(last)}?"
    points_back = _points_back(bare)
    if _is_fragment(stem, typed) and not points_back:
        return _narrowed(stem, last)
    if points_back or _is_relational(bare):
        return f"{stem}: {_referent(bare, last)}?"
    return question


def _pointed_at(stem: str, last: Answer) -> str:
    """The statement of 'the second one' or the source of '[2]'; '' when none is meant or there is none."""
    label = LABELLED.search(stem)
    if label:
        number = int(label.group(1) or label.group(2))
        passages = last.evidence.passages
        return printable(passages[number - 1].publication.title) if 1 <= number <= len(passages) else ""
    ordinal = ORDINAL.search(stem)
    if not ordinal or not last.statements:
        return ""
    name = next(group for group in ordinal.groups() if group).lower()
    place = int(name) - 1 if name.isdigit() else PLACES[name]
    if place >= len(last.statements):
        return ""
    return _cut(END.sub("", printable(last.statements[place].text)), MAX_ITEM)


def _is_fragment(stem: str, typed: str) -> bool:
    """Whether only a part of a question was typed: 'for children', 'only outcomes', 'women?'."""
    if FRAGMENT_ELSEWHERE.match(stem):
        return True
    rest = re.sub(r"^(?:and |but |or |so )?(?:what|how) about ", "", stem, flags=re.I)
    if OPENER.search(rest):
        return False
    if FRAGMENT.match(stem):
        return True
    few = len(WORD.findall(stem)) <= 2 and (len(stem) <= 4 or not UNSPACED.search(stem))
    return few and typed.endswith(QUESTION_MARKS)


def _narrowed(stem: str, last: Answer) -> str:
    """The last question with the fragment put in the place of its like, or after it."""
    before = _last_question(last)
    for values in SLOTS:
        pattern = re.compile(rf"\b(?:{'|'.join(values)})\b", re.I)
        new, old = pattern.findall(stem), list(pattern.finditer(before))
        rest = WORD.findall(pattern.sub(" ", stem))
        alone = all(word.lower() in LIGHT for word in rest)
        if len(new) == 1 and old and alone and new[0].lower() not in before.lower():
            return before[: old[0].start()] + new[0] + before[old[0].end() :] + "?"
    return f"{before}, {stem[0].lower()}{stem[1:]}?"


def _points_back(bare: str) -> bool:
    """Whether a word stands for something that the question itself does not name.

    In a question of two parts, the second may point at what the first names.
    """
    first, *later = ANOTHER_PART.split(bare, maxsplit=1)
    if later and OPENER.search(first):
        if _is_relational(first):
            return True
        if any(word.lower() not in LIGHT and not IT.fullmatch(word) for word in WORD.findall(first)):
            return _points_back(first)
    if POINTER.search(bare):
        return True
    without = EMPTY_IT.sub(" ", bare)
    pronoun = IT.search(without)
    if not pronoun:
        return False
    before = without[: pronoun.start()]
    if pronoun.group().lower() in ("they", "them", "their", "theirs", "these", "those"):
        return not PLURAL.search(before)
    return not SINGULAR.search(before)


def _is_relational(bare: str) -> bool:
    """'What are the risks?': nothing is named but a side of something that was."""
    words = [word.lower() for word in WORD.findall(bare)]
    content = [word for word in words if word not in LIGHT]
    definite = {"the", "any", "its", "other", "more", "else", "next"} & set(words)
    return bool(content and definite) and len(content) <= 3 and set(content) <= RELATIONAL


def _referent(bare: str, last: Answer) -> str:
    """The publication that was cited most, where the question is about a document; else the topic."""
    cited = Counter(quote.publication for statement in last.statements for quote in statement.quotes)
    if cited and SAID_OF_DOCUMENTS.search(bare):
        titles = {p.publication.id: p.publication.title for p in last.evidence.passages}
        id, uses = cited.most_common(1)[0]
        if uses * 2 > cited.total() and id in titles:
            return printable(titles[id])
    return _topic(last)


def _topic(last: Answer) -> str:
    """What the last question was about: the question without the words that make it one."""
    before = _last_question(last)
    topic = LEAD_IN.sub("", before)
    return topic if any(word.lower() not in LIGHT for word in WORD.findall(topic)) else before


def _last_question(last: Answer) -> str:
    """The last question, stand-alone, without its story where it has one and without its end mark."""
    query = last.query
    enough = [word for word in WORD.findall(query.question) if word.lower() not in LIGHT]
    text = query.question if len(enough) >= 2 else query.stand_alone
    return _cut(END.sub("", printable(text)), MAX_TOPIC)


def _cut(text: str, length: int) -> str:
    """At most `length` characters, whole words where it has them."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0]
