"""What the page and the server tell each other. What comes from a browser is validated here.

The browser keeps the conversation, in its tab; the server keeps nothing between requests. So a request brings what
it needs of the conversation, as records (see `assistant.show.record`): the last turns for a follow-up, one turn to
open a source.
A reply carries the `id` of its request: the page knows an answer it no longer waits for, and drops it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import IcatError

MAX_QUESTION = 8000  # characters; the box takes no more
MAX_COMMENT = 500
TAIL = 4  # turns that go along with a question: a follow-up looks back no further

Record = dict[str, Any]
Step = dict[str, Any]  # 'step' says which; `assistant/app/page.js` has a function for each


class BadRequest(IcatError):
    """What a browser sent is not what this version of the page sends."""


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field("", max_length=64)


class Reopening(_Request):
    """The page was loaded; `record` is the conversation that its tab kept."""

    record: Record | None = None


class Correction(BaseModel):
    """What a list is to hold, as the value of a choice said it; None: no list, the publications are searched."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    wanted: Record | None


class Question(_Request):
    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    number: int = Field(ge=0, description="of this turn in the conversation, from 0")
    record: Record | None = Field(None, description="the last turns before it, at most TAIL")
    corrected: Correction | None = Field(None, description="in place of what would be recognised")


class Opening(_Request):
    """A label was opened."""

    value: str = Field(max_length=64, description="of the label's button")
    record: Record = Field(description="a conversation of one turn, the label's")


class Rated(_Request):
    good: bool
    comment: str = Field("", max_length=MAX_COMMENT)
    record: Record = Field(description="a conversation of one turn, the rated one")


class Saving(_Request):
    format: Literal["docx", "md"]
    record: Record


Request = TypeVar("Request", bound=_Request)


def read(kind: type[Request], sent: Any) -> Request:
    """The request a browser sent. BadRequest when it is none."""
    try:
        return kind.model_validate(sent if isinstance(sent, Mapping) else {})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadRequest(f"The page sent something unexpected ({place}: {first['msg']}); load it again.") from None


def reopened(id: str, html: str, lost: str = "") -> Step:
    """The kept conversation; `lost` says why it could not be read."""
    return {"step": "reopened", "id": id, "html": html, "lost": lost}


def waiting(id: str, text: str) -> Step:
    return {"step": "waiting", "id": id, "text": text}


def draft(id: str, text: str, sentences: Sequence[str]) -> Step:
    """All sentences of a draft so far, which no check has seen: to be set as text. `text` says what is going on.

    All of them in each step, since one that comes right after another may replace it on its way.
    """
    return {"step": "draft", "id": id, "text": text, "sentences": list(sentences)}


def answered(id: str, html: str, turn: Record, said: str) -> Step:
    """One turn as HTML and as a record to keep; `said` is the line a screen reader speaks."""
    return {"step": "answered", "id": id, "html": html, "turn": turn, "said": said}


def source(id: str, html: str) -> Step:
    return {"step": "source", "id": id, "html": html}


def rated(id: str) -> Step:
    return {"step": "rated", "id": id}


def saved(id: str, name: str, mime: str, content: str) -> Step:
    """A file to download, in Base64."""
    return {"step": "saved", "id": id, "name": name, "mime": mime, "content": content}


def failed(id: str, text: str) -> Step:
    """Why a request came to nothing, in one line."""
    return {"step": "failed", "id": id, "text": text}
