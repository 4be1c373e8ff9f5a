"""People at the page, many at once: whether each gets the answer to their own question, and how long that takes."""
