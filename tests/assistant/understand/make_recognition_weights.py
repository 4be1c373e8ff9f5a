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
REPO = HERE.parents[2]
TUNING = HERE / "recognition_tuning.jsonl"
WEIGHTS = REPO / "assistant" / "toolkit" / "recognise_weights.py"


def examples():
    """(description, activity or None) of the phrasings that describe a programme of one type in English, or of none."""
    from assistant.understand.lists.description import description_in
    from corpus.types import Activity

    for line in TUNING.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "programme" in row:
            yield row["programme"], Activity(row["activity"]) if row["activity"] else None
        elif row["kinds"] and len(row["activities"]) == 1 and row["question"].isascii():
            description = description_in(row["question"], row["question"])
            if description:
                yield description, Activity(row["activities"][0])


def asked():
    """(question, kinds) of the phrasings in English."""
    from corpus.toolkit.types import ItemKind

    for line in TUNING.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "question" in row and row["question"].isascii():
            yield row["question"], tuple(map(ItemKind, row["kinds"]))


def activity_weights(embedder, described):
    """From the starter library and the descriptions given."""
    import numpy as np

    from assistant.understand.lists.sense import EXAMPLE_WEIGHT, RIDGE, fit, targets
    from corpus.toolkit.starter import starter_library

    items = [item for item in starter_library().items if item.activity]
    texts = [item.text for item in items] + [text for text, _ in described]
    wanted = targets([item.activity for item in items] + [activity for _, activity in described])
    weights = np.r_[np.ones(len(items)), np.full(len(described), EXAMPLE_WEIGHT)]
    return fit(embedder.embed_passages(texts).astype(np.float64), wanted, weights, RIDGE)


def kind_weights(embedder, questions):
    """From the questions given."""
    import numpy as np

    from assistant.understand.lists.sense import KIND_RIDGE, fit, kind_targets

    vectors = embedder.embed_passages([text for text, _ in questions]).astype(np.float64)
    return fit(vectors, kind_targets([kinds for _, kinds in questions]), np.ones(len(questions)), KIND_RIDGE)


def constant(name: str, weights, columns: int) -> str:
    values = textwrap.wrap(b64encode(weights.astype("<f2").tobytes()).decode(), 100)
    lines = "\n".join(f'    "{line}"' for line in values)
    return f"{name} = (  # base64 of (features, {columns}) little-endian float16\n{lines}\n)\n"


def module(embedder, described, questions) -> str:
    """The source of the weights' module."""
    return (
        '"""Weights of `assistant.understand.lists.sense`, made by `tests/assistant/make_recognition_weights.py`;\n'
        'not to be edited."""\n\n'
        f'EMBEDDER = "{embedder.name}"\n'
        "# Of the phrasings they were made from:\n"
        f'TUNING_SHA256 = "{sha256(TUNING.read_bytes()).hexdigest()}"\n'
        + constant("ACTIVITIES", activity_weights(embedder, described), 7)
        + constant("KINDS", kind_weights(embedder, questions), 3)
    )


if __name__ == "__main__":
    sys.path.insert(0, str(REPO))
    if not WEIGHTS.exists():
        WEIGHTS.write_text('EMBEDDER = TUNING_SHA256 = ACTIVITIES = KINDS = ""\n', encoding="utf-8")
    from index.encoders import open_embedder

    opened = open_embedder("bge-small-en-v1.5")
    WEIGHTS.write_text(module(opened, list(examples()), list(asked())), encoding="utf-8")
