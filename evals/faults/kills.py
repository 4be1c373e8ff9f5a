"""Commands of `icat` that are killed at a random moment. Then all that was confirmed is there, and nothing half-done.

Each scene has a data folder of its own, which is used again and again, as the next start finds it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from subprocess import PIPE, STDOUT, Popen
from threading import Timer

from assistant.settings import Settings
from corpus.errors import IcatError
from evals.faults.log import FAULT, Attempt
from evals.faults.scenes import SCENES, Scene

DONE, KILLED = "done before the kill", "killed at work"
LONGEST = 300.0  # seconds for a command that is not killed
EARLIEST = 0.3  # of the time that it takes unharmed: before that it imports libraries


def attempts(numbers: Sequence[int], seed: int, folder: Path) -> Iterator[Attempt]:
    """The kills of these numbers, one scene after another. `folder`: for the data folders."""
    scenes = [kind(Settings(home=folder / kind.name)) for kind in SCENES]
    unharmed: dict[str, float] = {}  # seconds
    for number in numbers:
        scene = scenes[number % len(scenes)]
        if scene.name not in unharmed:
            seconds, _, fault = _run(scene, LONGEST)
            if fault:
                raise IcatError(f"{scene.name}, which nobody killed: {fault}")
            unharmed[scene.name] = seconds
        moment = Random(f"{seed} {number}").uniform(EARLIEST, 1.0) * unharmed[scene.name]
        seconds, killed, fault = _run(scene, moment)
        if not killed:
            unharmed[scene.name] = seconds  # a machine is busier at one time than at another
        yield Attempt(number, scene.name, FAULT if fault else KILLED if killed else DONE, fault)


def _run(scene: Scene, moment: float) -> tuple[float, bool, str]:
    """Seconds that it ran, whether it was killed at that moment (in seconds), and what is wrong after it."""
    scene.prepare()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    environment |= {"ICAT_HOME": str(scene.home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "assistant", *scene.arguments]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=STDOUT, text=True, env=environment) as process:
        process.stdin.write(scene.typed)
        process.stdin.close()
        scene.ready(process)
        begun = time.monotonic()
        killer = Timer(moment, process.kill)
        killer.start()
        confirmed = scene.work(process)
        seconds = time.monotonic() - begun
        killed = not killer.is_alive()
        killer.cancel()
    if not killed and (process.returncode > 0 or not confirmed):
        last = confirmed[-1] if confirmed else "nothing"
        return seconds, killed, f"it ended with exit code {process.returncode} and said {last}"
    try:
        return seconds, killed, scene.fault(confirmed)
    except IcatError as error:  # what can't be opened
        return seconds, killed, str(error)
