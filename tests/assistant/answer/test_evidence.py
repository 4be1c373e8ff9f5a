"""Hits become labelled evidence: nothing twice, nothing far below the best, originals before digests."""

from passages import STARTER, Shelf, chunk, document, hit, whole

from assistant.answer.evidence import gather, overlap, passage_of, shingles_of

PAPER = document(
    "paper",
    """
    === ii
    # Remedies
    The right to a remedy follows from several human rights instruments that States have ratified.
    === 3
    Compensation can be claimed in criminal courts, in civil courts and before labour tribunals.
    """,
)


def test_a_passage_carries_printed_labels_and_the_digest_of_its_document():
    shelf = Shelf(PAPER)
    passage = passage_of(hit(whole(PAPER)), shelf)
    assert (passage.first_label, passage.last_label) == ("ii", "3")
    assert passage.document_sha256 == shelf.document_sha256("paper")
    assert passage.publication is PAPER.publication


def test_what_is_said_twice_is_kept_once_and_the_better_hit_wins():
    copy = document("copy", PAPER.text)
    evidence = gather([hit(whole(PAPER), 1), hit(whole(copy), 2)], Shelf(PAPER, copy), 8)
    assert [passage.publication.id for passage in evidence.passages] == ["paper"]


def test_a_digest_gives_way_when_its_original_is_among_the_hits():
    digest = document("digest-paper", "The paper says that a remedy is a right.", digest_of="paper", **STARTER)
    other = document("digest-other", "Another paper speaks of demand.", digest_of="other", **STARTER)
    shelf = Shelf(PAPER, digest, other)
    hits = [hit(whole(digest), 1), hit(whole(PAPER), 2), hit(whole(other), 3)]
    assert [p.publication.id for p in gather(hits, shelf, 8).passages] == ["paper", "digest-other"]
    assert [p.publication.id for p in gather(hits[:1], shelf, 8).passages] == ["digest-paper"]


def test_a_passage_far_below_the_best_is_left_out_and_one_that_was_not_read_stays():
    texts = ["Shelters keep people safe.", "Labour tribunals hear claims.", "Bananas are yellow."]
    documents = [document(f"d{i}", text) for i, text in enumerate(texts)]
    hits = [hit(whole(documents[0]), 1, 5.0), hit(whole(documents[1]), 2), hit(whole(documents[2]), 3, -2.5)]
    assert [p.publication.id for p in gather(hits, Shelf(*documents), 8).passages] == ["d0", "d1"]


def test_at_most_the_limit_and_nothing_from_nothing():
    first = chunk(PAPER, "The right", "ratified.", 1)
    second = chunk(PAPER, "Compensation", "tribunals.", 2)
    assert len(gather([hit(first, 1), hit(second, 2)], Shelf(PAPER), 1).passages) == 1
    assert not gather([], Shelf(PAPER), 8)


def test_overlap_is_the_share_of_the_shorter_text():
    # shingles of 4: "a b c d", "b c d e" against "a b c d", "b c d x": one of two
    assert overlap(shingles_of("aa bb cc dd ee"), shingles_of("aa bb cc dd xx")) == 0.5
    assert shingles_of("aa bb") == frozenset({("aa", "bb")})
