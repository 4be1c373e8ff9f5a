"""Records: the round trip loses nothing, and nothing wrong comes back in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.record import (
    RecordError,
    answer_from_record,
    answer_to_record,
    turns_from_record,
    turns_to_record,
)
from assistant.types import (
    Answer,
    Coverage,
    Covered,
    Evidence,
    Passage,
    Query,
    Quote,
    Refusal,
    Statement,
    Support,
    Turn,
)
from corpus.types import Activity, Chunk, Kind, Origin, Publication, Published
from index.types import Filters

WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
FILLED = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
MAYBE_LABEL = st.none() | st.sampled_from(["12", "ii", "A-1", ""])


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    return Publication(
        id=draw(st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,8}\Z")),
        title=draw(FILLED),
        subtitle=draw(WORDS),
        kind=draw(st.sampled_from(Kind)),
        origin=draw(st.sampled_from(Origin)),
        published=draw(
            st.lists(st.builds(Published, year=st.integers(1900, 2100), source=FILLED), max_size=2).map(tuple)
        ),
        languages=draw(st.sampled_from([("en",), ("ar", "en")])),
        activities=draw(st.lists(st.sampled_from(Activity), max_size=2).map(tuple)),
    )


@st.composite
def passages(draw: st.DrawFn, publication: Publication, number: int) -> Passage:
    text = draw(FILLED)
    start = draw(st.integers(0, 10**6))
    chunk = Chunk(
        id=f"{publication.id}#{number}",
        publication=publication.id,
        text=text,
        start=start,
        end=start + len(text),
        first_page=draw(st.integers(1, 99)),
        last_page=draw(st.integers(1, 99)),
        headings=draw(st.lists(WORDS, max_size=2).map(tuple)),
        language=draw(st.sampled_from(["en", "ar", ""])),
        origin=publication.origin,
    )
    score = draw(st.floats(-20, 20))
    labels = draw(MAYBE_LABEL), draw(MAYBE_LABEL)
    return Passage(chunk, publication, *labels, score, draw(st.sampled_from("ab")))


@st.composite
def quotes(draw: st.DrawFn, evidence: Evidence) -> Quote:
    """Mostly a slice of the passage it labels; sometimes from elsewhere."""
    label = draw(st.integers(1, len(evidence.passages) + 1))
    if label > len(evidence.passages) or draw(st.booleans()):
        text, start, publication, sha256 = draw(FILLED), draw(st.integers(0, 99)), "elsewhere", "x"
    else:
        passage = evidence[label]
        offset = draw(st.integers(0, len(passage.chunk.text) - 1))
        text = passage.chunk.text[offset:]
        start, publication = passage.chunk.start + offset, passage.publication.id
        sha256 = passage.document_sha256
    page, page_label = draw(st.integers(1, 99)), draw(MAYBE_LABEL)
    return Quote(label, publication, start, start + len(text), text, page, page_label, sha256)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    shelf = draw(st.lists(publications(), max_size=2, unique_by=lambda publication: publication.id))
    pick = [draw(passages(publication, n)) for publication in shelf for n in range(draw(st.integers(0, 2)))]
    evidence = Evidence(tuple(pick))
    statement = st.builds(
        Statement,
        text=FILLED,
        quotes=st.lists(quotes(evidence), max_size=2).map(tuple),
        support=st.sampled_from(Support),
        warnings=st.lists(FILLED, max_size=2).map(tuple),
        lead=WORDS,
    )
    filters = st.builds(
        Filters,
        kinds=st.lists(st.sampled_from(Kind), max_size=2).map(tuple),
        year_from=st.none() | st.integers(1900, 2100),
        section=WORDS,
    )
    return Answer(
        query=draw(st.builds(Query, asked=WORDS, stand_alone=WORDS, question=WORDS, filters=filters)),
        evidence=evidence,
        statements=draw(st.lists(statement, max_size=3).map(tuple)),
        coverage=draw(st.lists(st.builds(Coverage, WORDS, st.sampled_from(Covered)), max_size=2).map(tuple)),
        unknown_labels=draw(st.lists(st.integers(1, 99), max_size=2).map(tuple)),
        refusal=draw(st.none() | st.sampled_from(Refusal)),
        nearest=tuple(pick[:1]),
        confidence=draw(st.none() | st.floats(0, 1)),
        written_by=draw(WORDS),
        notice=draw(WORDS),
    )


@settings(max_examples=150, deadline=None)
@given(answers())
def test_round_trip_through_json_gives_the_same_answer(answer: Answer) -> None:
    assert answer_from_record(json.loads(json.dumps(answer_to_record(answer)))) == answer


def small_answer() -> Answer:
    """One passage, one quote that is all of it but the last word."""
    publication = Publication(id="p", title="Paper", facts=())
    chunk = Chunk("p#0", "p", "Ask survivors first. Then act.", 100, 130, 3, 3)
    passage = Passage(chunk, publication, "1", "1", 0.5, "d" * 64)
    quote = Quote(1, "p", 100, 120, "Ask survivors first.", 3, "1", "d" * 64)
    statement = Statement("Ask survivors first.", (quote,), Support.VERBATIM)
    return Answer(Query("What first?", "What first?", "What first?"), Evidence((passage,)), (statement,))


def test_quote_inside_its_passage_is_kept_as_offsets() -> None:
    record = answer_to_record(small_answer())
    assert record["statements"][0]["quotes"] == [{"label": 1, "start": 100, "end": 120, "page": 3, "page_label": "1"}]
    assert json.dumps(record).count("Ask survivors first") == 2  # the passage, and the statement as shown


def test_publication_stands_once_and_without_its_catalogue_facts() -> None:
    answer = small_answer()
    answer = replace(answer, nearest=answer.evidence.passages)
    assert answer_to_record(answer)["publications"] == [{"id": "p", "title": "Paper"}]


def test_conversation_goes_round_in_order() -> None:
    turns = (Turn("What first?", small_answer()), Turn("And then?", replace(small_answer(), notice="n")))
    assert turns_from_record(json.loads(json.dumps(turns_to_record(turns)))) == turns


def tampered(**changes: object) -> dict:
    return answer_to_record(small_answer()) | changes


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (None, "version None, wanted 1"),
        ([], "version None, wanted 1"),
        (tampered(version=0), "version 0, wanted 1"),
        (tampered(extra=1), "extra"),
        (tampered(query=3), "query"),
        (tampered(publications=[]), "names publication 0 of 0"),
        (tampered(evidence=[], status=""), "not in the passage of label 1"),
        (tampered(refusal="urgent"), "says status 'answered', its content 'urgent'"),
        (tampered(confidence=float("nan")), "confidence"),
    ],
)
def test_wrong_records_are_refused_in_one_line(record: object, said: str) -> None:
    with pytest.raises(RecordError) as caught:
        answer_from_record(record)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_quote_moved_out_of_its_passage_is_refused() -> None:
    record = answer_to_record(small_answer())
    record["statements"][0]["quotes"][0]["end"] = 140
    with pytest.raises(RecordError, match="quote 100:140"):
        answer_from_record(record)


@pytest.mark.parametrize("record", [None, {"version": 1}, {"version": 1, "turns": [3]}, {"version": 2, "turns": []}])
def test_wrong_conversations_are_refused(record: object) -> None:
    with pytest.raises(RecordError):
        turns_from_record(record)
