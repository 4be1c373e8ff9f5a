"""Ranking, filters, signals, neighbours and a new index under a running retriever: against both stores."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fakes import HashedWords

from corpus.types import Activity, Kind, Origin, Publication
from index.build import build
from index.errors import IndexUnavailable, StaleIndex
from index.retriever import Retriever
from index.types import Filters, IndexSettings

STAGES = ["bm25", "dense", "fused"]


@pytest.fixture()
def settings(chroma):
    return IndexSettings(chroma=chroma, top_k=5, pool=50)


@pytest.fixture()
def built(home, corpus, settings):
    """The home of an index over the small corpus."""
    chunks, publications = corpus
    build(chunks, publications, home, settings, HashedWords(256))
    return home


@pytest.fixture()
def retriever(built, settings):
    return Retriever(built, settings, HashedWords(256))


def ids(hits):
    return [hit.chunk.id for hit in hits]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_finds_the_passage_that_has_the_words(retriever, stage):
    hits = retriever.search("Which recruitment agencies charge fees?", stage=stage)
    assert hits[0].chunk.id == "demand#2"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(publications=("brief",)), {"brief#0", "brief#1", "brief#2"}),
        (Filters(kinds=(Kind.ISSUE_PAPER, Kind.DIGEST)), {"demand#0", "demand#1", "demand#2", "digest#0"}),
        (Filters(languages=("fr",)), {"brief#2"}),
        (Filters(origins=(Origin.STARTER,)), {"digest#0"}),
        (Filters(activities=(Activity.IDENTIFICATION,)), {"brief#0", "brief#1", "brief#2"}),
        (
            Filters(activities=(Activity.LIVELIHOODS, Activity.LEGAL_FRAMEWORK)),
            {"demand#0", "demand#1", "demand#2", "brief#0", "brief#1", "brief#2"},
        ),
        (Filters(year_from=2015), {"brief#0", "brief#1", "brief#2"}),
        (Filters(year_to=2015), {"demand#0", "demand#1", "demand#2"}),
        (Filters(section="BUYERS"), {"demand#1", "digest#0"}),
        (Filters(section="strat", publications=("demand",)), {"demand#0", "demand#1"}),
    ],
)
def test_filters_hold_for_every_stage(retriever, stage, filters, allowed):
    hits = retriever.search(
        "labour inspectors consumers goods fees crime traite personne", filters=filters, limit=20, stage=stage
    )
    assert hits
    assert set(ids(hits)) <= allowed
    if stage != "bm25":  # which leaves out the chunks without a word of the query
        assert set(ids(hits)) == allowed


def test_filters_that_nothing_passes_find_nothing(retriever):
    assert retriever.search("crime", filters=Filters(year_from=2030)) == []


@pytest.mark.parametrize("query", ["", "   ", "?!", "\n"])
def test_a_query_without_a_word_finds_nothing(retriever, query):
    assert retriever.search(query) == []


@pytest.mark.parametrize("stage", ["bm25", "dense", "fused"])
def test_an_original_stands_before_the_digest_that_says_the_same(home, make_chunk, settings, stage):
    # Same title, headings, text and surroundings: equal scores. By id alone "a-digest#0" would come first.
    publications = {
        "a-digest": Publication(id="a-digest", title="On demand", origin=Origin.STARTER),
        "paper": Publication(id="paper", title="On demand"),
    }
    chunks = [
        make_chunk("a-digest#0", "Consumers ask.", origin=Origin.STARTER),
        make_chunk("a-digest#1", "Something else.", 20, origin=Origin.STARTER),
        make_chunk("paper#0", "Consumers ask."),
        make_chunk("paper#1", "Something else.", 20),
    ]
    build(chunks, publications, home, settings, HashedWords(256))
    hits = Retriever(home, settings, HashedWords(256)).search("consumers ask", stage=stage)
    assert ids(hits)[:2] == ["paper#0", "a-digest#0"]


def test_of_what_is_here_in_several_languages_only_the_readers_is_searched(home, settings, make_chunk):
    names = {"words": "en", "words-fr": "fr", "words-ru": "ru", "loi-fr": "fr"}  # of the last there is no other
    chunks = [make_chunk(f"{name}#0", "Consent and coercion.", language=language) for name, language in names.items()]
    build(chunks, {name: Publication(id=name, title=name) for name in names}, home, settings, HashedWords(256))
    retriever = Retriever(home, settings, HashedWords(256))

    def found(language, **filters):
        hits = retriever.search("consent", filters=Filters(**filters), language=language, limit=9)
        return {hit.chunk.publication for hit in hits}

    assert found("fr") == {"words-fr", "loi-fr"}
    assert found("en") == found("es") == {"words", "loi-fr"}
    assert found("") == set(names)
    assert found("en", publications=("words-ru",)) == {"words-ru"}
    assert found("en", languages=("fr",)) == {"words-fr", "loi-fr"}


def test_signals_say_what_each_ranking_said(retriever):
    hit = retriever.search("recruitment agencies charge fees")[0]
    assert set(hit.signals) == {"keyword", "dense", "fused"}
    assert all(signal.rank == 1 for signal in hit.signals.values())
    last = retriever.search("recruitment agencies charge fees", stage="dense", limit=7)[-1]
    assert last.signals["keyword"].rank is None and last.signals["keyword"].score == 0.0


def test_a_chunk_comes_back_as_it_was_indexed(retriever, corpus):
    hits = retriever.search("consumers", limit=20, stage="fused")
    assert {hit.chunk.id: hit.chunk for hit in hits} == {chunk.id: chunk for chunk in corpus[0]}


def test_a_retrieval_tells_the_background_and_the_rare_words_of_the_query(retriever):
    found = retriever.retrieve("Do consumers fear the crime of smuggling unicorns?", limit=7)
    cosines = [hit.signals["dense"].score for hit in found.hits]
    assert found.considered == len(cosines) == 7
    assert found.dense_mean == pytest.approx(sum(cosines) / 7, abs=1e-5)
    variance = sum((cosine - found.dense_mean) ** 2 for cosine in cosines) / 7
    assert found.dense_deviation == pytest.approx(variance**0.5, abs=1e-5)
    terms = [term.text for term in found.view.keywords.terms(found.query)]
    # In 0, 0 of 7 chunks, then "smuggling" in the title of three, "consumers" in two texts, "crime" in three.
    assert terms[:2] == ["fear", "unicorns"] and set(terms[2:]) == {"smuggling", "consumers", "crime"}


def test_a_running_retriever_answers_from_a_new_index(retriever, built, settings, corpus, make_chunk):
    chunks, publications = corpus
    assert retriever.search("fishing vessels", stage="bm25") == []
    new = make_chunk("demand#3", "Fishing vessels are inspected.", 200)
    build([*chunks[1:], new], publications, built, settings, HashedWords(256))
    assert ids(retriever.search("fishing vessels", stage="bm25")) == ["demand#3"]
    assert retriever.manifest.chunks == 7
    assert "demand#0" not in ids(retriever.search("labour inspectors visit farms", limit=20))


def test_many_threads_search_while_the_index_is_replaced(retriever, built, settings, corpus):
    chunks, publications = corpus

    def search(_):
        return tuple(ids(retriever.search("labour inspectors visit farms", limit=20, stage="fused")))

    whole = search(0)
    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(search, turn) for turn in range(40)]
        build(chunks[:3], publications, built, settings, HashedWords(256))
        answers += [threads.submit(search, turn) for turn in range(20)]
        seen = {answer.result() for answer in answers}
    part = search(0)
    assert set(part) == {"demand#0", "demand#1", "demand#2"}
    assert seen <= {whole, part} and part in seen


@pytest.mark.server
def test_an_index_on_a_server_is_searched_as_one_here(home, corpus, chroma_url):
    chunks, publications = corpus
    settings = IndexSettings(chroma=chroma_url)
    build(chunks, publications, home / "here", IndexSettings(), HashedWords(256))
    build(chunks, publications, home / "there", settings, HashedWords(256))
    here = Retriever(home / "here", IndexSettings(), HashedWords(256))
    there = Retriever(home / "there", settings, HashedWords(256))
    for query in ["labour inspectors on farms", "crime against a person", "consumers and goods"]:
        for filters in (Filters(), Filters(section="strategies")):
            expected = here.search(query, filters=filters, limit=20, stage="fused")
            found = there.search(query, filters=filters, limit=20, stage="fused")
            assert ids(found) == ids(expected)
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-5)
    build(chunks[:3], publications, home / "there", settings, HashedWords(256))
    assert {hit.chunk.id for hit in there.search("crime", limit=20)} == {"demand#0", "demand#1", "demand#2"}


def test_no_index_and_an_index_of_another_model_name_the_command(home, built, settings):
    with pytest.raises(StaleIndex, match=r"embedder 'hashed-words-256'.*'hashed-words-32'.*icat index"):
        Retriever(built, settings, HashedWords(32))
    with pytest.raises(IndexUnavailable, match="icat index"):
        Retriever(built / "elsewhere", settings, HashedWords(256))


def test_an_empty_index_finds_nothing(home, settings):
    build([], {}, home, settings, HashedWords(256))
    retriever = Retriever(home, settings, HashedWords(256))
    assert retriever.manifest.chunks == 0
    assert retriever.search("anything") == []


@pytest.mark.parametrize("stage", STAGES[:3])
def test_a_question_by_itself_counts_as_much_as_it_is_told_to(retriever, stage):
    """From the ranking of the whole query to that of the question, whose words no other passage has."""
    whole, question = "goods and their consumers", "recruitment agencies fees"
    by_query, by_question = ids(retriever.search(whole, stage=stage)), ids(retriever.search(question, stage=stage))
    assert by_query[0] != by_question[0] == "demand#2"

    def mixed(share: float):
        return retriever.search(whole, question=question, share=share, stage=stage)

    assert mixed(0.99)[0].chunk.id == by_question[0]
    assert mixed(0.01)[0].chunk.id == by_query[0]


def test_keyword_scores_of_query_and_question_add_up_by_share(retriever):
    whole, question = "goods and their consumers", "recruitment agencies fees"

    def scores(query: str, **mixed):
        return {hit.chunk.id: hit.score for hit in retriever.search(query, stage="bm25", limit=20, **mixed)}

    by_query, by_question = scores(whole), scores(question)
    expected = {name: 0.75 * by_query.get(name, 0) + 0.25 * by_question.get(name, 0) for name in by_query | by_question}
    assert scores(whole, question=question, share=0.25) == pytest.approx(expected)
