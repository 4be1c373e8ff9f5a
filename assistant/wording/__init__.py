"""The wording guard: what a sentence says in figures, names, duties, denials and scope, held against its quote."""
