"""Scripts and styles of the page: ES modules, served by this server under an address that changes with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from assistant.app.channel import Channel
from assistant.app.view import View, filled
from assistant.texts.catalogue import LANGUAGES, MIRRORED

FOLDER = Path(__file__).parent
ROOT = "icat"  # what Gradio does not serve
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
# What belongs to one view is hidden in the others, and all of them until `page.js` knows which one is meant.
ELSEWHERE = (
    "html[data-view]:not([data-view='{name}']) :is(#{element}, [data-for='{name}']) {{ display: none !important; }}"
    "html:not([data-view]) #{element} {{ visibility: hidden; }}"
)


def routes(views: Sequence[View]) -> list[Route | Mount]:
    """What is served beside Gradio's own: the modules, and the channel to the handlers of all views.

    The modules lie beside the channel: `channel.js` finds it from its own address, whatever that of the page is.
    """
    channel = Channel({f"{view.name}/{name}": handler for view in views for name, handler in view.handlers.items()})
    return [
        Route(f"/{ROOT}/channel/{{name:path}}", channel.answer, methods=["POST"]),
        *(Mount(f"/{ROOT}/{view.name}", routes=view.routes) for view in views if view.routes),
        Route(f"/{_folder()}/{{path:path}}", _module),
    ]


def head(views: Sequence[View]) -> str:
    """Styles and scripts of these views. In the head, where Gradio leaves them, styles are there before it paints."""
    folders = [FOLDER, *(FOLDER / view.name for view in views)]
    rules = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.css"))]
    rules += [ELSEWHERE.format(name=view.name, element=view.element) for view in views]
    parts = [part for view in views for part in view.parts]
    return "".join(
        [
            filled(FOLDER / "early.html", languages=" ".join(LANGUAGES), mirrored=" ".join(MIRRORED)),
            f"<style>{''.join(rules)}</style>",
            f'<meta name="icat-views" content="{" ".join(view.name for view in views)}">',
            f'<meta name="icat-parts" content="icat-top {" ".join(parts)}">',
            *(f'<link rel="modulepreload" href="{_folder()}/{name}">' for name in _scripts()),
            f'<script type="module" src="{_folder()}/page.js"></script>',
        ]
    )


@cache
def _scripts() -> dict[str, bytes]:
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.js"))}


@cache
def _folder() -> str:
    return f"{ROOT}/{sha256(b''.join(_scripts().values())).hexdigest()[:12]}"


def _module(request: Request) -> Response:
    script = _scripts().get(request.path_params["path"])
    if script is None:
        return Response(status_code=404)
    return Response(script, headers=FOREVER, media_type="text/javascript")
