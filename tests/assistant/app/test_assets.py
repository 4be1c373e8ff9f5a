"""Scripts and styles as the page is given them: every module is there, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.app import assets
from assistant.app.view import View, filled

IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?'([^']+)';", re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)
SCRIPTS = sorted(assets.FOLDER.rglob("*.js"))


def view(name: str) -> View:
    parts = {f"{name}-part": "<p>words</p>"}
    return View(name=name, title=name, element=f"icat-{name}", skip=("x", "y"), parts=parts, handlers={})


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(assets.FOLDER).as_posix())
def test_a_module_imports_only_what_another_one_of_ours_exports(script: Path):
    for names, source in IMPORT.findall(script.read_text(encoding="utf-8")):
        assert source.startswith("."), f"{source} is fetched from elsewhere"
        exported = set(EXPORT.findall((script.parent / source).read_text(encoding="utf-8")))
        assert {name.split(" as ")[0].strip() for name in names.split(",")} <= exported


def test_no_module_imports_one_that_imports_it():
    imports = {
        script: {(script.parent / source).resolve() for _, source in IMPORT.findall(script.read_text(encoding="utf-8"))}
        for script in SCRIPTS
    }
    done: set[Path] = set()
    while ready := {script for script, needed in imports.items() if needed <= done} - done:
        done |= ready
    assert set(SCRIPTS) == done


def test_modules_are_served_for_good_under_an_address_of_their_own_and_nothing_else_of_the_folder_is():
    head = assets.head([view("chat")])
    (entry,) = re.findall(r'<script type="module" src="([^"]+)"', head)
    assert re.fullmatch(r"icat/[0-9a-f]{12}/page\.js", entry)
    client = TestClient(Starlette(routes=assets.routes([])))
    answer = client.get(f"/{entry}")
    assert (
        answer.headers["content-type"].startswith("text/javascript") and "immutable" in answer.headers["cache-control"]
    )
    assert answer.content == (assets.FOLDER / "page.js").read_bytes()
    for other in ("server.py", "style.css", "../app/page.js"):
        assert client.get(f"/{entry.removesuffix('page.js')}{other}").status_code == 404


def test_the_head_names_the_views_and_has_their_styles():
    head = assets.head([view("chat"), view("toolkit")])
    assert '<meta name="icat-views" content="chat toolkit">' in head
    assert '<meta name="icat-parts" content="icat-top chat-part toolkit-part">' in head
    assert "#toolkit-sheet {" in head and "#review-form" not in head
    assert ":is(#icat-toolkit, [data-for='toolkit'])" in head


def test_a_file_is_filled_with_just_the_values_it_has_places_for(tmp_path: Path):
    file = tmp_path / "part.html"
    file.write_text("<p>$words</p>", encoding="utf-8")
    assert filled(file, words="some") == "<p>some</p>"
    with pytest.raises(KeyError):
        filled(file)
    with pytest.raises(ValueError, match="no place for more"):
        filled(file, words="some", more="x")
