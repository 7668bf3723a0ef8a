"""The demo: a small invented book, the same on every day but for its dates."""
