"""Answers in a language model's words, and the check of every sentence."""
