"""`icat train` on a small folder: what was added to its files is what the classifier then reads."""

import json
from pathlib import Path

import pytest

from assistant.types import Act
from assistant.understand.classifier import open_classifier
from assistant.understand.training import FOLDER, learned_of, made_from, read_examples, train
from corpus.asked import Asked
from corpus.errors import CatalogueError
from index.adapting import Plan
from index.learned import WeightsError

LIST = ["Nenne mir Kennzahlen für {}", "Welche Kennzahlen gibt es für {}?", "Kennzahlen {} bitte", "Liste für {}"]
OTHER = ["Wie wird das Wetter in {}?", "Rezept mit {}", "Wer gewann das Spiel gegen {}?", "Witz über {}"]
OF = ["Aufklärung", "Schulen", "Grenzen", "Gerichte", "Frauenhäuser", "Fischer", "Radio", "Beratung"]

FOLLOW_UP = Asked(heading="Debts", language="de", text="Und wer zahlt?", before="Wer leiht Geld?", act="ask")


def written(folder: Path, act: str, patterns: list[str], language: str = "de") -> None:
    named = {"kinds": ["indicator"], "activities": []} if act == "list" else {}
    lines = [{"text": pattern.format(of), "language": language, **named} for pattern in patterns for of in OF]
    (folder / "examples").mkdir(exist_ok=True)
    (folder / "examples" / f"{act}.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The lexicon with a column for German, and German examples of two acts."""
    content = (FOLDER / "lexicon.yaml").read_text(encoding="utf-8")
    content = content.replace("languages: [en,", "languages: [de, en,")
    (tmp_path / "lexicon.yaml").write_text(content, encoding="utf-8")
    written(tmp_path, "list", LIST)
    written(tmp_path, "off_topic", OTHER)
    return tmp_path


def test_a_language_and_what_people_ask_in_it_are_added_in_files_alone(folder: Path):
    with pytest.raises(FileNotFoundError):
        open_classifier(folder)
    train(folder=folder, plan=Plan(epochs=10))
    reads = open_classifier(folder).read
    assert reads("Kennzahlen für Häfen").acts[Act.LIST] > 0.5
    assert reads("Rezept mit Pilzen").acts[Act.OFF_TOPIC] > 0.5
    assert json.loads((folder / "weights.json").read_text())["made_from"] == made_from(folder)
    assert made_from(folder, [FOLLOW_UP]) != made_from(folder)
    written(folder, "list", LIST[:3])
    assert json.loads((folder / "weights.json").read_text())["made_from"] != made_from(folder)
    (folder / "weights.npz").write_bytes(b"other")
    with pytest.raises(WeightsError, match="icat train"):
        open_classifier(folder)


def test_of_messages_that_sections_answer_those_are_learned_that_somebody_labelled():
    def asked(text: str, act: str | None = "ask", heading: str = "Debts") -> Asked:
        return Asked.model_validate({"heading": heading, "language": "de", "text": text, "act": act})

    (learned,) = learned_of([FOLLOW_UP, FOLLOW_UP.model_copy(update={"act": None})])
    assert (learned.act, learned.example.text, learned.example.after) == (Act.ASK, "Und wer zahlt?", "answer")
    plea = asked("Er schließt mich ein", "danger", "Indicators")
    assert [each.act for each in learned_of([plea])] == [Act.DANGER]
    alone = [asked(f"Wer leiht {n} Euro?") for n in range(300)]
    assert 80 <= len(learned_of(alone)) <= 120  # a third
    assert not learned_of([each.model_copy(update={"heading": "Indicators"}) for each in alone])


def test_examples_of_no_act_or_language_are_told_by_their_place(folder: Path):
    assert len(read_examples(folder / "examples", ["de"])) == 64
    with pytest.raises(CatalogueError, match=r"list\.jsonl:1: language: 'de' is no language"):
        read_examples(folder / "examples", ["en"])
    written(folder, "sing", LIST)
    with pytest.raises(CatalogueError, match=r"sing\.jsonl: no act is called 'sing'"):
        read_examples(folder / "examples", ["de"])
