"""Dates as people type them and as tables hold them: what has two readings is refused, never guessed."""
