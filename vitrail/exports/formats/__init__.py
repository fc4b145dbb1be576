"""One module a format: what a file holds, its cells as text, and a relation for SQL."""
