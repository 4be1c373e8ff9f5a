"""Answers in the sources' own words: evidence, reading, choosing, composing."""
