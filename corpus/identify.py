"""What a file is that the catalogue does not know: title, date, symbol and language, read from the file.

Pure: a read document and the metadata of its file in, a Publication out. Nothing is taken from the file's
name but a title of last resort. What is not stated stays empty; what only the metadata state is uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus import dates
from corpus.symbols import symbol_in
from corpus.titles import fold, words_of
from corpus.types import Block, BlockKind, Document, Kind, Publication, PublicationId, Published

if TYPE_CHECKING:
    from corpus.readers import FileMetadata

IN_DOCUMENT = "the document"
IN_METADATA = "file metadata"
SLUG_LENGTH = 60  # characters: an id is typed, and shown in tables
TITLE_LENGTH = 250  # characters: longer is a paragraph
COVER_PAGES = 3  # a cover without text, a half title, and the title page
_MEDIA = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def describe(document: Document, metadata: FileMetadata, file: PurePath, digest: str) -> Publication:
    """The publication a document is, with a provisional id; `digest` is the sha256 of its file."""
    page_title, subtitle = title_on_page(document)
    title = chosen_title(metadata.title, page_title, _first_text(document))
    symbol = symbol_in(metadata.first_page_text)
    return Publication(
        id=f"file-{digest[:8]}",
        title=title or symbol or " ".join(re.split(r"[\W_]+", file.stem)).strip() or "Untitled",
        subtitle=subtitle if title == page_title else "",
        kind=kind_of(title),
        symbol=symbol,
        published=published(document, metadata),
        languages=(metadata.language,),
        sha256=digest,
        mime=media_type(document, file),
    )


def media_type(document: Document, file: PurePath) -> str:
    """By what was read, else by the file's suffix, else unknown bytes."""
    return _MEDIA[".pdf"] if document.paged else _MEDIA.get(file.suffix.lower(), "application/octet-stream")


def published(document: Document, metadata: FileMetadata) -> tuple[Published, ...]:
    """The date the document states; else, uncertain, the one its metadata carry; else none."""
    pages = document.pages[1 : 1 + COVER_PAGES] if document.paged else ()
    next_pages = [document.text[page.start : page.end] for page in pages]
    if day := dates.published(metadata.first_page_text, next_pages):
        return (Published(year=day.year, month=day.month, source=IN_DOCUMENT),)
    if day := dates.from_metadata(metadata.date):
        return (Published(year=day.year, month=day.month, source=IN_METADATA, uncertain=True),)
    return ()


# --- title ---

_JUNK_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|powerpoint presentation|(?:presentation|document) ?\d*$|slide \d"
    r"|name:|untitled|unbenannt|sans titre|sin titulo|без названия|layout \d|page \d|adobe\b|(?:https?|file):)"
    r"|\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|odt|tmp|html?)\b|\btemplate\b|[\\/]\w+[\\/]"
)
_REPORT = re.compile(r"\breports?\b|\brapports?\b|\binformes?\b|\bдоклад\w*|\bотчет\w*|تقرير|报告")
_MASTHEAD = re.compile(
    r"^(?:united nations|nations unies|naciones unidas|организация объединенных нации|الامم المتحدة|联合国)\b"
    r"|^(?:general assembly|security council|economic and social council|distr\b|original ?:|item \d|agenda item"
    r"|assemblee generale|conseil de securite|conseil economique|consejo de seguridad|asamblea general"
    r"|совет безопасности|генеральная ассамблея|джерал|www\.|https?:|\d+$|page \d)"
    r"|\b(?:session|сессия)\b.{0,12}$"
)


def sensible(title: str) -> bool:
    """Whether a title from metadata is one: not a file's name, a template's, a program's, or garbage."""
    plain = fold(title).strip()
    letters = [char for char in title if char.isalpha()]
    if len(letters) < 5 or _JUNK_TITLE.search(plain) or ("_" in plain and " " not in plain):
        return False
    if len(letters) < 0.6 * len(title.replace(" ", "")):
        return False  # numbers and signs
    latin = [char for char in letters if char < "\u0250"]
    accented = [char for char in latin if not char.isascii()]
    return not latin or len(accented) < 0.4 * len(latin)  # more is Arabic or Cyrillic read as Latin-1


def chosen_title(metadata: str, page: str, text: str) -> str:
    """The metadata's title where it is sensible and the first pages carry its words; else theirs."""
    title = " ".join(metadata.split())
    if not sensible(title):
        return page
    words = words_of(title)
    carried = set(words_of(text))
    return title if not page or sum(word in carried for word in words) >= 0.7 * len(words) else page


def title_on_page(document: Document) -> tuple[str, str]:
    """Title and subtitle at the top of the first page that has any text; empty where nothing looks like one.

    The outermost headings there are the title, the next heading its subtitle. Without headings, the first
    short paragraph is.
    """
    for page in document.pages[:COVER_PAGES]:
        blocks = [block for block in document.blocks if page.start <= block.start < page.end]
        shown = [block for block in blocks if not _MASTHEAD.search(fold(_text(document, block)).strip())]
        headings = [block for block in shown if block.kind is BlockKind.HEADING]
        if headings:
            return _from_headings(document, headings, shown)
        for block in shown:
            text = _text(document, block)
            if block.kind is BlockKind.PARAGRAPH and 5 <= len(text) <= TITLE_LENGTH:
                return text.rstrip("*. "), ""
        if shown:
            return "", ""
    return "", ""


def _from_headings(document: Document, headings: list[Block], shown: list[Block]) -> tuple[str, str]:
    top = min(block.level for block in headings)
    first = next(block for block in headings if block.level == top)
    parts, rest = [_text(document, first)], shown[shown.index(first) + 1 :]
    while rest and rest[0].kind is BlockKind.HEADING and rest[0].level == top:
        parts.append(_text(document, rest.pop(0)))
    title = " ".join(parts)
    if len(title) > TITLE_LENGTH:
        title = parts[0]
    below = rest[0] if rest and rest[0].kind is BlockKind.HEADING else None
    subtitle = _text(document, below) if below else ""
    return title.rstrip("* "), subtitle if len(subtitle) <= TITLE_LENGTH else ""


def _text(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())


def _first_text(document: Document) -> str:
    return document.text[: document.pages[: COVER_PAGES][-1].end][:5000]


def kind_of(title: str) -> Kind:
    """A report where the title says so, in one of six languages; else nothing is known."""
    return Kind.REPORT if _REPORT.search(fold(title)) else Kind.OTHER


# --- id ---

_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u"
_CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў", _LATIN.replace("_", "").split(" "), strict=True))


def id_for(publication: Publication, taken: Callable[[PublicationId], bool]) -> PublicationId:
    """An id for a new publication: its symbol, else its title; with language, then with digest where taken.

    Arabic and Chinese titles have no ASCII form that a reader would know: language and digest stand for them.
    """
    digest = publication.sha256[:8]
    base = slug(publication.symbol) or slug(publication.title) or f"{publication.language or 'file'}-{digest}"
    languages = [f"{base}-{publication.language}"] if publication.symbol and publication.language else []
    return next(name for name in (base, *languages, f"{base}-{digest}") if not taken(name))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty where more than half of the letters would be lost."""
    letters = [char for char in text.casefold() if char.isalpha()]
    plain = fold("".join(_CYRILLIC.get(char, char) for char in text.casefold()))
    kept = [char for char in letters if char in _CYRILLIC or fold(char).isascii()]
    if not letters or len(kept) < 0.5 * len(letters):
        return ""
    whole = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return whole if len(whole) <= SLUG_LENGTH else whole[: SLUG_LENGTH + 1].rsplit("-", 1)[0]
