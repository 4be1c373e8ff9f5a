"""What was learned of anticipated questions: which section answers. Values worked out by hand on two dimensions."""

from pathlib import Path

import numpy as np
import pytest

from corpus.anticipated import Anticipated
from corpus.toolkit.programmes import Programme
from corpus.types import Chunk
from index.adapter import Adapter
from index.anticipated import ASKED, LEARNED, AnticipatedField, answered
from index.keywords import Keywords
from index.learned import Learned, WeightsError, read, recorded, write
from index.sections import NAME, PIECES, SectionReader, made_from, open_sections, pieces_of, shares

PLACES = [("guide", "Debts"), ("guide", "Shelters")]
HEAD = (np.array([[2.0, 0.0], [0.0, 1.0]], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32))
ASKS = (Anticipated("guide", "Debts", "en", "who lends"), Anticipated("guide", "Shelters", "en", "where to sleep"))


def piece(n: int, heading: str) -> Chunk:
    return Chunk(f"guide#{n}", "guide", "text", 0, 4, 1, 1, ("Guide", heading))


def reader() -> SectionReader:
    """Sees (1, 0) in 'money' and (0, 1) in anything else."""
    learned = Learned(Adapter({}), {NAME: HEAD})
    return SectionReader(lambda text: np.array([text == "money", text != "money"], dtype=np.float32), learned, PLACES)


def field(sections: SectionReader | None) -> AnticipatedField:
    vectors = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    chunks = (piece(1, "Debts"), piece(2, "Shelters"), piece(3, "Other"))
    return AnticipatedField(ASKS, vectors, Keywords.build([a.text for a in ASKS], ["en", "en"]), chunks, sections)


def test_what_was_learned_of_a_section_counts_for_its_translation_too():
    """The n-th section of 'guide-fr' is the n-th of 'guide'; one with fewer sections is not known to be the same."""
    names = (("guide-fr", "Dettes"), ("guide-fr", "Foyers"), ("guide-ru", "Долги"))
    pieces = [(*place, n) for n, place in enumerate((*PLACES, *names))]
    chunks = tuple(Chunk(f"{p}#{n}", p, "text", n, n + 4, 1, 1, ("Guide", heading)) for p, heading, n in pieces)
    vectors = np.eye(2, dtype=np.float32)
    keywords = Keywords.build([a.text for a in ASKS], ["en", "en"])
    section = AnticipatedField(ASKS, vectors, keywords, chunks, reader()).scores(MONEY, vectors[0]).section
    assert section[:4].tolist() == [section[0], section[1]] * 2
    assert np.exp(section[:2]).tolist() == pytest.approx([0.731, 0.269], abs=1e-3)  # 1 / (1 + e^-1), and the rest
    assert np.isnan(section[4])


def test_what_was_asked_of_a_section_is_asked_of_its_translation_in_its_language():
    places = (("guide", "Debts"), ("guide", "Beds"), ("guide-fr", "Dettes"), ("guide-fr", "Lits"))
    chunks = tuple(Chunk(f"{p}#{n}", p, "text", n, n + 4, 1, 1, ("Guide", h)) for n, (p, h) in enumerate(places))
    asked = (Anticipated("guide", "Debts", "fr", "qui paie ?"), Anticipated("guide", "Beds", "en", "is there a bed?"))
    keywords = Keywords.build([each.text for each in asked], ["fr", "en"])
    field = AnticipatedField(asked, np.eye(2, dtype=np.float32), keywords, chunks)
    assert field.asked_of(chunks[2], "fr") == ["qui paie ?"]
    assert field.asked_of(chunks[3], "fr") == () and field.asked_of(chunks[3], "en") == ["is there a bed?"]
    cosine = field.scores((("pay", 1.0),), np.array([1.0, 0.0], dtype=np.float32)).cosine
    # the French question is near what is sought and belongs to both; the English one is not, and to the original alone
    assert cosine[[0, 2]].tolist() == [1.0, 1.0] and cosine[1] == 0.0 and np.isnan(cosine[3])


def test_the_logits_of_a_question_are_those_of_its_states():
    assert reader().logits("money").tolist() == [2.0, 1.0]  # 1 * 2 + 0; 0 * 1 + 1
    assert reader().logits("beds").tolist() == [0.0, 2.0]


def test_a_long_message_is_read_as_a_whole_and_two_sentences_at_a_time():
    assert pieces_of("One. Two. Three.") == []
    assert pieces_of("One. Two. Three. Four.") == ["One. Two.", "Two. Three.", "Three. Four."]
    assert pieces_of("一。二二。三三。四四。")[-1] == "三三。四四。"
    assert len(pieces_of(" ".join(f"Number {n} came." for n in range(40)))) <= PIECES

    def states(text: str) -> np.ndarray:  # only what tells of money alone is read as that
        return np.array([text == "Money. Debts.", text != "Money. Debts."], dtype=np.float32)

    read = SectionReader(states, Learned(Adapter({}), {NAME: HEAD}), PLACES)
    # of money 1 / (1 + e^-1) = .731 and .269, of anything else 1 / (1 + e^2) = .119 and .881; the pieces are three
    assert np.exp(read.answering("Dogs.")).tolist() == pytest.approx([0.119, 0.881], abs=1e-3)
    mixed = [(0.731 + 2 * 0.119) / 3, (0.269 + 2 * 0.881) / 3]
    expected = [(np.log(0.119) + np.log(mixed[0])) / 2, (np.log(0.881) + np.log(mixed[1])) / 2]
    assert read.answering("Money. Debts. Cats. Dogs.").tolist() == pytest.approx(expected, abs=2e-3)


MONEY = (("money", 1.0),)


def test_what_was_learned_is_added_to_what_is_near_and_told_as_a_probability():
    near = np.array([1.0, 0.0], dtype=np.float32)  # the first question's own vector
    without, scored = field(None).scores(MONEY, near), field(reader()).scores(MONEY, near)
    # Of two chunks with questions the better stands one deviation above the mean, the other one below.
    assert without.added.tolist() == pytest.approx([ASKED, -ASKED, 0.0])
    assert scored.added.tolist() == without.added.tolist()
    assert scored.moved[:2].tolist() == pytest.approx([LEARNED, -LEARNED])
    assert np.isnan(scored.moved[2]) and np.isnan(without.moved).all()
    assert scored.cosine[:2].tolist() == [1.0, 0.0] and np.isnan(scored.cosine[2])
    # 1 / (1 + e^-1) = 0.731 and 0.269; nothing was learned of the third
    assert np.exp(scored.section[:2]).tolist() == pytest.approx([0.731, 0.269], abs=1e-3)
    assert np.isnan(scored.section[2]) and np.isnan(without.section).all()


def test_a_question_of_a_part_of_a_section_speaks_for_the_chunks_that_lie_in_it():
    chunks = tuple(Chunk(f"guide#{n}", "guide", "x" * 10, 10 * n, 10 * n + 10, 1, 1, ("Debts",)) for n in range(3))
    asked = (
        Anticipated("guide", "Debts", "en", "who lends", (0, 15)),  # all of the first chunk, half of the second
        Anticipated("guide", "Debts", "en", "who pays", (16, 30)),  # less than half of the second
        Anticipated("guide", "Debts", "en", "who knows", (40, 50)),
    )
    assert answered(asked, chunks) == asked[:2]
    vectors = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    keywords = Keywords.build([each.text for each in asked[:2]], ["en", "en"])
    found = AnticipatedField(asked[:2], vectors, keywords, chunks).scores(MONEY, vectors[0])
    assert found.cosine.tolist() == [1.0, 1.0, 0.0]


def test_a_section_tells_its_questions_in_a_language():
    assert list(field(None).asked_of(piece(1, "Debts"), "en")) == ["who lends"]
    assert list(field(None).asked_of(piece(1, "Debts"), "fr")) == []
    assert list(field(None).asked_of(piece(3, "Other"), "en")) == []


def test_what_is_written_is_read_again_and_other_weights_are_refused(tmp_path: Path):
    change = (np.ones((3, 1), dtype=np.float16), np.full((1, 3), 2, dtype=np.float16))
    write(tmp_path, "some", Learned(Adapter({(6, "query"): change}), {"task": HEAD}), {"made_from": "x"})
    found = read(tmp_path, "some")
    assert recorded(tmp_path, "some")["made_from"] == "x"
    assert {key: [side.tolist() for side in sides] for key, sides in found.adapter.changes.items()} == {
        (6, "query"): [side.tolist() for side in change]
    }
    assert [part.tolist() for part in found.heads["task"]] == [part.tolist() for part in HEAD]
    (tmp_path / "some.npz").write_bytes(b"other")
    with pytest.raises(WeightsError, match="icat train"):
        read(tmp_path, "some")


def test_the_one_that_comes_along_finds_what_somebody_means_in_other_words_and_languages():
    assert open_sections({("unheard", "of")}) is None
    on_interpreters = {
        ("advice-first-contact", "Working with an interpreter"),
        ("advice-work-places", "The supervisor translates or no language in common"),
    }
    sections = open_sections(on_interpreters)
    for asked in ("The lady who translates keeps adding her own opinion", "口译员老是自己加话，怎么办？"):
        publication, heading = sections.places[int(np.argmax(sections.logits(asked)))]
        assert publication == "advice-interpreters" or (publication, heading) in on_interpreters


def test_a_question_more_makes_it_out_of_date():
    programme = Programme(text="We lend money", language="en", fits=("livelihoods-i01",))
    assert made_from(ASKS, ()) != made_from(ASKS[:1], ())
    assert made_from(ASKS, (programme,)) != made_from(ASKS, ())


def test_half_of_a_programme_is_what_fits_most_and_the_rest_for_the_others_alike():
    def shared(*fits: str) -> list[float]:
        return shares(Programme(text="a", language="en", fits=fits), ["i1", "i2", "i3", "i4"]).tolist()

    assert shared("i2") == [0, 1, 0, 0]
    assert shared("i2", "i1", "i4") == [0.25, 0.5, 0, 0.25]
