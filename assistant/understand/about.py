"""Questions about the assistant itself, answered in the project's own words: the act `about`, and what is off topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from assistant.texts.catalogue import _, pgettext, replying
from assistant.types import Answer, Done, Event, Request, Turn
from assistant.understand.lexicon import Lexicon
from corpus.quick_yaml import read_yaml

SOURCE = "about.yaml"
USUAL = "what"  # where nothing in particular is asked
TITLES = 12  # more are counted


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """What is on this machine, in numbers and titles."""

    titles: tuple[str, ...]  # of all texts to search
    originals: int
    starters: int  # texts written for this project
    lessons: int
    questions: int
    indicators: int
    starter_lists: bool  # whether any of the lists are the project's own


class About:
    """Answers questions about the assistant. Holds no conversation; safe to share between threads."""

    def __init__(self, lexicon: Lexicon, facts: Callable[[], LibraryFacts], writer: Callable[[], str] = str) -> None:
        """`facts` are looked up at each question: documents come and go while the page is served.

        `writer` gives one sentence on the language model that is set, in the language spoken; "" without one."""
        self._lexicon = lexicon
        self._facts = facts
        self._writer = writer

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """One Done, told in paragraphs."""
        yield Done(Answer(request, told=self._told(request)))

    def _told(self, request: Request) -> tuple[str, ...]:
        mentions = self._lexicon.mentions(request.asked, request.language)
        topics = [mention.name for mention in mentions if mention.section == "about"]
        topic = min(topics, key=list(_paragraphs()).index, default=USUAL)
        with replying(request.language):
            values = _values(self._facts(), self._writer())
            return tuple(pgettext("about", each).format_map(values).strip() for each in _paragraphs()[topic])


def _values(facts: LibraryFacts, writer: str) -> Mapping[str, object]:
    more = len(facts.titles) - TITLES
    return {
        **asdict(facts),
        "publications": len(facts.titles),
        "titles": "; ".join(facts.titles[:TITLES]) + (_("; and {more} more").format(more=more) if more > 0 else ""),
        "whose": _("They were written for this project and are not ICAT's own.") if facts.starter_lists else "",
        "writer": writer,
    }


@cache
def _paragraphs() -> Mapping[str, Sequence[str]]:
    """By topic; of several in one message, the one that stands last in the file counts most."""
    told = read_yaml((files(__package__) / SOURCE).read_text(encoding="utf-8"))
    return dict(reversed(told.items()))
