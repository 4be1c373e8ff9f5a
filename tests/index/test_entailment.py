from pathlib import Path

import pytest

from index.encoders import open_entailment
from index.errors import ModelRefused

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "lamps", "must", "be", "lit", "."]


def tiny(folder: Path, labels: dict[int, str]) -> Path:
    """A cross-encoder of two layers with random weights: what counts is which column is read."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, num_labels=len(labels), id2label=labels,
        label2id={label: place for place, label in labels.items()},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()  # so that the bias alone decides: softmax of (0, 2, 0)
        model.classifier.bias.copy_(torch.tensor([0.0, 2.0, 0.0][: len(labels)]))
    model.save_pretrained(folder, safe_serialization=True)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_the_probability_is_that_of_the_label_entailment(tmp_path: Path):
    model = open_entailment(str(tiny(tmp_path / "nli", {0: "contradiction", 1: "ENTAILMENT", 2: "neutral"})))
    assert model is not None
    # e^2 / (e^2 + 1 + 1) = 7.389 / 9.389
    found = model.probabilities("lamps must be lit", ["lamps be lit", "lamps"])
    assert found == pytest.approx([0.787, 0.787], abs=1e-3)
    assert len(model.probabilities("lamps", [])) == 0


def test_a_model_without_that_label_is_refused_in_one_line(tmp_path: Path):
    with pytest.raises(ModelRefused, match="none of its labels"):
        open_entailment(str(tiny(tmp_path / "other", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})))


def test_no_name_is_no_judge():
    assert open_entailment("") is None
