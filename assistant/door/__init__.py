"""What stands in front of the page: for which names it answers, who may come in, what each may do and how often."""
