"""Exports: what files and databases hold, how each is read, what its columns mean."""
