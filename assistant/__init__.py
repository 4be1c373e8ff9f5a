"""From a question to a grounded answer, and the app."""
