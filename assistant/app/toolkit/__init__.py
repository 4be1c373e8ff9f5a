"""The Toolkit view."""
