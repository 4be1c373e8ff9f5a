"""One answer for readers: HTML, terminal text, Markdown, Word, records, sources."""
