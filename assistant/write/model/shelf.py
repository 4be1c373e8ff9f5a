"""The files of language models in the data folder: whole and checked ones, and which of them is in use.

A file comes as `NAME.gguf.part` and gets its name when it is whole and checked; the record is written last. So a kill
at any time leaves what was recorded, and a download goes on where it stopped.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from assistant.errors import ShelfError
from assistant.model_settings import ModelSettings
from assistant.write.model import hub
from assistant.write.model.gguf import context_of
from assistant.write.model.hub import Progress
from assistant.write.model.offers import GB, Offer
from corpus import disk
from corpus.types import StrictModel

FOLDER = "models"
RECORD = "models.json"
NAME_MOST = 80  # characters
_UNSAFE = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A model that is here, whole."""

    name: str  # as `icat model use` calls it
    file: Path
    sha256: str
    context_tokens: int  # it is run with, at most what it was made for


class _Entry(StrictModel):
    size: int  # bytes
    sha256: str
    context_tokens: int


class _Record(StrictModel):
    chosen: str = ""  # name of the one in use
    models: Mapping[str, _Entry] = {}


class ModelShelf:
    """The models of one data folder. What changes it holds a lock, so that two commands can't be at it together."""

    def __init__(self, home: Path) -> None:
        """`home`: the data folder; nothing is made in it before the first file comes."""
        self._folder = home / FOLDER

    def kept(self) -> tuple[Kept, ...]:
        """Those that are here, by name. ShelfError when the record can't be read."""
        return tuple(kept for name in sorted(self._read().models) if (kept := self._kept(name)))

    def chosen(self) -> Kept | None:
        """The one in use; None where there is none, or its file is gone."""
        return self._kept(self._read().chosen)

    def take(self, file: Path, name: str, progress: Progress) -> Kept:
        """Copies a GGUF file that is somewhere else; it is in use then. ShelfError, one line, where that can't be."""
        name = safe_name(name)
        if self._kept(name):
            raise ShelfError(
                f"a model {name!r} is here already; `icat model remove {name}` first, or name it otherwise"
            )
        context, size = context_of(file), file.stat().st_size
        with self._alone():
            self._room_for(size)
            try:
                sha256 = disk.copy(file, self._part(name), lambda done: progress(done, size))
                return self._keep(name, sha256, min(context, ModelSettings().context_tokens))
            finally:
                self._part(name).unlink(missing_ok=True)

    def get(self, offer: Offer, progress: Progress, endpoint: str | None = None) -> Kept:
        """Downloads an offer, from where it stopped the last time, where it is not here; it is in use then.

        ShelfError, one line: no connection, no room, or not what the hub says it has. `endpoint`: see `hub.look_up`.
        """
        if self._kept(offer.name):
            return self.use(offer.name)
        found = hub.look_up(offer.repository, offer.file, endpoint)
        with self._alone():
            part = self._part(offer.name)
            self._room_for(found.size - (part.stat().st_size if part.exists() else 0))
            hub.download(found, part, progress)
            sha256 = disk.file_sha256(part)
            try:
                if sha256 != found.sha256:
                    raise ShelfError(
                        f"{offer.name}: what arrived has sha256 {sha256}, the hub has {found.sha256}; "
                        "it was thrown away, run the same again"
                    )
                return self._keep(offer.name, sha256, min(context_of(part), offer.context_tokens))
            except ShelfError:
                part.unlink()
                raise

    def use(self, name: str) -> Kept:
        """The model of that name, which is in use now. ShelfError when it is not here."""
        kept = self._kept(safe_name(name))
        if kept is None:
            here = ", ".join(kept.name for kept in self.kept())
            raise ShelfError(f"no model {name!r} is here; " + (f"here: {here}" if here else "see `icat model get`"))
        with self._alone():
            self._write(_Record(chosen=kept.name, models=self._read().models))
        return kept

    def use_none(self) -> None:
        """What is here stays, and none of it is in use."""
        with self._alone():
            self._write(_Record(models=self._read().models))

    def remove(self, name: str) -> None:
        """Deletes a model's file, or what came of it so far. ShelfError when there is neither."""
        name = safe_name(name)
        with self._alone():
            record = self._read()
            if name not in record.models and not self._part(name).exists():
                raise ShelfError(f"no model {name!r} is here; see `icat model list`")
            others = {other: entry for other, entry in record.models.items() if other != name}
            self._write(_Record(chosen=record.chosen if record.chosen in others else "", models=others))
            for file in (self._file(name), self._part(name)):
                file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.gguf"

    def _part(self, name: str) -> Path:
        return self._folder / f"{name}.gguf.part"

    def _kept(self, name: str) -> Kept | None:
        """None where it is not recorded, or its file is gone or has another size."""
        entry, file = self._read().models.get(name), self._file(name)
        if entry is None or not file.is_file() or file.stat().st_size != entry.size:
            return None
        return Kept(name, file, entry.sha256, entry.context_tokens)

    def _keep(self, name: str, sha256: str, context_tokens: int) -> Kept:
        """What came as a part is the model of that name now, and in use."""
        os.replace(self._part(name), self._file(name))
        disk.settle(self._folder)
        kept = Kept(name, self._file(name), sha256, context_tokens)
        entry = _Entry(size=kept.file.stat().st_size, sha256=sha256, context_tokens=context_tokens)
        self._write(_Record(chosen=name, models={**self._read().models, name: entry}))
        return kept

    def _read(self) -> _Record:
        path = self._folder / RECORD
        try:
            return _Record.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return _Record()
        except OSError as error:
            raise ShelfError(f"{path}: cannot be read ({error.strerror})") from None
        except ValidationError:
            raise ShelfError(f"{path}: is no record of models; delete it, and get the models again") from None

    def _write(self, record: _Record) -> None:
        disk.exchange(self._folder / RECORD, record.model_dump_json(indent=2).encode())

    def _room_for(self, size: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < size:
            raise ShelfError(
                f"{self._folder}: {size / GB:.1f} GB more are wanted, {free / GB:.1f} GB are free; "
                "make room, or set ICAT_HOME to a folder on another disk"
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While nothing else changes the folder. What the disk refuses is a ShelfError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "shelf.lock", timeout=0):
                yield
        except Timeout:
            raise ShelfError(f"{self._folder}: another command is at it; try again when it is done") from None
        except OSError as error:
            raise ShelfError(
                f"{self._folder}: cannot be written ({error.strerror}); make room, or set ICAT_HOME"
            ) from None


def safe_name(text: str) -> str:
    """A name that can be a file's: lower case a to z, digits, '.', '_' and '-'. ShelfError when none is left."""
    name = _UNSAFE.sub("-", text.lower()).strip("-._")[:NAME_MOST]
    if not name:
        raise ShelfError(f"{text!r} leaves no name; give one: `icat model get NAME --from FILE.gguf`")
    return name
