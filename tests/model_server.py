"""A llama.cpp server with the OpenAI protocol on 127.0.0.1, in a process of its own, for tests and figures.

`python tests/model_server.py qwen -- icat model check` runs a command with such a server set as its language model.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

import model_weights

THREADS = 2
# Its threads otherwise wait for each other by spinning: beside another process, half a token a second.
ENVIRONMENT = {"GOMP_SPINCOUNT": "0"}
END = 10  # seconds for it to end after it was told to


class ModelServer:
    """A server for one file of weights, from entering to leaving."""

    def __init__(self, weights: Path, context_tokens: int = 2048, at_once: int = 2) -> None:
        """`context_tokens` are for each of the `at_once` requests that it works on together."""
        self.context_tokens = context_tokens
        self.at_once = at_once
        self._command = [sys.executable, __file__, "--serve", str(weights), str(context_tokens), str(at_once)]

    def __enter__(self) -> ModelServer:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,  # when it closes, by whatever end of ours, the server ends too
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **ENVIRONMENT},
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address.startswith("http://"):
            _, errors = self._process.communicate()
            raise RuntimeError(f"the model server did not start: {errors[-500:]}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"

    def environment(self, name: str) -> dict[str, str]:
        """The variables that make it the language model of `icat`."""
        return {
            "ICAT_MODEL_NAME": name,
            "ICAT_MODEL_BASE_URL": self.base_url,
            "ICAT_MODEL_CONTEXT_TOKENS": str(self.context_tokens),
            "ICAT_MODEL_ANSWER_TOKENS": str(min(600, self.context_tokens // 3)),
            "ICAT_MODEL_AT_ONCE": str(self.at_once),
            "ICAT_MODEL_FIRST_SECONDS": "300",
            "ICAT_MODEL_BETWEEN_SECONDS": "60",
            "ICAT_MODEL_WHOLE_SECONDS": "600",
        }

    def written_tokens(self) -> int:
        """Tokens it has written since it started, those of requests that were given up among them."""
        with urllib.request.urlopen(f"{self.address}/metrics") as reply:
            for line in reply.read().decode().splitlines():
                if line.startswith("llamacpp:tokens_predicted_total "):
                    return int(float(line.split()[1]))
        raise LookupError("the server does not tell how many tokens it has written")

    def slots(self) -> list[dict[str, Any]]:
        """What it is doing."""
        with urllib.request.urlopen(f"{self.address}/slots") as reply:
            return json.load(reply)


def serve(weights: str, context_tokens: int, at_once: int) -> None:
    """Serves until stdin closes; says its address in one line first."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = context_tokens * at_once
    params.n_parallel = at_once
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.endpoint_metrics = params.endpoint_slots = True
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # it would otherwise finish what it is writing


def main(name: str, command: list[str]) -> int:
    """Runs a command with this model set; returns its exit code."""
    weights = model_weights.fetch(name)
    context_tokens = min(8192, model_weights.WEIGHTS[name].context_tokens)
    with ModelServer(weights, context_tokens, at_once=1) as server:
        return subprocess.run(command, env={**os.environ, **server.environment(name)}).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    elif len(sys.argv) > 3 and sys.argv[2] == "--":
        sys.exit(main(sys.argv[1], sys.argv[3:]))
    else:
        sys.exit(f"usage: {sys.argv[0]} MODEL -- COMMAND ...; models: {', '.join(model_weights.WEIGHTS)}")
