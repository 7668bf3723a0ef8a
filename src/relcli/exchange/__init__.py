"""One format a file: bytes to rows and back, without a database."""
