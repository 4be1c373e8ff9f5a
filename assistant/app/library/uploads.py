"""Files that a browser sent and that are not added yet, each under its own name in a folder of its own."""

from __future__ import annotations

import re
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from assistant.door.visitor import Visitor, language_of, visitor_of
from assistant.show.words import UNSHOWABLE
from assistant.texts.catalogue import _, speaking
from corpus.disk import LARGEST_FILE
from corpus.library import Examined
from corpus.types import Problem

MOST_WAITING = 20  # files; the one that came first goes when there are more: a read one can take 8 MB of memory
NAME_BYTES = 200  # file systems take 255


@dataclass(slots=True)
class Upload:
    """One file that came whole."""

    path: Path
    examined: Examined | None = None  # None: not read yet, or without text
    problems: tuple[Problem, ...] = ()  # pages that gave no text, as far as it was read


class Uploads:
    """One for the whole server. What an earlier server left is taken away."""

    def __init__(self, folder: Path, allowed: Callable[[Visitor], bool]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder
        self._allowed = allowed
        self._waiting: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    async def receive(self, sent: Request) -> Response:
        """The endpoint: the file's name is in the query, its bytes are the body; the reply has a token or a text.

        Browsers send a PUT to another site only when that allows it, so no page elsewhere can.
        """
        with speaking(language_of(sent)):
            return await self._received(sent)

    async def _received(self, sent: Request) -> Response:
        name = file_name(sent.query_params.get("name", ""))
        visitor = visitor_of(sent)
        if not self._allowed(visitor):
            return _refused(403, f"{name}: {who_adds(visitor)}")
        if int(sent.headers.get("content-length") or 0) > LARGEST_FILE:
            return _refused(413, _too_large(name))
        token = secrets.token_urlsafe(12)
        path = self._folder / token / name
        try:
            path.parent.mkdir(parents=True)
            size = 0
            with path.open("wb") as file:
                async for block in sent.stream():
                    if (size := size + len(block)) > LARGEST_FILE:
                        break
                    file.write(block)
        except ClientDisconnect:
            shutil.rmtree(path.parent, ignore_errors=True)
            return _refused(400, _("{name}: it did not arrive whole; send it again.").format(name=name))
        except OSError as error:
            shutil.rmtree(path.parent, ignore_errors=True)
            return _refused(507, _("{name}: it could not be kept ({reason}).").format(name=name, reason=error.strerror))
        if size > LARGEST_FILE:
            shutil.rmtree(path.parent, ignore_errors=True)
            return _refused(413, _too_large(name))
        self._keep(token, Upload(path))
        return JSONResponse({"token": token})

    def get(self, token: str) -> Upload | None:
        """None when it was added, discarded or pushed out by later ones."""
        return self._waiting.get(token)

    def drop(self, token: str) -> None:
        """Takes a file away, if it is there."""
        with self._lock:
            upload = self._waiting.pop(token, None)
        if upload:
            shutil.rmtree(upload.path.parent, ignore_errors=True)

    def _keep(self, token: str, upload: Upload) -> None:
        with self._lock:
            self._waiting[token] = upload
            late = list(self._waiting)[:-MOST_WAITING]
        for other in late:
            self.drop(other)


def file_name(sent: str) -> str:
    """A name without folders, control characters and such as turn it round, not too long, its suffix kept."""
    name = re.sub(rf"[\t-\r]|{UNSHOWABLE.pattern}", "", re.split(r"[/\\]", sent)[-1]).strip(" .")
    stem, dot, suffix = name.rpartition(".") if "." in name[-10:] else (name, "", "")
    short = stem.encode()[: NAME_BYTES - len(suffix.encode())].decode(errors="ignore") + dot + suffix
    return short or "file"


def who_adds(visitor: Visitor) -> str:
    """What somebody is told who may not."""
    if visitor.role:
        return _("Publications are added and removed by maintainers only. Whoever runs this page can make you one.")
    return _("Publications are added and removed by people at the computer that runs this page only.")


def _too_large(name: str) -> str:
    text = _("{name}: it is larger than {size} MiB; split it, or save it anew as a smaller PDF.")
    return text.format(name=name, size=LARGEST_FILE >> 20)


def _refused(status: int, text: str) -> Response:
    return JSONResponse({"text": text}, status)
