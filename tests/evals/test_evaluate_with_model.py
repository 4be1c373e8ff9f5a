"""A run in which a language model writes: its drafts, its tokens and its name are on the scorecard, its key nowhere."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from scripted_model import Reply, ScriptedModel

from assistant.settings import Settings
from evals.evaluate import run
from evals.report import run as report
from evals.runs.records import find_run

CASE = {
    "id": "displacement", "question": "What does displacement mean?", "expected": "answered", "tags": ["definition"],
    "split": "test",
}  # fmt: skip
INVENTED = ("Forty-seven airships inspected ", "912 lighthouses in 1987 [S1]. Each employs a dragon [S99].")


def test_a_draft_that_was_replaced_is_counted_behind_the_answer_that_was_shown(tmp_path: Path, indexed_home: Path):
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(CASE) + "\n")
    with ScriptedModel(Reply(INVENTED)) as server:
        model = {"name": "scripted", "base_url": server.base_url, "key": "s3cret"}
        settings = Settings.model_validate({"home": indexed_home, "model": model})
        fields = {"cases": [file], "tags": [], "split": None, "limit": None, "model": None, "policy": None}
        arguments = Namespace(**fields, out=None, judge="deterministic", verdicts=None, json=True)
        shown: list[Any] = []
        assert run(arguments, settings, line=print, as_json=shown.append, say=lambda _: None) == 0
    values = {name: (value["value"], value["n"]) for name, value in shown[0]["overall"].items()}
    assert (values["draft_shown"], values["draft_failed"], values["withheld"]) == ((0.0, 1), (0.0, 1), (1.0, 1))
    assert values["draft_unknown"] == (1.0, 1)
    assert (values["tokens_in"], values["tokens_out"]) == ((120.0, 1), (30.0, 1))
    assert values["citation_recall"] == (1.0, 1)  # of the sources' own sentences, shown in its place
    folder = find_run(settings.home / "runs", "latest")
    assert all(
        "s3cret" not in kept.read_text() and server.base_url not in kept.read_text() for kept in folder.iterdir()
    )
    markdown = tmp_path / "card.md"
    options = Namespace(
        run="latest", runs=None, judge="deterministic", verdicts=None, check=False, html=None, markdown=markdown
    )
    assert report(options, settings, lambda _: None) == 0
    written = markdown.read_text()
    assert "* language model: scripted" in written
    assert "model's drafts that held and were shown | 0.000 | - | 1 |" in written
