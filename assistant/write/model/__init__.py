"""Language models: the only door to them, their faults, settings and tasks."""
