"""A conversation as a Word document with real footnotes; what other Word documents are made with.

python-docx writes no footnotes, so their part, its relationship, the two styles and the settings that name the
separators are made here (ECMA-376 part 1, 17.11).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from assistant.show.blocks import Role
from assistant.show.lines import TABLE, TextLine, document
from assistant.show.words import printable, say, showable
from assistant.types import Turn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{NAMESPACE}">%s</w:footnotes>'
SEPARATOR = '<w:footnote w:type="%s" w:id="%d"><w:p><w:r><w:%s/></w:r></w:p></w:footnote>'
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))  # with their ids; notes count from 1
REFERENCE = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
FOOTNOTE = (
    '<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    f'{REFERENCE}<w:r><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>'
)
STYLES: Mapping[Role, str] = {  # of the other roles: the assistant's own words, in italics
    Role.TITLE: "Title",
    Role.QUESTION: "Heading 1",
    Role.HEADING: "Heading 1",
    Role.PUBLICATION: "Heading 2",
    Role.LIST: "Heading 2",
    Role.LEVEL: "Heading 3",
    Role.ITEM: "List Bullet",
    Role.DETAIL: "List Continue",
    Role.SOURCE: "List Bullet",
    Role.MEANING: "List Bullet",
    Role.COLUMNS: "Normal",
    Role.ROW: "Normal",
    Role.LEAD: "Normal",
    Role.DIFFERENCE: "Normal",
    Role.TEXT: "Normal",
}
# In another's words, so in their direction.
QUOTED = frozenset({Role.QUESTION, Role.LEAD, Role.DIFFERENCE, Role.TEXT, Role.ITEM, Role.DETAIL, Role.ROW})
A4_MM = (210, 297)
MARGIN_MM = 25


def to_docx(turns: Sequence[Turn], version: str, when: date) -> bytes:
    """The conversation as the bytes of a .docx file."""
    import docx

    content = document(turns, version, when)
    shown = (line for line in content.lines if line.role is not Role.MORE)  # it is printed, and handed out
    made = docx.Document()
    set_page(made, A4_MM, MARGIN_MM)
    made.sections[0].footer.paragraphs[0].alignment = 1  # centred
    made.sections[0].footer.paragraphs[0]._p.append(page_number())
    set_properties(made, say("document.title"), version, when)
    _add_styles(made)
    _add_footnotes(made, content.notes)
    for in_table, run in groupby(shown, key=lambda line: line.role in TABLE):
        if in_table:
            _add_table(made, tuple(run))
        else:
            for line in run:
                if line.follows:
                    made.paragraphs[-1].add_run(" ")
                _fill(made.paragraphs[-1] if line.follows else made.add_paragraph(), line)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _add_table(made: Document, rows: Sequence[TextLine]) -> None:
    """Tables; each begins with the heads of its columns."""
    table = None
    for line in rows:
        if table is None or line.role is Role.COLUMNS:
            table = made.add_table(0, 1 + len(line.cells), "Table Grid")
        first, *others = table.add_row().cells
        _fill(first.paragraphs[0], line)
        for cell, text in zip(others, line.cells, strict=True):
            _fill(cell.paragraphs[0], TextLine(line.role, text))


def _fill(paragraph: Paragraph, line: TextLine) -> None:
    """The text of a line, its notes and what is remarked of it."""
    text = printable(line.text)
    paragraph.style = STYLES.get(line.role, "Normal")
    paragraph.paragraph_format.keep_with_next = line.role in (Role.LEAD, Role.DIFFERENCE, Role.TASK) or None
    rtl = line.role in QUOTED and right_to_left(text)
    if rtl:
        paragraph._p.get_or_add_pPr().append(element("bidi"))
    for piece, marked in line.pieces or ((text, False),):
        _add_run(
            paragraph, showable(piece), rtl, italic=line.role not in STYLES, bold=marked or line.role is Role.COLUMNS
        )
    for number in line.notes:
        run = paragraph.add_run(style="footnote reference")
        run._r.append(element("footnoteReference", id=str(number)))
    if line.remark:
        _add_run(paragraph, f" ({line.remark})", False, italic=True)
    if line.address:
        _add_run(paragraph, f". {line.address}", False, italic=False)


def _add_run(paragraph: Paragraph, text: str, rtl: bool, italic: bool, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.italic, run.bold = italic or None, bold or None
    run.font.rtl = rtl or None


def _add_styles(made: Document) -> None:
    """Word knows both styles by these names, and finds them by these ids."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = made.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.set(w("styleId"), "FootnoteText")
    text.base_style = made.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    mark = made.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(w("styleId"), "FootnoteReference")
    mark.font.superscript = True


def _add_footnotes(made: Document, notes: Sequence[str]) -> None:
    """The footnotes part, its relationship from the document, and the separators in the settings."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    parts = [SEPARATOR % (kind, id, kind) for kind, id in SEPARATORS]
    parts += [FOOTNOTE % (number, escape(printable(note))) for number, note in enumerate(notes, start=1)]
    blob = (FOOTNOTES % "".join(parts)).encode()
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, blob, made.part.package)
    made.part.relate_to(part, FOOTNOTES_RELATION)
    named = element("footnotePr")
    named.extend(element("footnote", id=str(id)) for _, id in SEPARATORS)
    made.settings.element.find(w("compat")).addprevious(named)  # the schema fixes the order: before compat


# --- for any Word document ---


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def set_page(made: Document, size_mm: tuple[int, int], margin_mm: int) -> None:
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in size_mm)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(margin_mm)


def page_number() -> Any:
    """A field with the number of the page it stands on."""
    field, run, text = element("fldSimple", instr="PAGE"), element("r"), element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field


def set_properties(made: Document, title: str, version: str, when: date) -> None:
    properties = made.core_properties
    properties.title, properties.comments = title[:255], ""
    properties.author = say("document.author", version=version)
    properties.created = properties.modified = datetime(when.year, when.month, when.day)


def w(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(f"w:{tag}", {w(key): value for key, value in attributes.items()})
