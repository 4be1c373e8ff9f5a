"""Makes `assistant/sense_weights.py` anew from the messages in `scope_cases.jsonl`: run it after changing those.

python tests/assistant/make_scope_weights.py
"""

import json
import sys
import textwrap
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[2]
CASES = HERE / "scope_cases.jsonl"


def training() -> tuple[list[str], list[str]]:
    """Folded messages in ASCII, and their classes; a greeting is a message that may be answered."""
    from assistant.understand.scope import fold

    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if sum(map(str.isascii, case["message"])) > 0.95 * len(case["message"])]
    labels = [case["expected"] if case["expected"] in ("urgent", "harmful") else "answer" for case in cases]
    return [fold(case["message"]) for case in cases], labels


def module(weights: np.ndarray, embedder: str) -> str:
    """The source of the weights' module."""
    values = b64encode(weights.astype("<f2").tobytes()).decode()
    lines = "\n".join(f'    "{line}"' for line in textwrap.wrap(values, 100))
    return (
        '"""Weights of `understand.sense`, made by `tests/assistant/make_scope_weights.py`; not to be edited."""\n\n'
        f'EMBEDDER = "{embedder}"\n'
        f'CASES_SHA256 = "{sha256(CASES.read_bytes()).hexdigest()}"  # of the messages they were made from\n'
        f"VALUES = (  # base64 of (features, 3) little-endian float16\n{lines}\n)\n"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(REPO))
    weights_file = REPO / "assistant" / "sense_weights.py"
    if not weights_file.exists():
        weights_file.write_text('EMBEDDER = ""\nVALUES = ""\n', encoding="utf-8")
    from assistant.understand.sense import features, fit
    from index.encoders import open_embedder

    embedder = open_embedder("bge-small-en-v1.5")
    texts, labels = training()
    weights_file.write_text(module(fit(features(texts, embedder), labels), embedder.name), encoding="utf-8")
