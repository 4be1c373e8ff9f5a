"""Vectors and scores of the packaged models, and of a model of the user's through sentence-transformers."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoders import open_embedder, open_reranker
from index.errors import ModelMissing, ModelRefused
from index.models import PACKAGED, packaged_folder
from index.types import Embedder, Reranker

PAIR = "multilingual-e5-small+bge-small-en-v1.5"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


@pytest.fixture(scope="module")
def bge() -> Embedder:
    return open_embedder("bge-small-en-v1.5")


@pytest.fixture(scope="module")
def e5() -> Embedder:
    return present("multilingual-e5-small")


def present(name: str) -> Embedder:
    """The embedder; the test is skipped where the package with its weights is not installed."""
    try:
        return open_embedder(name)
    except ModelMissing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def declared() -> tuple[dict, dict[str, np.ndarray]]:
    """Two articles and a question in six languages, and their vectors by the code of the package with the weights."""
    texts = json.loads((FIXTURES / "e5_texts.json").read_text(encoding="utf-8"))
    return texts, dict(np.load(FIXTURES / "e5_vectors.npz"))


@pytest.fixture(scope="module")
def cross() -> Reranker:
    reranker = open_reranker("ms-marco-MiniLM-L-12-v2")
    assert reranker is not None
    return reranker


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return open_embedder("all-MiniLM-L6-v2")


@pytest.fixture(scope="module")
def reference() -> tuple[dict, dict[str, np.ndarray]]:
    """Twenty texts, and their vectors from sentence-transformers' own ONNX backend (the JSON says which)."""
    texts = json.loads((FIXTURES / "reference_vectors.json").read_text(encoding="utf-8"))
    return texts, dict(np.load(FIXTURES / "reference_vectors.npz"))


def test_passages_match_the_reference_vectors(bge: Embedder, reference):
    texts, vectors = reference
    ours = bge.embed_passages(texts["passages"])
    assert ours.shape == (18, 384) and ours.dtype == np.float32
    assert (ours * vectors["passages"]).sum(axis=1).min() >= 0.9999


def test_queries_match_the_reference_vectors(bge: Embedder, reference):
    texts, vectors = reference
    ours = np.stack([bge.embed_query(text) for text in texts["queries"]])
    assert (ours * vectors["queries"]).sum(axis=1).min() >= 0.9999


def test_e5_gives_the_vectors_of_the_package_that_carries_it_in_six_languages(e5: Embedder, declared):
    texts, vectors = declared
    passages = e5.embed_passages(texts["passages"])
    queries = np.stack([e5.embed_query(text) for text in texts["queries"]])
    assert passages.shape == (12, 384) and passages.dtype == np.float32
    # Both round in their own way: four bits by eight there, eight by eight here.
    assert (passages * vectors["passages"]).sum(axis=1).min() >= 0.998
    assert (queries * vectors["queries"]).sum(axis=1).min() >= 0.998


def test_e5_finds_the_article_that_answers_across_languages(e5: Embedder, declared):
    texts, _ = declared
    articles = e5.embed_passages(texts["passages"]).reshape(6, 2, 384)  # language, article, dimension
    for query in texts["queries"]:
        free, slavery = (articles @ e5.embed_query(query)).T
        assert (slavery > free).all(), query


@pytest.fixture(params=["bge-small-en-v1.5", "multilingual-e5-small", PAIR])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each that runs on onnxruntime; opened once, they are shared."""
    return present(request.param)


def test_a_query_is_not_encoded_like_a_passage(embedder: Embedder):
    text = "difference between trafficking and smuggling"
    assert embedder.embed_query(text) @ embedder.embed_passages([text])[0] < 0.99


def test_a_vector_does_not_depend_on_what_it_is_made_with(embedder: Embedder, reference, declared):
    passages = reference[0]["passages"] + declared[0]["passages"]
    together = embedder.embed_passages(passages)
    alone = np.concatenate([embedder.embed_passages([passage]) for passage in passages])
    assert np.array_equal(together, alone)


def test_order_is_kept_and_rows_have_length_one(embedder: Embedder):
    texts = ["a long passage about referral " * 20, "short", "of middle length, about income", "На русском языке"]
    vectors = embedder.embed_passages(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.allclose([np.linalg.norm(embedder.embed_query(text)) for text in texts], 1, atol=1e-6)
    backwards = embedder.embed_passages(texts[::-1])
    assert np.array_equal(vectors, backwards[::-1])


def test_no_texts_give_no_rows(embedder: Embedder, minilm: Embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)
    assert minilm.embed_passages([]).shape == (0, 384)


def test_a_passage_is_cut_at_max_tokens(bge: Embedder, e5: Embedder):
    # With [CLS] and [SEP] 512; in E5 "passage: " takes two more, "▁passage" and ":"
    for embedder, count in ((bge, 510), (e5, 508)):
        words = ["campaign"] * count
        vectors = embedder.embed_passages([" ".join(words), " ".join([*words, "unrelated", "ending"])])
        assert embedder.max_tokens == 512
        assert np.array_equal(vectors[0], vectors[1])


def test_tokens_are_counted_without_special_ones_and_without_cutting(embedder: Embedder, minilm: Embedder):
    for counting in (embedder, minilm):
        assert counting.count_tokens("") == 0
        assert counting.count_tokens("three plain words") == 3
        assert counting.count_tokens("campaign " * 1000) == 1000


def test_several_threads_get_what_one_gets(embedder: Embedder, reference):
    passages = reference[0]["passages"]
    alone = embedder.embed_passages(passages)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: embedder.embed_passages(passages), range(4)):
            assert np.array_equal(vectors, alone)


def test_no_text_can_mean_a_special_token(e5: Embedder):
    assert e5.count_tokens("</s>") > 1


def test_a_pair_is_the_mean_of_two_cosines_where_both_read_the_query_and_the_first_alone_elsewhere(
    bge: Embedder, e5: Embedder, declared
):
    pair = present(PAIR)
    texts, _ = declared
    passages = texts["passages"][::4]  # in English, Spanish and Arabic
    vectors = pair.embed_passages(passages)
    alone = [one.embed_passages(passages) for one in (e5, bge)]
    english, russian = texts["queries"][0], texts["queries"][3]
    cosines = [rows @ one.embed_query(english) for one, rows in zip((e5, bge), alone, strict=True)]
    assert np.allclose(vectors @ pair.embed_query(english), np.mean(cosines, axis=0), atol=1e-6)
    # passages are of length 1 with both halves, so a half counts sqrt(1/2)
    assert np.allclose(vectors @ pair.embed_query(russian), alone[0] @ e5.embed_query(russian) * 0.5**0.5, atol=1e-6)


def test_the_cross_encoder_puts_the_answer_first(cross: Reranker):
    passages = [
        "Indicators of a campaign: number of people reached.",
        "Smuggling needs a border to be crossed; trafficking does not.",
        "",
    ]
    scores = cross.score("What is the difference between smuggling and trafficking?", passages)
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert scores.argmax() == 1


def test_a_pair_scores_the_same_alone_and_among_others(cross: Reranker):
    question, passages = "Who refers victims?", ["The police refer victims.", "A bus leaves at nine. " * 30]
    together = cross.score(question, passages)
    assert together[0] == cross.score(question, passages[:1])[0]
    assert len(cross.score(question, [])) == 0


def test_a_pair_longer_than_the_model_is_cut_and_not_an_error(cross: Reranker):
    assert np.isfinite(cross.score("Who pays? " * 400, ["The fund pays. " * 400])).all()


def test_names_are_model_and_weights(bge: Embedder, cross: Reranker, minilm: Embedder):
    assert bge.name == "bge-small-en-v1.5@68807e3ff2ab"
    assert cross.name == "ms-marco-MiniLM-L-12-v2@1225ccd6afd0"
    assert minilm.name == "all-MiniLM-L6-v2@53aa51172d14"
    assert present(PAIR).name == "multilingual-e5-small@1571fc982750+bge-small-en-v1.5@68807e3ff2ab"


def test_a_cross_encoder_says_which_languages_it_reads(cross: Reranker):
    assert cross.languages == {"en"}


def test_no_reranker_is_a_choice():
    assert open_reranker("") is None


def test_a_model_of_the_wrong_role_names_the_right_setting():
    with pytest.raises(ModelRefused, match="of the kind reranker; set ICAT_RERANKER"):
        open_embedder("ms-marco-MiniLM-L-12-v2")
    with pytest.raises(ModelRefused, match="of the kind embedder; set ICAT_EMBEDDER"):
        open_reranker("bge-small-en-v1.5")


def test_sentence_transformers_runs_a_model_by_path_and_finds_likeness(minilm: Embedder):
    by_path = open_embedder(str(packaged_folder(PACKAGED["all-MiniLM-L6-v2"])))
    texts = [
        "A woman is told her rights.",
        "Someone explains to her what she is entitled to.",
        "The harbour is deep.",
    ]
    vectors = by_path.embed_passages(texts)
    assert (by_path.dimensions, by_path.max_tokens, vectors.dtype) == (384, 256, np.float32)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert np.allclose(vectors, minilm.embed_passages(texts), atol=1e-5)
    assert np.linalg.norm(by_path.embed_query("rights")) == pytest.approx(1, abs=1e-5)
    assert by_path.name == "model@53aa51172d14"


def test_an_e5_of_sentence_transformers_finds_its_prefixes_before_texts(tmp_path: Path, minilm: Embedder):
    folder = tmp_path / "multilingual-e5-small"
    shutil.copytree(packaged_folder(PACKAGED["all-MiniLM-L6-v2"]), folder)
    opened = open_embedder(str(folder))
    assert np.allclose(opened.embed_passages(["rights"]), minilm.embed_passages(["passage: rights"]), atol=1e-5)
    assert np.allclose(opened.embed_query("rights"), minilm.embed_query("query: rights"), atol=1e-5)
    assert opened.name == "multilingual-e5-small@53aa51172d14+prefixes"


def test_prompts_that_a_model_names_itself_go_before_those_of_its_name(tmp_path: Path, minilm: Embedder):
    folder = tmp_path / "e5-base-v2"
    shutil.copytree(packaged_folder(PACKAGED["all-MiniLM-L6-v2"]), folder)
    prompts = {"prompts": {"query": "ask: ", "document": "text: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    opened = open_embedder(str(folder))
    assert np.allclose(opened.embed_query("rights"), minilm.embed_query("ask: rights"), atol=1e-5)
    assert np.allclose(opened.embed_passages(["rights"]), minilm.embed_passages(["text: rights"]), atol=1e-5)


def test_sentence_transformers_runs_a_cross_encoder_by_path(tmp_path: Path):
    folder = tmp_path / "tiny-cross-encoder"
    make_cross_encoder(folder, labels=1)
    reranker = open_reranker(str(folder))
    assert reranker is not None
    scores = reranker.score("Who refers?", ["The police refer.", "A bus.", "The police refer."])
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert len(reranker.score("Who?", [])) == 0


def test_a_classifier_with_several_labels_is_no_reranker(tmp_path: Path):
    make_cross_encoder(tmp_path / "classifier", labels=3)
    with pytest.raises(ModelRefused, match="gives 3 labels, not one score"):
        open_reranker(str(tmp_path / "classifier"))


def test_a_folder_that_sentence_transformers_cannot_load_is_one_line(tmp_path: Path):
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelRefused, match="sentence-transformers cannot load it") as raised:
        open_embedder(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_a_missing_model_is_said_before_anything_heavy_is_imported():
    with pytest.raises(ModelMissing):
        open_embedder("./no-such-model")


def make_cross_encoder(folder: Path, labels: int) -> None:
    """A BERT of one small layer with random weights, and MiniLM's tokenizer."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(num_labels=labels, max_position_embeddings=64, **shape)
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(packaged_folder(PACKAGED["all-MiniLM-L6-v2"])).save_pretrained(folder)
