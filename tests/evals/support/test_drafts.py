"""Drafts whose truth is known: what becomes of their sentences, in both halves, counted by hand."""

import json
from pathlib import Path

import pytest

from assistant.types import Support
from assistant.write.support import SupportModels
from corpus.errors import IcatError
from evals.support.drafts import (
    CheckedSentence,
    Fate,
    ToldDraft,
    checked_draft,
    drafts_line,
    evidence_of,
    main,
    read_drafts,
    table,
)

TRUE = "A survey of 40 harbours in 2011 found 12 lamps out of use."
LAMPS = f"{TRUE} Keepers should log each lamp failure within one day."
BELLS = "Bells are rung in fog. Spare lamps may be shared between harbours."
WIDER = "Keepers must log each lamp failure within one day."
FALSE = "A survey of 40 harbours in 2011 found 19 lamps out of use."
DRAFT = {
    "id": "lamps",
    "draft": f"{TRUE[:-1]} [S1].\nBells are rung in fog [S2].",
    "sentences": [
        {"text": TRUE, "labels": [1], "truth": "faithful"},
        {"text": WIDER, "labels": [1], "truth": "unfaithful", "kind": "strength"},
        {"text": FALSE, "labels": [1], "truth": "unfaithful", "kind": "number"},
        {"text": "Bells are rung in fog.", "labels": [2], "truth": "faithful"},
    ],
    "passages": [
        {"label": 1, "publication": "lamps", "start": 0, "end": len(LAMPS), "headings": ["Lamps"], "text": LAMPS},
        {"label": 2, "publication": "lamps", "start": 200, "end": 200 + len(BELLS), "text": BELLS},
    ],
}


def draft(**changes: object) -> ToldDraft:
    return ToldDraft.model_validate({**DRAFT, **changes})


@pytest.fixture()
def checked() -> list[CheckedSentence]:
    return checked_draft(draft(), SupportModels())[0]


def test_the_evidence_is_the_passages_as_their_writer_saw_them():
    evidence, texts = evidence_of(draft())
    assert [passage.chunk.text for passage in evidence.passages] == [LAMPS, BELLS]
    assert evidence[1].chunk.headings == ("Lamps",)
    assert len(texts.texts) == 2  # two passages of one publication stay apart


def test_sentences_are_plain_marked_or_withheld(checked: list[CheckedSentence]):
    assert [(each.kind, each.fate) for each in checked] == [
        ("faithful", Fate.PLAIN),
        ("strength", Fate.MARKED),
        ("number", Fate.WITHHELD),
        ("faithful", Fate.PLAIN),
    ]
    assert checked[2].statement.support is Support.NONE


def test_the_table_counts_the_faithful_the_others_and_each_kind(checked: list[CheckedSentence]):
    rows = [line.rsplit(maxsplit=4) for line in list(table(checked))[1:]]
    assert [(name.strip(), *figures) for name, *figures in rows] == [
        ("faithful", "2", "1.00", "0.00", "0.00"),
        ("not faithful", "2", "0.00", "0.50", "0.50"),
        ("number", "1", "0.00", "0.00", "1.00"),
        ("strength", "1", "0.00", "1.00", "0.00"),
    ]


def test_a_draft_as_a_whole_is_clean_marked_or_thrown_away():
    texts = {"clean": DRAFT["draft"], "marked": f"{WIDER[:-1]} [S1].", "lost": f"{FALSE[:-1]} [S1]."}
    wholes = [checked_draft(draft(draft=text), SupportModels())[1] for text in texts.values()]
    assert drafts_line([whole for whole in wholes if whole]) == "3 good drafts: 1 without any mark, 1 thrown away"
    assert checked_draft(draft(sentences=[]), SupportModels())[1] is None


def test_every_draft_is_in_one_half(tmp_path: Path):
    file = tmp_path / "drafts.jsonl"
    file.write_text("".join(json.dumps({**DRAFT, "id": str(number)}) + "\n" for number in range(20)), encoding="utf-8")
    tune, test = ([each.id for each in read_drafts(file, half)] for half in ("tune", "test"))
    assert tune and test and sorted([*tune, *test]) == sorted(each.id for each in read_drafts(file))


def test_a_line_that_is_no_draft_is_named(tmp_path: Path):
    file = tmp_path / "drafts.jsonl"
    file.write_text(json.dumps(DRAFT) + '\n{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(IcatError, match=r"drafts\.jsonl.*2"):
        read_drafts(file)


def test_the_command_prints_a_table_and_what_is_not_treated_as_it_should_be(tmp_path: Path, capsys):
    file = tmp_path / "drafts.jsonl"
    missed = {"text": "Bells are rung in fog.", "labels": [2], "truth": "unfaithful", "kind": "made up"}
    file.write_text(json.dumps({**DRAFT, "sentences": [*DRAFT["sentences"], missed]}) + "\n", encoding="utf-8")
    assert main([str(file), "--models", "none", "--list"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "drafts.jsonl, both halves"
    assert "1 good drafts: 1 without any mark, 0 thrown away" in shown
    assert shown[-1].startswith("lamps made up: plain: Bells are rung in fog.")
