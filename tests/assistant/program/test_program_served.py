"""The functions as programs reach them: `gradio_client` at `icat serve --api`, an MCP client at `icat mcp`."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from served_app import REPO, serving

CALLS: dict[str, dict[str, Any]] = {
    "search": {"query": "durable solutions", "limit": 2},
    "ask": {"question": "and why?", "conversation": ["What does displacement mean?"]},
    "list": {"activity": "livelihoods", "kind": "indicator"},
    "draft": {"what": "quiz", "theme": "debt bondage"},
    "cite": {"publication": "glossary", "quote": "Demand is what makes exploitation profitable"},
}
GIVES = {"search": "passages", "ask": "statements", "list": "items", "draft": "parts", "cite": "stands"}
BAD = {"query": "durable solutions", "limit": 99}
REFUSED = "search: limit: Input should be less than or equal to 50"


@pytest.fixture(scope="module")
def client(stocked: Path) -> Iterator[Client]:
    with serving(stocked, options=["--api"]) as url:
        yield Client(url, verbose=False)


@pytest.mark.parametrize("name", CALLS)
def test_each_endpoint_answers_with_what_its_types_say(client: Client, name: str):
    given = client.predict(**CALLS[name], api_name=f"/{name}")
    (described,) = client.view_api(return_format="dict", print_info=False)["named_endpoints"][f"/{name}"]["returns"]
    assert given[GIVES[name]]
    assert set(given) == set(described["type"]["properties"]) == set(described["type"]["required"])


def test_an_endpoint_says_in_one_line_what_is_wrong(client: Client):
    with pytest.raises(AppError) as refused:
        client.predict(**BAD, api_name="/search")
    assert str(refused.value) == REFUSED


def test_programs_are_offered_these_five_and_nothing_of_the_page(client: Client):
    offered = client.view_api(return_format="dict", print_info=False)
    assert set(offered["named_endpoints"]) == {f"/{name}" for name in CALLS}
    assert offered["unnamed_endpoints"] == {}


def test_nothing_is_offered_unless_it_is_asked_for(stocked: Path):
    with serving(stocked) as url:
        client = Client(url, verbose=False)
        offered = client.view_api(return_format="dict", print_info=False)
        assert offered == {"named_endpoints": {}, "unnamed_endpoints": {}}
        with pytest.raises(ValueError, match="search"):
            client.predict("x", api_name="/search")


def test_a_client_of_the_model_context_protocol_finds_and_calls_five_tools(stocked: Path):
    pytest.importorskip("mcp", reason="the package mcp is not installed")
    with ThreadPoolExecutor(1) as beside:  # a browser test before may have left a loop in this thread
        tools, answers, refused = beside.submit(asyncio.run, _session(stocked)).result()
    assert [tool.name for tool in tools] == list(CALLS)
    assert all(tool.description and tool.input_schema["properties"] for tool in tools)
    for tool, answer in zip(tools, answers, strict=True):
        assert not answer.is_error
        assert answer.structured_content[GIVES[tool.name]]
        assert set(answer.structured_content) == set(tool.output_schema["properties"])
    assert (refused.is_error, refused.content[0].text) == (True, REFUSED)


async def _session(home: Path) -> tuple[Any, list[Any], Any]:
    """Tools, the answer of each, and that to a bad call. The session holds every answer against its tool's schema."""
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    started = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant", "mcp"], env={**os.environ, "ICAT_HOME": str(home)}, cwd=REPO
    )
    async with stdio_client(started) as streams, ClientSession(*streams) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        answers = [await session.call_tool(tool.name, CALLS[tool.name]) for tool in tools]
        return tools, answers, await session.call_tool("search", BAD)


def test_without_the_package_one_line_says_how_to_have_it(stocked: Path, tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['mcp'] = None", encoding="utf-8")
    path = f"{tmp_path}{os.pathsep}{REPO}"
    environment = {**os.environ, "ICAT_HOME": str(stocked), "PYTHONPATH": path}
    command = [sys.executable, "-m", "assistant", "mcp"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=REPO)
    assert run.returncode == 1 and run.stdout == ""
    assert run.stderr.startswith("icat: `icat mcp` needs a package that is not here: pip install mcp")
    assert len(run.stderr.splitlines()) == 1
