"""`icat serve` on 127.0.0.1 with many people at once: errors, answers that are not their own, seconds, memory.

Every question is asked once alone; then Locust's people ask them over and over, read and open sources. Meanwhile
publications come and go through the page, if wanted. With several servers they share one index in a Chroma server.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import numpy as np
import psutil

from assistant.commands.output import line
from evals.load.exchange import ASK, asking, fingerprint, last, question_of
from evals.runs.cases import default_files, read_cases
from evals.types import CorpusName

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
SAMPLE = 5.0  # seconds between two looks at the memory
WARM = 0.25  # of the run, left out of the slope: models and caches are being filled
ADDED = "# Notes on bee-keeping, number {n}\n\nA hive that stands in the shade gives honey {n} days later.\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 where a request failed or an answer was not its own."""
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--pause", type=float, nargs=2, default=(10, 30), metavar=("FROM", "TO"), help="seconds of reading"
    )
    parser.add_argument("--questions", type=int, default=120, help="different ones")
    parser.add_argument(
        "--servers", type=int, default=1, help="of the page, over one Chroma server where more than one"
    )
    parser.add_argument("--adding", action="store_true", help="publications come and go meanwhile")
    options = parser.parse_args(argv)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = _servers(stack, folder, options.servers)
        alone = [_alone(url, _questions(options.questions)) for url, _ in served]
        if differ := sum(one != alone[0][question] for other in alone[1:] for question, one in other.items()):
            line(f"{differ} of {len(alone[0])} questions are answered otherwise by another server")
        given = folder / "load.json"
        given.write_text(json.dumps({"alone": alone[0], "pause": list(options.pause)}), encoding="utf-8")
        memory = _under_load(folder, given, served, options)
        return _report(folder, memory, len(served), bool(differ))


def _servers(stack: ExitStack, folder: Path, number: int) -> list[tuple[str, psutil.Process]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    environment |= {"ICAT_HOME": str(folder / "home")}
    if number > 1:
        port = _port()
        chroma = ["chroma", "run", "--host", LOOPBACK, "--port", str(port), "--path", str(folder / "chroma")]
        stack.enter_context(_running([str(Path(sys.executable).with_name(chroma[0])), *chroma[1:]], environment))
        environment["ICAT_CHROMA"] = f"http://{LOOPBACK}:{port}"
        _wait_for(f"{environment['ICAT_CHROMA']}/api/v2/heartbeat")
    found = []
    for _ in range(number):
        url = f"http://{LOOPBACK}:{(port := _port())}"
        command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
        process = stack.enter_context(_running(command, environment))
        _wait_for(url)
        found.append((url, psutil.Process(process.pid)))
    return found


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def _port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return taken.getsockname()[1]


def _wait_for(url: str, seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _questions(number: int) -> list[str]:
    """Of the project's own cases over the starter corpus, those without turns before them, evenly over all."""
    cases = [each.case for each in read_cases(default_files()) if each.case.corpus is CorpusName.STARTER]
    found = list(dict.fromkeys(case.question for case in cases if not case.history))
    return found[:: max(1, len(found) // number)][:number]


def _ask(client: httpx.Client, url: str, question: str) -> tuple[str, str]:
    with client.stream("POST", url + ASK, json=asking(question)) as reply:
        answered = last(reply.iter_lines())
    return question_of(answered), fingerprint(answered)


def _alone(url: str, questions: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What came of each question when nobody else asked, see `held`."""
    with httpx.Client(timeout=300) as client:
        return {question: _ask(client, url, question) for question in questions}


def _under_load(
    folder: Path, given: Path, served: Sequence[tuple[str, psutil.Process]], options: argparse.Namespace
) -> list[tuple[float, float]]:
    """(seconds, MiB of all servers), sampled until Locust is done; its CSV files are in the folder."""
    environment = os.environ | {"ICAT_TEST_LOAD": str(given)}
    runs = []
    for place, (url, _) in enumerate(served):
        people = options.people // len(served)
        command = [sys.executable, "-m", "locust", "-f", str(HERE / "locustfile.py"), "--headless", "--host", url]
        command += ["-u", str(people), "-r", "5", "-t", f"{int(options.minutes * 60)}s", "--only-summary"]
        command += ["--stop-timeout", "120", "--csv", str(folder / f"load-{place}")]
        runs.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    began, memory, added = time.monotonic(), [], 0
    while any(run.poll() is None for run in runs):
        seconds = time.monotonic() - began
        memory.append((seconds, sum(process.memory_info().rss for _, process in served) / 2**20))
        if options.adding and seconds > 60 * (added + 1):
            added += 1
            _comes(served[0][0], added)
        print(f"\r{seconds:.0f} s, {memory[-1][1]:.0f} MiB", end="", file=sys.stderr)
        time.sleep(SAMPLE)
    print(file=sys.stderr)
    return memory


def _comes(url: str, number: int) -> None:
    """A publication goes in through the page, as its view does it. HTTPStatusError or ValueError where it does not."""
    name = f"bees-{number}.md"
    with httpx.Client(base_url=url, timeout=120) as client:
        sent = client.put("/icat/library/upload", params={"name": name}, content=ADDED.format(n=number))
        token = sent.raise_for_status().json()["token"]
        last(client.post("/icat/channel/library/examine", json={"token": token}).iter_lines())
        last(client.post("/icat/channel/library/add", json={"token": token, "title": f"Bees {number}"}).iter_lines())


def _report(folder: Path, memory: Sequence[tuple[float, float]], servers: int, differ: bool) -> int:
    failed = 0
    answers = 0
    for place in range(servers):
        with (folder / f"load-{place}_stats.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["Name"] == "Aggregated":
                    continue
                failed += int(row["Failure Count"])
                answers += int(row["Request Count"]) * (row["Name"] == "ask")
                times = ", ".join(f"{name} {float(row[name]) / 1000:.1f} s" for name in ("50%", "95%", "99%"))
                line(f"{row['Name']}: {row['Request Count']}, failed {row['Failure Count']}, {times}")
        with (folder / f"load-{place}_failures.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                line(f"  {row['Name']}: {row['Error']} ({row['Occurrences']})")
    steady = np.array([each for each in memory if each[0] >= WARM * memory[-1][0]])
    slope, _ = np.polyfit(steady[:, 0], steady[:, 1], 1)
    grown = 1000 * slope * memory[-1][0] / max(answers, 1)
    line(f"memory: {memory[0][1]:.0f} MiB at first, {memory[-1][1]:.0f} at the end, {grown:.1f} per 1,000 answers")
    return int(bool(failed) or differ)


if __name__ == "__main__":
    sys.exit(main())
