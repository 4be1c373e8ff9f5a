"""What is looked up, and in which order it is read."""

from passages import chunk, document, hit, lookup

from assistant.answer.lookup import merged, question_read, ranked

SOURCE = document("d", "\n".join(f"Sentence number {n} stands here." for n in range(8)))
PIECES = [chunk(SOURCE, f"Sentence number {n}", "here.", n + 1) for n in range(8)]


def hits(*numbers: int, rerank: float | None = None):
    return [hit(PIECES[n], rank, rerank) for rank, n in enumerate(numbers, start=1)]


def numbers(found) -> list[int]:
    return [int(each.chunk.id[-4:]) - 1 for each in found]


def test_the_best_of_the_whole_comes_first_then_by_words_then_the_parts_in_turn():
    order = merged(hits(0, 1, 2, 3), hits(4), [hits(5, 1), hits(6, 7)])
    assert numbers(order) == [0, 1, 2, 4, 5, 6, 7, 3]
    assert [each.rank for each in order] == list(range(1, 9))


def test_a_hit_keeps_what_the_whole_question_said_of_it():
    first = merged(hits(0, 1, rerank=3.0), hits(1), [hits(0)])[0]
    assert first.signals["rerank"].score == 3.0


def test_ranked_keeps_each_chunk_once():
    assert numbers(ranked(hits(2, 1, 2))) == [2, 1]


def test_what_is_taken_away_is_gone_everywhere():
    found = lookup(hits(0, 1), [SOURCE.text], [hits(1, 2)]).without({PIECES[1].id})
    assert numbers(found.found.hits) == [0]
    assert numbers(found.by_part[0].hits) == [2]
    assert numbers(found.hits) == [0, 2]


def test_a_cross_encoder_reads_the_question_without_its_story():
    story = "We run a shelter for boys who worked in quarries, and some of them want to claim unpaid wages in court."
    assert question_read(f"{story} Who pays for the legal aid they need?") == "Who pays for the legal aid they need?"
    assert question_read("We run a shelter. What should we do?") == "We run a shelter. What should we do?"
    assert (
        question_read("We plan a radio campaign. How do we measure it?")
        == "Which indicators measure awareness raising?"
    )
