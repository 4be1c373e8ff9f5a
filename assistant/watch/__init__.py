"""What an operator sees of a running program: steps of answers as measures and traces, and the log. Off unless set."""
