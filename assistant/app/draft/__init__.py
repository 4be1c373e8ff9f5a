"""The Draft view: what is to be made, asked in one step, and made in the chat."""
