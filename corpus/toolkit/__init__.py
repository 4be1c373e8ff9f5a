"""Lessons, design questions and indicators as records: of the starter library, and out of documents."""
