"""The Review view."""
