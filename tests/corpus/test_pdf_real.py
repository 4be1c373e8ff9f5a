"""The reader on the real documents beside the repo. Nothing of them is quoted here: counts, places and rules only."""

import ctypes
import json
import random
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from corpus.clean import unfold
from corpus.readers.pdf import boxes, read_pdf
from corpus.types import Block, BlockKind, Box, Document, Problem, Publication
from corpus.words import LATIN, WORD, Words

REPO = Path(__file__).resolve().parents[2]
POLICY = REPO.parent / "shared" / "data" / "policy"
ME = Publication(id="me", title="Me")
SPANS = 40  # random spans of each document
# Text set at a slant or off the sheet: its boxes cannot be exact.
INEXACT = {"fr_magazine_mairiedu2_109.pdf": 0.15}


def names() -> list[str]:
    return sorted(path.name for path in POLICY.glob("*.pdf")) or ["none"]


@pytest.fixture()
def policy(shared_data: Path) -> Path:
    return shared_data / "policy"


@cache
def reading(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    return read_pdf(path, ME)


# -- the source map ----------------------------------------------------------------------------------------------


@cache
def ink(path: Path, number: int) -> list[tuple[float, float, str]]:
    """Middle of each character's ink on the displayed page, and the character; asked of pdfium by itself."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    text = page.get_textpage()
    width, height = page.get_size()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_int(), ctypes.c_int()
    found = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        if right.value <= left.value and top.value <= bottom.value:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        middle = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        pdfium.FPDF_PageToDevice(page, 0, 0, round(width * 100), round(height * 100), 0, *middle, x, y)
        found.append((x.value / 100, y.value / 100, "-" if code == 2 else chr(code)))
    return found


def under(path: Path, found: list[Box]) -> str:
    """The characters whose middle lies in the boxes, box by box."""
    return "".join(
        char
        for box in found
        for x, y, char in ink(path, box.page)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    )


def ascending(raw: list[int]) -> list[list[int]]:
    """Raw indexes in runs that grow: cells of a table may be drawn in another order than they are read."""
    runs: list[list[int]] = [[]]
    for index in raw:
        if index >= 0:
            if runs[-1] and index < runs[-1][-1]:
                runs.append([])
            runs[-1].append(index)
    return runs


def random_span(document: Document, chance: random.Random) -> tuple[Block, int, int]:
    """Some whole words of one block: half a ligature has no box of its own."""
    block = chance.choice(document.blocks)
    words = [match.span() for match in re.finditer(r"\S+", document.text[block.start : block.end])]
    first = chance.randrange(len(words))
    last = min(len(words), first + chance.randrange(1, 40)) - 1
    return block, block.start + words[first][0], block.start + words[last][1]


def bare(text: str, block: Block) -> str:
    """Without white space, and for a table row without the bars between its cells."""
    text = re.sub(r"(?:^|(?<=\s))\|(?=\s|$)", "", text) if block.kind is BlockKind.ROW else text
    return re.sub(r"[\s\x00-\x1f]+", "", text)


@pytest.mark.parametrize("name", names())
def test_what_lies_under_the_boxes_of_a_span_is_the_span(policy: Path, name: str):
    document, _ = reading(policy / name)
    if document is None:
        pytest.skip("no text in this one")
    chance = random.Random(name)
    wrong = []
    for _ in range(SPANS):
        block, start, end = random_span(document, chance)
        seen = "".join(
            under(policy / name, boxes(policy / name, page.number, run))
            for page in document.pages_of(start, end)
            for run in ascending(document.raw[max(start, page.start) : min(end, page.end)].tolist())
        )
        expected, seen = bare(document.text[start:end], block), bare(unfold(seen)[0], block)
        # Numbers and brackets in text from right to left stand in another order than they are read.
        same = Counter(seen) == Counter(expected) if re.search(r"[\u0590-\u06ff]", expected) else seen == expected
        if not same:
            wrong.append((start, end, len(expected), len(seen)))
    assert len(wrong) <= INEXACT.get(name, 0.025) * SPANS, wrong


@pytest.mark.parametrize("name", names())
def test_only_joining_characters_come_from_nowhere(policy: Path, name: str):
    document, _ = reading(policy / name)
    if document is None:
        pytest.skip("no text in this one")
    assert {char for char, raw in zip(document.text, document.raw.tolist(), strict=True) if raw < 0} <= set(" \n|")


# -- what comes out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_no_repair_touches_a_word_of_a_text_that_is_sound(policy: Path, name: str):
    document, _ = reading(policy / name)
    if document is None:
        pytest.skip("no text in this one")
    words = Words.of([document.text])
    if words.language not in LATIN:
        pytest.skip("no ligatures in this script")
    assert words.ligatures_lost is False
    # Even if the text were thought to have lost ligatures, next to nothing would change: one French word in English.
    broken = Words(words.language, ligatures_lost=True)
    changed = Counter(word for word in WORD.findall(document.text) if broken.repaired(word) != word)
    assert sum(changed.values()) <= 1


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("dw_CaseStudies-voi.pdf", [str(n) for n in range(33, 46)]),
        ("un_A_80_67.en.pdf", [None, *(str(n) for n in range(2, 12))]),
        ("en_zimbabwe_marriages_act_2022.pdf", ["i", "ii", "iii", *(str(n) for n in range(1, 19))]),
        ("ar_egypt_law_no.6.of_.2025.pdf", ["8", "9", "10", "11", "12"]),
        ("udhr_Latn.ENG.pdf", [None] * 4),
        ("un_OCRLAYER_A_47_466.pdf", [None, *(str(n) for n in range(2, 14))]),
        ("fr_magazine_mairiedu2_109.pdf", [None, "2-3", "4-5", "6-7", "8-9", "10-11", None]),
    ],
)
def test_printed_page_numbers(policy: Path, name: str, labels: list[str | None]):
    document, _ = reading(policy / name)
    assert document is not None
    assert [page.label for page in document.pages] == labels


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ar_algeria_law_1.pdf", "no text layer"),
        ("un_SCANNED_A_45_696_Add.1.pdf", "no text layer"),
        ("ar_egypt_Law-arabic-no.67-2016.pdf", "garbled"),
        ("un_ar_S_2025_354.pdf", "garbled"),
    ],
)
def test_documents_without_usable_text_say_so_in_one_line(policy: Path, name: str, reason: str):
    document, problems = reading(policy / name)
    assert document is None
    (problem,) = problems
    assert reason in problem.reason and "all" in problem.reason


def kinds(document: Document) -> Counter[str]:
    return Counter(block.kind.value for block in document.blocks)


def test_a_un_document_keeps_its_paragraph_numbers_and_lists_its_notes(policy: Path):
    document, _ = reading(policy / "un_S_2025_420.en.pdf")
    assert document is not None
    starts = [
        int(match[1])
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
        and (match := re.match(r"(\d+)\. ", document.text[block.start : block.end]))
    ]
    assert starts == list(range(1, 57))
    notes = [
        int(match[1])
        for block in document.blocks
        if block.kind is BlockKind.FOOTNOTE and (match := re.match(r"(\d+) ", document.text[block.start : block.end]))
    ]
    assert notes == list(range(1, notes[-1] + 1)) and len(notes) > 50
    assert "S/2025/420" not in document.text  # the running head


@pytest.mark.parametrize("name", [n for n in names() if n.startswith("udhr_Latn") or n.startswith("udhr_Arab")])
def test_the_thirty_articles_are_headings(policy: Path, name: str):
    document, _ = reading(policy / name)
    assert document is not None
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert sum(bool(re.search(r"\d+$|premier$", heading)) for heading in headings) >= 28


def test_lists_and_running_feet_of_a_guide(policy: Path):
    document, problems = reading(policy / "dw_Combating_Child_Sex_Trafficking_a_Guide_for_Law_Enforcement.pdf")
    assert document is not None
    assert [problem.page for problem in problems] == [23]
    assert kinds(document)["item"] > 60 and kinds(document)["footnote"] > 20
    for page in document.pages[4:22]:
        lines = document.text[page.start : page.end].splitlines()
        assert page.label not in lines
        assert not any(re.fullmatch(r"\d* ?Combating Child Sex Traf\S+ ?\d*", line) for line in lines)


def test_words_are_whole_after_joining_lines(policy: Path):
    document, _ = reading(policy / "el_icpe_liberia.pdf")
    assert document is not None
    words = Words.of([document.text])
    known = [words.common(word) for word in WORD.findall(document.text) if len(word) > 3]
    assert sum(known) / len(known) > 0.93
    assert not re.search(r"[a-z]- [a-z]{3}", re.sub(r"\b\w+- (?:and|or|to)\b", "", document.text))


# -- what must not crash -----------------------------------------------------------------------------------------

READ_ALL = """
import json, sys
from pathlib import Path
from corpus.readers.pdf import read_pdf
from corpus.types import Publication
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    document, problems = read_pdf(path, Publication(id="me", title="Me"))
    print(json.dumps([path.name, document is not None, [str(p) for p in problems]]), flush=True)
"""


def test_every_hostile_file_gives_a_document_or_a_line(shared_data: Path):
    """In one child process: none of them crashes it, hangs it, or says nothing."""
    run = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(shared_data / "robust")],
        cwd=REPO, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert [name for name, *_ in results] == sorted(path.name for path in (shared_data / "robust").glob("*.pdf"))
    for name, has_document, problems in results:
        assert has_document or problems, f"{name}: neither a document nor a reason"
        assert all(line.startswith(name) and "\n" not in line for line in problems)
