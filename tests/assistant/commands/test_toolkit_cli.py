"""`icat toolkit` as it is typed: what it prints and writes, and its exit codes. The shipped lists; no model."""

import io
import json
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.cli import main
from assistant.commands.toolkit import activity_of
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, ToolkitPart
from corpus.types import Activity

AWARENESS = Activity.AWARENESS_RAISING
INDICATORS = [i for i in starter_items() if i.activity is AWARENESS and i.kind is ItemKind.INDICATOR]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ICAT_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("typed", "activity"),
    [
        ("awareness raising", AWARENESS),
        ("awareness-raising", AWARENESS),
        ("AWARE", AWARENESS),
        ("livelihood", Activity.LIVELIHOODS),
        ("legal", Activity.LEGAL_FRAMEWORK),
        ("criminal-justice", Activity.CRIMINAL_JUSTICE),
        ("identification-referral", Activity.IDENTIFICATION),
        ("identification and referral", Activity.IDENTIFICATION),
        ("support-solutions", Activity.SUPPORT),
        ("support_and_durable_solutions", Activity.SUPPORT),
        ("national plans", Activity.NATIONAL_PLANS),
    ],
)
def test_an_activity_is_known_by_its_name_its_first_words_or_a_slug(typed: str, activity: Activity):
    assert activity_of(typed) is activity


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("l", "may be livelihoods or legal framework"), ("raising", "no activity 'raising'"), ("", "no activity ''")],
)
def test_another_activity_is_refused_with_all_seven(typed: str, fault: str):
    with pytest.raises(ArgumentTypeError, match=fault) as refused:
        activity_of(typed)
    assert all(activity.value in str(refused.value) for activity in Activity)


def test_a_list_is_complete_and_counted(capsys: Capture):
    assert main(["toolkit", "list", "--activity", "awareness", "--kind", "indicator"]) == 0
    shown = capsys.readouterr().out
    number = len(INDICATORS)
    assert shown.startswith(f"{number} of {number} indicators for awareness raising\n")
    assert all(f"- {item.text}  [{item.id}]" in shown for item in INDICATORS)
    assert all(f"Caution: {item.caution}" in shown for item in INDICATORS if item.caution)
    levels = [line.strip().split(":")[0] for line in shown.splitlines() if line.startswith("  O") or line[:3] == "  I"]
    assert levels == ["Output", "Outcome", "Impact"]
    assert "Written for this project, not ICAT's words" in shown


def test_a_narrowed_list_says_how_many_there_are_in_all(capsys: Capture):
    impacts = [item for item in INDICATORS if item.level == "impact"]
    assert main(["toolkit", "list", "--activity", "awareness", "--level", "impact"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{len(impacts)} of {len(INDICATORS)} indicators for awareness raising\n")
    assert shown.count("\n  - ") == len(impacts)


def test_without_filters_every_list_is_shown(capsys: Capture):
    assert main(["toolkit", "list"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("\n  - ") == len(starter_items())
    assert " design questions before choosing an activity\n" in shown


def test_details_are_shown_on_request(capsys: Capture):
    assert main(["toolkit", "list", "--activity", "awareness", "--kind", "indicator", "--details"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("      Counted: ") == len(INDICATORS)
    assert shown.count("      Means of verification: ") == len(INDICATORS)


def test_records_are_full(capsys: Capture):
    assert main(["toolkit", "list", "--part-one", "--json"]) == 0
    records = json.loads(capsys.readouterr().out)
    items = [item for item in starter_items() if item.part is ToolkitPart.ONE]
    assert [record["id"] for record in records] == [item.id for item in items]
    assert records[0]["text"] == items[0].text and records[0]["group"] == items[0].group
    assert set(records[0]) == {
        "id", "kind", "part", "activity", "topic", "group", "section", "level", "text", "counts", "over",
        "disaggregation", "verification", "caution", "origin", "publication", "source", "span", "pages",
    }  # fmt: skip


def test_search_shows_items_that_hold_every_word(capsys: Capture):
    assert main(["toolkit", "search", "HELP", "lin", "--kind", "indicator", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found and all(record["kind"] == "indicator" for record in found)
    words = json.dumps(found[0]).lower()
    assert "help" in words and "lin" in words


def test_a_search_that_finds_nothing_exits_with_3(capsys: Capture):
    assert main(["toolkit", "search", "zebra crossing"]) == 3
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "icat: nothing fits; use other words or fewer filters\n")
    assert main(["toolkit", "search", "zebra", "--json"]) == 3
    assert capsys.readouterr().out == "[]\n"


def test_originals_are_listed_with_their_pages_and_take_the_place_of_a_list(tmp_path: Path, capsys: Capture):
    guide = tmp_path / "guide.md"
    guide.write_text(
        "# Guide to livelihoods\n\n## Livelihoods\n\n### Indicators\n\n"
        + "".join(f"- Number of {name} held\n" for name in ("fairs", "courses", "visits")),
        encoding="utf-8",
    )
    assert main(["add", str(guide), "--no-index"]) == 0
    capsys.readouterr()
    assert main(["toolkit", "list", "--activity", "livelihoods", "--kind", "indicator"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("3 of 3 indicators for livelihoods\n\n  Level not given in the source\n")
    assert "- Number of fairs held" in shown and "Guide to livelihoods" in shown and "not ICAT's words" not in shown
    assert main(["toolkit", "list", "--activity", "livelihoods", "--kind", "indicator", "--origin", "starter"]) == 0
    assert "not ICAT's words" in capsys.readouterr().out
    assert main(["toolkit", "list", "--origin", "publication", "--json"]) == 0
    assert [record["text"] for record in json.loads(capsys.readouterr().out)][:1] == ["Number of fairs held"]


def test_a_list_of_no_activity_type_is_counted_by_its_document(tmp_path: Path, capsys: Capture):
    for name, asked in (
        ("intake", ("Who pays?", "Who waits?", "Who drives?")),
        ("audit", ("Who signs?", "Who counts?")),
    ):
        head = f"# The {name} form\n\nFor all who work here.\n\n## Questions to ask\n\n"
        (tmp_path / f"{name}.md").write_text(head + "".join(f"- {each}\n" for each in asked), encoding="utf-8")
        assert main(["add", str(tmp_path / f"{name}.md"), "--no-index"]) == 0
    capsys.readouterr()
    assert main(["toolkit", "search", "who", "--origin", "publication"]) == 0
    counted = [line for line in capsys.readouterr().out.splitlines() if line[:1].isdigit()]
    assert counted == [
        "2 of 2 design questions in The audit form, no date",
        "3 of 3 design questions in The intake form, no date",
    ]


def test_export_writes_each_format(tmp_path: Path, capsys: Capture):
    for suffix in ("xlsx", "docx", "csv", "md", "json"):
        path = tmp_path / f"plan.{suffix}"
        assert main(["toolkit", "export", str(path), "--activity", "awareness", "--kind", "indicator"]) == 0
        assert capsys.readouterr().err == f"icat: wrote {path} ({len(INDICATORS)} rows)\n"
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book["Logframe"].max_row == 4 + len(INDICATORS)
    assert book["Logframe"]["A1"].value == "Awareness raising"
    assert docx.Document(str(tmp_path / "plan.docx")).paragraphs[0].text == "Awareness raising"
    assert sorted(path.name for path in tmp_path.glob("*plan*")) == [
        f"plan.{suffix}" for suffix in ("csv", "docx", "json", "md", "xlsx")
    ]  # nothing half-written is left


def test_export_takes_words_and_a_title(tmp_path: Path):
    assert main(["toolkit", "export", "plan.md", "--words", "help line", "--title", "Our | plan"]) == 0
    written = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert written.startswith("# Our \\| plan\n")
    assert main(["toolkit", "export", "none.md", "--words", "zebra"]) == 3
    assert not (tmp_path / "none.md").exists()


def test_a_file_that_is_there_is_written_over_only_when_asked(tmp_path: Path, capsys: Capture):
    path = tmp_path / "plan.csv"
    path.write_text("filled in by hand", encoding="utf-8")
    assert main(["toolkit", "export", str(path), "--activity", "legal"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "filled in by hand"
    assert main(["toolkit", "export", str(path), "--activity", "legal", "--force"]) == 0
    assert "filled in" not in path.read_text(encoding="utf-8-sig")


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: Capture):
    assert main(["toolkit", "export", str(tmp_path / "none" / "a.csv"), "--activity", "legal"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_an_unknown_format_is_wrong_usage(capsys: Capture):
    with pytest.raises(SystemExit) as stop:
        main(["toolkit", "export", "plan.pdf"])
    assert stop.value.code == 2
    assert ".xlsx .docx .csv .md .json" in capsys.readouterr().err


def test_a_saved_sheet_is_exported_with_what_was_filled_in_and_its_sources_looked_up(tmp_path: Path, capsys: Capture):
    assert main(["toolkit", "export", "plan.json", "--activity", "awareness", "--kind", "indicator"]) == 0
    record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    first, second, *_ = record["rows"]
    first |= {"target": "40", "publication": "ICAT Toolkit, 2014", "origin": "publication"}
    second |= {"item_id": "gone-i01"}
    record["rows"] = [first, second, {"kind": "design question", "text": "=1+1"}]
    (tmp_path / "plan.json").write_text(json.dumps(record), encoding="utf-8")
    capsys.readouterr()
    assert main(["toolkit", "export", "plan.xlsx", "--sheet", "plan.json", "--title", "Ours"]) == 0
    assert "the source is not on this machine: gone-i01" in capsys.readouterr().err
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "plan.xlsx").read_bytes()))
    said = {cell.value for page in book for line in page.iter_rows() for cell in line}
    assert {"Ours", "40", "=1+1", first["text"]} <= said
    assert not any("ICAT Toolkit, 2014" in value for value in said if value)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 9}', "[" * 100_000])
def test_a_file_that_is_no_sheet_is_one_line(tmp_path: Path, capsys: Capture, content: str):
    (tmp_path / "plan.json").write_text(content, encoding="utf-8")
    assert main(["toolkit", "export", "plan.md", "--sheet", "plan.json"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "plan.md").exists()


def test_a_sheet_is_not_filtered(capsys: Capture):
    assert main(["toolkit", "export", "plan.md", "--sheet", "plan.json", "--kind", "lesson"]) == 1
    assert "leave the filters out" in capsys.readouterr().err


def test_lists_need_no_model_no_index_and_no_page():
    script = (
        "import sys\nfrom assistant.cli import main\nassert main(['toolkit', 'list']) == 0\n"
        "slow = {'torch', 'gradio', 'llama_index', 'chromadb', 'onnxruntime', 'bm25s', 'openpyxl', 'docx'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    repo = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", script], cwd=repo, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
