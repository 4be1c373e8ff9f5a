"""The words sent to a language model, one purpose per file."""
