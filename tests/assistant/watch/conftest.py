"""Steps that only the test at hand observes."""

import pytest

from assistant.watch import steps


@pytest.fixture(autouse=True)
def unobserved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_observers", [])
