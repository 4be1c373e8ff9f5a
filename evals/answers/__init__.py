"""The figures of a run: each answer against its case, the scorecard, judges of support, the decision to answer."""
