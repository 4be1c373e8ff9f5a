"""The journal: what is kept, what never is, and writers that do not disturb each other."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from answer_samples import request, two_sources

from assistant.app.chat.feedback import MAX_COMMENT, FeedbackJournal, Rating
from assistant.types import Act, Answer

NOON = datetime(2025, 3, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))


def lines(journal: FeedbackJournal) -> list[dict]:
    return [json.loads(line) for line in journal.path.read_text(encoding="utf-8").splitlines()]


def test_entry_keeps_what_was_cited_and_not_what_was_asked(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path, "0.1.0")
    journal.feedback(two_sources(), Rating.DOWN, "page\nis wrong", NOON)
    assert lines(journal) == [
        {
            "time": "2025-03-01T12:00:00+00:00",
            "version": "0.1.0",
            "status": "answered",
            "written_by": "verbatim",
            "rating": "down",
            "comment": "page is wrong",
            "chunks": ["demand#40", "digest#0"],
            "pages": ["demand:14", "digest:1"],
        }
    ]
    assert "What drives demand?" not in journal.path.read_text(encoding="utf-8")


def test_refusals_can_be_rated_and_long_comments_are_cut(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path, "v")
    journal.feedback(Answer(request(act=Act.OFF_TOPIC)), Rating.UP, "x" * 5000, NOON)
    (entry,) = lines(journal)
    assert (entry["status"], entry["chunks"], len(entry["comment"])) == ("out of scope", [], MAX_COMMENT)


def test_labels_without_a_passage_are_no_obstacle(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path, "v")
    answer = two_sources()
    broken = replace(answer.statements[0], quotes=(replace(answer.statements[0].quotes[0], label=9),))
    journal.feedback(replace(answer, statements=(broken,)), Rating.DOWN)
    assert lines(journal)[0]["chunks"] == []


def test_unknown_rating_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        FeedbackJournal(tmp_path, "v").feedback(two_sources(), "sideways")


def test_threads_and_processes_lose_no_line(tmp_path: Path) -> None:
    """Two processes of 40 lines each and four threads of 20: 160 whole lines."""
    code = (
        "import sys; from pathlib import Path; from assistant.app.chat.feedback import FeedbackJournal, Rating;"
        "from assistant.types import Answer, Request;"
        "journal = FeedbackJournal(Path(sys.argv[1]), 'v');"
        "[journal.feedback(Answer(Request('a', 'a')), Rating.UP, 'p' * 1500) for _ in range(40)]"
    )
    repo = Path(__file__).resolve().parents[4]
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=repo) for _ in range(2)]
    journal = FeedbackJournal(tmp_path, "v")

    def write(_: int) -> None:
        for _ in range(20):
            journal.feedback(two_sources(), Rating.UP, "t" * 1500)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert [process.wait() for process in processes] == [0, 0]
    assert sorted({entry["comment"][0] for entry in lines(journal)}) == ["p", "t"]
    assert len(lines(journal)) == 160
