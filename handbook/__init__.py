"""The reference part of the docs site, made from the program itself when the site is built.

A page in ``docs/`` holds its own words and, where a table belongs, a mark such as
``<!-- made: commands -->``. :mod:`handbook.marks` says which table each mark stands for.
"""
