"""Text of pages that are pictures: Tesseract reads them, and what it reads is laid into a copy of the file.

The copy is read like any PDF, so that what is quoted from it has its place on the page; the original stays as it
came, and is what is shown. Tesseract is a program of the system and may be missing: `missing` says what to install.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from threading import Event

from corpus import readers
from corpus.errors import IcatError, UnreadablePublication
from corpus.readers import FileReading
from corpus.readers.isolation import environment
from corpus.readers.pdf_problems import RECOGNITION
from corpus.types import Page, Problem, Publication

PROGRAM, PACKAGE = "tesseract", "tesseract-ocr"
LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}  # ISO 639-1 -> its own
SECONDS = 120.0  # for one page; 2 s for a page of text on one core
MOST_PAGES = 2_000  # of one file: an hour on two cores
USE = "`icat add --recognise en FILE` makes text of pictures of pages (en fr es ru ar zh, or several: en+fr)"
STEP = 0.2  # seconds between two looks at whether it was stopped
_NAME = re.compile(r"[a-z]{3}(?:_[a-z]+)*", re.IGNORECASE)


class RecognitionError(IcatError):
    """Text can't be recognised here: a program or a language is missing, or there are too many pages."""


def named(languages: str) -> tuple[str, ...]:
    """'fr', 'en+fr' or 'fra' as Tesseract names them. RecognitionError for what is no name of a language."""
    names = [LANGUAGES.get(name.lower(), name) for name in re.split(r"[+,\s]+", languages.strip()) if name]
    for name in names:
        if not _NAME.fullmatch(name):
            known = " ".join(LANGUAGES)
            raise RecognitionError(f"{name!r} is no language to recognise: write {known}, or several: en+fr")
    return tuple(dict.fromkeys(names)) or (LANGUAGES["en"],)


def missing(languages: Sequence[str]) -> str:
    """One line on what is to be installed for these languages, as Tesseract names them; '' where all is here."""
    if shutil.which(PROGRAM) is None:
        names = [f"{PACKAGE}-{_packaged(name)}" for name in languages if name != LANGUAGES["en"]]
        install = " ".join((PACKAGE, *names))
        mac = "brew install tesseract tesseract-lang"
        return f"{PROGRAM} is not installed here: `sudo apt-get install {install}` (on a Mac: `{mac}`)"
    lacking = [name for name in languages if name not in _installed()]
    packages = " ".join(f"{PACKAGE}-{_packaged(name)}" for name in lacking)
    mac = "brew install tesseract-lang"
    install = f"`sudo apt-get install {packages}` (on a Mac: `{mac}`)"
    return f"{PROGRAM} cannot read {' and '.join(lacking)} yet: {install}" if lacking else ""


def advice(problems: Iterable[Problem]) -> str:
    """One line on text recognition, where a problem asks for it; '' otherwise."""
    if not any(problem.pictures for problem in problems):
        return ""
    lacking = missing([LANGUAGES["en"]])
    return f"{lacking}, then {USE}." if lacking else f"{USE}."


def pictures(problems: Iterable[Problem]) -> tuple[int, ...]:
    """The pages whose text can be recognised, in order."""
    runs = (range(problem.page, problem.page + problem.pictures) for problem in problems if problem.page)
    return tuple(sorted({page for run in runs for page in run}))


class Recognition:
    """Of one file: first its `pages`, then its `reading`."""

    def __init__(self, file: Path, problems: Iterable[Problem], languages: Sequence[str]) -> None:
        """`languages` as `named` gives them. RecognitionError where one is missing, or there are too many pages."""
        if lacking := missing(languages):
            raise RecognitionError(f"{lacking}, then try again")
        self.file = file
        self.numbers = pictures(problems)
        if len(self.numbers) > MOST_PAGES:
            raise RecognitionError(
                f"{file.name}: more than {MOST_PAGES} pages are pictures; split it and add the parts"
            )
        self._languages = "+".join(languages)
        self._texts: dict[int, bytes] = {}
        self._failures: dict[int, Problem] = {}
        self._stopped = Event()

    def pages(self, beat: float | None = None) -> Iterator[int]:
        """How many are done, after each; the same number again after `beat` seconds in which none was.

        Closed between two of them, it stops within a second, in the middle of a page too, and leaves nothing.
        """
        with ThreadPoolExecutor(readers.cores(), "recognition") as threads:
            numbers = {threads.submit(self._page, number): number for number in self.numbers}
            waiting, done = set(numbers), 0
            try:
                while waiting:
                    ended, waiting = wait(waiting, beat, FIRST_COMPLETED)
                    for future in ended:
                        self._keep(numbers[future], future.result())
                        done += 1
                        yield done
                    if not ended:
                        yield done
            finally:
                self._stopped.set()
                for future in numbers:
                    future.cancel()

    def reading(self, publication: Publication, folder: Path, *, seconds: float, memory_mib: int) -> FileReading:
        """The file read again with what was recognised, in a copy that is written into `folder`."""
        layer = folder / self.file.name
        try:
            readers.with_text(self.file, self._texts, layer, seconds=seconds, memory_mib=memory_mib)
        except UnreadablePublication as error:
            return FileReading(None, (Problem(self.file.name, None, str(error), "save it anew as PDF"),))
        found = readers.read(layer, publication, seconds=seconds, memory_mib=memory_mib)
        problems = tuple(sorted(self._problems(found.problems), key=lambda problem: problem.page or 0))
        if found.document is None:
            named_pages = tuple(problem for problem in problems if problem.page)
            return replace(found, problems=named_pages or (_nothing(self.file.name),))
        pages = tuple(self._marked(page) for page in found.document.pages)
        return replace(found, document=replace(found.document, pages=pages), problems=problems, layer=layer)

    # --- inside ---

    def _page(self, number: int) -> bytes | Problem:
        """A PDF of the page's words alone, seen by nobody, at their places; or why there is none."""
        if self._stopped.is_set():
            return self._failure(number, "stopped")
        try:
            png, dpi = readers.page_scan(self.file, number)
        except UnreadablePublication:
            return self._failure(number, "damaged")
        command = [PROGRAM, "stdin", "stdout", "-l", self._languages, "--dpi", str(dpi)]
        try:
            return self._run([*command, "-c", "textonly_pdf=1", "pdf"], png)
        except TimeoutError:
            return self._failure(number, "slow", limit=f"{SECONDS:g}")
        except (OSError, ValueError) as error:
            return self._failure(number, "failed", words=str(error))

    def _run(self, command: list[str], png: bytes) -> bytes:
        """What the program writes. TimeoutError, OSError, or ValueError with its last words."""
        with tempfile.TemporaryFile() as given:  # without a name, so that nothing is left of it whatever happens
            given.write(png)
            given.seek(0)
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**environment(), "OMP_THREAD_LIMIT": "1"},  # pages are read side by side
                start_new_session=True,  # Ctrl-C is for us; we end it
            )
        try:
            out, said = self._waited(process)
        finally:
            process.kill()
            process.wait()
        if process.returncode or not out.startswith(b"%PDF-"):
            raise ValueError(
                " ".join(said.decode(errors="replace").split())[-200:] or f"exit code {process.returncode}"
            )
        return out

    def _waited(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        """What it writes and says. TimeoutError when it takes longer than SECONDS, or all is stopped."""
        until = time.monotonic() + SECONDS
        while True:
            try:
                return process.communicate(timeout=STEP)
            except subprocess.TimeoutExpired:
                if self._stopped.is_set() or time.monotonic() > until:
                    raise TimeoutError from None

    def _keep(self, number: int, found: bytes | Problem) -> None:
        if isinstance(found, Problem):
            self._failures[number] = found
        else:
            self._texts[number] = found

    def _failure(self, number: int, why: str, limit: str = "", words: str = "") -> Problem:
        reason, advice = RECOGNITION[why]
        return Problem(self.file.name, number, reason.format(limit=limit, words=words), advice, pictures=1)

    def _problems(self, found: Iterable[Problem]) -> Iterator[Problem]:
        """What is wrong with the copy, in words that fit what was done to it."""
        yield from self._failures.values()
        for problem in found:
            if problem.page in self._texts and problem.pictures:
                reason, advice = RECOGNITION["senseless"]
                yield replace(problem, reason=reason, advice=advice)
            elif problem.page not in self._failures:
                yield problem

    def _marked(self, page: Page) -> Page:
        return replace(page, recognised=page.number in self._texts and page.end > page.start)


def _nothing(file: str) -> Problem:
    return Problem(file, None, *RECOGNITION["nothing"])


def _packaged(name: str) -> str:
    """Debian's packages are named without underscores."""
    return name.lower().replace("_", "-")


def _installed() -> frozenset[str]:
    """The languages that Tesseract can read here."""
    try:
        listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=20.0, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.split("\n")[1:]) - {""}
