"""For whoever runs it for others: what is wrong on a machine, copies of its data, its settings in one table."""
