"""Records: the round trip loses nothing, and nothing wrong comes back in."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import types as answer_types
from assistant.show.record import (
    MOST,
    RecordError,
    answer_from_record,
    answer_in_full,
    answer_to_record,
    plain,
    read,
    turns_from_record,
    turns_to_record,
)
from assistant.types import (
    Act,
    Answer,
    AnswerType,
    Choice,
    Corrected,
    Coverage,
    Covered,
    Detail,
    Difference,
    Drafting,
    Evidence,
    Form,
    Listed,
    Listing,
    ListTotal,
    Outcome,
    Passage,
    Quote,
    Request,
    Saying,
    Slots,
    Statement,
    Support,
    Tier,
    Turn,
    Usage,
    Wanted,
)
from corpus.toolkit.types import ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, BlockKind, Chunk, Kind, Origin, Publication, Published
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


def some(strategy: st.SearchStrategy, most: int = 2) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=most).map(tuple)


WANTED = st.builds(
    Wanted,
    kinds=st.lists(st.sampled_from(ItemKind), min_size=1, max_size=3, unique=True).map(tuple),
    activities=some(st.sampled_from(Activity)),
    part_one=st.booleans(),
    levels=some(st.sampled_from(Level)),
    about=some(WORDS),
    description=WORDS,
    details=some(st.sampled_from(Detail)),
    most=st.integers(0, 9),
    rest=st.booleans(),
    starter=st.booleans(),
)


@st.composite
def items(draw: st.DrawFn, statement: Statement) -> ToolkitItem:
    """Mostly what its statement says; sometimes something else."""
    quote = statement.quotes[0] if statement.quotes else None
    text = " ".join((statement.text if draw(st.booleans()) else draw(FILLED)).split()) or "x"
    part = draw(st.sampled_from(ToolkitPart))
    start = draw(st.integers(0, 99))
    return ToolkitItem(
        id=draw(FILLED),
        kind=draw(st.sampled_from(ItemKind)),
        text=text,
        origin=draw(st.sampled_from(Origin)),
        publication=quote.publication if quote else draw(FILLED),
        span=(quote.start, quote.end) if quote and draw(st.booleans()) else (start, start + draw(st.integers(1, 9))),
        activity=draw(st.sampled_from(Activity)) if part is ToolkitPart.TWO else None,
        part=part,
        topic=draw(WORDS),
        group=draw(WORDS),
        section=draw(some(WORDS)),
        pages=draw(some(st.integers(1, 99))),
        level=draw(st.none() | st.sampled_from(Level)),
        counts=draw(WORDS),
        over=draw(WORDS),
        disaggregation=draw(some(WORDS)),
        verification=draw(some(WORDS)),
        caution=draw(WORDS),
    )


@st.composite
def listings(draw: st.DrawFn, statements: tuple[Statement, ...]) -> Listing:
    listed = [draw(items(statement)) for statement in statements[: draw(st.integers(0, 3))]]
    return Listing(
        wanted=draw(WANTED),
        items=tuple(Listed(item, draw(st.booleans()), draw(some(WORDS))) for item in listed),
        totals=draw(
            some(
                st.builds(
                    ListTotal, st.sampled_from(ItemKind), st.none() | st.sampled_from(Activity), st.integers(0, 99)
                )
            )
        ),
        missing=draw(some(st.sampled_from(Level))),
    )


CHOICES = st.builds(
    Choice,
    says=WORDS,
    then=st.builds(Corrected, act=st.sampled_from(Act), wanted=st.none() | WANTED),
    gives=WORDS,
    question=WORDS,
)
SLOTS = st.builds(
    Slots,
    kinds=some(st.sampled_from(ItemKind)),
    activities=some(st.sampled_from(Activity)),
    part_one=st.booleans(),
    levels=some(st.sampled_from(Level)),
    people=some(WORDS),
    details=some(st.sampled_from(Detail)),
    without=some(WORDS),
    number=st.integers(0, 9),
    place=st.integers(-1, 9),
    artefact=st.none() | st.sampled_from(answer_types.Artefact),
    forms=some(st.sampled_from(Form)),
    answer_language=WORDS,
    starter=st.booleans(),
    adds=st.booleans(),
)


def requests(filters: st.SearchStrategy[Filters], within: int = 0) -> st.SearchStrategy[Request]:
    """Any request; one beside it has none itself."""
    return st.builds(
        Request,
        asked=WORDS,
        stand_alone=WORDS,
        filters=filters,
        act=st.sampled_from(Act),
        margin=st.floats(0, 1),
        slots=SLOTS,
        wanted=st.none() | WANTED,
        parts=some(st.builds(answer_types.Part, text=WORDS, reads=WORDS, asks=st.sampled_from(AnswerType))),
        language=st.sampled_from(["en", "ar"]),
        beside=st.none() if within else st.none() | requests(filters, within + 1),
        choices=some(CHOICES),
        unsure=st.booleans(),
        notice=WORDS,
    )


COUNTS = st.integers(0, 9)
DRAFTINGS = st.builds(
    Drafting,
    model=WORDS,
    outcome=st.sampled_from(Outcome),
    reason=WORDS,
    prompt=WORDS,
    claims=COUNTS,
    supported=COUNTS,
    unknown_labels=some(COUNTS),
    repeated=COUNTS,
    dropped=COUNTS,
)


def differences(passages: int) -> st.SearchStrategy[Difference]:
    """Each reading of a passage, or of the catalogue."""
    return st.builds(Difference, WORDS, some(st.builds(Saying, WORDS, st.integers(0, passages), WORDS)))


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
        dated=WORDS,
        lines=some(st.sampled_from(BlockKind)),
    )
    marked = statement.flatmap(lambda each: st.sampled_from([each, replace(each, marks=((0, len(each.text)),))]))
    filters = st.builds(
        Filters,
        kinds=st.lists(st.sampled_from(Kind), max_size=2).map(tuple),
        year_from=st.none() | st.integers(1900, 2100),
        section=WORDS,
    )
    statements = draw(st.lists(marked, max_size=3).map(tuple))
    return Answer(
        request=draw(requests(filters)),
        evidence=evidence,
        statements=statements,
        coverage=draw(st.lists(st.builds(Coverage, WORDS, st.sampled_from(Covered)), max_size=2).map(tuple)),
        unknown_labels=draw(st.lists(st.integers(1, 99), max_size=2).map(tuple)),
        nearest=tuple(pick[:1]),
        confidence=draw(st.none() | st.floats(0, 1)),
        written_by=draw(WORDS),
        notice=draw(WORDS),
        tier=draw(st.none() | st.sampled_from(Tier)),
        told=draw(some(WORDS)),
        form=draw(st.none() | st.sampled_from(Form)),
        listing=draw(st.none() | listings(statements)),
        withheld=draw(st.lists(statement, max_size=2).map(tuple)),
        usage=draw(st.none() | st.builds(Usage, st.integers(0, 9999), st.integers(0, 9999), st.booleans())),
        drafting=draw(st.none() | DRAFTINGS),
        differences=draw(some(differences(len(pick)))),
    )


@settings(max_examples=150, deadline=None)
@given(answers())
def test_round_trip_through_json_gives_the_same_answer(answer: Answer) -> None:
    assert answer_from_record(json.loads(json.dumps(answer_to_record(answer)))) == answer
    assert answer_from_record(json.loads(json.dumps(answer_in_full(answer, ("Answered.",))))) == answer


@given(WANTED)
def test_what_is_asked_for_goes_round(wanted: Wanted) -> None:
    assert read(Wanted, json.loads(json.dumps(plain(Wanted, wanted)))) == wanted


def test_what_is_left_open_is_not_recorded() -> None:
    assert plain(Wanted, Wanted((ItemKind.LESSON,), rest=True)) == {"kinds": ["lesson"], "rest": True}


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "lesson",
        {},
        {"kinds": []},
        {"kinds": ["poem"]},
        {"kinds": ["lesson"], "levels": ["top"]},
        {"kinds": ["lesson"], "extra": 1},
        {"kinds": ["lesson"], "about": [3]},
    ],
)
def test_what_cannot_be_asked_for_is_refused_in_one_line(record: object) -> None:
    with pytest.raises(ValueError) as caught:
        read(Wanted, record)
    assert str(caught.value) and "\n" not in str(caught.value)


def small_list() -> Answer:
    """The small answer as a list of one indicator."""
    answer = small_answer()
    item = ToolkitItem(
        "i1",
        ItemKind.INDICATOR,
        "Ask survivors first.",
        Origin.PUBLICATION,
        "p",
        (100, 120),
        activity=Activity.SUPPORT,
        part=ToolkitPart.TWO,
        level=Level.OUTPUT,
        section=("Support", "Indicators"),
        caution="Ask in private.",
    )
    wanted = Wanted((ItemKind.INDICATOR,), (Activity.SUPPORT,), description="a shelter")
    totals = (ListTotal(ItemKind.INDICATOR, Activity.SUPPORT, 4),)
    return replace(answer, listing=Listing(wanted, (Listed(item, True, ("shelter",)),), totals, (Level.IMPACT,)))


def test_an_item_says_nothing_that_its_statement_says() -> None:
    record = answer_to_record(small_list())
    item = {
        "id": "i1",
        "kind": "indicator",
        "origin": "publication",
        "activity": "support and durable solutions",
        "part": "part two",
        "level": "output",
        "section": ["Support", "Indicators"],
        "caution": "Ask in private.",
    }
    assert record["listing"]["items"] == [{"item": item, "first": True, "fits": ["shelter"]}]
    assert json.dumps(record).count("Ask survivors first") == 2  # the passage, and the statement as shown
    assert answer_from_record(json.loads(json.dumps(record))) == small_list()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"section": 1}, "listing.items[0].item.section"),
        ({"level": "top"}, "listing.items[0].item.level"),
        ({"caution": 7}, "listing.items[0].item.caution"),
        ({"span": [5, 5]}, "span"),
        ({"text": "two\nlines"}, "white space"),
        ({"part": "part one"}, "belongs to part two"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_wrong_items_are_refused_in_one_line(change: dict, said: str) -> None:
    record = answer_to_record(small_list())
    record["listing"]["items"][0]["item"] |= change
    with pytest.raises(RecordError) as caught:
        answer_from_record(record)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_an_item_without_a_statement_is_refused() -> None:
    record = answer_to_record(small_list())
    record["listing"]["items"] *= 2
    with pytest.raises(RecordError, match="text: Field required"):
        answer_from_record(record)
    record["listing"]["items"][1] = {"item": plain(ToolkitItem, small_list().listing.items[0].item)}
    with pytest.raises(RecordError, match="it lists more than it states"):
        answer_from_record(record)


def small_answer() -> Answer:
    """One passage, one quote that is all of it but the last word."""
    publication = Publication(id="p", title="Paper", facts=())
    chunk = Chunk("p#0", "p", "Ask survivors first. Then act.", 100, 130, 3, 3)
    passage = Passage(chunk, publication, "1", "1", 0.5, "d" * 64)
    quote = Quote(1, "p", 100, 120, "Ask survivors first.", 3, "1", "d" * 64)
    statement = Statement("Ask survivors first.", (quote,), Support.VERBATIM)
    return Answer(Request("What first?", "What first?"), Evidence((passage,)), (statement,))


def test_quote_inside_its_passage_is_kept_as_offsets() -> None:
    record = answer_to_record(small_answer())
    assert record["statements"][0]["quotes"] == [{"label": 1, "start": 100, "end": 120, "page": 3, "page_label": "1"}]
    assert json.dumps(record).count("Ask survivors first") == 2  # the passage, and the statement as shown


def test_for_a_program_every_field_is_there_and_a_quote_has_its_words() -> None:
    record = answer_in_full(replace(small_answer(), request=Request("q", "q")), ("Answered.",))
    (quote,) = record["statements"][0]["quotes"]
    assert (quote["text"], quote["publication"], quote["end"]) == ("Ask survivors first.", "p", 120)
    assert set(record) == {field.name for field in fields(Answer)} | {"version", "status", "said", "publications"}
    assert (record["said"], record["listing"], record["coverage"]) == (["Answered."], None, [])
    assert [each["title"] for each in record["publications"]] == ["Paper"]
    assert "publication" not in record["evidence"]["passages"][0]  # it stands once


def test_a_short_record_cannot_stand_for_a_huge_answer() -> None:
    record = answer_to_record(small_answer())
    record["publications"][0]["title"] = "t" * (MOST // 100)
    record["nearest"] = [{**record["evidence"]["passages"][0]} for _ in range(100)]
    with pytest.raises(RecordError, match="too long"):
        answer_from_record(record)


def test_publication_stands_once_and_without_its_catalogue_facts() -> None:
    answer = small_answer()
    answer = replace(answer, nearest=answer.evidence.passages)
    assert answer_to_record(answer)["publications"] == [{"id": "p", "title": "Paper"}]


def test_conversation_goes_round_in_order() -> None:
    turns = (Turn("What first?", small_answer()), Turn("And then?", replace(small_answer(), notice="n")))
    assert turns_from_record(json.loads(json.dumps(turns_to_record(turns)))) == turns


def written_answer() -> Answer:
    """The small answer as a language model's, with a difference and a sentence withheld."""
    answer = small_answer()
    statement = replace(answer.statements[0], text="Survivors come first.", support=Support.FULL, dated="as of 2016-10")
    return replace(
        answer,
        statements=(statement,),
        withheld=(replace(statement, text="Act at once.", support=Support.NONE, warnings=("not in the source",)),),
        written_by="model-x",
        usage=Usage(340, 85, True),
        drafting=Drafting("model-x", Outcome.SHOWN, prompt="ab" * 32, claims=2, supported=1),
        differences=(Difference("survivors", (Saying("Ask first.", 1, "2014"), Saying("Ask last.", 0, "2016"))),),
    )


def test_what_a_model_did_is_kept_without_what_is_as_by_default() -> None:
    record = answer_to_record(written_answer())
    assert record["drafting"] == {
        "model": "model-x",
        "outcome": "shown",
        "prompt": "ab" * 32,
        "claims": 2,
        "supported": 1,
    }
    assert record["usage"] == {"tokens_in": 340, "tokens_out": 85, "estimated": True}
    assert record["statements"][0]["dated"] == "as of 2016-10"
    assert answer_from_record(json.loads(json.dumps(record))) == written_answer()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"drafting": {"model": "m", "outcome": "fine"}}, "drafting.outcome"),
        ({"drafting": {"model": "m", "outcome": "shown", "more": 1}}, "drafting.more"),
        ({"usage": {"tokens_in": "1", "tokens_out": 0}}, "usage.tokens_in"),
        ({"usage": {"tokens_in": True, "tokens_out": 0}}, "usage.tokens_in"),
        ({"differences": [{"subject": "s", "readings": [{"words": "w", "label": 2.5, "dated": ""}]}]}, "label"),
    ],
)
def test_a_wrong_part_of_a_model_is_refused_in_one_line(change: dict, said: str) -> None:
    with pytest.raises(RecordError) as caught:
        answer_from_record(answer_to_record(written_answer()) | change)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def tampered(**changes: object) -> dict:
    return answer_to_record(small_answer()) | changes


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (None, "version None, wanted 3"),
        ([], "version None, wanted 3"),
        (tampered(version=0), "version 0, wanted 3"),
        (tampered(version=1), "version 1, wanted 3"),
        (tampered(extra=1), "extra"),
        (tampered(query=3), "query"),
        (tampered(publications=[]), "points at nothing"),
        (tampered(evidence=[]), "points at nothing"),
        (tampered(evidence={}), "statements[0].quotes[0].publication: Field required"),
        (tampered(refusal="bored"), "refusal"),
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
    with pytest.raises(RecordError, match=r"quotes\[0\].text: Field required"):
        answer_from_record(record)


@pytest.mark.parametrize("record", [None, {"version": 3}, {"version": 3, "turns": [3]}, {"version": 1, "turns": []}])
def test_wrong_conversations_are_refused(record: object) -> None:
    with pytest.raises(RecordError):
        turns_from_record(record)
