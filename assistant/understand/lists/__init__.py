"""Which lists of the Toolkit a request asks for."""
