"""Does it find, does it ground, does it decline."""
