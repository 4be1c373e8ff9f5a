"""A person at the page: asks, reads, opens a source, reads on. Run by `python -m evals.load`, with Locust's own clock.

Each answer is held against its own question: with the words of another it is an error, and where the statements are not
those that the same question had alone, it is counted as another answer.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from locust import FastHttpUser, between, task

sys.path.append(str(Path(__file__).parent))  # Locust loads this file by its path
from exchange import ASK, OPEN, asking, held, last, opening

GIVEN = json.loads(Path(os.environ["ICAT_TEST_LOAD"]).read_text(encoding="utf-8"))
ALONE: dict[str, list[str]] = GIVEN["alone"]  # what came of each question when nobody else asked, see `held`
LONGEST = 180.0  # seconds that a person waits


class Reader(FastHttpUser):
    """Reads for some seconds between two things; GIVEN["pause"] says how many."""

    wait_time = between(*GIVEN["pause"])
    connection_timeout = network_timeout = LONGEST

    @task
    def asks_and_opens_a_source(self) -> None:
        question = random.choice(list(ALONE))
        answered = self._sent("ask", ASK, asking(question), question)
        if answered and (press := opening(answered)):
            self.wait()
            self._sent("open a source", OPEN, press)

    def _sent(self, name: str, path: str, content: dict, question: str = "") -> dict | None:
        with self.client.post(path, json=content, name=name, catch_response=True) as reply:
            try:
                step = last((reply.text or "").splitlines())
                if question:
                    self._held(step, question)
                elif "<mark" not in step["html"]:
                    raise ValueError("a source without its mark")
                return step
            except (ValueError, KeyError) as error:
                reply.failure(f"{type(error).__name__}: {error}"[:200])
                return None

    def _held(self, step: dict, question: str) -> None:
        if not held(step, question, ALONE):
            self.environment.events.request.fire(
                request_type="", name="another answer than alone", response_time=0, response_length=0, exception=None
            )
