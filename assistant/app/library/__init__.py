"""The Library view: what is here, to be read, added to and removed from."""
