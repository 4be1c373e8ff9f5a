"""Whether the check of written sentences tells what a quote supports: labelled pairs, and drafts of a model."""
