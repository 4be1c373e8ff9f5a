"""What the server does for who adds publications on the page and removes them. Kept as `icat add` keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from pydantic import Field

from assistant.app.channel import Handler, PageRequest, Step, failed, named
from assistant.app.library.html import examined_html, recognise_html, refused_html
from assistant.app.library.indexing import Indexing
from assistant.app.library.troubles import trouble_of
from assistant.app.library.uploads import Upload, Uploads, who_adds
from assistant.door.accounts import UserRole
from assistant.door.visitor import Visitor
from assistant.settings import Settings
from assistant.show.words import title_words
from assistant.texts.catalogue import _
from corpus import recognition
from corpus.errors import IcatError
from corpus.identify import corrected
from corpus.intake import Match
from corpus.library import Added, Examined, IntakeOutcome, Library
from corpus.toolkit.extract import extract
from corpus.types import PublicationId

FOLDER = "uploads"  # in the data folder
BEAT = 0.5  # seconds after which a recognition gives a sign: between two it sees that the page went away


class NotAllowed(IcatError):
    """Somebody elsewhere wants to change the library of this machine."""


class OfferedRequest(PageRequest):
    """Whether adding is offered."""


class FileRequest(PageRequest):
    token: str = Field(max_length=64, description="of a file that was sent")


class AddRequest(FileRequest):
    """Corrections count where the file is of its own; `own`: it is, although the catalogue seems to know it."""

    title: str = Field(min_length=1, max_length=300)
    date: str = Field("", max_length=10)
    language: str = Field("", max_length=8)
    own: bool = False


class RecogniseRequest(FileRequest):
    language: str = Field(max_length=40, description="of the text in the pictures; several with a plus between them")


class PublicationRequest(PageRequest):
    id: PublicationId = Field(max_length=200)


class AddingHandlers:
    """One for the whole server. What an earlier one had removed and not put back is deleted when it begins."""

    def __init__(self, library: Library, settings: Settings, indexing: Indexing) -> None:
        self._library = library
        self._anyone = settings.anyone_adds
        self._limits = {"seconds": settings.reading.seconds, "memory_mib": settings.reading.memory_mb}
        self._indexing = indexing
        self.uploads = Uploads(settings.home / FOLDER, self.allowed)
        for publication in library.aside():
            library.forget(publication.id)

    @property
    def table(self) -> dict[str, Handler]:
        return named(self, "offered examine recognise add discard remove undo dismiss")

    def allowed(self, visitor: Visitor) -> bool:
        return visitor.role is UserRole.MAINTAINER if visitor.role else self._anyone or visitor.local

    def offered(self, request: OfferedRequest, visitor: Visitor) -> Step:
        return {"allowed": self.allowed(visitor)}

    def examine(self, request: FileRequest, visitor: Visitor) -> Step:
        """Reads a file that was sent: what it is, as a form; or why it can't be taken, and the file is gone."""
        self._check(visitor)
        upload = self.uploads.get(request.token)
        if upload is None:
            return _lost()
        return self._understood(upload, request.token, self._library.examine(upload.path, **self._limits))

    def recognise(self, request: RecogniseRequest, visitor: Visitor) -> Iterator[Step]:
        """Recognises the text of pages that are pictures, a step a page or BEAT; then what `examine` gives."""
        self._check(visitor)
        upload = self.uploads.get(request.token)
        if upload is None:
            yield _lost()
            return
        work = recognition.Recognition(upload.path, upload.problems, recognition.named(request.language))
        total = len(work.numbers)
        yield {"step": "page", "done": 0, "total": total}
        with closing(work.pages(BEAT)) as done:  # closed with this request: it stops when the page goes away
            for number in done:
                yield {"step": "page", "done": number, "total": total}
        if self.uploads.get(request.token) is None:
            yield _lost()
            return
        found = self._library.examine(upload.path, recognition=work, **self._limits)
        yield self._understood(upload, request.token, found)

    def add(self, request: AddRequest, visitor: Visitor) -> Step:
        """Keeps a file that was examined; the index follows."""
        self._check(visitor)
        upload = self.uploads.get(request.token)
        if upload is None or upload.examined is None:
            return _lost()
        examined, publication = upload.examined, None
        if request.own or examined.match is Match.OWN:
            try:
                publication = corrected(examined.own, request.title, request.date, request.language)
            except ValueError:
                return failed(_("The date is no year, and no year and month: write 2016 or 2016-10."))
        added = self._library.keep(examined, publication)
        self.uploads.drop(request.token)
        if added.outcome in (IntakeOutcome.ALREADY, IntakeOutcome.UNREADABLE):
            return failed(_refusal(added))
        self._indexing.ask()
        if added.outcome is IntakeOutcome.REPLACED:
            text = _("“{title}” is in the library, in place of an earlier file of it.")
        else:
            text = _("“{title}” is in the library.")
        return {"text": text.format(title=title_words(added.publication)), "id": added.publication.id}

    def discard(self, request: FileRequest, visitor: Visitor) -> Step:
        """Takes a file that was sent away again."""
        self._check(visitor)
        self.uploads.drop(request.token)
        return {}

    def remove(self, request: PublicationRequest, visitor: Visitor) -> Step:
        """Out of the library at once; it can come back until it is dismissed or the server ends."""
        self._check(visitor)
        title = title_words(self._library.publication(request.id))
        self._library.set_aside(request.id)
        self._indexing.ask()
        text = _("“{title}” was removed. It can be put back until this server is stopped.")
        return {"text": text.format(title=title)}

    def undo(self, request: PublicationRequest, visitor: Visitor) -> Step:
        self._check(visitor)
        self._library.restore(request.id)
        self._indexing.ask()
        return {"text": _("“{title}” is back.").format(title=title_words(self._library.publication(request.id)))}

    def dismiss(self, request: PublicationRequest, visitor: Visitor) -> Step:
        """Deletes for good what was removed."""
        self._check(visitor)
        self._library.forget(request.id)
        return {"text": _("It was deleted.")}

    def _understood(self, upload: Upload, token: str, found: Added | Examined) -> Step:
        """What a file was read as, with an offer where pages of it are pictures; or why it can't be taken."""
        read = not isinstance(found, Added)
        upload.problems = found.reading.problems if read else found.problems
        pages = recognition.pictures(upload.problems)
        lacking = recognition.missing([recognition.LANGUAGES["en"]])
        if not read and (not pages or lacking):
            self.uploads.drop(token)
            return failed(_refusal(found))
        upload.examined = found if read else None
        guess = found.own.language if read else "en"
        offer = recognise_html(pages, guess) if pages and not lacking else ""
        troubles = [trouble_of(problem) for problem in upload.problems]
        if not read:
            return {"html": refused_html(troubles, offer, _here(found))}
        document, advice = found.reading.document, recognition.advice(upload.problems) if lacking else ""
        again = self._library.show(found.publication.id).listed.whose if found.match is Match.HERE else None
        html = examined_html(found, len(extract(document)), troubles, advice, again)
        return {"html": offer + html}

    def _check(self, visitor: Visitor) -> None:
        if not self.allowed(visitor):
            raise NotAllowed(who_adds(visitor))


def _lost() -> Step:
    return failed(_("This file is no longer waiting here; choose it again."))


def _here(added: Added) -> str:
    """As what a file is here already; '' where it is not."""
    if added.outcome is IntakeOutcome.ALREADY and added.publication:
        text = _("{file}: the same file is already here, as “{title}”.")
        return text.format(file=added.file.name, title=title_words(added.publication))
    return ""


def _refusal(added: Added) -> str:
    """One line that names the file."""
    if here := _here(added):
        return here
    first = added.problems[0]
    line = trouble_of(first).in_file(first.file)
    return " ".join(part for part in (line, recognition.advice(added.problems)) if part)
