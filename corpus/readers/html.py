"""HTML into a Document: the main content only. Nothing is run or fetched, no entity is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from corpus.readers.reading import DocumentDraft, FileReading, Piece, no_text, plain
from corpus.types import NO_RAW, BlockKind, Problem, Publication

MAIN_SHARE = 0.25  # of the page's text: less, and <main> or <article> is not where the text is
FURNITURE_SHARE = 0.3  # of the page's text: a larger element is content, whatever its class says
_NEVER = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "iframe",
    "svg", "math", "object", "embed", "dialog", "canvas", "audio", "video", "map", "head", "datalist", "del",
}  # fmt: skip
_BLOCK = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "header", "hgroup", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_HEADING = re.compile(r"h[1-6]")
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "toolbar"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|skip-?(?:link|to|nav)\w*|share|sharing|social|newsletter|"
    r"navbar|sidebar|menu|pager|pagination|related|advert\w*|screen-reader-text|visually-hidden|sr-only|popup|modal)"
    r"(?:$|[\s_-])|cookie-?(?:banner|bar|notice|consent)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTES = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])", re.IGNORECASE)
_REFERENCE = re.compile(r"[\[(]?\s*[\d*†‡a-z]{1,3}\s*[\])]?")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DATES = ("article:published_time", "dc.date", "dcterms.date", "dcterms.issued", "citation_publication_date", "date")


def read_html(source: str, publication: Publication, file: str) -> FileReading:
    """The page without navigation, banners and forms.

    `raw` holds indexes into the text that is kept: the text nodes of what is read, one after the other.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    data = _DECLARATION.sub("", source).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing in it
        return FileReading(None, (no_text(file),))
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):  # the rest would be left out
        reason = "has more elements inside one another than a page has"
        return FileReading(None, (Problem(file, None, reason, "save it as PDF or plain text"),))
    draft = DocumentDraft()
    _Walk(draft, tree).children(_main(tree))
    title = _meta(tree, ("og:title", "dc.title", "dcterms.title")) or draft.first(BlockKind.HEADING)
    return draft.reading(publication, file, title or tree.findtext(".//title") or "", _date(tree))


def _main(tree: html.HtmlElement) -> html.HtmlElement:
    """<main>, or the only <article>, where it holds the text; else the body."""
    body = tree.find("body") if tree.find("body") is not None else tree
    enough = MAIN_SHARE * len(body.text_content())
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = tree.findall(path)
        if len(found) == 1 and len(found[0].text_content()) > enough:
            return found[0]
    return body


def _meta(tree: html.HtmlElement, names: tuple[str, ...]) -> str:
    """The first of some <meta> elements that says something."""
    given = {
        (element.get("property") or element.get("name") or "").lower(): element.get("content") or ""
        for element in tree.iter("meta")
    }
    return next((given[name] for name in names if given.get(name)), "")


def _date(tree: html.HtmlElement) -> str:
    time = tree.find(".//time[@datetime]")
    return _meta(tree, _DATES) or (time.get("datetime") if time is not None else "")


class _Walk:
    """Elements into blocks: text gathers in `_pieces` until an element begins or ends that stands on its own."""

    def __init__(self, draft: DocumentDraft, tree: html.HtmlElement) -> None:
        self._draft = draft
        self._raw = 0
        self._pieces: list[Piece] = []
        self._kind: tuple[BlockKind, int] = (BlockKind.PARAGRAPH, 0)
        self._lists = 0
        self._begun = False  # the item being read has its text; what follows in it are paragraphs
        self._notes = False
        self._large = FURNITURE_SHARE * len(tree.text_content())

    def children(self, element: html.HtmlElement) -> None:
        """What stands inside an element, as blocks."""
        self._inside(element)
        self._flush()

    def _inside(self, element: html.HtmlElement) -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str) and not self._is_furniture(child):
                self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._raw))
            self._raw += len(text)

    def _element(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._line_break()
        elif tag == "sup" and _is_reference(element):
            return
        elif tag not in _BLOCK:
            self._inside(element)
        elif tag == "table" and _is_data(element):
            self._flush()
            self._table(element)
        else:
            self._flush()
            self._block(element)
            self._flush()

    def _line_break(self) -> None:
        """A space; a second one in a row ends the paragraph."""
        if self._pieces and self._pieces[-1] == ("\n", NO_RAW):
            self._flush()
        else:
            self._pieces.append(("\n", NO_RAW))

    def _block(self, element: html.HtmlElement) -> None:
        kept = self._kind, self._lists, self._notes
        tag = element.tag
        self._notes = self._notes or _is_notes(element)
        if _HEADING.fullmatch(tag):
            self._kind = (BlockKind.HEADING, int(tag[1]))
        elif tag in ("ul", "ol"):
            self._lists += 1
        elif tag == "li":
            self._kind = (BlockKind.ITEM, max(1, self._lists))
            self._begun = False
        self._inside(element)
        self._flush()
        self._kind, self._lists, self._notes = kept

    def _table(self, table: html.HtmlElement) -> None:
        """A block for the caption and for each row, cells joined by " | "."""
        for caption in table.findall("caption"):
            self.children(caption)
        for row in table.iter("tr"):
            pieces: list[Piece] = []
            for cell in row.iterchildren("td", "th"):
                self._pieces = []
                for text in self._texts(cell):
                    self._text(text)
                    self._pieces.append((" ", NO_RAW))
                pieces += [*([(" | ", NO_RAW)] if pieces else [("", NO_RAW)]), *self._pieces]
                self._pieces = []
            self._draft.add(BlockKind.ROW, pieces)

    def _texts(self, cell: html.HtmlElement) -> Iterator[str]:
        """The text nodes of a cell that are shown."""
        if cell.text:
            yield cell.text
        for child in cell:
            if isinstance(child.tag, str) and not self._is_furniture(child) and not _is_reference(child):
                yield from self._texts(child)
            if child.tail:
                yield child.tail

    def _flush(self) -> None:
        """The text gathered so far becomes a block; in an item only the first does not become a paragraph."""
        pieces, self._pieces = self._pieces, []
        text = "".join(text for text, _ in pieces)
        if not text.strip():
            return
        kind, level = self._kind
        if self._notes and kind is not BlockKind.HEADING:
            kind, level = BlockKind.FOOTNOTE, 0
        elif kind is BlockKind.ITEM and self._begun:
            kind, level = BlockKind.PARAGRAPH, 0
        self._begun = True
        if kind is BlockKind.PARAGRAPH and len(pieces) == 1:
            kind, pieces = plain(*pieces[0])
            level = int(kind is BlockKind.ITEM)
        self._draft.add(kind, pieces, level)

    def _is_furniture(self, element: html.HtmlElement) -> bool:
        """What a reader of the page's text would not miss."""
        tag = element.tag
        if tag in _NEVER or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if element.get("role") in _ROLES or _HIDDEN.search(element.get("style") or ""):
            return True
        if tag == "header":
            return not any(True for _ in element.iter("h1"))
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return bool(_FURNITURE.search(names)) and len(element.text_content()) < self._large


def _is_notes(element: html.HtmlElement) -> bool:
    if element.get("role") in ("doc-footnote", "doc-endnote", "doc-endnotes"):
        return True
    return bool(_NOTES.search(element.get("class") or "") or _NOTES.search(element.get("id") or ""))


def _is_reference(element: html.HtmlElement) -> bool:
    """Whether it is the small number of a footnote: superscript, short and a link."""
    if element.tag != "sup":
        return False
    linked = element.find(".//a") is not None or element.getparent().tag == "a"
    return linked and bool(_REFERENCE.fullmatch(element.text_content().strip()))


def _is_data(table: html.HtmlElement) -> bool:
    """Whether a table has rows and columns of its own, and is not there to place things on the page."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = list(table.iter("tr"))
    if max((len(list(row.iterchildren("td", "th"))) for row in rows), default=0) < 2:
        return False
    return next(table.iterdescendants("table", "h1", "h2"), None) is None
