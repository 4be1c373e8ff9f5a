"""Makes `assistant/toolkit/recognise_weights.py` anew: run it after changing `recognition_tuning.jsonl`.

python tests/assistant/make_recognition_weights.py
"""

import json
import sys
import textwrap
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
TUNING = HERE / "recognition_tuning.jsonl"
WEIGHTS = REPO / "assistant" / "toolkit" / "recognise_weights.py"


def examples():
    """(description, activity or None) of the phrasings that describe a programme of one type in English, or of none."""
    from assistant.toolkit.recognise_description import description_in
    from corpus.types import Activity

    for line in TUNING.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "programme" in row:
            yield row["programme"], Activity(row["activity"]) if row["activity"] else None
        elif row["kinds"] and len(row["activities"]) == 1 and row["question"].isascii():
            description = description_in(row["question"], row["question"])
            if description:
                yield description, Activity(row["activities"][0])


def fitted(embedder, described):
    """The weights from the starter library and the descriptions given."""
    import numpy as np

    from assistant.toolkit.recognise_sense import EXAMPLE_WEIGHT, fit, targets
    from corpus.toolkit_starter import starter_library

    items = [item for item in starter_library().items if item.activity]
    texts = [item.text for item in items] + [text for text, _ in described]
    wanted = targets([item.activity for item in items] + [activity for _, activity in described])
    weights = np.r_[np.ones(len(items)), np.full(len(described), EXAMPLE_WEIGHT)]
    return fit(embedder.embed_passages(texts).astype(np.float64), wanted, weights)


def module(weights, embedder: str) -> str:
    """The source of the weights' module."""
    values = b64encode(weights.astype("<f2").tobytes()).decode()
    lines = "\n".join(f'    "{line}"' for line in textwrap.wrap(values, 100))
    return (
        '"""Weights of `assistant.toolkit.recognise_sense`, made by `tests/assistant/make_recognition_weights.py`;\n'
        'not to be edited."""\n\n'
        f'EMBEDDER = "{embedder}"\n'
        f'TUNING_SHA256 = "{sha256(TUNING.read_bytes()).hexdigest()}"  # of the phrasings they were made from\n'
        f"VALUES = (  # base64 of (features, 7) little-endian float16\n{lines}\n)\n"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(REPO))
    if not WEIGHTS.exists():
        WEIGHTS.write_text('EMBEDDER = ""\nTUNING_SHA256 = ""\nVALUES = ""\n', encoding="utf-8")
    from index.encoders import open_embedder

    opened = open_embedder("bge-small-en-v1.5")
    WEIGHTS.write_text(module(fitted(opened, list(examples())), opened.name), encoding="utf-8")
