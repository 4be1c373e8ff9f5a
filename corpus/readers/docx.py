"""Word documents into a Document: headings by style, lists, tables row by row, footnotes after their paragraph."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.readers.reading import Draft, Piece, Reading, plain
from corpus.readers.text import metadata, no_text
from corpus.types import NO_RAW, BlockKind, Problem, Publication

UNPACKED_MIB = 512  # of all parts together: a 500-page report with its pictures has 200
RATIO = 200  # of one part to its packed size, from 8 MiB on: XML packs to a twentieth
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent"}
_THROUGH = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag", f"{_W}ins", f"{_W}moveTo"}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures", re.IGNORECASE)
_LISTED = re.compile(r"list (?:bullet|number)(?: (\d))?", re.IGNORECASE)


def read_docx(path: Path, publication: Publication) -> Reading:
    """`raw` holds indexes into the text as the file has it: the text of its runs, one after the other."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if problem := _bomb(path):
        return Reading(None, (problem,))
    try:
        opened = docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        reason = f"is damaged ({type(error).__name__})"
        return Reading(None, (Problem(path.name, None, reason, "open it in Word and save it anew"),))
    draft = Draft()
    _Walk(opened, draft).body(opened.element.body)
    document = draft.document(publication)
    if document is None:
        return Reading(None, (no_text(path.name),))
    properties = opened.core_properties
    when = properties.created or properties.modified
    title = properties.title or draft.first(BlockKind.HEADING)
    return Reading(document, (), metadata(title, when.date().isoformat() if when else "", document.text))


def _bomb(path: Path) -> Problem | None:
    """A file that would unpack to more than a document can be."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return Problem(path.name, None, "is damaged (its ZIP directory)", "open it in Word and save it anew")
    total = sum(part.file_size for part in parts)
    dense = any(part.file_size > max(8 << 20, RATIO * part.compress_size) for part in parts)
    if total > UNPACKED_MIB << 20 or dense:
        reason = f"unpacks to {total >> 20} MiB"
        return Problem(path.name, None, reason, "if you trust it, open it in Word and save it as PDF")
    return None


class _Walk:
    """The body's paragraphs and tables into blocks."""

    def __init__(self, opened: Any, draft: Draft) -> None:
        self._draft = draft
        self._raw = 0
        self._styles = _styles(opened)
        self._notes = _notes(opened)
        self._has_title = False

    def body(self, body: Any) -> None:
        for child in body:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in _THROUGH:
                self.body(child)

    def _paragraph(self, paragraph: Any) -> None:
        style, level, numbered = self._style(paragraph)
        if _CONTENTS.fullmatch(style):
            return
        pieces = list(self._pieces(paragraph))
        kind = BlockKind.PARAGRAPH
        if level:
            kind = BlockKind.HEADING
        elif numbered:
            kind, level = BlockKind.ITEM, numbered
        elif len(pieces) == 1:
            kind, pieces = plain(*pieces[0])
            level = int(kind is BlockKind.ITEM)
        self._draft.add(kind, pieces, level)
        for box in _boxes(paragraph):
            self.body(box)
        for note in self._called(paragraph):
            self._draft.add(BlockKind.FOOTNOTE, note)

    def _style(self, paragraph: Any) -> tuple[str, int, int]:
        """Style name, heading level (0: none), list depth (0: none)."""
        properties = paragraph.find(f"{_W}pPr")
        name, level, numbered = self._styles.get(_value(properties, "pStyle"), ("", 0, 0))
        own = _value(properties, "outlineLvl")
        if own.isdigit() and int(own) < 9:
            level = int(own) + 1
        if name.lower() == "title":
            self._has_title, level = True, 1
        elif level and self._has_title:
            level += 1
        number = properties.find(f"{_W}numPr") if properties is not None else None
        if number is not None:
            depth = _value(number, "ilvl")
            numbered = 0 if _value(number, "numId") == "0" else (int(depth) + 1 if depth.isdigit() else 1)
        return name, level, numbered

    def _pieces(self, element: Any) -> Iterator[Piece]:
        """The runs of text below an element, in order, without what is deleted, hidden or in a text box."""
        for child in element:
            if child.tag in _SKIPPED or _is_hidden(child):
                continue
            if child.tag == f"{_W}t":
                text = child.text or ""
                yield text, self._raw
                self._raw += len(text)
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag], NO_RAW
            elif child.tag != f"{_W}tbl":
                yield from self._pieces(child)

    def _called(self, paragraph: Any) -> Iterator[list[Piece]]:
        """The footnotes a paragraph calls, in order."""
        for tag, kind in ((f"{_W}footnoteReference", "footnote"), (f"{_W}endnoteReference", "endnote")):
            for reference in paragraph.iter(tag):
                note = self._notes.get((kind, reference.get(f"{_W}id")))
                if note is not None:
                    yield list(self._cell(note))

    def _cell(self, cell: Any) -> Iterator[Piece]:
        """All paragraphs of a cell or note, a space between them."""
        for paragraph in cell.iter(f"{_W}p"):
            yield from self._pieces(paragraph)
            yield " ", NO_RAW

    def _table(self, table: Any) -> None:
        """A block for each row; a table of one column is there for its frame, and read as paragraphs."""
        rows = [[cell for cell in row.iter(f"{_W}tc") if _owner(cell) is row] for row in table.iterchildren(f"{_W}tr")]
        if max(map(len, rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    self.body(cell)
            return
        for row in rows:
            pieces: list[Piece] = []
            for number, cell in enumerate(row):
                pieces += [(" | ", NO_RAW)] if number else []
                pieces += self._cell(cell)
            if any(text.strip(" |") for text, _ in pieces):
                self._draft.add(BlockKind.ROW, pieces)


def _value(parent: Any, name: str) -> str:
    """The w:val of a child; "" when there is none."""
    child = parent.find(f"{_W}{name}") if parent is not None else None
    return (child.get(f"{_W}val") or "") if child is not None else ""


def _is_hidden(run: Any) -> bool:
    if run.tag != f"{_W}r":
        return False
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")


def _owner(cell: Any) -> Any:
    """The row a cell stands in, through content controls."""
    parent = cell.getparent()
    while parent.tag in _THROUGH:
        parent = parent.getparent()
    return parent


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; each is there twice, the second time for old programs."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            yield box


def _styles(opened: Any) -> dict[str, tuple[str, int, int]]:
    """Style id -> (name, heading level, list depth), each inherited where the style has none."""
    elements = {style.get(f"{_W}styleId"): style for style in opened.styles.element.iter(f"{_W}style")}
    found = {}
    for style_id, style in elements.items():
        name, level, numbered, seen = _value(style, "name"), 0, 0, set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            its_name = _value(style, "name")
            outline = _value(style.find(f"{_W}pPr"), "outlineLvl")
            if not level and (heading := _HEADING.fullmatch(its_name)):
                level = int(heading.group(1))
            elif not level and outline.isdigit() and int(outline) < 9:
                level = int(outline) + 1
            if not numbered and (listed := _LISTED.fullmatch(its_name)):
                numbered = int(listed.group(1) or 1)
            elif not numbered and style.find(f"{_W}pPr/{_W}numPr/{_W}numId") is not None:
                numbered = 1
            style = elements.get(_value(style, "basedOn"))
        found[style_id] = (name, level, numbered)
    return found


def _notes(opened: Any) -> dict[tuple[str, str], Any]:
    """("footnote", id) -> its element, from the parts that hold footnotes and endnotes."""
    from docx.oxml import parse_xml

    notes = {}
    for relation in opened.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind[:-1]}"):
                notes[kind[:-1], note.get(f"{_W}id")] = note
    return notes
