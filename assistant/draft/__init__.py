"""What trainers make: session plans, handouts, checklists, quizzes, cases, slides, briefings, indicator plans."""
