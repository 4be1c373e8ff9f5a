"""From the fragments of a page to blocks in reading order: columns, running heads, headings, lists, tables. Pure."""
