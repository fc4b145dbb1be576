"""A synthetic company with planted truth: what Vitrail is tried out and measured on.

:func:`write_demo` writes the exports of a lead-generation service of two and a half years, the
``vitrail.toml`` that maps them, and in ``truth/`` what was planted, which the program never reads.
"""

from __future__ import annotations

from vitrail.demo.broken import A_FEW, EVERYTHING, NOTHING, Broken
from vitrail.demo.writing import DemoSummary, write_demo

__all__ = ["A_FEW", "EVERYTHING", "NOTHING", "Broken", "DemoSummary", "write_demo"]
