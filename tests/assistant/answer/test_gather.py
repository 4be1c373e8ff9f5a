"""Which hits become evidence."""

from passages import document, whole

from assistant.answer.evidence import gather
from corpus.errors import UnknownPublication
from corpus.types import Document
from index.types import Hit


class Documents:
    """Those that are here; of any other it is said so, as the library does."""

    def __init__(self, *here: Document) -> None:
        self._here = {each.publication.id: each for each in here}

    def document(self, publication: str) -> Document:
        if publication not in self._here:
            raise UnknownPublication(publication)
        return self._here[publication]

    def document_sha256(self, publication: str) -> str:
        return self.document(publication).publication.id


def test_a_publication_that_was_removed_is_no_evidence_although_the_index_still_has_it():
    removed, kept = document("boats", "Boats need crews."), document("cards", "A card names a number to call.")
    hits = [Hit(whole(each), rank, 1.0 / rank, {}) for rank, each in enumerate((removed, kept), start=1)]
    assert [p.publication.id for p in gather(hits, Documents(removed, kept), 5).passages] == ["boats", "cards"]
    assert [p.publication.id for p in gather(hits, Documents(kept), 5).passages] == ["cards"]
