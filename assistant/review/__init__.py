"""People check citations: sentences of answers beside their quotes, verdicts, agreement, and what follows from them."""
