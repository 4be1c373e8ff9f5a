"""What the child process runs to read a file: the reader that its content asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.language import dominant
from corpus.readers.formats import Format, Refused, recognised
from corpus.readers.reading import FileReading, to_plain
from corpus.types import Problem, Publication


def read(path: Path, publication: Publication) -> tuple:
    """A file as `to_plain` gives it: a document, or one problem that says why there is none."""
    try:
        reading = _read(path, publication)
    except Refused as refused:
        reading = FileReading(None, (Problem(path.name, None, refused.reason, refused.advice),))
    except OSError as error:
        reason = f"can't be read ({error.strerror or error})"
        reading = FileReading(None, (Problem(path.name, None, reason, "check that it may be read"),))
    return to_plain(_completed(reading))


def _read(path: Path, publication: Publication) -> FileReading:
    kind, source = recognised(path)
    if kind is Format.PDF:
        return _read_pdf(path, publication)
    if kind is Format.DOCX:
        from corpus.readers.docx import read_docx

        return read_docx(path, publication)
    if kind is Format.HTML:
        from corpus.readers.html import read_html

        return read_html(source, publication, path.name)
    if kind is Format.MARKDOWN:
        from corpus.readers.markdown import read_markdown

        return read_markdown(source, publication, path.name)
    from corpus.readers.text import read_text

    return read_text(source, publication, path.name)


def _read_pdf(path: Path, publication: Publication) -> FileReading:
    from corpus.readers import pdf

    document, problems = pdf.read_pdf(path, publication)
    if document is None:
        return FileReading(None, problems)
    return FileReading(document, problems, pdf.pdf_metadata(path))


def _completed(reading: FileReading) -> FileReading:
    """With the language that the text is mostly in."""
    if reading.document is None:
        return reading
    language = reading.metadata.language or dominant(reading.document.text)
    return replace(reading, metadata=replace(reading.metadata, language=language))
