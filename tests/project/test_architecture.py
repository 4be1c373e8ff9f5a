"""Arrows between layers, one door per library, names that resolve inside the repo: read off the syntax trees."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
LAYERS = {
    "prompts": set(),
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index", "prompts"},
    "evals": {"corpus", "index", "assistant", "prompts"},
}
ROOMS = {  # of assistant/: what each may import of the others; what lies at the top is open to all
    "texts": set(),
    "door": {"texts"},
    "watch": set(),
    "understand": {"texts"},
    "wording": {"texts"},
    "people": set(),
    "show": {"texts"},
    "answer": {"understand", "watch", "wording"},
    "toolkit": {"show", "texts", "understand"},
    "draft": {"answer", "show", "texts", "toolkit", "understand"},
    "write": {"answer", "show", "texts", "understand", "watch", "wording"},
    "review": {"people", "show", "texts", "toolkit"},
    "program": {"review", "show", "toolkit"},
    "app": {"door", "draft", "people", "program", "review", "show", "texts", "toolkit", "watch"},
    "operate": {"people", "understand", "write"},
    "commands": {
        "app",
        "door",
        "draft",
        "operate",
        "program",
        "review",
        "show",
        "texts",
        "toolkit",
        "understand",
        "write",
    },
}
MOST_AT_THE_TOP = 12  # modules directly in assistant/
COMMAND_LINE = {"assistant/commands/run.py"}  # the only place that may also import evals
DOORS = {
    "pypdfium2": ("corpus/readers/",),
    "lxml": ("corpus/readers/",),
    "markdown_it": ("corpus/readers/",),
    "docx": ("corpus/readers/", "assistant/show/word.py", "assistant/toolkit/sheet/docx.py"),  # reading, writing
    "babel": ("assistant/texts/",),
    "pptx": ("assistant/show/slides.py",),
    "openpyxl": ("assistant/toolkit/sheet/xlsx.py",),
    "llama_index": ("corpus/chunking.py", "assistant/write/model/", "assistant/llama.py", "evals/bench/baseline.py"),
    "openai": ("assistant/write/model/",),
    "sklearn": (
        "assistant/review/agreement.py",
        "assistant/people/training.py",
        "assistant/understand/training.py",
        "assistant/understand/grams.py",
        "evals/",
    ),
    "matplotlib": ("evals/figures/plots.py",),
    "onnxruntime": ("index/encoders.py",),
    "tokenizers": ("index/encoders.py",),
    "sentence_transformers": ("index/encoders.py",),
    "torch": ("index/encoders.py", "index/adapting.py"),
    "rapidfuzz": ("assistant/understand/spelling.py",),
    "chromadb": ("index/vectors.py", "evals/bench/baseline.py"),
    "bm25s": ("index/keywords.py",),
    "Stemmer": ("index/keywords.py",),
    "gradio": ("assistant/app/",),
    "mcp": ("assistant/program/tools.py",),
    "httpx": ("corpus/fetch.py", "evals/load/__main__.py"),
    "wordfreq": ("corpus/words.py",),
    "py3langid": ("corpus/language.py",),
    "sentencex": ("corpus/sentences.py",),
    "PIL": ("corpus/readers/",),
    "huggingface_hub": ("index/models.py", "assistant/write/model/hub.py"),
    "ir_measures": ("evals/figures/ranking.py",),
    "locust": ("evals/load/locustfile.py",),
    "psutil": (
        "evals/figures/timing.py",
        "evals/load/__main__.py",
        "assistant/commands/model.py",
        "assistant/write/model/local.py",
    ),
    "argon2": ("assistant/door/accounts.py",),
    "authlib": ("assistant/door/oidc.py",),
    "cachetools": ("assistant/door/",),
    "httpx2": ("assistant/door/oidc.py",),
    "joserfc": ("assistant/door/oidc.py",),
    "xllamacpp": ("assistant/write/model/serving.py",),
    "prometheus_client": ("assistant/watch/measures.py",),
    "opentelemetry": ("assistant/watch/measures.py",),
    "requests": (),
    "urllib3": (),
}


def modules() -> list[Path]:
    return sorted(path for layer in LAYERS for path in (REPO / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top names of every import in a file, wherever it stands in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(REPO).as_posix())
def test_a_module_imports_only_what_its_layer_and_its_door_allow(path: Path):
    where = path.relative_to(REPO).as_posix()
    layer = where.split("/")[0]
    names = imported(path)
    allowed = LAYERS[layer] | {layer} | ({"evals"} if where in COMMAND_LINE else set())
    assert not (names & set(LAYERS)) - allowed
    for library in names & set(DOORS):
        assert where.startswith(DOORS[library]), f"{where} imports {library}; its door is {DOORS[library]}"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_the_rooms_before_it(room: str):
    found = set()
    for path in (REPO / "assistant" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant."):
                found.add(node.module.split(".")[1])
    assert found & set(ROOMS) - {room} <= ROOMS[room]


def test_nothing_but_the_command_line_imports_the_commands():
    users = {
        path.relative_to(REPO).as_posix()
        for path in (REPO / "assistant").rglob("*.py")
        if "assistant.commands" in path.read_text(encoding="utf-8") and path.parent.name != "commands"
    }
    assert users == {"assistant/cli.py"}


def test_every_folder_of_the_assistant_is_a_room_and_few_modules_lie_outside():
    folders = {path.parent.name for path in (REPO / "assistant").glob("*/__init__.py")}
    assert folders == set(ROOMS)
    assert len(list((REPO / "assistant").glob("*.py"))) <= MOST_AT_THE_TOP


def test_one_name_is_one_class():
    homes: dict[str, list[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(path.relative_to(REPO).as_posix())
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(REPO).as_posix())
def test_nothing_heavy_is_imported_at_module_level(path: Path):
    heavy = {"torch", "sentence_transformers", "llama_index", "chromadb", "wordfreq", "ir_measures", "docx", "pptx"}
    heavy |= {"openpyxl", "openai", "sklearn", "matplotlib"}
    if path.relative_to(REPO).as_posix() in ("evals/bench/baseline.py", "assistant/llama.py"):
        pytest.skip("imported only by who uses llama-index anyway")
    top = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            top |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            top.add(node.module.split(".")[0])
    assert not top & heavy


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_each_package_resolves_inside_the_repo(name: str):
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).resolve().is_relative_to(REPO)


def test_the_installed_distribution_lists_its_packages_explicitly():
    import tomllib

    listed = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {
        path.parent.relative_to(REPO).as_posix().replace("/", ".")
        for layer in LAYERS
        for path in (REPO / layer).rglob("__init__.py")
    }
    assert set(listed) == found


def test_asking_for_help_imports_none_of_the_slow_libraries():
    import subprocess

    script = (
        "import sys\nfrom assistant.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "slow = {'torch', 'sentence_transformers', 'gradio', 'llama_index', 'chromadb', 'onnxruntime', 'wordfreq'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=REPO, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
