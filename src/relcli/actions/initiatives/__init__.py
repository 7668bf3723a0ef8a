"""Initiatives: started, people enrolled, and what came of it."""
