"""Markdown into a Document, by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.quick_yaml import read_yaml
from corpus.readers.reading import DocumentDraft, FileReading, Piece
from corpus.types import NO_RAW, BlockKind, Problem, Publication

if TYPE_CHECKING:
    from markdown_it.token import Token

NESTING = 200  # lists and quotes inside one another, each counted with its items
FRONT_MATTER = 16_384  # characters: a longer block between two rules is text
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")  # the footnote
_REFERENCE = re.compile(r"\[\^[^\]\s]{1,40}\]")  # and where it is called
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*>", re.DOTALL | re.IGNORECASE)
_LINK_END = re.compile(r"\]\((?:<[^>\n]*>|[^()\s]|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\]\[[^\]]*\]|\]")


def read_markdown(source: str, publication: Publication, file: str) -> FileReading:
    """Without front matter, marks of emphasis, link targets and HTML tags; `raw` holds indexes into `source`."""
    from markdown_it import MarkdownIt

    front, body_start = _front_matter(source)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING}).enable("table").disable("text_join")
    draft = DocumentDraft()
    walk = _Walk(source, body_start, draft)
    tokens = parser.parse(source[body_start:])
    if max((token.level for token in tokens), default=0) >= NESTING - 1:  # the rest would be left out
        reason = "has more lists or quotes inside one another than a text has"
        return FileReading(None, (Problem(file, None, reason, "save it as plain text"),))
    walk.tokens(tokens)
    title = str(front.get("title") or "") or draft.first(BlockKind.HEADING)
    return draft.reading(publication, file, title, str(front.get("date") or ""))


def _front_matter(source: str) -> tuple[dict[str, Any], int]:
    """The YAML before the text, and where the text begins. Front matter that is not a mapping says nothing."""
    found = _FRONT.match(source)
    if not found or found.end() > FRONT_MATTER:
        return {}, 0
    import yaml

    try:
        front = read_yaml(found.group(1) or "")
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2016-13-45
        front = None
    return (front if isinstance(front, dict) else {}), found.end()


class _Walk:
    """The parser's tokens into blocks."""

    def __init__(self, source: str, body_start: int, draft: DocumentDraft) -> None:
        self._source = source
        self._draft = draft
        self._lines = [body_start]  # index of each line of the body, as the parser counts lines
        for found in re.finditer(r"\r\n|\n|\r", source[body_start:]):
            self._lines.append(body_start + found.end())
        self._lists = 0
        self._bare_item = False  # an item has begun and its text has not
        self._kind: tuple[BlockKind, int] = (BlockKind.PARAGRAPH, 0)
        self._cells: list[Piece] | None = None  # of the row being read
        self._position = body_start

    def tokens(self, tokens: list[Token]) -> None:
        for token in tokens:
            self._open(token)
            if token.type == "inline":
                self._inline(token)
            elif token.type in ("fence", "code_block"):
                self._lines_of(token)
            elif token.type == "html_block":
                self._html(token)

    def _open(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
        elif token.type == "list_item_open":
            self._bare_item = True
        elif token.type == "heading_open":
            self._kind = (BlockKind.HEADING, int(token.tag[1]))
        elif token.type == "paragraph_open":
            self._kind = (BlockKind.ITEM, self._lists) if self._bare_item else (BlockKind.PARAGRAPH, 0)
            self._bare_item = False
        elif token.type == "tr_open":
            self._cells = []
            if token.map:
                self._position = self._lines[token.map[0]]
        elif token.type in ("th_open", "td_open") and self._cells:
            self._cells.append((" | ", NO_RAW))
        elif token.type == "tr_close" and self._cells is not None:
            self._draft.add(BlockKind.ROW, self._cells)
            self._cells = None

    def _inline(self, token: Token) -> None:
        if self._cells is None and token.map:
            self._position = self._lines[token.map[0]]
        pieces = list(self._pieces(token.children or []))
        if self._cells is not None:
            self._cells += pieces or [("", NO_RAW)]
            return
        kind, level = self._kind
        text = "".join(text for text, _ in pieces)
        if kind is BlockKind.PARAGRAPH and (note := _NOTE.match(text)):
            kind, pieces = BlockKind.FOOTNOTE, _without(pieces, [(0, note.end())])
        else:
            pieces = _without(pieces, [found.span() for found in _REFERENCE.finditer(text)])
        self._draft.add(kind, pieces, level)

    def _pieces(self, children: list[Token]) -> Iterator[Piece]:
        """The words of a paragraph, each found in the source after the one before."""
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                yield " ", NO_RAW
            elif child.type == "link_close" and child.info != "auto":
                if found := _LINK_END.search(self._source, self._position):
                    self._position = found.end()
            elif child.type == "text_special":  # an escape or entity: the source has `markup`
                start = self._find(child.markup)
                yield from ((character, start) for character in child.content)
            elif child.type in ("text", "code_inline"):
                yield from self._words(child.content)
            elif child.type in ("html_inline", "image"):
                self._find(child.content)

    def _words(self, content: str) -> Iterator[Piece]:
        """Text as it stands in the source; NO_RAW for what the parser changed."""
        yield content, self._find(content)

    def _find(self, text: str) -> int:
        start = self._source.find(text, self._position) if text else NO_RAW
        if start >= 0:
            self._position = start + len(text)
        return start

    def _lines_of(self, token: Token) -> None:
        """Code, each line as it stands, as one paragraph."""
        self._position = self._lines[token.map[0]] if token.map else self._position
        if token.type == "fence":
            self._position = self._source.find("\n", self._position) + 1
        pieces: list[Piece] = []
        for line in filter(str.strip, token.content.split("\n")):
            pieces += [(line.strip(), self._find(line.strip())), (" ", NO_RAW)]
        self._draft.add(BlockKind.PARAGRAPH, pieces)

    def _html(self, token: Token) -> None:
        """What HTML between blocks would show, as one paragraph."""
        if token.map:
            self._position = self._lines[token.map[0]]
        start = self._source.find(token.content.rstrip(), self._position)
        content = token.content if start >= 0 else ""
        pieces, position = [], 0
        for tag in [*_TAG.finditer(content), None]:
            end = tag.start() if tag else len(content)
            pieces += [(content[position:end], start + position), (" ", NO_RAW)]
            position = tag.end() if tag else end
        self._draft.add(BlockKind.PARAGRAPH, pieces)


def _without(pieces: list[Piece], spans: list[tuple[int, int]]) -> list[Piece]:
    """Pieces less some spans of their joined text."""
    kept: list[Piece] = []
    position = 0
    for text, raw in pieces:
        cuts = [(max(0, a - position), min(len(text), b - position)) for a, b in spans]
        cuts = [(a, b) for a, b in cuts if a < b]
        at = 0
        for a, b in [*cuts, (len(text), len(text))]:
            kept.append((text[at:a], raw + at if raw != NO_RAW else NO_RAW))
            at = b
        position += len(text)
    return kept
