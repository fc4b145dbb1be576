"""Where the files that Vitrail carries with it lie: facts, controls, policies, pages.

In a checkout they stand at the top; a wheel carries them in ``vitrail/_house``.
"""

from __future__ import annotations

from pathlib import Path


def carried(*parts: str) -> Path:
    """The path of a carried file or folder, such as ``carried("queries", "facts")``."""
    inside = Path(__file__).parent / "_house"
    top = inside if inside.is_dir() else Path(__file__).parent.parent
    return top.joinpath(*parts)
