"""What `icat doctor` looks at: the data folder and what lies in it, weights, programs and servers; and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from assistant import wiring
from assistant.people import told
from assistant.settings import FILE, VARIABLES, Settings
from assistant.understand import classifier, said
from assistant.write.model import runner
from corpus import recognition
from corpus.errors import IcatError
from corpus.soundness import unsound
from index import generations, kits, learned, manifest, models, ready_made, sections, themes, vectors
from index.errors import IndexUnavailable, StaleIndex
from index.models import ENGLISH, PACKAGED, ModelRole

LEAST_FREE = 1 << 30  # bytes: an index beside the old one, and some publications
SERVER_SECONDS = 5.0  # for a model server to answer
REBUILD = "`icat index --rebuild`"


class Need(StrEnum):
    OK = "ok"
    NOTE = "note"  # something is not here that may be missed
    MEND = "mend"  # something needs doing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    need: Need
    found: str
    advice: str = ""  # what to do next; '' where nothing is to be done


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order of CHECKS; makes nothing in the data folder but a file that is removed at once."""
    for subject, check in CHECKS.items():
        try:
            yield from check(settings)
        except IcatError as error:
            yield Finding(subject, Need.MEND, str(error))


def _settings(settings: Settings) -> Iterator[Finding]:
    from_environment = sorted(name for name in VARIABLES if os.environ.get(name))
    file = settings.home / FILE
    places = [", ".join(from_environment)] * bool(from_environment) + [str(file)] * file.is_file()
    yield Finding("settings", Need.OK, f"from {' and '.join(places)}" if places else "all as they come")


def _folder(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    there = next(place for place in (home, *home.parents) if place.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        advice = "give this user the right to write there, or set ICAT_HOME to another folder"
        yield Finding("data folder", Need.MEND, f"{there} can't be written to ({error.strerror})", advice)
        return
    free = shutil.disk_usage(there).free
    size = f"{free / 1e9:.1f} GB free"
    if free < LEAST_FREE:
        advice = "free some, or set ICAT_HOME to a folder on another disk"
        yield Finding("data folder", Need.MEND, f"{home}: only {size}", advice)
    else:
        yield Finding("data folder", Need.OK, f"{home}, {size}" + ("" if home.is_dir() else ", not made yet"))


def _publications(settings: Settings) -> Iterator[Finding]:
    if not (settings.home / "store.json").is_file():
        yield Finding("publications", Need.OK, "none were added")
        return
    library = wiring.open_library(settings)
    faults = list(unsound(library.store))
    for fault in faults:
        yield Finding("publications", Need.MEND, f"{fault.publication}: {fault.reason}", fault.advice)
    if not faults:
        yield Finding("publications", Need.OK, f"{len(library.store.publications())} added, all as they were kept")


def _index(settings: Settings) -> Iterator[Finding]:
    try:
        current = manifest.read(settings.home)
    except IndexUnavailable:
        yield Finding("index", Need.NOTE, "none yet", "`icat index`; `icat serve` and `icat ask` make it, too")
        return
    except StaleIndex as error:
        yield Finding("index", Need.MEND, str(error), REBUILD)
        return
    folder = generations.folder(settings.home, current.generation)
    damaged = sorted(generations.damaged(settings.home, current))
    for name in damaged:
        yield Finding("index", Need.MEND, f"{folder / name} is damaged or gone", REBUILD)
    if not current.files:
        yield Finding("index", Need.NOTE, "built by a version that kept no digests of its files", "`icat index`")
    if (wanted := manifest.store_label(settings.index.chroma)) != current.chroma:
        found = f"built with {current.chroma or 'the embedded store'}, ICAT_CHROMA is {wanted!r}"
        yield Finding("index", Need.MEND, found, "`icat index`")
    elif not damaged:
        yield from _store(settings, current)
    if wiring.needs_index(settings, wiring.open_library(settings)):
        yield Finding("index", Need.NOTE, "publications were added or changed since", "`icat index`")


def _store(settings: Settings, current: manifest.IndexManifest) -> Iterator[Finding]:
    """The passages and vectors in Chroma, each by its digest."""
    where = f"Chroma server {current.chroma}" if current.chroma else "Chroma's folder"
    try:
        if difference := generations.unlike(settings.home, current, settings.index):
            yield Finding("index", Need.MEND, f"{where}: {difference}", REBUILD)
        else:
            found = f"{current.chunks} passages of {current.publications} publications, built {current.built_at}"
            yield Finding("index", Need.OK, found)
    except (StaleIndex, IndexUnavailable) as error:
        yield Finding("index", Need.MEND, f"{where}: {error}", REBUILD)


def _databases(settings: Settings) -> Iterator[Finding]:
    for file in sorted(settings.home.glob("*/*.sqlite")):
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as sql:
                ((said, *_),) = sql.execute("PRAGMA integrity_check(1)").fetchall()
        except sqlite3.Error as error:
            said = str(error)
        if said == "ok":
            yield Finding(file.stem, Need.OK, f"{file} is whole")
        else:
            advice = "`icat restore` a copy from before, or move the file away to begin anew"
            yield Finding(file.stem, Need.MEND, f"{file} is damaged ({said})", advice)


def _weights(settings: Settings) -> Iterator[Finding]:
    roles = dict.fromkeys((*settings.index.embedder.split("+"), ENGLISH, sections.ENCODER), ModelRole.EMBEDDER)
    roles |= {settings.index.reranker: ModelRole.RERANKER} if settings.index.reranker else {}
    for name, role in roles.items():
        if name in PACKAGED:
            models.packaged_folder(PACKAGED[name])
        else:
            models.foreign_folder(name, role)
    for module in (classifier, said, told):
        learned.read(Path(module.__file__).parent, module.WEIGHTS)
    for module in (sections, themes, ready_made, kits):
        learned.read(module.FOLDER, module.NAME)
    yield Finding("weights", Need.OK, f"{', '.join(roles)} and what was learned, by their sha256")


def _model(settings: Settings) -> Iterator[Finding]:
    kept = wiring.kept_model(settings)
    if settings.model.configured and settings.model.base_url:
        yield _model_server(settings.model.base_url)
    elif kept and not runner.is_here():
        found = f"{kept.name} is here, but not what runs it"
        yield Finding("language model", Need.MEND, found, f"pip install {runner.pinned()}")
    else:
        yield Finding(
            "language model", Need.OK, (kept and kept.name) or settings.model.name or "none, and none is needed"
        )


def _model_server(address: str) -> Finding:
    """Whether anything answers there; with which words is for `icat model check`."""
    try:
        with urlopen(HttpRequest(f"{address}/models"), timeout=SERVER_SECONDS):
            pass
    except HTTPError:
        pass  # it wants a key, or has no such list: it is there
    except (OSError, ValueError) as error:
        found = f"{address} does not answer ({getattr(error, 'reason', error)})"
        return Finding("language model", Need.MEND, found, "start it, or mend ICAT_MODEL_BASE_URL")
    return Finding("language model", Need.OK, f"{address} answers; `icat model check` tries it")


def _chroma(settings: Settings) -> Iterator[Finding]:
    if url := settings.index.chroma:
        vectors.require_server(url)
        yield Finding("Chroma server", Need.OK, f"{manifest.store_label(url)} answers")


def _tesseract(settings: Settings) -> Iterator[Finding]:
    lacking = recognition.missing(tuple(recognition.LANGUAGES.values()))
    need = Need.NOTE if lacking else Need.OK
    yield Finding("text of scans", need, lacking or "Tesseract is here, with all six languages")


CHECKS: dict[str, Check] = {
    "settings": _settings,
    "data folder": _folder,
    "publications": _publications,
    "index": _index,
    "databases": _databases,
    "weights": _weights,
    "language model": _model,
    "Chroma server": _chroma,
    "text of scans": _tesseract,
}
