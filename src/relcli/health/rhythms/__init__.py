"""Rhythm: how likely it is to hear from somebody again, from when they were heard of; taught by ledgers and by the book itself."""
