"""Cases asked of a corpus, and kept as a run."""
