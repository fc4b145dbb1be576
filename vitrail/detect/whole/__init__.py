"""Verdicts on cells that are one value and nothing else, for a whole column at once.

Most personal data in an export stands in columns of it: a hundred thousand addresses, one a
cell. Each file here knows one kind of value and says, without Python for a single cell, what the
recogniser of that kind finds in such cells. Where it is not sure it says so, and the recogniser
itself is asked; a test holds the two side by side.
"""
