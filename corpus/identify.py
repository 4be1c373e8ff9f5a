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
from corpus.symbols import is_un_paper, symbol_in
from corpus.titles import CONNECTIVES, fold, words_of
from corpus.types import Block, BlockKind, Document, Kind, Publication, PublicationId, Published

if TYPE_CHECKING:
    from corpus.readers import FileMetadata

IN_DOCUMENT = "the document"
IN_METADATA = "file metadata"
IN_CORRECTION = "whoever added it"
SLUG_LENGTH = 60  # characters: an id is typed, and shown in tables
TITLE_LENGTH = 250  # characters: longer is a paragraph
SHORT_TITLE = 20  # characters: "LIBERIA" is the rest of what stands above it
PARAGRAPH_LENGTH = 180  # characters: a longer paragraph is no title
TITLE_LINES = 4
CARRIED = 0.7  # of a title's words; a cover may break one, or spell it in another way
MASTHEAD_LENGTH = 200  # characters: the first longer block ends what can be masthead
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
    page_title, subtitle = title_on_page(document, metadata.first_page_text)
    title = page_title
    if not (page_title and is_un_paper(metadata.first_page_text)):  # its largest words name a body
        title = chosen_title(metadata.title, page_title, metadata.first_page_text, _first_text(document))
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


def corrected(publication: Publication, title: str, date: str, language: str) -> Publication:
    """The same with what a reader says it is: a title, a date such as '2016', '2016-10' or '', a language.

    What they left as it was keeps its source. ValueError for a date that is none.
    """
    fields: dict[str, object] = {}
    if (title := " ".join(title.split())) and title != publication.title:
        fields |= {"title": title, "subtitle": ""}
    if (date := date.strip()) != first_date(publication):
        year, _, month = date.partition("-")
        given = {"year": year, "month": month or None, "source": IN_CORRECTION}
        fields["published"] = (Published.model_validate(given),) if date else ()
    if language and language != publication.language:
        fields["languages"] = (language,)
    return publication.model_copy(update=fields)


def first_date(publication: Publication) -> str:
    """The best-supported date, '2016' or '2016-10'; '' where there is none."""
    return (
        publication.model_copy(update={"published": publication.published[:1]}).date_label
        if publication.published
        else ""
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
    r"\bdistr\b|\bdis cr\b|\boriginal ?:|^general[e]?$|^(?:english|french|spanish|russian|arabic|chinese|francais)$"
    r"|^(?:agenda )?item \d|\bordre du jour\b|\bpunto\b.*\bprograma\b|\bпункт\b.*\bповестки\b"
    r"|\bsession\b.{0,12}$|^session\b|\bсессия\b|periodo de sesiones|^[a-z]{1,5}/[\w./()-]*\d"
)
_NO_TITLE = re.compile(
    r"^(?:united nations|nations unies|naciones unidas|организация объединенных нации|الامم المتحدة|联合国)$"
    r"|^(?:general assembly|security council|economic and social council)$|^(?:www\.|https?:|[@#]\w)|\S+@\S+\.\w"
    r"|^(?:table of )?contents$|^(?:preamble|introduction|summary|executive summary|foreword|preface|abstract)$"
    r"|^(?:table des matieres|sommaire|preambule|resume|avant-propos|indice|preambulo|resumen|prologo)$"
    r"|^(?:содержание|преамбула|введение|резюме|предисловие|المحتويات|الديباجة|مقدمة|目录|序言|前言|导言)$"
    r"|^(?:article|articulo|статья|المادة|مادة|section|chapter|chapitre|capitulo|глава)\W*\d+\W*$|^第.{1,3}[条章]$"
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


def chosen_title(metadata: str, page: str, first_page: str, next_pages: str = "") -> str:
    """The file's own title where it is sensible, no shorter than the page's, and the first pages carry it.

    It is often left over from another file or a template. Where it is a run of words of the first page that holds
    the page's title, it was read there, by size alone, and the page's title is the better part of it.
    """
    title = " ".join(metadata.split())
    if not page or not sensible(title):
        return title if not page and sensible(title) else page
    words, carried = words_of(title), set(words_of(f"{first_page}\n{next_pages}"))
    fits = sum(word in carried for word in words) >= CARRIED * len(words)
    read_there = page in title and title in " ".join(first_page.split())
    return title if fits and len(words) >= len(words_of(page)) and not read_there else page


def title_on_page(document: Document, first_page: str) -> tuple[str, str]:
    """Title and subtitle at the top of the first page that has any text; empty where nothing looks like one.

    The outermost heading there is the title, the next one its subtitle; else the first short paragraph; else the
    first lines of the page. What comes after the first long paragraph is text, and its headings are sections.
    Of a United Nations document, what follows the masthead counts.
    """
    for page in document.pages[:COVER_PAGES]:
        shown = [block for block in document.blocks if page.start <= block.start < page.end]
        shown = _below_masthead(document, shown)
        long = (at for at, block in enumerate(shown) if _length(_text(document, block)) > PARAGRAPH_LENGTH)
        top = shown[: next(long, len(shown))]
        headings = [block for block in top if block.kind is BlockKind.HEADING]
        if headings:
            return _from_headings(document, headings, top)
        for block in top:
            text = _text(document, block)
            if block.kind is BlockKind.PARAGRAPH and _like_a_title(text):
                return text.rstrip("* "), ""
        if shown:
            break
    return _from_lines(first_page), ""


def _below_masthead(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks of a page that can be a title or follow one: no masthead, date, address or "Contents"."""
    texts = [fold(_text(document, block)) for block in blocks]
    top = next((at for at, text in enumerate(texts) if len(text) > MASTHEAD_LENGTH), len(texts))
    if is_un_paper("\n".join(texts[:top])):
        last = max(at for at, text in enumerate(texts[:top]) if _MASTHEAD.search(text))
        blocks, texts = blocks[last + 1 :], texts[last + 1 :]
    return [
        block
        for block, text in zip(blocks, texts, strict=True)
        if sum(char.isalpha() for char in text) >= 3 and not _NO_TITLE.search(text) and not _dated(text)
    ]


def _dated(text: str) -> bool:
    """Whether a block says when the document was published, and so is no title."""
    day = dates.published(text)
    return day is not None and (day.month is not None or "\u00a9" in text)


def _from_headings(document: Document, headings: list[Block], shown: list[Block]) -> tuple[str, str]:
    """The first heading of the outermost level, with what it leads into or, if it is short, what leads into it."""
    top = min(block.level for block in headings)
    at = next(at for at, block in enumerate(shown) if block in headings and block.level == top)
    title, rest = _text(document, shown[at]), shown[at + 1 :]
    while rest and rest[0].kind is BlockKind.HEADING and _leads_on(title, _text(document, rest[0])):
        title = f"{title} {_text(document, rest.pop(0))}"
    if len(title) < SHORT_TITLE and at and shown[at - 1].kind is BlockKind.HEADING:
        title = f"{_text(document, shown[at - 1])}: {title}"
    subtitle = _text(document, rest[0]) if rest and rest[0].kind is BlockKind.HEADING else ""
    return title.rstrip("* "), subtitle if len(subtitle) <= TITLE_LENGTH else ""


def _leads_on(title: str, below: str) -> bool:
    """Whether a heading is the beginning of a title that the next one goes on with."""
    words = words_of(title)
    return bool(words) and (words[-1] in CONNECTIVES or title[-1] in ",-–&" or below[:1].islower())


def _like_a_title(text: str) -> bool:
    """Whether a paragraph is short, begins as a title does and is no sentence."""
    return 5 <= _length(text) <= PARAGRAPH_LENGTH and not text[0].islower() and text[-1] not in ".;,:。；："


def _length(text: str) -> int:
    """Characters, a Chinese one counted as the three Latin ones that say as much."""
    return len(text) + 2 * sum("\u3040" <= char <= "\u9fff" for char in text)


def _from_lines(first_page: str) -> str:
    """The first lines that are no masthead, up to a date or a table of contents; empty where text goes on."""
    lines: list[str] = []
    for line in map(str.strip, first_page.splitlines()):
        plain = fold(line)
        no_title = _MASTHEAD.search(plain) or _NO_TITLE.search(plain) or _dated(plain)
        if no_title or not any(map(str.isalpha, line)) or (lines and re.match(r"\d{1,2} \D", line)):
            if lines:
                break
            continue
        lines.append(line)
    title = " ".join(lines)
    return title if len(lines) <= TITLE_LINES and _like_a_title(title) else ""


def _text(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())


def _first_text(document: Document) -> str:
    return document.text[: document.pages[:COVER_PAGES][-1].end][:5000]


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
