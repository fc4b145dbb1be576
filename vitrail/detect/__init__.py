"""What is in one cell's text: no input or output, no engine, no state but compiled patterns.

:class:`vitrail.detect.detector.Detector` is the way in. Importing this package loads none of the
heavy libraries behind it.
"""
