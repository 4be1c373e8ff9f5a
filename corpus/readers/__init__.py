"""Files into Documents, and pages into images. All parsing runs in child processes with limits: see `isolation`."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path

from corpus.errors import UnreadablePublication
from corpus.readers.isolation import Failed, Pool
from corpus.readers.reading import FileMetadata, FileReading, from_plain
from corpus.types import Box, Problem, Publication

__all__ = [
    "FileMetadata",
    "FileReading",
    "boxes",
    "cores",
    "page_image",
    "page_scan",
    "read",
    "read_many",
    "text_under",
    "with_text",
]

SECONDS = 60.0  # for one file
MEMORY_MIB = 2048  # for one file, beside what the process needs itself
IMAGE_SECONDS = 20.0
IMAGE_MEMORY_MIB = 1024
DPI = 110  # sharp on a laptop; 250 kB for a page of text
log = logging.getLogger(__name__)


def read(
    path: Path, publication: Publication, *, seconds: float = SECONDS, memory_mib: int = MEMORY_MIB
) -> FileReading:
    """One file, whatever it is: a document, or a problem that says why there is none. Never raises for a file."""
    return _read(_shared(), path, publication, seconds, memory_mib)


def read_many(
    jobs: Iterable[tuple[Path, Publication]],
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
    memory_mib: int = MEMORY_MIB,
) -> Iterator[tuple[Path, FileReading]]:
    """Each file with its reading, as they are done; a bad file takes no other with it.

    `workers` None: one for each core. `jobs` is read a few ahead. Stopping the iteration stops the work.
    """
    size = max(1, workers or cores())
    waiting = iter(jobs)
    running: dict[Future[FileReading], Path] = {}
    with ThreadPoolExecutor(size, "reading") as threads, Pool(size) as pool:
        while True:
            for path, publication in waiting:
                running[threads.submit(_read, pool, path, publication, seconds, memory_mib)] = path
                if len(running) >= 2 * size:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()


def page_image(path: Path, page_number: int, boxes: Sequence[Box] = (), dpi: int = DPI) -> bytes:
    """PNG of a PDF page, from 1, with its boxes marked in yellow. UnreadablePublication when there is no such page."""
    return _of_page("page_image", path, page_number, tuple(boxes), dpi)


def boxes(path: Path, page_number: int, raw: Sequence[int]) -> list[Box]:
    """Where raw characters stand on a PDF page. UnreadablePublication when there is no such page."""
    return [Box(*box) for box in _of_page("boxes", path, page_number, [int(index) for index in raw])]


def text_under(path: Path, page_number: int, places: Sequence[Box]) -> str:
    """The characters that stand in boxes on a PDF page. UnreadablePublication when there is no such page."""
    return str(_of_page("text_under", path, page_number, tuple(places)))


def page_scan(path: Path, page_number: int) -> tuple[bytes, int]:
    """PNG of a PDF page for text recognition, and its dots per inch. UnreadablePublication: no such page, too large."""
    png, dpi = _of_page("page_scan", path, page_number)
    return png, dpi


def with_text(path: Path, texts: Mapping[int, bytes], copy: Path, *, seconds: float, memory_mib: int) -> None:
    """Writes a copy of a PDF with pages of words in place of some of its own. UnreadablePublication when it can't."""
    try:
        _shared().call(
            "corpus.readers.pages:with_text",
            Path(path),
            dict(texts),
            Path(copy),
            seconds=seconds,
            memory_mib=memory_mib,
        )
    except Failed as failed:
        log.info("%s: %s\n%s", path, failed, failed.detail)
        raise UnreadablePublication(f"what was recognised can't be laid into it: {failed.reason}") from failed


def _read(pool: Pool, path: Path, publication: Publication, seconds: float, memory_mib: int) -> FileReading:
    path = Path(path)
    try:
        plain = pool.call("corpus.readers.dispatch:read", path, publication, seconds=seconds, memory_mib=memory_mib)
    except Failed as failed:
        log.info("%s: %s\n%s", path.name, failed, failed.detail)
        return FileReading(None, (Problem(path.name, None, failed.reason, failed.advice),))
    return from_plain(plain, publication)


def _of_page(function: str, path: Path, *arguments: object) -> object:
    try:
        return _shared().call(
            f"corpus.readers.pages:{function}",
            Path(path),
            *arguments,
            seconds=IMAGE_SECONDS,
            memory_mib=IMAGE_MEMORY_MIB,
        )
    except Failed as failed:
        log.info("%s: %s\n%s", path, failed, failed.detail)
        page = arguments[0]
        raise UnreadablePublication(f"{Path(path).name}, page {page}: can't be shown: {failed}") from failed


@cache
def _shared() -> Pool:
    """For single files and pages. A spare place, so that a file of a minute does not keep pages waiting."""
    return Pool(cores() + 1)


def cores() -> int:
    """How many this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
