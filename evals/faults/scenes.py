"""What is killed: a command of `icat`, how its data folder is before it, and what must be true of that after it."""

from __future__ import annotations

import json
import re
import socket
import struct
import time
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from subprocess import Popen
from urllib.request import Request, urlopen

from assistant import wiring
from assistant.app.library.adding import FOLDER, AddingHandlers
from assistant.app.library.indexing import Indexing
from assistant.review.workbench import Workbench
from assistant.settings import Settings
from assistant.write.model.shelf import ModelShelf
from corpus.disk import file_sha256
from corpus.errors import IcatError
from corpus.library import Library
from index import generations, manifest, view
from index.errors import IndexUnavailable

TEXTS = 3  # files that are added
SECTIONS = 8  # of each: enough for their vectors to take a while
CLAIMS = 40  # sentences to be judged
MODEL_MIB = 256
ANSWER_SECONDS = 60.0
JSON = "application/json"


class Scene:
    """One command, over one data folder."""

    name = ""
    typed = ""  # into the command

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home
        self.round = 0  # of texts: no text of an earlier one has a vector

    @property
    def arguments(self) -> tuple[str, ...]:
        raise NotImplementedError

    def prepare(self) -> None:
        """Puts the data folder into its state before the command."""

    def ready(self, process: Popen[str]) -> None:
        """Waits until a kill would meet it at work."""

    def work(self, process: Popen[str]) -> list[str]:
        """What was confirmed until the process ended; it ends by itself or is killed."""
        return process.stdout.read().splitlines()

    def fault(self, confirmed: list[str]) -> str:
        """What is lost or half-done when it is next opened; '' where all is as it should be."""
        raise NotImplementedError


class CorpusScene(Scene):
    """Over a library with texts of its own."""

    @cached_property
    def library(self) -> Library:
        return wiring.open_library(self.settings)

    def write_texts(self) -> Path:
        """A folder with texts that nobody has seen, each with a title of its own."""
        self.round += 1
        folder = self.home.parent / f"{self.name}-texts"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(TEXTS):
            title = f"Harbour visit {self.round}, boat {number}"
            sections = (
                f"## Part {part}\n\nOn visit {self.round} the crew of boat {number} told {part + 2} people how "
                f"{part * 7 + self.round} cards were read, and what was asked on day {part + number}."
                for part in range(SECTIONS)
            )
            (folder / f"boat-{number}.md").write_text("\n\n".join((f"# {title}", *sections)), "utf-8")
        return folder

    def emptied(self) -> None:
        for publication in self.library.store.publications():
            self.library.remove(publication.id)

    def filled(self) -> None:
        """With texts, all in the index."""
        self.emptied()
        list(self.library.add([self.write_texts()]))
        wiring.build_index(self.settings, self.library)

    def fault(self, confirmed: list[str]) -> str:
        library = wiring.open_library(self.settings)
        return self.missing(library, confirmed) or self._store(library) or self._index(library)

    def missing(self, library: Library, confirmed: list[str]) -> str:
        """What was confirmed and is not so."""
        gone = set(_ids(confirmed, "added")) - set(library.in_force())
        return f"confirmed and lost: {', '.join(sorted(gone))}" if gone else ""

    def _store(self, library: Library) -> str:
        """Every record has its text and its file, whole, and nothing else lies there."""
        records = library.store.records()
        for record in records:
            library.document(record.publication.id)  # StoreError when it is damaged
            original = library.original(record.publication.id)
            if original is None or file_sha256(original) != record.publication.sha256:
                return f"{record.publication.id}: its file is not whole"
        wanted = {f"originals/{record.original}" for record in records}
        wanted |= {f"documents/{r.publication.id}/{name}" for r in records for name in (r.document, "publication.json")}
        places = [self.home / folder for folder in ("originals", "documents", "staging")]
        there = {str(file.relative_to(self.home)) for place in places for file in place.rglob("*") if file.is_file()}
        return f"lies about: {', '.join(sorted(there ^ wanted))}" if there != wanted else ""

    def _index(self, library: Library) -> str:
        """What is in force is whole, of documents as they were or are; a build then leaves nothing else."""
        embedder = wiring.open_embedder(self.settings)
        try:
            found = view.load(self.home, self.settings.index, embedder)  # StaleIndex when it is not whole
        except IndexUnavailable:
            found = None  # killed before there was one
        if found and {chunk.publication for chunk in found.snapshot.chunks} != set(found.manifest.documents):
            return "the index in force is a mixture"
        made = wiring.build_index(self.settings, library)
        if wiring.needs_index(self.settings, library) or set(made.documents) != set(library.in_force()):
            return "a build does not bring the index up to date"
        root = manifest.folder(self.home)
        left = {place.name for place in (root / "generations").iterdir()} - {made.generation}
        left |= {place.name for place in root.glob("journal-*")}
        if left or not generations.folder(self.home, made.generation).is_dir():
            return f"a build leaves lying: {', '.join(sorted(left))}"
        return ""


class Adding(CorpusScene):
    name = "add"

    def prepare(self) -> None:
        self.emptied()
        self.write_texts()

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("add", str(self.home.parent / f"{self.name}-texts"))


class Building(CorpusScene):
    name = "index"
    arguments = ("index",)

    def prepare(self) -> None:
        self.emptied()
        list(self.library.add([self.write_texts()]))


class Removing(CorpusScene):
    name = "remove"

    def prepare(self) -> None:
        self.filled()

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("remove", self.library.store.publications()[0].id)

    def missing(self, library: Library, confirmed: list[str]) -> str:
        back = {text.partition(":")[0] for text in confirmed if text.endswith(": removed")} & set(library.in_force())
        return f"confirmed as removed and still there: {', '.join(back)}" if back else ""


class Uploading(CorpusScene):
    """A file that goes in on the page, as the page sends it."""

    name = "upload"

    def prepare(self) -> None:
        self.emptied()
        self.write_texts()

    @property
    def arguments(self) -> tuple[str, ...]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return ("serve", "--port", str(free.getsockname()[1]))

    def ready(self, process: Popen[str]) -> None:
        found = (re.search(r"http://\S+/", text) for text in process.stdout)
        self.url = next(place for place in found if place)[0]

    def work(self, process: Popen[str]) -> list[str]:
        confirmed = []
        try:
            for file in sorted((self.home.parent / f"{self.name}-texts").iterdir()):
                token = self._put(file)["token"]
                self._asks("examine", token=token)
                title = file.read_text("utf-8").partition("\n")[0].strip("# ")
                added = self._asks("add", token=token, title=title, date="", language="en")
                confirmed.append(f"{file.name}: added: {added['id']} ({title})")
            while self._asks("work")["busy"]:
                time.sleep(0.2)
        except (OSError, HTTPException):
            pass  # it was killed, perhaps in the middle of an answer
        process.kill()
        return confirmed

    def fault(self, confirmed: list[str]) -> str:
        AddingHandlers(self.library, self.settings, Indexing(lambda tell: None))  # what a server does first
        if (self.home / FOLDER).exists():
            return "half of an upload lies about"
        return super().fault(confirmed)

    def _put(self, file: Path) -> dict:
        request = Request(f"{self.url}icat/library/upload?name={file.name}", file.read_bytes(), method="PUT")
        with urlopen(request, timeout=ANSWER_SECONDS) as answer:
            return json.load(answer)

    def _asks(self, name: str, **fields: object) -> dict:
        body = json.dumps(fields).encode()
        request = Request(f"{self.url}icat/channel/library/{name}", body, {"content-type": JSON})
        with urlopen(request, timeout=ANSWER_SECONDS) as answer:
            (step,) = [json.loads(line) for line in answer.read().splitlines() if line]
        if step.get("step") == "failed":
            raise IcatError(f"{name}: {step['text']}")
        return step


class Reviewing(Scene):
    """A rater at work in a terminal."""

    name = "review"
    typed = "f\n" * CLAIMS

    def prepare(self) -> None:
        self.bench = Workbench(self.home, wiring.open_library(self.settings))
        answer = " ".join(f"Sentence number {number} is one to be judged." for number in range(CLAIMS))
        self.review = self.bench.create(self.bench.pasted(answer), "a trial", raters=["Ana"]).id

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("review", "rate", self.review, "--rater", "Ana")

    def fault(self, confirmed: list[str]) -> str:
        judged = max((int(n) for text in confirmed for n in re.findall(r"\((\d+) judged\)", text)), default=0)
        (progress,) = Workbench(self.home, wiring.open_library(self.settings)).progress(self.review)
        with self.bench.database.reading() as sql:
            (state,) = sql.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            return f"the file of reviews is damaged: {state}"
        kept = progress.judged - judged  # one more may be kept, killed before it could be said
        return "" if kept in (0, 1) else f"{judged} confirmed, {progress.judged} kept"


class Fetching(Scene):
    """A language model that is taken in from a file."""

    name = "model"

    @cached_property
    def file(self) -> Path:
        """No model, but a file that begins as one does and has its size."""
        values = {"general.architecture": _text("tried"), "tried.context_length": struct.pack("<I", 512)}
        head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(values))
        for name, kind in zip(values, (8, 4), strict=True):
            head += _text(name) + struct.pack("<I", kind) + values[name]
        head += _text("weights") + struct.pack("<IQIQ", 1, MODEL_MIB << 20, 24, 0)
        path = self.home.parent / "tried.gguf"
        path.write_bytes(head + bytes(-len(head) % 32) + bytes(MODEL_MIB << 20))
        return path

    @cached_property
    def sha256(self) -> str:
        return file_sha256(self.file)

    def prepare(self) -> None:
        shelf = ModelShelf(self.home)
        for kept in shelf.kept():
            shelf.remove(kept.name)

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("model", "get", "tried", "--from", str(self.file))

    def fault(self, confirmed: list[str]) -> str:
        shelf = ModelShelf(self.home)
        kept = shelf.chosen()
        if kept is None and any("is here and in use" in text for text in confirmed):
            return "confirmed and lost"
        kept = kept or shelf.take(self.file, "tried", lambda done, total: None)
        if file_sha256(kept.file) != self.sha256:
            return "the file that is in use is not whole"
        others = {path.name for path in kept.file.parent.iterdir()} - {"tried.gguf", "models.json", "shelf.lock"}
        return f"lies about: {', '.join(sorted(others))}" if others else ""


SCENES: tuple[type[Scene], ...] = (Adding, Building, Removing, Uploading, Reviewing, Fetching)


def _ids(confirmed: list[str], outcome: str) -> list[str]:
    return [found[1] for text in confirmed if (found := re.search(rf": {outcome}: ([a-z0-9-]+) \(", text))]


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()
