"""What a request asks for: the act, its slots, its parts, its language."""
