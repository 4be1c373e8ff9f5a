"""Servers of language models that already run on this machine: found where they usually listen, offered, never used.

Only 127.0.0.1 is asked, and only for the names of models; what reads is told how to set one of them.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from shlex import quote

from assistant.model_settings import LOOPBACK

HOST = LOOPBACK[0]
PORTS: Mapping[int, str] = {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}  # by their manuals
SECONDS = 1.0  # of patience: a server on this machine answers in milliseconds
LARGEST = 1_000_000  # bytes of a list of models
MOST = 20  # names of one server


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A server that speaks the OpenAI protocol."""

    kind: str  # what usually listens there
    base_url: str
    models: tuple[str, ...]  # as it calls them, at least one


def found_here(ports: Mapping[int, str] = PORTS) -> tuple[Neighbour, ...]:
    """Those that answer with a list of models, in the order of the ports. Nothing is raised: none is an answer too."""
    with ThreadPoolExecutor(len(ports)) as beside:
        found = beside.map(_asked, ports)
    named = zip(ports.items(), found, strict=True)
    return tuple(Neighbour(kind, f"http://{HOST}:{port}/v1", models) for (port, kind), models in named if models)


def _asked(port: int) -> tuple[str, ...]:
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
    try:
        connection.request("GET", "/v1/models")
        reply = connection.getresponse()
        return _names(reply.read(LARGEST)) if reply.status == http.client.OK else ()
    except (OSError, http.client.HTTPException):
        return ()
    finally:
        connection.close()


def _names(body: bytes) -> tuple[str, ...]:
    """Of a reply as the OpenAI protocol has it; () of anything else."""
    try:
        models = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return ()
    names = (model.get("id") for model in models if isinstance(model, dict)) if isinstance(models, list) else ()
    return tuple(name for name in names if isinstance(name, str) and name)[:MOST]


def offered(neighbours: Sequence[Neighbour]) -> tuple[str, ...]:
    """Lines for a terminal: what runs, and how to answer with it."""
    lines: list[str] = []
    for each in neighbours:
        lines += [
            f"{each.kind} runs on this machine, unused so far; it has {', '.join(each.models)}",
            f"  export ICAT_MODEL_BASE_URL={each.base_url} ICAT_MODEL_NAME={quote(each.models[0])}",
        ]
    return tuple(lines)
