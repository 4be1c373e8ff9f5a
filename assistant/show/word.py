"""An exported conversation as a Word document with real footnotes.

python-docx writes no footnotes, so their part, its relationship, the two styles and the settings that name the
separators are made here (ECMA-376 part 1, 17.11).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.show.markdown import TITLE, Block, Part, outline
from assistant.types import Turn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SEPARATOR, CONTINUATION = -1, 0  # ids of the two separators; notes count from 1
STYLES = {
    Part.TITLE: "Title",
    Part.QUESTION: "Heading 1",
    Part.HEADING: "Heading 1",
    Part.PUBLICATION: "Heading 2",
    Part.GROUP: "Heading 3",
    Part.ITEM: "List Bullet",
    Part.DETAIL: "List Continue",
    Part.SOURCE: "List Bullet",
    Part.LEAD: "Normal",
    Part.TEXT: "Normal",
    Part.REMARK: "Normal",
}
QUOTED = frozenset(
    {Part.QUESTION, Part.LEAD, Part.TEXT, Part.ITEM, Part.DETAIL}
)  # in another's words, so in their direction
A4_MM = (210, 297)
MARGIN_MM = 25


def to_docx(turns: Sequence[Turn], version: str, when: date) -> bytes:
    """The conversation as the bytes of a .docx file."""
    import docx

    content = outline(turns, version, when)
    document = docx.Document()
    _set_page(document)
    _set_properties(document, version, when)
    _add_styles(document)
    _add_footnotes(document, content.notes)
    for block in content.blocks:
        _add_block(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _set_page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1  # centred
    field = _element("fldSimple", {"instr": "PAGE"})
    field.append(_run_element("1"))
    paragraph._p.append(field)


def _set_properties(document: Document, version: str, when: date) -> None:
    properties = document.core_properties
    properties.title = TITLE
    properties.author = f"ICAT Assistant {version}"
    properties.comments = ""
    properties.created = properties.modified = datetime(when.year, when.month, when.day)


def _add_styles(document: Document) -> None:
    """Word knows both styles by these names, and finds them by these ids."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.set(_name("styleId"), "FootnoteText")
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(_name("styleId"), "FootnoteReference")
    mark.font.superscript = True


def _add_footnotes(document: Document, notes: Sequence[str]) -> None:
    """The footnotes part, its relationship from the document, and the separators in the settings."""
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as PackagePart

    root = _element("footnotes")
    root.append(_separator("separator", SEPARATOR))
    root.append(_separator("continuationSeparator", CONTINUATION))
    for number, note in enumerate(notes, start=1):
        root.append(_footnote(number, note))
    name, blob = PackURI("/word/footnotes.xml"), serialize_part_xml(root)
    part = PackagePart(name, FOOTNOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, FOOTNOTES_RELATION)
    named = _element("footnotePr")
    named.append(_element("footnote", {"id": str(SEPARATOR)}))
    named.append(_element("footnote", {"id": str(CONTINUATION)}))
    settings = document.settings.element
    settings.find(_name("compat")).addprevious(named)  # the schema fixes the order: footnotePr before compat


def _separator(kind: str, id: int) -> Any:
    note = _element("footnote", {"type": kind, "id": str(id)})
    run = _element("r")
    run.append(_element(kind))
    paragraph = _element("p")
    paragraph.append(run)
    note.append(paragraph)
    return note


def _footnote(number: int, text: str) -> Any:
    properties = _element("pPr")
    properties.append(_element("pStyle", {"val": "FootnoteText"}))
    paragraph = _element("p")
    paragraph.append(properties)
    paragraph.append(_reference(_element("footnoteRef")))
    paragraph.append(_run_element(f" {text}"))
    note = _element("footnote", {"id": str(number)})
    note.append(paragraph)
    return note


def _reference(mark: Any) -> Any:
    """A run in the raised style that holds a footnote mark."""
    properties = _element("rPr")
    properties.append(_element("rStyle", {"val": "FootnoteReference"}))
    run = _element("r")
    run.append(properties)
    run.append(mark)
    return run


def _run_element(text: str) -> Any:
    run = _element("r")
    content = _element("t")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = text
    run.append(content)
    return run


def _add_block(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph(style=STYLES[block.part])
    rtl = block.part in QUOTED and right_to_left(block.text)
    if rtl:
        paragraph._p.get_or_add_pPr().append(_element("bidi"))
    if block.part is Part.LEAD:
        paragraph.paragraph_format.keep_with_next = True
    _add_run(paragraph, block.text, rtl, italic=block.part is Part.REMARK)
    for number in block.notes:
        paragraph._p.append(_reference(_element("footnoteReference", {"id": str(number)})))
    if block.remark:
        _add_run(paragraph, f" ({block.remark})", False, italic=True)


def _add_run(paragraph: Paragraph, text: str, rtl: bool, italic: bool) -> None:
    run = paragraph.add_run(text)
    run.italic = italic or None
    run.font.rtl = rtl or None


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(f"w:{tag}", {_name(key): value for key, value in (attributes or {}).items()})
