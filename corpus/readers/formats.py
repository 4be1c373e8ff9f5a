"""What a file is, told by its content, and its characters where it is text. Runs in the child process."""

from __future__ import annotations

import re
import zipfile
from enum import Enum, auto
from pathlib import Path

HEAD = 1024  # bytes: the PDF mark may stand anywhere in these
TEXT_MIB = 64  # a thousand pages are 3
MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_AS_TEXT = "save it as PDF or plain text"
_OCR = "save it as PDF and add that: its text can then be recognised (OCR)"
_UNPACK = "unpack it and add what is inside"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (  # how files begin that no reader takes
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or an encrypted Office file", "save it as .docx or PDF"),
    (b"{\\rtf", "is an RTF file", "save it as .docx or PDF"),
    (b"%!PS", "is a PostScript file", "convert it to PDF"),
    *((mark, "is an image", _OCR) for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    *((mark, "is a packed archive", _UNPACK) for mark in (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")),
)
_ZIPPED = (
    ("xl/workbook.xml", "is a spreadsheet", "save the sheet as PDF"),
    ("ppt/presentation.xml", "is a presentation", "save it as PDF"),
    ("META-INF/container.xml", "is an EPUB book", "convert it to PDF"),
    ("content.xml", "is an OpenDocument file", "save it as .docx or PDF"),
)
_HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_ATX = re.compile(r"^#{1,6} \S", re.MULTILINE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class Format(Enum):
    PDF = auto()
    DOCX = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


class Refused(Exception):
    """A file that no reader takes."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}; {advice}")
        self.reason = reason
        self.advice = advice


def recognised(path: Path) -> tuple[Format, str]:
    """What a file is, and its text where it is one of the three kinds of text. Refused when no reader takes it."""
    if not path.is_file():
        raise Refused("is not a file" if path.exists() else "is not there", "check its name")
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head and not head.lstrip().startswith(b"<"):
        return Format.PDF, ""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_zip(path)
        return Format.DOCX, ""
    for mark, reason, advice in _REFUSED:
        if head.startswith(mark):
            raise Refused(reason, advice)
    source = _source(path)
    return _kind_of_text(source, path.suffix.lower()), source


def _check_zip(path: Path) -> None:
    """Refused unless it is a Word document that can be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            encrypted = any(part.flag_bits & 1 for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused("is a damaged ZIP file", "get it again, or save it anew as PDF") from error
    if "word/document.xml" not in names:
        kinds = (refused for name, *refused in _ZIPPED if name in names)
        raise Refused(*next(kinds, ("is a ZIP archive", _UNPACK)))
    if encrypted:
        raise Refused("is encrypted", "save it without password")


def _source(path: Path) -> str:
    size = path.stat().st_size
    if not size:
        raise Refused("is empty", "get it again")
    if size > TEXT_MIB << 20:
        raise Refused(f"is {size >> 20} MiB of text or of an unknown kind", "split it, or add the PDF")
    source = decoded(path.read_bytes())
    if source is None:
        raise Refused("is of a kind that can't be read", _AS_TEXT)
    return source


def _kind_of_text(source: str, suffix: str) -> Format:
    """HTML by how it begins; Markdown by its suffix, or by its headings where it has none."""
    if _HTML.search(source[: 4 * HEAD]) or (suffix in (".html", ".htm", ".xhtml") and "<" in source):
        return Format.HTML
    if source.lstrip().startswith("<?xml"):
        raise Refused("is an XML file", _AS_TEXT)
    if suffix in MARKDOWN or (not suffix and _ATX.search(source[:20_000])):
        return Format.MARKDOWN
    return Format.TEXT


def decoded(data: bytes) -> str | None:
    """The text of a file by byte order mark, HTML charset, UTF-8, UTF-16 or else cp1252; None when it is none.

    A byte order mark is not part of the text.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32")):
        if data.startswith(mark):
            return _text(data.decode(name, "replace").lstrip("\ufeff"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _text(data.decode("utf-16", "replace"))
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 5:
        even = data[:4096:2].count(0)
        return _text(data.decode("utf-16-be" if even > zeros // 2 else "utf-16-le", "replace"))
    names = ["utf-8", "cp1252"]
    if declared := _CHARSET.search(data[:4096]):
        names.insert(0, declared.group(1).decode("ascii", "replace"))
    for name in names:
        try:
            return _text(data.decode(name))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return _text(data.decode("cp1252", "replace"))


def _text(text: str) -> str | None:
    """The text, unless too much of it is what no text holds."""
    sample = text[:100_000]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return None if strange > max(2, len(sample) // 50) else text
