"""Surveys: the instruments, who is asked and how, what they answered, and what that adds up to."""
