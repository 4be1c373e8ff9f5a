"""A BEIR set becomes documents and chunks of ours, and a malformed one is named by file and line."""

from pathlib import Path

import pytest

from corpus.errors import UnknownPublication
from corpus.types import BlockKind
from evals.bench.beir import BenchmarkError, read_benchmark


def test_passages_become_chunks_of_the_documents_they_name(beir: Path):
    found = read_benchmark(beir)
    assert found.name == "tiny"
    assert [found.passages[chunk.id] for chunk in found.chunks] == ["p1", "p2", "p3", "p4"]
    first, second, third, fourth = found.chunks
    assert first.publication == second.publication != third.publication
    assert (first.headings, fourth.headings) == (("Fees", "Who pays"), ())
    titles = {name: each.title for name, each in found.shelf.publications.items()}
    assert titles[third.publication] == "Inspection"
    assert titles[fourth.publication] == "p4"  # a title is needed, the id is one


def test_every_chunk_slices_its_document(beir: Path):
    found = read_benchmark(beir)
    for chunk in found.chunks:
        assert found.shelf.document(chunk.publication).text[chunk.start : chunk.end] == chunk.text
    document = found.shelf.document(found.chunks[1].publication)
    items = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.ITEM]
    assert items == ["within thirty days", "in full"]
    assert len(found.shelf.document_sha256(found.chunks[0].publication)) == 64
    with pytest.raises(UnknownPublication):
        found.shelf.document("other")


def test_queries_keep_whether_they_can_be_answered(beir: Path):
    found = read_benchmark(beir)
    assert [(query.id, query.answerable) for query in found.queries] == [("q1", True), ("q2", True), ("q3", False)]
    assert found.relevance == {"q1": {"p1": 1}, "q2": {"p3": 1}}


def test_only_the_first_queries_are_kept_when_asked_for(beir: Path):
    assert [query.id for query in read_benchmark(beir, queries=2).queries] == ["q1", "q2"]


def test_a_passage_without_text_is_its_title(beir: Path):
    (beir / "corpus.jsonl").write_text(
        (beir / "corpus.jsonl").read_text() + '{"_id": "p5", "title": "Only a title", "text": ""}\n'
    )
    assert read_benchmark(beir).chunks[-1].text == "Only a title"


def test_qrels_may_lack_their_heading(beir: Path):
    (beir / "qrels" / "test.tsv").write_text("q1\tp1\t1\n")
    assert read_benchmark(beir).relevance == {"q1": {"p1": 1}}


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("corpus.jsonl", "{", r"corpus\.jsonl:5: Invalid JSON"),
        ("corpus.jsonl", "[]", r"corpus\.jsonl:5: Input should be an object"),
        ("corpus.jsonl", '{"text": "a"}', r"corpus\.jsonl:5: _id: Field required"),
        ("corpus.jsonl", '{"_id": "a", "text": 3}', r"corpus\.jsonl:5: text: Input should be a valid string"),
        ("corpus.jsonl", '{"_id": "a", "text": "b", "title": 3}', r"jsonl:5: title: Input should be a valid string"),
        ("corpus.jsonl", '{"_id": "p1", "text": "b"}', r"jsonl:5: _id 'p1' is used twice; first in corpus\.jsonl:1"),
        ("corpus.jsonl", '{"_id": "p9", "text": " "}', r"jsonl:5: .*the passage has neither text nor title"),
        ("queries.jsonl", '{"_id": "q9", "text": "a", "metadata": 1}', r"queries\.jsonl:4: metadata: Input should be"),
        (
            "queries.jsonl",
            '{"_id": "q9", "text": "a", "metadata": {"answerable": "no"}}',
            r"queries\.jsonl:4: metadata\.answerable: Input should be a valid boolean",
        ),
        ("qrels/test.tsv", "q1\tp1", r"test\.tsv:4: wanted query-id, corpus-id and a whole score"),
        ("qrels/test.tsv", "q1\tp1\thigh", r"test\.tsv:4: wanted query-id"),
        ("qrels/test.tsv", "q1\tp7\t1", r"test\.tsv:4: passage 'p7' is not in corpus\.jsonl"),
        ("qrels/test.tsv", "q7\tp1\t1", r"test\.tsv:4: query 'q7' is not in queries\.jsonl"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(beir: Path, file: str, line: str, message: str):
    (beir / file).write_text((beir / file).read_text() + line + "\n")
    with pytest.raises(BenchmarkError, match=message) as raised:
        read_benchmark(beir)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_file_that_is_not_there_is_named(beir: Path, file: str):
    (beir / file).unlink()
    with pytest.raises(BenchmarkError, match=r"not there; a benchmark has corpus\.jsonl"):
        read_benchmark(beir)


def test_an_empty_file_is_named(beir: Path):
    (beir / "queries.jsonl").write_text("\n")
    with pytest.raises(BenchmarkError, match=r"queries\.jsonl: empty"):
        read_benchmark(beir)


def test_a_file_that_is_not_text_is_named(beir: Path):
    (beir / "corpus.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BenchmarkError, match=r"corpus\.jsonl: cannot be read as UTF-8"):
        read_benchmark(beir)


def test_the_shared_sets_are_read_whole(shared_data: Path):
    found = read_benchmark(shared_data / "bench" / "conditionalqa-dev")
    assert (len(found.chunks), len(found.queries), len(found.shelf.publications)) == (940, 285, 59)
    assert sum(query.answerable is False for query in found.queries) == 14
