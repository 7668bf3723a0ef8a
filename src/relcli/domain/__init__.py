"""Frozen values and their rules, one noun a file; standard library only."""
