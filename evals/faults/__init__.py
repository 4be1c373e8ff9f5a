"""Long experiments with what goes wrong: altered files, and processes that are killed."""
