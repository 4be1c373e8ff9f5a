"""The five functions for programs. Each takes what was checked (`calls`), and gives JSON of a type of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field

from assistant.assistant import Assistant
from assistant.errors import CallError
from assistant.program.records import cited_of, draft_of, list_of, passage_of
from assistant.program.types import AnswerJson, CitedJson, DraftJson, ListJson, SearchJson
from assistant.review.locate import Shelves
from assistant.settings import Contact
from assistant.show.outline import said_beside
from assistant.show.record import answer_in_full
from assistant.types import Act, Artefact, Corrected, Status, Turn, Wanted
from corpus.language import short_language
from corpus.library import Library
from corpus.toolkit.types import ItemKind
from corpus.types import Activity, Publication

MAX_QUESTION = 8000  # characters; the box of the page takes no more
MAX_QUOTE = 8000
MOST_PASSAGES = 50
MOST_BEFORE = 4  # questions before one; a follow-up looks back no further
ENDED = (Status.URGENT, Status.REFUSED)  # of these, no draft is made
NO_THEME = "theme: it names nothing that a draft can be about; say it in other words"

PartOne = Literal["part one"]  # the questions before an activity is chosen
Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
Described = Annotated[str, Field(max_length=MAX_QUESTION)]
Quoted = Annotated[str, Field(min_length=1, max_length=MAX_QUOTE)]


class Program:
    """The assistant as functions. Holds no conversation; safe to share between threads."""

    def __init__(self, assistant: Callable[[], Assistant], library: Library, contacts: Sequence[Contact]) -> None:
        """`assistant` waits until it is opened, and raises what opening raised."""
        self._assistant = assistant
        self._library = library
        self._contacts = contacts

    def search(self, query: Question, limit: Annotated[int, Field(ge=1, le=MOST_PASSAGES)] = 8) -> SearchJson:
        """Finds the passages of the publications nearest to a query, best first, each with its source and pages."""
        hits = self._assistant().passages.search(query, limit=limit, language=short_language(query))
        return {"passages": [passage_of(hit, self._library) for hit in hits]}

    def ask(
        self, question: Question, conversation: Annotated[list[Question], Field(max_length=MOST_BEFORE)] = ()
    ) -> AnswerJson:
        """Answers a question from the publications; every statement is tied to quotes, word for word, with their page.

        `conversation`: the questions before it, oldest first, for one that leans on them. `status` says how it ended:
        "closest" and "no evidence" are no answers; where it is "urgent" or "refused", pass on what `said` says. Unless
        a language model is set, no word of a statement is from one; `written_by` names it.
        """
        assistant = self._assistant()
        turns: tuple[Turn, ...] = ()
        for asked in conversation:
            turns += (Turn(assistant.masking.read(asked).text, assistant.quoting.answer(asked, turns)),)
        answer = assistant.answer(question, turns)
        return AnswerJson(**answer_in_full(answer, said_beside(answer, self._contacts)))

    def list_items(
        self,
        activity: Activity | PartOne | None = None,
        kind: ItemKind | None = None,
        describes: Described = "",
    ) -> ListJson:
        """Lists lessons, design questions and indicators for one type of activity, complete and each with its source.

        "part one" has the questions to ask before an activity is chosen. Without `activity`, these and all seven types;
        without `kind`, all three. `describes`: a programme in plain words; what fits it comes first, the rest follows.
        """
        kinds = (kind,) if kind else tuple(ItemKind)
        activities = tuple(each for each in Activity if activity in (each, None))
        part_one = activity in (None, *get_args(PartOne))
        wanted = Wanted(kinds, activities, part_one, description=describes.strip())
        answer = self._assistant().quoting.answer(describes, corrected=Corrected(Act.LIST, wanted))
        return list_of(answer, self._library)

    def draft(self, what: Artefact, theme: Question) -> DraftJson:
        """Drafts something to work on, such as a session plan, of quotes of the publications on a theme.

        `theme` may also say for whom, and how long it takes: "first contact, for labour inspectors, 90 minutes". Lines
        that rest on quotes have them; the others (headings, tasks, blanks) are the program's own. Also as Markdown.
        """
        assistant = self._assistant().quoting
        theme = assistant.masking.read(theme.strip()).text
        message = theme if what is Artefact.TEXT else f"{what}: {theme}"
        answer = assistant.answer(message)  # read as if it were typed: what the chat refuses is refused
        if answer.draft is None and answer.status not in ENDED:
            answer = assistant.answer(message, corrected=Corrected(Act.DRAFT))
        if answer.status is Status.ASKED_BACK:
            raise CallError(NO_THEME)
        return draft_of(answer, message, self._contacts, date.today())

    def cite(self, publication: Question, quote: Quoted) -> CitedJson:
        """Checks whether words stand in a publication, one by one, and gives their page and the reference.

        `publication`: its id or title. White space, and how quotation marks and dashes are written, make no
        difference. Where the words stand in another publication instead, that one is given, as `elsewhere`.
        """
        shelves = Shelves(self._library)
        named = self._named(publication, shelves)
        place = shelves.find(quote, named, "")
        id = place[0].publication.id if place else ""
        return cited_of(named, place, self._library.layer(id) or self._library.original(id))

    def _named(self, name: str, shelves: Shelves) -> Publication:
        """The publication of an id or a title. UnknownPublication where it is none, or its text is not here."""
        named = shelves.named(name) or self._library.publication(name.strip())
        return self._library.document(named.id).publication
