"""Overviews of the corpus: what there is of each publication. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.language import translation_of
from corpus.records import Record
from corpus.types import Origin, Problem, Publication, PublicationId


class State(StrEnum):
    """What there is of a publication."""

    ORIGINAL = "original"
    DIGEST = "digest only"
    ABSENT = "not here"
    STARTER = "starter text"  # the project's own, of no publication in particular


class Whose(StrEnum):
    """Whose words a publication is."""

    ICAT = "ICAT's original"
    DIGEST = "this project's digest"  # of what is not here
    PROJECT = "this project's own"
    ADDED = "added by you"


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """One publication in an overview."""

    publication: Publication
    state: State
    pages: int = 0  # of the original; 0 where it is not here
    problems: int = 0  # pages of it that gave no text
    digest: PublicationId = ""  # the starter text that describes it; empty where there is none
    file: str = ""  # name of the file it was added as; empty where it is not here or that is not known
    recognised: int = 0  # pages of it whose text was recognised from a picture
    catalogued: bool = False  # by itself, or as the translation of one that is

    @property
    def whose(self) -> Whose:
        """Whose words are here; of what is not here, whose they would be."""
        own = {State.DIGEST: Whose.DIGEST, State.STARTER: Whose.PROJECT}
        return own.get(self.state) or (Whose.ICAT if self.catalogued else Whose.ADDED)

    @property
    def readable(self) -> PublicationId:
        """Whose text can be opened in its place: its own or its digest's; empty where neither is here."""
        if self.state in (State.ORIGINAL, State.STARTER):
            return self.publication.id
        return self.digest


@dataclass(frozen=True, slots=True)
class Details:
    """All there is to say of one publication."""

    listed: ListedPublication
    problems: tuple[Problem, ...]
    original: Path | None
    digest: PublicationId  # the starter text in force for it; empty where there is none
    text_sha256: str  # of the original's text; empty where it is not here


def listing(
    catalogued: Iterable[Publication], stored: Iterable[Record], starters: Sequence[Publication]
) -> tuple[ListedPublication, ...]:
    """The catalogue in its order, what else is here by id, then the project's texts of no publication."""
    records = {record.publication.id: record for record in stored}
    digests = {text.digest_of: text.id for text in starters if text.digest_of}
    listed, ids = [], set()
    for known in catalogued:
        ids.add(known.id)
        digest = digests.get(known.id, "")
        if known.id in records:
            listed.append(_stored(records.pop(known.id), digest, catalogued=True))
        else:
            state = State.DIGEST if digest else State.ABSENT
            listed.append(ListedPublication(known, state, digest=digest, catalogued=True))
    for name, record in sorted(records.items()):
        translated = name.removesuffix(f"-{record.publication.language}") in ids
        listed.append(_stored(record, "", translated))
    listed += [ListedPublication(text, State.STARTER) for text in starters if not text.digest_of]
    return tuple(listed)


def in_other_languages(publications: Iterable[Publication], language: str) -> frozenset[PublicationId]:
    """Those of the project's own texts that readers of a language (ISO 639-1) have in another one, or not at all:
    translations into others, and what is translated into theirs."""
    own = {text.id for text in publications if text.origin is Origin.STARTER}
    known = {name: translation_of(name) for name in own}
    translations = {name: code for name, (original, code) in known.items() if code and original in own}
    return frozenset(
        name for name in own if translations.get(name, language) != language or f"{name}-{language}" in translations
    )


def _stored(record: Record, digest: PublicationId, catalogued: bool) -> ListedPublication:
    return ListedPublication(
        record.publication,
        State.ORIGINAL,
        record.pages,
        len(record.problems),
        digest,
        record.file,
        record.recognised,
        catalogued,
    )
