"""A user's own recognisers: a YAML file in Presidio's words, checked to the line.

    document (YAML with places) → schema (shape) → checking (sense) → parsing (definitions)

What comes out are the frozen values of :mod:`~vitrail.detect.own.definition`; the recognisers made
of them stand in :mod:`vitrail.detect.recognizers`, beside the house's.
"""
