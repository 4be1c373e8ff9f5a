"""Sixty texts that try to steer a model, a page or a file: see `tests/fixtures/injection.jsonl`.

A line says of which family a text is, where it goes (`place`: document, file name, title, question, history, reply) and
what must hold: "fenced": it reaches a prompt as data only; "inert": where it is shown it is text; "unquoted": no
extract or quote has it; "unsupported": as a model's sentence it never stands as supported. `as`: the kind of its block.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from answer_samples import passage, quote, request

from assistant.types import Answer, Drafting, Evidence, Outcome, Statement, Support, Turn
from corpus.types import Publication

FILE = Path(__file__).resolve().parents[1] / "fixtures" / "injection.jsonl"


@dataclass(frozen=True)
class Injection:
    """One line of the file."""

    n: int
    family: str
    place: str
    text: str
    holds: tuple[str, ...]
    kind: str = "paragraph"

    @property
    def line(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


def injections(place: str = "", holds: str = "") -> list[Injection]:
    """Those that go to a place, or to any, and of which something must hold."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        text = read["text"] * read.get("times", 1)
        found.append(
            Injection(read["n"], read["family"], read["place"], text, tuple(read["holds"]), read.get("as", "paragraph"))
        )
    return [each for each in found if place in ("", each.place) and (not holds or holds in each.holds)]


def hostile(text: str) -> Turn:
    """An answer that has the text wherever somebody else's words can stand."""
    about = Publication(id="orchards", title=text, subtitle=text, series=text, agencies=(text,), languages=(text,))
    source = passage(about, text, headings=(text,))
    stated = Statement(text, (quote(1, source, text),), Support.PARTIAL, (text,), text)
    answer = Answer(
        replace(request(text), stand_alone=text),
        Evidence((source,)),
        (stated,),
        notice=text,
        nearest=(source,),
        withheld=(replace(stated, support=Support.NONE),),
        written_by=text,
        drafting=Drafting(text, Outcome.SHOWN, claims=2, supported=1),
    )
    return Turn(text, answer)
