"""The design sheet and its exports."""
