"""From a question to a grounded answer, and the app."""

VERSION = "0.1.0"  # read by pyproject.toml; stands in exports, ratings and runs
