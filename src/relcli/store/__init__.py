"""SQLModel tables, the book, the one writer, and one query module per aggregate."""
