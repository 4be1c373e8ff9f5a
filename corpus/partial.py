"""A download that is not finished: the bytes so far, and what is needed to go on with them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from corpus.errors import FetchError

HEAD_BYTES = 1024  # readers accept the PDF mark anywhere in these (Adobe's implementation notes, H.3 3.4.1)
TAIL_BYTES = 2048  # and the end mark in these, with some slack for what servers append
_WEB_PAGE = (b"<!doctype html", b"<html")


class Partial:
    """`path` holds the bytes; `path`.json the URL and the validator (ETag or date) they came with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(path.name + ".json")
        self.validator = ""

    def resumable(self, url: str) -> int:
        """Bytes to go on from. 0, and nothing kept, where they are of another URL or can't be checked."""
        try:
            note = json.loads(self._note.read_bytes())
            size = self.path.stat().st_size
            if note["url"] == url and note["validator"] and size:
                self.validator = note["validator"]
                return size
        except (OSError, ValueError, KeyError, TypeError):
            pass  # no note, or half of one: start over
        self.discard()
        return 0

    def describe(self, url: str, validator: str) -> None:
        """Notes what the bytes to come are of."""
        self.validator = validator
        self._note.write_text(json.dumps({"url": url, "validator": validator}))

    def discard(self) -> None:
        """Forgets all of it."""
        self.validator = ""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self, target: Path) -> None:
        """Gives the whole file its name."""
        os.replace(self.path, target)
        self._note.unlink(missing_ok=True)

    def check_magic(self) -> None:
        """FetchError, and nothing kept, when the bytes are not a PDF's."""
        with self.path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if b"%PDF-" not in head:
            self.discard()
            page = any(mark in head.lower() for mark in _WEB_PAGE)
            raise FetchError("the server sent a web page" if page else "what arrived is not a PDF")

    def ends_like_a_pdf(self) -> bool:
        """Whether the end mark is there, for a server that did not say how long the file is."""
        with self.path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - TAIL_BYTES))
            return b"%%EOF" in file.read()
