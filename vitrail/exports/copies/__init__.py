"""Writes a table back in the format that it was read in, with some of its cells changed.

A writer stands beside each reader of :mod:`vitrail.exports.formats`. It never sees why a cell
changes: it asks :class:`~vitrail.exports.copies.changes.TableChanges` which cells do and what
they become, and leaves all the others as they were, byte for byte where the format has bytes.
"""
