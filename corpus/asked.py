"""Messages that sections of the starter texts answer, as people send them. Learned from; never indexed, never shown.

In: `starter/asked/PUBLICATION.jsonl`, a message a line: {"heading", "language", "text", "before", "act"}. `before` is
what was asked just before, if something was, so that a follow-up is learned together with what it leaves out. `act` is
what a good colleague would do first: answer, help somebody in danger, give a list, make a draft; none: nobody looked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from corpus.anticipated import Anticipated, read_anticipated
from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.starter import PACKAGED
from corpus.types import PublicationId, StrictModel

FOLDER = PACKAGED / "asked"
TOPIC_WORDS = 40  # of what was asked before


class Asked(StrictModel):
    """One message and the section of its file's publication that answers it."""

    heading: str
    language: str  # ISO 639-1
    text: str = Field(min_length=1)
    before: str = ""
    act: Literal["ask", "danger", "harm", "list", "draft"] | None = None


def asked_messages(folder: Path = FOLDER) -> tuple[tuple[PublicationId, Asked], ...]:
    """All of a folder, each with the publication that answers it.

    CatalogueError with file and line for one that does not validate, or whose section no question was anticipated for.
    """
    known = {(each.publication, each.heading) for each in read_anticipated()}
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for where, asked in read_lines(file, Asked.model_validate_json, CatalogueError):
            if (file.stem, asked.heading) not in known:
                raise CatalogueError(f"{where}: {file.stem} has no section {asked.heading!r} with questions")
            found.append((file.stem, asked))
    return tuple(found)


def read_asked(folder: Path = FOLDER) -> tuple[Anticipated, ...]:
    """All of a folder as what their sections answer, each follow-up with what came before it. Errors as above."""
    return tuple(
        Anticipated(publication, asked.heading, asked.language, continued(asked.before, asked.text))
        for publication, asked in asked_messages(folder)
    )


def continued(before: str, text: str) -> str:
    """A follow-up with what it leaves out: the beginning of what was asked before, then what is asked now."""
    topic = " ".join(before.split()[:TOPIC_WORDS]).rstrip(".?!؟？。 ")
    return f"{topic}. {text}" if topic else text
