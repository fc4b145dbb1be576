"""Vitrail's own recognisers, each a Presidio recogniser; one family of identifiers a file.

Imported by :mod:`vitrail.detect.registry` alone, when a detector is built: Presidio is heavy.
"""
