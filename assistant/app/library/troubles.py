"""What can't be read of a file, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.show.words import capital
from assistant.texts.catalogue import _, ngettext, pgettext
from corpus.types import Problem

# How `corpus.readers` says of several pages that they are alike.
_RUN = re.compile(r"(?P<reason>.+) \((?:all (?P<all>\d+) pages|pages (?P<first>\d+) to (?P<last>\d+))\)")
# What a text has a place for: the words of a program that failed, or its one number, which is a limit.
_GIVEN = {"words": re.compile(r"(?<=failed: ).+(?=\))"), "limit": re.compile(r"\d+")}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What can't be read of an original, in plain words."""

    page: int | None  # the first one; None: the whole file
    reason: str
    advice: str

    def __str__(self) -> str:
        if self.page:
            text = _("Page {page}: {reason}; {advice}.")
            return text.format(page=self.page, reason=self.reason, advice=self.advice)
        return _("{reason}; {advice}.").format(reason=capital(self.reason), advice=self.advice)

    def in_file(self, file: str) -> str:
        """The same with the name of the file."""
        if self.page:
            text = _("{file}, page {page}: {reason}; {advice}.")
            return text.format(file=file, page=self.page, reason=self.reason, advice=self.advice)
        return _("{file}: {reason}; {advice}.").format(file=file, reason=self.reason, advice=self.advice)


def trouble_of(problem: Problem) -> Trouble:
    """In the reader's language, where it is one of `corpus/readers/problems.yaml`; else as it stands."""
    run = _RUN.fullmatch(problem.reason)
    reason = _known(run["reason"] if run else problem.reason)
    if run and run["all"]:
        alike = ngettext("{reason} ({n} page)", "{reason} (all {n} pages)", int(run["all"]))
        reason = alike.format(reason=reason, n=run["all"])
    elif run:
        reason = _("{reason} (pages {first} to {last})").format(reason=reason, first=run["first"], last=run["last"])
    return Trouble(problem.page, reason, _known(problem.advice))


def _known(text: str) -> str:
    for name, pattern in _GIVEN.items():
        given, place = pattern.search(text), f"{{{name}}}"
        if given:
            english = f"{text[: given.start()]}{place}{text[given.end() :]}"
            found = pgettext("problem", english)
            return text if found == english else found.replace(place, given[0])
    return pgettext("problem", text)
