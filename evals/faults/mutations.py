"""Real PDFs with their bytes altered, read as `icat add` reads them: a document, or one line that names its own file.

A file without any text whose pages have none for different reasons has a line for each run of them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from corpus.errors import IcatError
from corpus.library import MEMORY_MIB, SECONDS
from corpus.readers import FileReading, cores, read
from corpus.types import Publication
from evals.faults.log import FAULT, Attempt

ORIGINALS = 10  # the smallest ones of a folder: an altered copy of them is read in seconds
SLACK = 15.0  # seconds beyond the limit of a file: a busy machine is late to notice
DOCUMENT, REFUSED, BY_PAGES = "became a document", "refused in one line", "refused by pages"
# What the isolation says where a reader did not come to an end by itself.
UNEXPECTED = re.compile(r"the reader (failed|crashed)|took longer than|needs more than|does not start")


def flipped(content: bytes, chance: Random) -> bytes:
    """1 to 200 bytes are others."""
    altered = bytearray(content)
    for _ in range(round(200 ** chance.random())):
        altered[chance.randrange(len(altered))] = chance.randrange(256)
    return bytes(altered)


def cut_short(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_out(content: bytes, chance: Random) -> bytes:
    start, end = _piece(content, chance)
    return content[:start] + content[end:]


def doubled(content: bytes, chance: Random) -> bytes:
    start, end = _piece(content, chance)
    place = chance.randrange(len(content))
    return content[:place] + content[start:end] + content[place:]


def swapped(content: bytes, chance: Random) -> bytes:
    first, second, third, fourth = sorted(chance.randrange(len(content)) for _ in range(4))
    parts = content[:first], content[third:fourth], content[second:third], content[first:second], content[fourth:]
    return b"".join(parts)


def blanked(content: bytes, chance: Random) -> bytes:
    start, end = _piece(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def renumbered(content: bytes, chance: Random) -> bytes:
    """1 to 8 of its numbers (lengths, counts, places, references) are others, some of them absurd."""
    numbers = list(re.finditer(rb"(?<=[\s/\[])-?\d{1,10}(?=[\s/\]>])", content))
    if not numbers:
        return flipped(content, chance)
    altered = content
    for found in sorted(chance.choices(numbers, k=chance.randint(1, 8)), key=lambda found: -found.start()):
        number = chance.choice((0, 1, -1, 2**31 - 1, 2**31, 10**10, int(found[0]) + 1, chance.randrange(5000)))
        altered = altered[: found.start()] + str(number).encode() + altered[found.end() :]
    return altered


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped, cut_short, cut_out, doubled, swapped, blanked, renumbered,
)  # fmt: skip


def _piece(content: bytes, chance: Random) -> tuple[int, int]:
    """From a byte to a quarter of it, small pieces as likely as large ones."""
    length = round((len(content) / 4) ** chance.random())
    start = chance.randrange(len(content) - length)
    return start, start + length


def judged(number: int, what: str, name: str, reading: FileReading, seconds: float) -> Attempt:
    """What became of a file of that name, which took so long."""
    lines = [str(problem) for problem in reading.problems]
    if seconds > SECONDS + SLACK:
        return Attempt(number, what, FAULT, f"{name}: {seconds:.0f} s, the limit is {SECONDS:.0f} s")
    paged = bool(lines) and all(problem.page for problem in reading.problems)
    if reading.document is None and len(lines) != 1 and not paged:
        return Attempt(number, what, FAULT, f"{name}: no document, and {len(lines)} lines instead of one")
    for line in lines:
        if not line.startswith(name) or "\n" in line or UNEXPECTED.search(line):
            return Attempt(number, what, FAULT, line)
    refused = REFUSED if len(lines) == 1 else BY_PAGES
    return Attempt(number, what, DOCUMENT if reading.document else refused, "; ".join(lines))


def originals(folder: Path) -> list[Path]:
    """IcatError when there are too few."""
    found = sorted(folder.glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))[:ORIGINALS]
    if len(found) < ORIGINALS:
        raise IcatError(f"{folder}: {len(found)} PDFs there, wanted {ORIGINALS}")
    return found


def attempts(folder: Path, numbers: list[int], seed: int) -> Iterator[Attempt]:
    """Alters and reads the files of these numbers, as many at a time as there are cores; as they are done."""
    files = originals(folder)
    content = lru_cache(maxsize=ORIGINALS)(Path.read_bytes)

    def attempt(number: int, place: Path) -> Attempt:
        chance, source = Random(f"{seed} {number}"), files[number % len(files)]
        mutation = chance.choice(MUTATIONS)
        altered = place / f"{number}-{source.name}"
        altered.write_bytes(mutation(content(source), chance))
        begun = time.monotonic()
        reading = read(altered, Publication(id="altered", title="Altered"), seconds=SECONDS, memory_mib=MEMORY_MIB)
        seconds = time.monotonic() - begun
        altered.unlink()
        return judged(number, mutation.__name__.replace("_", " "), altered.name, reading, seconds)

    with TemporaryDirectory(prefix="icat-") as place, ThreadPoolExecutor(cores()) as threads:
        running: set[Future[Attempt]] = set()
        waiting = iter(numbers)
        while True:
            while len(running) < cores() and (number := next(waiting, None)) is not None:
                running.add(threads.submit(attempt, number, Path(place)))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
